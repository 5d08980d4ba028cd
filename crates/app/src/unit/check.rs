//! The question to the business register (UNIT-3). Failed answers are counted, in whichever step they come.

use domain::certification::review_offered;
use domain::id::{EvidenceId, PersonId};
use domain::policy::EvidenceKind::RegisterMatch;
use domain::time::DAY_US;
use domain::unit::REGISTER_FAILURES_MAX;
use providers::register::{Stated, Verdict};
use serde_json::Value;
use store::Exec;
use store::evidence::Pending;
use store::unit::Registration;

use super::create::refuse_existing;
use crate::limit::too_many;
use crate::{App, Error, Result};

/// A check without an answer counts as failed for so long; then it was lost with its server.
const PENDING_US: i64 = domain::time::MINUTE_US;
/// How long failed recognitions are remembered against the photo, and for the person.
const RECOGNITIONS_US: i64 = 30 * DAY_US;

/// Asks for one unit. On a match the pending evidence comes back, for whoever asked to turn it into the unit's.
/// `new` refuses a unit that is registered here already.
///
/// # Errors
/// `unit_exists` `{unit_name}`, `register_limit`, `register_unavailable` (nothing counted), `register_not_found`,
/// `register_mismatch` `{fields}`; those that count tell `review_offered`.
pub(crate) async fn check(
    app: &App,
    person: PersonId,
    stated: Stated<'_>,
    new: Option<&Registration>,
) -> Result<EvidenceId> {
    let evidence = begin(app, person, new).await?;
    let asked = app.providers.register.check(stated);
    match tokio::time::timeout(app.providers.patience, asked).await {
        Ok(Ok(Verdict::Match)) => Ok(evidence),
        Ok(Ok(Verdict::NotFound)) => {
            store::evidence::fail(&app.db, evidence).await?;
            offering(app, person, Error::conflict("register_not_found")).await
        }
        Ok(Ok(Verdict::Mismatch(fields))) => {
            store::evidence::fail(&app.db, evidence).await?;
            let fields: Vec<Value> = fields
                .into_iter()
                .map(|field| field.as_str().into())
                .collect();
            let refusal = Error::conflict("register_mismatch").with("fields", fields);
            offering(app, person, refusal).await
        }
        Ok(Err(unavailable)) => {
            store::evidence::forget_pending(&app.db, evidence).await?;
            Err(Error::unavailable("register_unavailable").because(unavailable))
        }
        Err(elapsed) => {
            store::evidence::forget_pending(&app.db, evidence).await?;
            Err(Error::unavailable("register_unavailable").because(elapsed))
        }
    }
}

/// The refusal, with whether an operator may look instead.
pub(super) async fn offering<T>(app: &App, person: PersonId, refusal: Error) -> Result<T> {
    let offered = is_review_offered(app, &app.db, person).await?;
    Err(refusal.with("review_offered", offered))
}

/// Whether this person may ask an operator to look (UNIT-3).
pub(super) async fn is_review_offered(
    app: &App,
    at: impl Into<Exec<'_>>,
    person: PersonId,
) -> Result<bool> {
    let mut at = at.into();
    let since = app.now().plus_micros(-RECOGNITIONS_US);
    let failed = store::paper::failures(at.again(), person, since).await?;
    let checks = failed_today(app, at, person).await? + failed.licence;
    Ok(review_offered(failed.registration, checks))
}

/// How many checks of a person the register has failed today, whatever they were about.
pub(crate) async fn failed_today(
    app: &App,
    at: impl Into<Exec<'_>>,
    person: PersonId,
) -> Result<i64> {
    let now = app.now();
    let (today, pending) = (now.day().start(), now.plus_micros(-PENDING_US));
    let failed = store::evidence::failures(at, person, RegisterMatch, today, pending).await;
    Ok(failed?)
}

/// Writes the check down, so that checks side by side count each other.
async fn begin(app: &App, person: PersonId, new: Option<&Registration>) -> Result<EvidenceId> {
    let now = app.now();
    let mut tx = app.db.begin_write("unit.check.begin").await?;
    store::person::lock(&mut tx, person).await?;
    if let Some(registration) = new {
        refuse_existing(&mut tx, registration).await?;
    }
    if failed_today(app, &mut tx, person).await? >= REGISTER_FAILURES_MAX {
        let wait_us = now.day().next().start().micros_since(now);
        return Err(too_many("register_limit", wait_us).with("review_offered", true));
    }
    let check = Pending {
        id: app.new_id(),
        person_id: person,
        kind: RegisterMatch,
        provider: app.providers.register.name(),
        at: now,
    };
    store::evidence::insert_pending(&mut tx, &check).await?;
    tx.commit().await?;
    Ok(check.id)
}
