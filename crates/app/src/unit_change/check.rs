//! The question to the business register, and when an operator may look instead. Failed answers are counted with those of
//! registrations.

use domain::id::{EvidenceId, PersonId, UnitId};
use domain::policy::EvidenceKind::RegisterMatch;
use domain::time::{DAY_US, MINUTE_US};
use domain::unit::REGISTER_FAILURES_MAX;
use domain::unit_change::review_offered;
use providers::register::{Stated as Question, Verdict};
use serde_json::Value;
use store::Exec;
use store::evidence::Pending;
use store::unit::Unit;

use super::stated::Stated;
use crate::limit::too_many;
use crate::{App, Error, Result};

/// A check without an answer counts as failed for so long; then it was lost with its server.
const PENDING_US: i64 = MINUTE_US;

/// Asks the register. On a match the pending evidence comes back, to be turned into the unit's.
///
/// # Errors
/// `register_limit`, `register_unavailable` (nothing counted), `register_not_found`, `register_mismatch` `{fields}`.
pub(super) async fn register(
    app: &App,
    person: PersonId,
    unit: &Unit,
    stated: &Stated,
) -> Result<EvidenceId> {
    let evidence = begin(app, person).await?;
    let question = Question {
        uscc: unit.registration.number(),
        name: &stated.name,
        legal_representative: &stated.representative,
    };
    let asked = app.providers.register.check(question);
    let refusal = match tokio::time::timeout(app.providers.patience, asked).await {
        Ok(Ok(Verdict::Match)) => return Ok(evidence),
        Ok(Ok(Verdict::NotFound)) => Error::conflict("register_not_found"),
        Ok(Ok(Verdict::Mismatch(fields))) => {
            let fields: Vec<Value> = fields.iter().map(|field| field.as_str().into()).collect();
            Error::conflict("register_mismatch").with("fields", fields)
        }
        Ok(Err(unavailable)) => {
            store::evidence::forget_pending(&app.db, evidence).await?;
            return Err(Error::unavailable("register_unavailable").because(unavailable));
        }
        Err(elapsed) => {
            store::evidence::forget_pending(&app.db, evidence).await?;
            return Err(Error::unavailable("register_unavailable").because(elapsed));
        }
    };
    store::evidence::fail(&app.db, evidence).await?;
    Err(refusal)
}

/// Writes the check down, so that checks side by side count each other.
async fn begin(app: &App, person: PersonId) -> Result<EvidenceId> {
    let now = app.now();
    let mut tx = app.db.begin_write("unit_change.check").await?;
    store::person::lock(&mut tx, person).await?;
    if failed_today(app, &mut tx, person).await? >= REGISTER_FAILURES_MAX {
        let wait_us = now.day().next().start().micros_since(now);
        return Err(too_many("register_limit", wait_us));
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

async fn failed_today(app: &App, at: impl Into<Exec<'_>>, person: PersonId) -> Result<i64> {
    let (today, pending) = (app.now().day().start(), app.now().plus_micros(-PENDING_US));
    Ok(store::evidence::failures(at, person, RegisterMatch, today, pending).await?)
}

/// Whether this person may ask an operator to look at a change of this unit.
pub(super) async fn is_review_offered(
    app: &App,
    at: impl Into<Exec<'_>>,
    person: PersonId,
    unit: UnitId,
) -> Result<bool> {
    let mut at = at.into();
    let since = app.now().plus_micros(-DAY_US);
    let papers = store::unit_change::failures(at.again(), unit, person, since).await?;
    let register = failed_today(app, at, person).await?;
    Ok(review_offered(papers, register))
}
