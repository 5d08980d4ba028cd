//! Tax and bank facts of units, as ciphertext.

use domain::Instant;
use domain::id::{PersonId, UnitId};

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::sql;

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Ciphertext.
    pub facts: Vec<u8>,
    /// Raised with each change, from 1.
    pub version: i64,
}

/// What a unit has told; nothing at first.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<Option<Kept>> {
    let text = "SELECT facts, version FROM unit_profile WHERE unit_id = $1";
    let row = sql!("unit_profile.find", text, unit).optional(at).await?;
    row.map(|row| {
        Ok(Kept {
            facts: row.blob("facts")?,
            version: row.int("version")?,
        })
    })
    .transpose()
}

/// Writes over the row of a version; 0 stands for none yet.
///
/// # Errors
/// [`crate::Error::Conflict`] when the row moved on.
pub async fn write(
    tx: &mut Tx,
    unit: UnitId,
    facts: &[u8],
    by: PersonId,
    version: i64,
    now: Instant,
) -> Result<()> {
    if version == 0 {
        let text = "INSERT INTO unit_profile (unit_id, facts, changed_by, changed_us) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        return sql!("unit_profile.insert", text, unit, facts, by, now)
            .execute_one(tx)
            .await;
    }
    let text = "UPDATE unit_profile SET facts = $2, changed_by = $3, changed_us = $4, version = version + 1 WHERE unit_id = $1 AND version = $5";
    sql!("unit_profile.update", text, unit, facts, by, now, version)
        .execute_one(tx)
        .await
}

/// The legal representative's name as registered, ciphertext.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn representative_name(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<Vec<u8>> {
    let text = "SELECT legal_representative_name FROM unit WHERE id = $1";
    sql!("unit.representative_name", text, unit)
        .one(at)
        .await?
        .blob("legal_representative_name")
}
