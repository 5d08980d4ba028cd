//! The operator's decision, carried out.

use domain::application::State;
use domain::id::PersonId;
use domain::membership::{ask_takeover, place_after_takeover};
use domain::review::{CaseKind, CaseState};
use providers::sms::Template;
use store::Tx;
use store::membership::Membership;
use store::review::Case;
use store::unit::Unit;

use crate::membership::{enter, refused, step_down};
use crate::review::Told;
use crate::{App, Error, Result, holding, notice};

/// Passed, the applicant is administrator and the former ones are members; the legal representative stays. Both are told.
///
/// # Errors
/// `administrator_already`, `applicant_not_member`; then nothing is decided, and the operator may refuse.
pub(crate) async fn settle(app: &App, tx: &mut Tx, case: &Case, state: CaseState) -> Result<Told> {
    let missing = || Error::internal("a case about a unit without one");
    let unit = store::unit::lock(tx, case.unit_id.ok_or_else(missing)?).await?;
    let unit = unit.ok_or_else(missing)?;
    let mut people = vec![case.person_id];
    if state == CaseState::Passed {
        people.extend(hand_over(app, tx, case, &unit).await?);
    } else {
        let unit = unit.name.clone();
        notice::tell(app, tx, case.person_id, Template::TakeoverRefused { unit }).await?;
    }
    Ok(Told {
        people,
        units: vec![unit.id],
    })
}

/// Answers who else is to be told.
async fn hand_over(app: &App, tx: &mut Tx, case: &Case, unit: &Unit) -> Result<Vec<PersonId>> {
    let (person, now) = (case.person_id, app.now());
    let me = store::membership::find(&mut *tx, unit.id, person).await?;
    ask_takeover(me.as_ref().map(|me| me.place)).map_err(refused)?;
    if me.is_none() {
        come_in(app, tx, case, unit).await?;
    }
    let mut told = Vec::new();
    for one in store::membership::living(&mut *tx, unit.id).await? {
        let place = place_after_takeover(one.place, one.person_id == person);
        if place == one.place {
            continue;
        }
        told.push(one.person_id);
        if place.administers() {
            store::membership::set_place(tx, &one, place).await?;
        } else {
            retire(app, tx, unit, &one).await?;
        }
    }
    // As after a transfer: what was suspended for want of a grant goes on, and no member's request names them any more.
    holding::resume_of_member(app, tx, unit.id, person).await?;
    told.extend(store::application::lapse_about(tx, unit.id, person, now).await?);
    let unit = unit.name.clone();
    notice::tell(app, tx, person, Template::TakeoverPassed { unit }).await?;
    Ok(told)
}

/// From outside: what they had asked the administrators is decided with it. A member who has left meanwhile did not ask
/// to come in, and the licence that outsiders prove themselves with was not handed in.
async fn come_in(app: &App, tx: &mut Tx, case: &Case, unit: &Unit) -> Result<()> {
    if case.kind != CaseKind::UnitOutsider {
        return Err(Error::conflict("applicant_not_member"));
    }
    let person = case.person_id;
    let asked = store::application::find_join(&mut *tx, unit.id, person).await?;
    if let Some(asked) = asked {
        store::application::decide(tx, asked.id, State::Passed, person, None, app.now()).await?;
    }
    enter(app, tx, unit, person).await
}

async fn retire(app: &App, tx: &mut Tx, unit: &Unit, former: &Membership) -> Result<()> {
    step_down(app, tx, former).await?;
    let unit = unit.name.clone();
    let template = Template::AdministratorReplaced { unit };
    notice::tell(app, tx, former.person_id, template).await
}
