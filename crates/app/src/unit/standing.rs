//! What others ask of a unit before they act for it.

use domain::certification::{Standing, UnitState, unit_state};
use domain::id::{PersonId, UnitId};
use domain::policy::EvidenceKind;
use domain::review::{CaseKind, CaseState};
use domain::unit::Role;
use store::Exec;
use store::unit::{Belonging, Unit};

use crate::{App, Error, Result};

/// Goes on only with somebody who belongs to the unit.
///
/// # Errors
/// `unit_not_found`: to others a unit is not there.
pub async fn require_member(
    at: impl Into<Exec<'_>>,
    person: PersonId,
    unit: UnitId,
) -> Result<Belonging> {
    let found = store::unit::find_of_person(at, person, unit).await?;
    found.ok_or_else(|| Error::not_found("unit_not_found"))
}

/// Goes on only with an administrator of the unit.
///
/// # Errors
/// `not_administrator`, also when there is no such unit.
pub async fn require_administrator(
    at: impl Into<Exec<'_>>,
    person: PersonId,
    unit: UnitId,
) -> Result<Unit> {
    match store::unit::find_of_person(at, person, unit).await? {
        Some(Belonging {
            unit,
            role: Role::Administrator,
        }) => Ok(unit),
        _ => Err(Error::forbidden("not_administrator")),
    }
}

/// Whether the evidence satisfies the policy (UNIT-10).
///
/// # Errors
/// When the database fails.
pub async fn is_certified(app: &App, at: impl Into<Exec<'_>>, unit: UnitId) -> Result<bool> {
    Ok(missing(app, at, unit).await?.is_empty())
}

/// Goes on only with a certified unit.
///
/// # Errors
/// `unit_not_certified`.
pub async fn require_certified(app: &App, at: impl Into<Exec<'_>>, unit: UnitId) -> Result<()> {
    if is_certified(app, at, unit).await? {
        Ok(())
    } else {
        Err(Error::conflict("unit_not_certified"))
    }
}

pub(super) async fn missing(
    app: &App,
    at: impl Into<Exec<'_>>,
    unit: UnitId,
) -> Result<Vec<EvidenceKind>> {
    let passed = store::evidence::passed_by_unit(at, unit).await?;
    Ok(app.settings.policy().unit_lacks(&passed))
}

/// How the unit stands (UNIT-11).
pub(super) async fn state(
    app: &App,
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    missing: &[EvidenceKind],
) -> Result<UnitState> {
    if missing.is_empty() {
        return Ok(UnitState::Certified);
    }
    let mut at = at.into();
    let mut in_review = false;
    for kind in [CaseKind::UnitRegistration, CaseKind::UnitDeposit] {
        let newest = store::review::newest_of_unit(at.again(), unit, kind).await?;
        in_review |= newest.is_some_and(|case| case.state == CaseState::Open);
    }
    let deposit = store::deposit::newest(at, unit).await?;
    let standing = Standing {
        missing,
        in_review,
        deposit: deposit.map(|deposit| deposit.rule.standing(app.now())),
    };
    Ok(unit_state(&standing))
}
