//! 修改管理员权限 (UMG-5): the legal representative alone permits the unit's administrators the legal representative's seal.

use domain::id::UnitId;
use domain::unit_permission::{Permission, Person, change, representative_seal};
use store::Exec;
use store::unit::Unit;
use store::unit_permission::Kept;

use crate::unit::require_administrator;
use crate::{App, Caller, Error, Result};

/// What administrators see.
pub struct View {
    /// They may make, grant and use the legal representative's seal.
    pub representative_seal: bool,
    /// The caller may change it.
    pub may_change: bool,
    /// Raised with each change; 0 while nothing was ever said.
    pub version: i64,
}

/// What is permitted.
///
/// # Errors
/// `unit_not_found`, `not_administrator`.
pub async fn get(app: &App, caller: &Caller, unit: UnitId) -> Result<View> {
    let mut at = Exec::from(&app.db);
    let found = store::unit::find_of_person(at.again(), caller.person_id, unit).await?;
    let belonging = found.ok_or_else(|| Error::not_found("unit_not_found"))?;
    let may_change = change(person(caller, Some(&belonging.unit))).is_ok();
    if !may_change {
        require_administrator(at.again(), caller.person_id, unit).await?;
    }
    let kept = store::unit_permission::find(at, unit).await?;
    Ok(View {
        representative_seal: representative_seal(permission(kept.as_ref(), &belonging.unit)),
        may_change,
        version: kept.map_or(0, |kept| kept.version),
    })
}

/// The legal representative says so; the new version.
///
/// # Errors
/// `not_legal_representative`, `unit_permission_changed`.
pub async fn put(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    permitted: bool,
    seen: i64,
) -> Result<i64> {
    let mut tx = app.db.begin_write("unit_permission.put").await?;
    // The unit stays as it is until the commit, and with it who its legal representative is.
    store::unit::lock(&mut tx, unit).await?;
    let found = store::unit::find_of_person(&mut tx, caller.person_id, unit).await?;
    change(person(caller, found.as_ref().map(|found| &found.unit)))
        .map_err(|_| Error::forbidden("not_legal_representative"))?;
    let (by, now) = (caller.person_id, app.now());
    let written = store::unit_permission::write(&mut tx, unit, by, permitted, seen, now).await;
    written.map_err(|error| match error {
        store::Error::Conflict(_) => Error::conflict("unit_permission_changed"),
        other => other.into(),
    })?;
    tx.commit().await?;
    Ok(seen + 1)
}

/// Whether administrators may make, grant and use the legal representative's seal of a unit now (SEAL-4).
///
/// # Errors
/// When the database fails.
pub async fn permits_representative_seal(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<bool> {
    let mut at = at.into();
    let kept = store::unit_permission::find(at.again(), unit).await?;
    let Some(found) = store::unit::find(at, unit).await? else {
        return Ok(false);
    };
    Ok(representative_seal(permission(kept.as_ref(), &found)))
}

fn permission(kept: Option<&Kept>, unit: &Unit) -> Option<Permission> {
    kept.map(|kept| Permission {
        given: kept.representative_seal,
        by_representative: unit.legal_representative_id == Some(kept.person_id),
    })
}

fn person(caller: &Caller, unit: Option<&Unit>) -> Person {
    Person {
        inside: unit.is_some(),
        representative: unit
            .is_some_and(|unit| unit.legal_representative_id == Some(caller.person_id)),
    }
}
