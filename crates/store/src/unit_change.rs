//! Facts of units that change, and what they were before.

use domain::Instant;
use domain::id::{PersonId, UnitId};

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// Another legal representative, or the same one named anew.
pub struct Representative<'a> {
    /// Who.
    pub person_id: PersonId,
    /// The name as registered, ciphertext.
    pub name: &'a [u8],
}

/// Writes new facts over a unit's, and keeps the former ones. Lock the unit first.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn apply(
    tx: &mut Tx,
    unit: UnitId,
    name: &str,
    representative: Option<&Representative<'_>>,
    now: Instant,
) -> Result<()> {
    let text = "INSERT INTO unit_former (unit_id, turn, name, legal_representative_name, representative_named, until_us)
        SELECT id, (SELECT count(*) + 1 FROM unit_former WHERE unit_id = $1), name, legal_representative_name, $2, $3 FROM unit WHERE id = $1";
    let named = representative.is_some();
    sql!("unit_former.insert", text, unit, i64::from(named), now)
        .execute_one(&mut *tx)
        .await?;
    let text = "UPDATE unit SET name = $2, version = version + 1 WHERE id = $1";
    sql!("unit.rename", text, unit, name)
        .execute_one(&mut *tx)
        .await?;
    let Some(representative) = representative else {
        return Ok(());
    };
    let text = "UPDATE unit SET legal_representative_id = $2, legal_representative_name = $3, legal_representative_hash = NULL WHERE id = $1";
    let Representative { person_id, name } = *representative;
    sql!("unit.name_representative", text, unit, person_id, name)
        .execute_one(tx)
        .await
}

/// When the legal representative was named last by a change; not at all where it is the one of the registration.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn last_naming(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<Option<Instant>> {
    let text = "SELECT max(until_us) AS at_us FROM unit_former WHERE unit_id = $1 AND representative_named = 1";
    sql!("unit_former.last_naming", text, unit)
        .one(at)
        .await?
        .opt_instant("at_us")
}

/// Writes down that papers did not do.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn fail(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    person: PersonId,
    now: Instant,
) -> Result<()> {
    let text = "INSERT INTO unit_change_failure (unit_id, person_id, at_us) VALUES ($1, $2, $3)";
    sql!("unit_change_failure.insert", text, unit, person, now)
        .execute(at)
        .await
        .map(|_| ())
}

/// How often a person's papers about a unit did not do since an instant.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn failures(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    person: PersonId,
    since: Instant,
) -> Result<i64> {
    let text = "SELECT count(*) AS n FROM unit_change_failure WHERE unit_id = $1 AND person_id = $2 AND at_us >= $3";
    sql!("unit_change_failure.count", text, unit, person, since)
        .one(at)
        .await?
        .int("n")
}

/// A certificate of a unit with the name that it carries.
pub struct Certified {
    /// Whose.
    pub person_id: PersonId,
    /// Their name, ciphertext.
    pub person_name: Option<Vec<u8>>,
    /// What people call the product.
    pub product: String,
    /// DER Name.
    pub subject: Vec<u8>,
}

/// The certificates in force of a unit's people, 200 at most.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn certificates(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<Vec<Certified>> {
    let text = "SELECT h.person_id, p.name AS person_name, d.name AS product, i.subject
        FROM holding h JOIN person p ON p.id = h.person_id JOIN product d ON d.id = h.product_id
        JOIN certificate c ON c.holding_id = h.id AND c.in_force = 1 JOIN install i ON i.certificate_id = c.id
        WHERE h.unit_id = $1 AND h.ended_us IS NULL ORDER BY h.created_us, h.id LIMIT 200";
    let read = |row: &Row| {
        Ok(Certified {
            person_id: row.parse("person_id")?,
            person_name: row.opt_blob("person_name")?,
            product: row.text("product")?,
            subject: row.blob("subject")?,
        })
    };
    let rows = sql!("unit_change.certificates", text, unit).all(at).await?;
    rows.iter().map(read).collect()
}
