//! Faults that phones have told.

use domain::Instant;
use domain::id::{FaultLogId, PersonId};

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// A phone's log. The lines are ciphertext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultLog {
    /// Id.
    pub id: FaultLogId,
    /// Whose phone it was.
    pub person_id: PersonId,
    /// Which app wrote it.
    pub app_version: String,
    /// How many lines it has.
    pub lines: i64,
    /// The lines.
    pub sealed: Vec<u8>,
    /// When it came.
    pub created_at: Instant,
}

/// Keeps one.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(tx: &mut Tx, new: &FaultLog) -> Result<()> {
    let text = "INSERT INTO fault_log (id, person_id, app_version, lines, sealed, created_us) VALUES ($1, $2, $3, $4, $5, $6)";
    sql!(
        "fault_log.insert",
        text,
        new.id,
        new.person_id,
        &new.app_version,
        new.lines,
        &new.sealed,
        new.created_at
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// One by id.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: FaultLogId) -> Result<Option<FaultLog>> {
    let text =
        "SELECT id, person_id, app_version, lines, sealed, created_us FROM fault_log WHERE id = $1";
    let row = sql!("fault_log.find", text, id).optional(at).await?;
    row.as_ref().map(read).transpose()
}

/// The newest ones.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn newest(at: impl Into<Exec<'_>>, most: u32) -> Result<Vec<FaultLog>> {
    let text = "SELECT id, person_id, app_version, lines, sealed, created_us FROM fault_log ORDER BY created_us DESC, id DESC LIMIT $1";
    let rows = sql!("fault_log.newest", text, most).all(at).await?;
    rows.iter().map(read).collect()
}

/// Forgets those that came before, `most` at most, and tells how many.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sweep(at: impl Into<Exec<'_>>, before: Instant, most: u32) -> Result<u64> {
    let text = "DELETE FROM fault_log WHERE id IN (SELECT id FROM fault_log WHERE created_us < $1 ORDER BY created_us LIMIT $2)";
    sql!("fault_log.sweep", text, before, most)
        .execute(at)
        .await
}

fn read(row: &Row) -> Result<FaultLog> {
    Ok(FaultLog {
        id: row.parse("id")?,
        person_id: row.parse("person_id")?,
        app_version: row.text("app_version")?,
        lines: row.int("lines")?,
        sealed: row.blob("sealed")?,
        created_at: row.instant("created_us")?,
    })
}
