//! Finding a unit to join (MEM-1). It tells what any business register tells, and nothing about people.

use domain::id::UnitId;
use domain::time::MINUTE_US;
use domain::unit::UnitQuery;

use crate::{App, Caller, Error, Result, limit};

/// Units of one answer.
const MOST: u32 = 20;
/// Searches of one person in a minute.
const SEARCHES_A_MINUTE: i64 = 30;

/// A unit that was found.
pub struct Found {
    /// Id.
    pub unit_id: UnitId,
    /// Name as registered.
    pub name: String,
    /// Unified social credit code, or the registration number elsewhere.
    pub uscc: String,
    /// What the caller is to it: `none`, `pending` or `member`.
    pub standing: &'static str,
}

/// The units whose name or code begins as typed, 20 at most.
///
/// # Errors
/// `unit_query_invalid`, `rate_limited`.
pub async fn search(app: &App, caller: &Caller, text: &str) -> Result<Vec<Found>> {
    let query = UnitQuery::parse(text).map_err(|_| Error::invalid("unit_query_invalid"))?;
    let person = caller.person_id.to_string();
    limit::check(
        app,
        "membership.search",
        person.as_bytes(),
        MINUTE_US,
        SEARCHES_A_MINUTE,
    )
    .await?;
    let mut found = Vec::new();
    for unit in store::unit::search(&app.db, &query, MOST).await? {
        found.push(Found {
            standing: standing(app, caller, unit.id).await?,
            unit_id: unit.id,
            name: unit.name,
            uscc: unit.registration.number().to_owned(),
        });
    }
    Ok(found)
}

async fn standing(app: &App, caller: &Caller, unit: UnitId) -> Result<&'static str> {
    let person = caller.person_id;
    if store::membership::find(&app.db, unit, person)
        .await?
        .is_some()
    {
        return Ok("member");
    }
    let asked = store::application::find_join(&app.db, unit, person).await?;
    Ok(if asked.is_some() { "pending" } else { "none" })
}
