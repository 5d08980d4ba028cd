//! Holdings.

use domain::Instant;
use domain::holding::Reissues;
use domain::id::{HoldingId, PersonId, ProductId, UnitId};

use crate::{Exec, Result, Row, Tx, sql};

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, person_id, unit_id, product_id, free_left, packs_left, suspended_us, ended_us, version FROM holding ",
            $tail
        )
    };
}

/// One person's certificate of one product, for one unit or for themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Its id.
    pub id: HoldingId,
    /// Whose.
    pub person_id: PersonId,
    /// For which unit; `None` for the person's own.
    pub unit_id: Option<UnitId>,
    /// Of which product.
    pub product_id: ProductId,
    /// How often it may be installed elsewhere.
    pub reissues: Reissues,
    /// Suspended since.
    pub suspended_at: Option<Instant>,
    /// Ended for good since.
    pub ended_at: Option<Instant>,
    /// Raised with each change.
    pub version: u32,
}

impl Holding {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parse("id")?,
            person_id: row.parse("person_id")?,
            unit_id: row.opt_parse("unit_id")?,
            product_id: row.parse("product_id")?,
            reissues: Reissues {
                free_left: row.u32("free_left")?,
                packs_left: row.u32("packs_left")?,
            },
            suspended_at: row.opt_instant("suspended_us")?,
            ended_at: row.opt_instant("ended_us")?,
            version: row.u32("version")?,
        })
    }
}

/// One by id.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: HoldingId) -> Result<Option<Holding>> {
    let row = sql!("holding.find", select!("WHERE id = $1"), id)
        .optional(at)
        .await?;
    row.as_ref().map(Holding::from_row).transpose()
}

/// One by id, held until the transaction ends.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_for_update(tx: &mut Tx, id: HoldingId) -> Result<Option<Holding>> {
    let row = sql!("holding.lock", select!("WHERE id = $1"), id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(Holding::from_row).transpose()
}

/// Those of a person that have not ended, newest first.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn list(at: impl Into<Exec<'_>>, person: PersonId) -> Result<Vec<Holding>> {
    let text = select!("WHERE person_id = $1 AND ended_us IS NULL ORDER BY id DESC LIMIT 500");
    sql!("holding.list", text, person)
        .all(at)
        .await?
        .iter()
        .map(Holding::from_row)
        .collect()
}

/// Whether anybody has a holding that has not ended.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn any(at: impl Into<Exec<'_>>) -> Result<bool> {
    let text = "SELECT id FROM holding WHERE ended_us IS NULL LIMIT 1";
    let row = sql!("holding.any", text).optional(at).await?;
    Ok(row.is_some())
}

/// Writes what is left of the reissues over the row of the same version.
///
/// # Errors
/// [`crate::Error::Conflict`] when the row moved on.
pub async fn set_reissues(tx: &mut Tx, holding: &Holding, left: Reissues) -> Result<()> {
    let text = "UPDATE holding SET free_left = $3, packs_left = $4, version = version + 1 WHERE id = $1 AND version = $2";
    sql!(
        "holding.set_reissues",
        text,
        holding.id,
        holding.version,
        left.free_left,
        left.packs_left
    )
    .execute_one(tx)
    .await
}

/// The living holding of a person, unit and product, if there is one.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_living(
    at: impl Into<Exec<'_>>,
    person: PersonId,
    unit: Option<UnitId>,
    product: ProductId,
) -> Result<Option<Holding>> {
    let unit = unit.map_or_else(String::new, |unit| unit.to_string());
    let text = select!(
        "WHERE person_id = $1 AND coalesce(unit_id, '') = $2 AND product_id = $3 AND ended_us IS NULL"
    );
    let row = sql!("holding.find_living", text, person, unit, product)
        .optional(at)
        .await?;
    row.as_ref().map(Holding::from_row).transpose()
}

/// The living holding of a person, unit and product, made under `id` when there is none; held until the transaction ends.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_or_make(
    tx: &mut Tx,
    id: HoldingId,
    person: PersonId,
    unit: Option<UnitId>,
    product: ProductId,
    now: Instant,
) -> Result<Holding> {
    let fresh = Reissues::FRESH;
    let text = "INSERT INTO holding (id, person_id, unit_id, product_id, free_left, packs_left, created_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    sql!(
        "holding.make",
        text,
        id,
        person,
        unit,
        product,
        fresh.free_left,
        fresh.packs_left,
        now
    )
    .execute(&mut *tx)
    .await?;
    let unit = unit.map_or_else(String::new, |unit| unit.to_string());
    let text = select!(
        "WHERE person_id = $1 AND coalesce(unit_id, '') = $2 AND product_id = $3 AND ended_us IS NULL"
    );
    let row = sql!("holding.made", text, person, unit, product)
        .for_update()
        .one(tx)
        .await?;
    Holding::from_row(&row)
}

/// The living holdings of a person for a unit, held until the transaction ends.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn lock_of_member(tx: &mut Tx, unit: UnitId, person: PersonId) -> Result<Vec<Holding>> {
    let text = select!("WHERE unit_id = $1 AND person_id = $2 AND ended_us IS NULL ORDER BY id");
    sql!("holding.lock_of_member", text, unit, person)
        .for_update()
        .all(tx)
        .await?
        .iter()
        .map(Holding::from_row)
        .collect()
}

/// Ends a holding for good.
///
/// # Errors
/// [`crate::Error::Conflict`] when the row moved on.
pub async fn end(tx: &mut Tx, holding: &Holding, now: Instant) -> Result<()> {
    let text = "UPDATE holding SET ended_us = $3, version = version + 1 WHERE id = $1 AND version = $2 AND ended_us IS NULL";
    sql!("holding.end", text, holding.id, holding.version, now)
        .execute_one(tx)
        .await
}

/// Suspends a holding, or resumes it with `None`.
///
/// # Errors
/// [`crate::Error::Conflict`] when the row moved on.
pub async fn suspend(tx: &mut Tx, holding: &Holding, since: Option<Instant>) -> Result<()> {
    let text = "UPDATE holding SET suspended_us = $3, version = version + 1 WHERE id = $1 AND version = $2 AND ended_us IS NULL";
    sql!("holding.suspend", text, holding.id, holding.version, since)
        .execute_one(tx)
        .await
}
