//! What the legal representative permits a unit's administrators.

use domain::Instant;
use domain::id::{PersonId, UnitId};

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::sql;

/// What was said last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// By whom.
    pub person_id: PersonId,
    /// Making and granting the legal representative's seal.
    pub representative_seal: bool,
    /// Raised with each change, from 1.
    pub version: i64,
}

/// What was said last; nothing at first.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<Option<Kept>> {
    let text =
        "SELECT person_id, representative_seal, version FROM unit_permission WHERE unit_id = $1";
    let row = sql!("unit_permission.find", text, unit)
        .optional(at)
        .await?;
    row.map(|row| {
        Ok(Kept {
            person_id: row.parse("person_id")?,
            representative_seal: row.bool("representative_seal")?,
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
    by: PersonId,
    representative_seal: bool,
    version: i64,
    now: Instant,
) -> Result<()> {
    if version == 0 {
        let text = "INSERT INTO unit_permission (unit_id, person_id, representative_seal, changed_us) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        let query = sql!(
            "unit_permission.insert",
            text,
            unit,
            by,
            representative_seal,
            now
        );
        return query.execute_one(tx).await;
    }
    let text = "UPDATE unit_permission SET person_id = $2, representative_seal = $3, changed_us = $4, version = version + 1 WHERE unit_id = $1 AND version = $5";
    let query = sql!(
        "unit_permission.update",
        text,
        unit,
        by,
        representative_seal,
        now,
        version
    );
    query.execute_one(tx).await
}
