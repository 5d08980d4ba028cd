//! Continuous runs: between which two, with which choice, and how far they are used. What may happen in one is
//! `domain::scan_run`'s to say.

use domain::Instant;
use domain::id::{AskerId, HoldingId, PersonId, ScanRunId, ScanSessionId};
use domain::scan_run::{Run, Sides};

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// A run as it stands.
#[derive(Clone, Debug)]
pub struct ScanRun {
    /// Its id.
    pub id: ScanRunId,
    /// What it signs with.
    pub holding_id: HoldingId,
    /// The session that it began in.
    pub session_id: ScanSessionId,
    /// What the rule judges.
    pub run: Run,
    /// Raised with each change.
    pub version: u32,
}

impl ScanRun {
    /// Whose it is.
    pub fn person_id(&self) -> PersonId {
        self.run.sides.person_id
    }
}

const SELECT: &str = "SELECT * FROM scan_run WHERE id = $1";

/// Writes a new run.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(at: impl Into<Exec<'_>>, new: &ScanRun) -> Result<()> {
    let text = "INSERT INTO scan_run (id, asker_id, person_id, device_id, holding_id, session_id, begun_at_us, used_at_us) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";
    sql!(
        "scan_run.insert",
        text,
        new.id,
        new.run.sides.asker_id,
        new.run.sides.person_id,
        new.run.sides.device_id,
        new.holding_id,
        new.session_id,
        new.run.used_at
    )
    .execute_one(at)
    .await
}

/// The run of an id.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: ScanRunId) -> Result<Option<ScanRun>> {
    let row = sql!("scan_run.find", SELECT, id).optional(at).await?;
    row.as_ref().map(read).transpose()
}

/// The run of an id, locked until the transaction ends. Whoever locks a session too has locked that one first.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn lock(tx: &mut Tx, id: ScanRunId) -> Result<Option<ScanRun>> {
    let row = sql!("scan_run.lock", SELECT, id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Something happens in the run: `codes` were signed by now.
///
/// # Errors
/// [`crate::Error::Conflict`] when it moved on.
pub async fn use_at(
    at: impl Into<Exec<'_>>,
    run: &ScanRun,
    codes: u32,
    now: Instant,
) -> Result<()> {
    let text = "UPDATE scan_run SET codes = $3, used_at_us = $4, version = version + 1 WHERE id = $1 AND version = $2 AND ended_at_us IS NULL";
    sql!("scan_run.use", text, run.id, run.version, codes, now)
        .execute_one(at)
        .await
}

/// Ends a run. Twice is once.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn end(at: impl Into<Exec<'_>>, id: ScanRunId, now: Instant) -> Result<()> {
    let text = "UPDATE scan_run SET ended_at_us = $2, version = version + 1 WHERE id = $1 AND ended_at_us IS NULL";
    sql!("scan_run.end", text, id, now)
        .execute(at)
        .await
        .map(drop)
}

/// Ends all runs of an asker.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn end_of_asker(at: impl Into<Exec<'_>>, asker: AskerId, now: Instant) -> Result<()> {
    let text = "UPDATE scan_run SET ended_at_us = $2, version = version + 1 WHERE asker_id = $1 AND ended_at_us IS NULL";
    sql!("scan_run.end_of_asker", text, asker, now)
        .execute(at)
        .await
        .map(drop)
}

fn read(row: &Row) -> Result<ScanRun> {
    Ok(ScanRun {
        id: row.parse("id")?,
        holding_id: row.parse("holding_id")?,
        session_id: row.parse("session_id")?,
        run: Run {
            sides: Sides {
                asker_id: row.parse("asker_id")?,
                person_id: row.parse("person_id")?,
                device_id: row.parse("device_id")?,
            },
            codes: row.u32("codes")?,
            used_at: row.instant("used_at_us")?,
            ended: row.opt_instant("ended_at_us")?.is_some(),
        },
        version: row.u32("version")?,
    })
}
