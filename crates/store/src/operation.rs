//! The record of every use, and the log of its salted leaves. Rows are written once and never changed.

use domain::Instant;
use domain::id::{HoldingId, OperationId, PersonId, ScanSessionId, SealId, UnitId};

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// One use of a certificate.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its id.
    pub id: OperationId,
    /// The session it ended.
    pub session_id: ScanSessionId,
    /// Who.
    pub person_id: PersonId,
    /// As whom.
    pub unit_id: Option<UnitId>,
    /// With which holding; a login uses none.
    pub holding_id: Option<HoldingId>,
    /// What was done.
    pub kind: String,
    /// With which seal.
    pub seal_id: Option<SealId>,
    /// Serial number, lower case hexadecimal; a login uses no certificate.
    pub certificate_serial: Option<String>,
    /// Wrapped canonical record.
    pub record: Vec<u8>,
    /// What the leaf was salted with.
    pub salt: [u8; 32],
    /// When.
    pub at: Instant,
}

/// Writes the record and its leaf in the transaction that completes the act; answers the leaf's index.
///
/// # Errors
/// [`crate::Error`] when the database fails or the session has an operation already.
pub async fn append(tx: &mut Tx, operation: &Operation, leaf: &[u8; 32]) -> Result<i64> {
    // The one row of the head puts all writers in a line: indexes have no gaps, whatever is rolled back.
    let head = sql!(
        "log_head.next",
        "UPDATE log_head SET size = size + 1 WHERE id = 1 RETURNING size"
    )
    .one(&mut *tx)
    .await?;
    let index = head.int("size")? - 1;
    let text = "INSERT INTO log_leaf (leaf_index, hash, at_us) VALUES ($1, $2, $3)";
    sql!("log_leaf.insert", text, index, leaf, operation.at)
        .execute_one(&mut *tx)
        .await?;
    let text = "INSERT INTO operation (id, session_id, person_id, unit_id, holding_id, kind, seal_id, certificate_serial, record, salt, leaf_index, at_us) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    sql!(
        "operation.insert",
        text,
        operation.id,
        operation.session_id,
        operation.person_id,
        operation.unit_id,
        operation.holding_id,
        operation.kind.as_str(),
        operation.seal_id,
        operation.certificate_serial.as_deref(),
        &operation.record,
        operation.salt,
        index,
        operation.at
    )
    .execute_one(&mut *tx)
    .await?;
    Ok(index)
}

/// A person's records, newest first, at most 50, older than `before`.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn of_person(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    before: Instant,
) -> Result<Vec<(Operation, i64)>> {
    let text = "SELECT * FROM operation WHERE person_id = $1 AND at_us < $2 ORDER BY at_us DESC, id DESC LIMIT 50";
    sql!("operation.of_person", text, person_id, before)
        .all(at)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// The leaf at an index.
///
/// # Errors
/// [`crate::Error::NotFound`] when the log is shorter.
pub async fn leaf(at: impl Into<Exec<'_>>, index: i64) -> Result<[u8; 32]> {
    sql!(
        "log_leaf.find",
        "SELECT hash FROM log_leaf WHERE leaf_index = $1",
        index
    )
    .one(at)
    .await?
    .array("hash")
}

fn read(row: &Row) -> Result<(Operation, i64)> {
    let operation = Operation {
        id: row.parse("id")?,
        session_id: row.parse("session_id")?,
        person_id: row.parse("person_id")?,
        unit_id: row.opt_parse("unit_id")?,
        holding_id: row.opt_parse("holding_id")?,
        kind: row.text("kind")?,
        seal_id: row.opt_parse("seal_id")?,
        certificate_serial: row.opt_text("certificate_serial")?,
        record: row.blob("record")?,
        salt: row.array("salt")?,
        at: row.instant("at_us")?,
    };
    Ok((operation, row.int("leaf_index")?))
}
