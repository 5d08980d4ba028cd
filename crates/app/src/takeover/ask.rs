//! Asking for it, and how the request stands.

use std::time::Duration;

use domain::id::{MaterialId, UnitId};
use domain::membership::ask_takeover;
use domain::review::{CaseKind, CaseState, MaterialRole};
use domain::time::DAY_US;
use domain::unit::Role;
use serde::Serialize;

use crate::application::reason_of;
use crate::feed::{self, Feed};
use crate::membership::refused;
use crate::person::require_verified;
use crate::review::{self, Facts, NewCase, Standing};
use crate::{App, Caller, Error, Result, Ticket, limit};

/// Requests of one person in a day, wherever.
const REQUESTS_A_DAY: i64 = 10;
const KINDS: [CaseKind; 2] = [CaseKind::UnitTakeover, CaseKind::UnitOutsider];

/// What somebody hands in.
pub struct Wish<'a> {
    /// Why, in their words.
    pub reason: &'a str,
    /// What the legal representative has signed.
    pub authorisation: MaterialId,
    /// The unit's licence; whoever is not a member proves with it that they speak for the unit.
    pub licence: Option<MaterialId>,
}

/// What became of it; kept for repeats in this very form.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// The case.
    pub case_id: String,
    /// `open`.
    pub state: &'static str,
}

/// Asks the operators.
///
/// # Errors
/// `not_verified`, `reason_invalid`, `rate_limited`, `unit_not_found`, `administrator_already`, `review_open`,
/// `licence_missing`, `material_not_found`.
pub async fn ask(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    wish: &Wish<'_>,
    ticket: &Ticket,
) -> Result<Asked> {
    let person_id = caller.person_id;
    require_verified(app, &app.db, person_id).await?;
    let reason = reason_of(wish.reason)?;
    let key = person_id.to_string();
    limit::check(app, "takeover.ask", key.as_bytes(), DAY_US, REQUESTS_A_DAY).await?;
    let mut tx = app.db.begin_write("takeover.ask").await?;
    let unit = store::unit::lock(&mut tx, unit).await?;
    let unit = unit.ok_or_else(|| Error::not_found("unit_not_found"))?;
    let me = store::membership::find(&mut tx, unit.id, person_id).await?;
    ask_takeover(me.as_ref().map(|me| me.place)).map_err(refused)?;
    let newest = store::review::newest_of_person_in_unit(&mut tx, person_id, unit.id, KINDS);
    if newest
        .await?
        .is_some_and(|case| case.state == CaseState::Open)
    {
        return Err(Error::conflict("review_open"));
    }
    let kind = match me {
        Some(_) => CaseKind::UnitTakeover,
        None => CaseKind::UnitOutsider,
    };
    let new = NewCase {
        kind,
        person_id,
        unit_id: Some(unit.id),
        facts: &Facts::from([("reason".to_owned(), reason)]),
        materials: &materials(kind, wish)?,
    };
    let id = review::open(app, &mut tx, &new).await?;
    let asked = Asked {
        case_id: id.to_string(),
        state: CaseState::Open.as_str(),
    };
    ticket.record(&mut tx, &asked).await?;
    tx.commit().await?;
    feed::tell_people(app, &[person_id]);
    Ok(asked)
}

fn materials(kind: CaseKind, wish: &Wish<'_>) -> Result<Vec<(MaterialRole, MaterialId)>> {
    let mut materials = vec![(MaterialRole::Authorisation, wish.authorisation)];
    match (kind, wish.licence) {
        (CaseKind::UnitOutsider, None) => return Err(Error::invalid("licence_missing")),
        (_, licence) => materials.extend(licence.map(|id| (MaterialRole::Licence, id))),
    }
    Ok(materials)
}

/// How somebody's own request stands.
pub struct View {
    /// Rises with every change.
    pub version: i64,
    /// The unit's name, which anybody finds who searches for it.
    pub unit_name: String,
    /// What the caller is there; nothing for somebody from outside, who hands in the licence too.
    pub role: Option<Role>,
    /// The newest request, if there is one.
    pub newest: Option<Standing>,
}

/// The caller's newest request for the place in a unit, once the version is another than `wish` says, or when the wait ends.
///
/// # Errors
/// `unit_not_found`.
pub async fn view(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    wish: Option<(i64, Duration)>,
) -> Result<View> {
    let feed = Feed::Person(caller.person_id);
    if let Some((after, at_most)) = wish {
        feed::wait(app, feed, after, at_most).await?;
    }
    let version = feed.version(app).await?;
    let person = caller.person_id;
    let found = store::unit::find(&app.db, unit).await?;
    let found = found.ok_or_else(|| Error::not_found("unit_not_found"))?;
    let me = store::membership::find(&app.db, unit, person).await?;
    let newest = store::review::newest_of_person_in_unit(&app.db, person, unit, KINDS).await?;
    Ok(View {
        version,
        unit_name: found.name,
        role: me.map(|me| me.place.role),
        newest: newest
            .map(|case| review::standing(app, &case))
            .transpose()?,
    })
}
