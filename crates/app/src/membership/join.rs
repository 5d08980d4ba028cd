//! Asking to come in, or coming in by an administrator's invitation (MEM-1, MEM-2).

use domain::application::{Asked, State};
use domain::id::{ApplicationId, UnitId};
use domain::membership::{Comer, Entry, NotTaken, join as may_join};
use domain::time::DAY_US;
use serde::Serialize;
use store::Tx;
use store::application::Application;
use store::invitation::Invitation;
use store::unit::Unit;

use super::enter;
use crate::application::{self, reason_of};
use crate::person::require_verified;
use crate::{App, Caller, Error, Result, Ticket, feed, invitation, limit};

/// Wishes that a person may send in a day, wherever to.
const WISHES_A_DAY: i64 = 30;
/// What the records say where an invitation made a reason needless.
const NO_REASON: &str = "";

/// What somebody sends to come in.
pub struct Wish<'a> {
    /// Why, in their words; may be empty with an invitation that lets in.
    pub reason: &'a str,
    /// What the invitation's link carried.
    pub invitation: Option<&'a str>,
}

/// What became of it; kept for repeats in this very form.
#[derive(Clone, Debug, Serialize)]
pub struct Joined {
    /// The application, for the person's records.
    pub application_id: String,
    /// `pending` or `passed`.
    pub state: &'static str,
}

/// Asks the unit's administrators, or comes in at once.
///
/// # Errors
/// `not_verified`, `unit_not_found`, `reason_invalid`, `invitation_not_found`, `member_already`, `join_asked_already`,
/// `application_limit`, `rate_limited`.
pub async fn join(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    wish: &Wish<'_>,
    ticket: &Ticket,
) -> Result<Joined> {
    require_verified(app, &app.db, caller.person_id).await?;
    let person = caller.person_id.to_string();
    limit::check(
        app,
        "membership.join",
        person.as_bytes(),
        DAY_US,
        WISHES_A_DAY,
    )
    .await?;
    let mut tx = app.db.begin_write("membership.join").await?;
    let unit = store::unit::lock(&mut tx, unit).await?;
    let unit = unit.ok_or_else(|| Error::not_found("unit_not_found"))?;
    let invitation = invited(app, &mut tx, caller, &unit, wish.invitation).await?;
    let asked = store::application::find_join(&mut tx, unit.id, caller.person_id).await?;
    let inside = store::membership::find(&mut tx, unit.id, caller.person_id).await?;
    let comer = Comer {
        inside: inside.is_some(),
        asked: asked.is_some(),
        invited_by_administrator: invitation.is_some(),
    };
    let entry = may_join(comer).map_err(|refusal| match refusal {
        NotTaken::Inside => Error::conflict("member_already"),
        NotTaken::Asked => Error::conflict("join_asked_already"),
    })?;
    let (id, state) = match (entry, invitation) {
        (Entry::Enter, Some(invitation)) => {
            let id = come_in(app, &mut tx, caller, &unit, asked, &invitation).await?;
            (id, State::Passed)
        }
        _ => (
            ask(app, &mut tx, caller, &unit, wish).await?,
            State::Pending,
        ),
    };
    let joined = Joined {
        application_id: id.to_string(),
        state: state.as_str(),
    };
    ticket.record(&mut tx, &joined).await?;
    tx.commit().await?;
    feed::tell(app, unit.id, &[caller.person_id]);
    Ok(joined)
}

/// The invitation, if it lets its bearer in: it went to their number, and who sent it is administrator now. Another one
/// only led here.
async fn invited(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    unit: &Unit,
    token: Option<&str>,
) -> Result<Option<Invitation>> {
    let Some(token) = token else { return Ok(None) };
    let found = invitation::find(app, &mut *tx, token).await?;
    if found.unit_id != unit.id {
        return Err(Error::not_found("invitation_not_found"));
    }
    let lets_in = invitation::lets_in(&mut (&mut *tx).into(), &found, caller.person_id).await?;
    Ok(lets_in.then_some(found))
}

async fn ask(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    unit: &Unit,
    wish: &Wish<'_>,
) -> Result<ApplicationId> {
    let reason = reason_of(wish.reason)?;
    application::require_room(tx, caller).await?;
    let new = application::new(app, caller, unit.id, Asked::Join, &reason)?;
    if !store::application::insert(tx, &new).await? {
        return Err(Error::conflict("join_asked_already"));
    }
    Ok(new.id)
}

/// The invitation is the administrator's decision; the records show it like any other.
async fn come_in(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    unit: &Unit,
    asked: Option<Application>,
    by: &Invitation,
) -> Result<ApplicationId> {
    let id = match asked {
        Some(asked) => asked.id,
        None => {
            let new = application::new(app, caller, unit.id, Asked::Join, NO_REASON)?;
            store::application::insert(tx, &new).await?;
            new.id
        }
    };
    let now = app.now();
    store::application::decide(tx, id, State::Passed, by.invited_by, None, now).await?;
    store::invitation::take(tx, by.id, now).await?;
    enter(app, tx, unit, caller.person_id).await?;
    Ok(id)
}
