//! Entitlements.

use domain::Instant;
use domain::entitlement::{Entitlement, Period, Scope};
use domain::id::{EntitlementId, HoldingId, PlatformId, UnitId};

use crate::{Exec, Result, Row, Tx, sql};

/// A stored entitlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its id.
    pub id: EntitlementId,
    /// What it gives.
    pub entitlement: Entitlement,
    /// Raised with each change.
    pub version: u32,
}

fn from_row(row: &Row) -> Result<Stored> {
    let period = Period {
        from: row.instant("from_us")?,
        until: row.instant("until_us")?,
    };
    let entitlement = Entitlement {
        scope: row.parse("scope")?,
        kind: row.parse("kind")?,
        period,
    };
    Ok(Stored {
        id: row.parse("id")?,
        entitlement,
        version: row.u32("version")?,
    })
}

/// All of a holding, the one that ends last first.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn list(at: impl Into<Exec<'_>>, holding: HoldingId) -> Result<Vec<Stored>> {
    let text =
        "SELECT id, scope, kind, from_us, until_us, version FROM entitlement WHERE holding_id = $1
        ORDER BY until_us DESC, id LIMIT 1000";
    sql!("entitlement.list", text, holding)
        .all(at)
        .await?
        .iter()
        .map(from_row)
        .collect()
}

/// The one of a holding and scope that ends last; the holding's row is held by the caller.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn latest(tx: &mut Tx, holding: HoldingId, scope: Scope) -> Result<Option<Stored>> {
    let text = "SELECT id, scope, kind, from_us, until_us, version FROM entitlement WHERE holding_id = $1 AND scope = $2
        ORDER BY until_us DESC LIMIT 1";
    let row = sql!("entitlement.latest", text, holding, scope.to_word())
        .optional(tx)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// Adds one.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(
    tx: &mut Tx,
    id: EntitlementId,
    holding: HoldingId,
    entitlement: &Entitlement,
) -> Result<()> {
    let text = "INSERT INTO entitlement (id, holding_id, scope, kind, from_us, until_us) VALUES ($1, $2, $3, $4, $5, $6)";
    let Entitlement {
        scope,
        kind,
        period,
    } = entitlement;
    sql!(
        "entitlement.insert",
        text,
        id,
        holding,
        scope.to_word(),
        kind.as_str(),
        period.from,
        period.until
    )
    .execute_one(tx)
    .await
}

/// Moves an end.
///
/// # Errors
/// [`crate::Error::Conflict`] when the row moved on.
pub async fn extend(tx: &mut Tx, id: EntitlementId, until: Instant, version: u32) -> Result<()> {
    let text = "UPDATE entitlement SET until_us = $1, version = version + 1 WHERE id = $2 AND version = $3";
    sql!("entitlement.extend", text, until, id, version)
        .execute_one(tx)
        .await
}

/// Whether any person of a unit has a platform entitlement in force at a platform (CERT-4). `now` is compared with the
/// end as the domain does it: the last second counts whole.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn unit_entitled(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    platform: PlatformId,
    now: Instant,
) -> Result<bool> {
    let text = "SELECT entitlement.id FROM entitlement JOIN holding ON holding.id = entitlement.holding_id
        WHERE holding.unit_id = $1 AND holding.ended_us IS NULL AND entitlement.scope = $2
        AND entitlement.kind = 'platform' AND entitlement.from_us <= $3 AND $3 < entitlement.until_us + 1000000 LIMIT 1";
    let scope = Scope::Platform(platform).to_word();
    Ok(sql!("entitlement.unit_entitled", text, unit, scope, now)
        .optional(at)
        .await?
        .is_some())
}
