//! The rows of the queue; `crates/jobs` is what works on them.

use domain::Instant;
use domain::id::JobId;

use crate::db::{Db, Exec};
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// A job to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New<'a> {
    /// Its id.
    pub id: JobId,
    /// The name of its handler, such as `sms.send`.
    pub kind: &'a str,
    /// What the handler needs, as JSON.
    pub payload: &'a str,
    /// At most one unfinished job has this key; a second one is dropped silently.
    pub unique_key: Option<&'a str>,
    /// Not before.
    pub run_at: Instant,
    /// Tries before it is dead.
    pub attempts_max: u32,
    /// Now.
    pub created: Instant,
}

/// A claimed job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Its id.
    pub id: JobId,
    /// The name of its handler.
    pub kind: String,
    /// What the handler needs, as JSON.
    pub payload: String,
    /// This try's number, from 1.
    pub attempt: u32,
    /// Tries before it is dead.
    pub attempts_max: u32,
    /// The version under which it was claimed; every further change tests it.
    pub version: i64,
}

/// A job that failed for good, for the operator's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// Its id.
    pub id: JobId,
    /// The name of its handler.
    pub kind: String,
    /// Tries made.
    pub attempts: u32,
    /// Why the last try failed.
    pub last_error: String,
}

/// Writes a job in the transaction that causes it. False: an unfinished job with the same key is there already.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(at: impl Into<Exec<'_>>, new: &New<'_>) -> Result<bool> {
    let text = "INSERT INTO job (id, kind, payload, unique_key, state, run_at_us, attempts_max, created_us)
        VALUES ($1, $2, $3, $4, 'ready', $5, $6, $7) ON CONFLICT (unique_key) DO NOTHING";
    let insert = sql!(
        "job.insert",
        text,
        new.id,
        new.kind,
        new.payload,
        new.unique_key,
        new.run_at,
        new.attempts_max,
        new.created
    );
    Ok(insert.execute(at).await? == 1)
}

/// Claims the job that has been due longest, ready or with a lease that ran out, until `lease_until`.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn claim(db: &Db, now: Instant, lease_until: Instant) -> Result<Option<Claimed>> {
    let due = "SELECT id, version FROM job
        WHERE run_at_us <= $1 AND (state = 'ready' OR (state = 'running' AND lease_until_us <= $1))
        ORDER BY run_at_us, id LIMIT 1";
    // Idle workers look without taking SQLite's writer.
    if sql!("job.due", due, now).optional(db).await?.is_none() {
        return Ok(None);
    }
    let mut tx = db.begin_write("job.claim").await?;
    let Some(row) = sql!("job.due", due, now)
        .for_update_skip_locked()
        .optional(&mut tx)
        .await?
    else {
        return Ok(None);
    };
    let text = "UPDATE job SET state = 'running', attempts = attempts + 1, lease_until_us = $3, version = version + 1
        WHERE id = $1 AND version = $2 RETURNING id, kind, payload, attempts, attempts_max, version";
    let claim = sql!(
        "job.claim",
        text,
        row.text("id")?,
        row.int("version")?,
        lease_until
    );
    let claimed = claimed(&claim.one(&mut tx).await?)?;
    tx.commit().await?;
    Ok(Some(claimed))
}

/// The job did its work.
///
/// # Errors
/// [`crate::Error::Conflict`] when the lease ran out and another worker took it.
pub async fn done(at: impl Into<Exec<'_>>, job: &Claimed) -> Result<()> {
    let text = "UPDATE job SET state = 'done', unique_key = NULL, lease_until_us = NULL, last_error = NULL, version = version + 1
        WHERE id = $1 AND version = $2 AND state = 'running'";
    sql!("job.done", text, job.id, job.version)
        .execute_one(at)
        .await
}

/// The job is to be tried again at `run_at`.
///
/// # Errors
/// [`crate::Error::Conflict`] when the lease ran out and another worker took it.
pub async fn retry(
    at: impl Into<Exec<'_>>,
    job: &Claimed,
    run_at: Instant,
    reason: &str,
) -> Result<()> {
    let text =
        "UPDATE job SET state = 'ready', run_at_us = $3, lease_until_us = NULL, last_error = $4, version = version + 1
        WHERE id = $1 AND version = $2 AND state = 'running'";
    sql!("job.retry", text, job.id, job.version, run_at, reason)
        .execute_one(at)
        .await
}

/// The job failed for good; it stays for the operator to see. Its key is free again.
///
/// # Errors
/// [`crate::Error::Conflict`] when the lease ran out and another worker took it.
pub async fn kill(at: impl Into<Exec<'_>>, job: &Claimed, reason: &str) -> Result<()> {
    let text = "UPDATE job SET state = 'dead', unique_key = NULL, lease_until_us = NULL, last_error = $3, version = version + 1
        WHERE id = $1 AND version = $2 AND state = 'running'";
    sql!("job.kill", text, job.id, job.version, reason)
        .execute_one(at)
        .await
}

/// The dead jobs, newest first, at most `limit`.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn dead(at: impl Into<Exec<'_>>, limit: u32) -> Result<Vec<Dead>> {
    let text = "SELECT id, kind, attempts, last_error FROM job WHERE state = 'dead' ORDER BY id DESC LIMIT $1";
    let rows = sql!("job.dead", text, limit).all(at).await?;
    rows.iter()
        .map(|row| {
            let last_error = row.opt_text("last_error")?.unwrap_or_default();
            Ok(Dead {
                id: row.parse("id")?,
                kind: row.text("kind")?,
                attempts: row.u32("attempts")?,
                last_error,
            })
        })
        .collect()
}

/// Forgets finished jobs written before `before`, `most` of them.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sweep(at: impl Into<Exec<'_>>, before: Instant, most: u32) -> Result<u64> {
    let text = "DELETE FROM job WHERE id IN
        (SELECT id FROM job WHERE state = 'done' AND created_us < $1 LIMIT $2)";
    sql!("job.sweep", text, before, most).execute(at).await
}

fn claimed(row: &Row) -> Result<Claimed> {
    Ok(Claimed {
        id: row.parse("id")?,
        kind: row.text("kind")?,
        payload: row.text("payload")?,
        attempt: row.u32("attempts")?,
        attempts_max: row.u32("attempts_max")?,
        version: row.int("version")?,
    })
}
