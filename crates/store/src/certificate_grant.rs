//! Certificate grants.

use domain::Instant;
use domain::id::{CertificateGrantId, PersonId, ProductId, UnitId};

use crate::{Exec, Result, sql};

/// Whether a grant is in force.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn in_force(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    person: PersonId,
    product: ProductId,
) -> Result<bool> {
    let text = "SELECT id FROM certificate_grant WHERE unit_id = $1 AND person_id = $2 AND product_id = $3 AND recalled_us IS NULL";
    Ok(
        sql!("certificate_grant.in_force", text, unit, person, product)
            .optional(at)
            .await?
            .is_some(),
    )
}

/// The products for which a person has a grant in force.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn products(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    person: PersonId,
) -> Result<Vec<ProductId>> {
    let text = "SELECT product_id FROM certificate_grant WHERE unit_id = $1 AND person_id = $2 AND recalled_us IS NULL ORDER BY product_id";
    let rows = sql!("certificate_grant.products", text, unit, person)
        .all(at)
        .await?;
    rows.iter().map(|row| row.parse("product_id")).collect()
}

/// Gives one; giving it twice changes nothing.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn give(
    at: impl Into<Exec<'_>>,
    id: CertificateGrantId,
    (unit, person, product): (UnitId, PersonId, ProductId),
    by: PersonId,
    now: Instant,
) -> Result<()> {
    let text =
        "INSERT INTO certificate_grant (id, unit_id, person_id, product_id, granted_by, granted_us)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    sql!(
        "certificate_grant.give",
        text,
        id,
        unit,
        person,
        product,
        by,
        now
    )
    .execute(at)
    .await
    .map(|_| ())
}

/// Recalls one.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn recall(
    at: impl Into<Exec<'_>>,
    (unit, person, product): (UnitId, PersonId, ProductId),
    now: Instant,
) -> Result<()> {
    let text = "UPDATE certificate_grant SET recalled_us = $4, version = version + 1
        WHERE unit_id = $1 AND person_id = $2 AND product_id = $3 AND recalled_us IS NULL";
    sql!("certificate_grant.recall", text, unit, person, product, now)
        .execute(at)
        .await
        .map(|_| ())
}

/// Recalls all of a person in a unit.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn recall_all(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    person: PersonId,
    now: Instant,
) -> Result<()> {
    let text = "UPDATE certificate_grant SET recalled_us = $3, version = version + 1
        WHERE unit_id = $1 AND person_id = $2 AND recalled_us IS NULL";
    sql!("certificate_grant.recall_all", text, unit, person, now)
        .execute(at)
        .await
        .map(|_| ())
}
