//! The question to the business register, and when an operator may look instead. Failed answers are counted with those of
//! registrations.

use domain::id::{EvidenceId, PersonId, UnitId};
use domain::time::DAY_US;
use domain::unit_change::review_offered;
use providers::register::Stated as Question;
use store::Exec;
use store::unit::Unit;

use super::stated::Stated;
use crate::unit::{check_register, failed_today};
use crate::{App, Result};

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
    let question = Question {
        uscc: unit.registration.number(),
        name: &stated.name,
        legal_representative: &stated.representative,
    };
    check_register(app, person, question, None).await
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
