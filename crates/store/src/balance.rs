//! Balances: what a unit bought and nobody installed.

use domain::Instant;
use domain::entitlement::Kind;
use domain::id::{BalanceId, PersonId, PlatformId, ProductId, UnitId};

use crate::{Exec, Result, Row, Tx, sql};

/// A balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Its id.
    pub id: BalanceId,
    /// Whose.
    pub unit_id: UnitId,
    /// Of which product.
    pub product_id: ProductId,
    /// What was bought.
    pub kind: Kind,
    /// For which platform.
    pub platform_id: PlatformId,
    /// For how long, from the install on.
    pub term_years: u8,
    /// Who bought it.
    pub buyer_id: PersonId,
    /// How many are left.
    pub left: u32,
}

fn from_row(row: &Row) -> Result<Balance> {
    Ok(Balance {
        id: row.parse("id")?,
        unit_id: row.parse("unit_id")?,
        product_id: row.parse("product_id")?,
        kind: row.parse("kind")?,
        platform_id: row.parse("platform_id")?,
        term_years: row.u8("term_years")?,
        buyer_id: row.parse("buyer_id")?,
        left: row.u32("left_count")?,
    })
}

/// Adds `balance.left` to the balance of the same unit, product, kind, platform, term and buyer, made when there is none.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn add(tx: &mut Tx, balance: &Balance, now: Instant) -> Result<()> {
    let text = "INSERT INTO balance (id, unit_id, product_id, kind, platform_id, term_years, buyer_id, left_count, created_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (unit_id, product_id, kind, platform_id, term_years, buyer_id)
        DO UPDATE SET left_count = balance.left_count + excluded.left_count, version = balance.version + 1";
    sql!(
        "balance.add",
        text,
        balance.id,
        balance.unit_id,
        balance.product_id,
        balance.kind.as_str(),
        balance.platform_id,
        u32::from(balance.term_years),
        balance.buyer_id,
        balance.left,
        now
    )
    .execute_one(tx)
    .await
}

/// Takes one; `false` when none was left.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn take(tx: &mut Tx, id: BalanceId) -> Result<bool> {
    let text = "UPDATE balance SET left_count = left_count - 1, version = version + 1 WHERE id = $1 AND left_count > 0";
    Ok(sql!("balance.take", text, id).execute(tx).await? == 1)
}

/// Those of a unit, newest first.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn list(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<Vec<Balance>> {
    let text = "SELECT id, unit_id, product_id, kind, platform_id, term_years, buyer_id, left_count FROM balance
        WHERE unit_id = $1 ORDER BY id DESC LIMIT 500";
    sql!("balance.list", text, unit)
        .all(at)
        .await?
        .iter()
        .map(from_row)
        .collect()
}
