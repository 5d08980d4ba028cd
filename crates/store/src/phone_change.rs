//! Changes of a person's number.

use domain::Instant;
use domain::id::{PersonId, PhoneChangeId, SessionId};
use domain::permit::Permit;

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// A change as stored.
pub struct Stored {
    /// Id.
    pub id: PhoneChangeId,
    /// Its life so far.
    pub permit: Permit,
    /// The request that completed it.
    pub done_by_sha256: Option<Vec<u8>>,
}

const OWN: &str = "SELECT id, expires_us, done_us, done_by_sha256 FROM phone_change WHERE id = $1 AND person_id = $2 AND session_id = $3";

/// Begins one.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(
    tx: &mut Tx,
    id: PhoneChangeId,
    (person_id, session_id): (PersonId, SessionId),
    now: Instant,
    expires_at: Instant,
) -> Result<()> {
    let text = "INSERT INTO phone_change (id, person_id, session_id, created_us, expires_us) VALUES ($1, $2, $3, $4, $5)";
    sql!(
        "phone_change.insert",
        text,
        id,
        person_id,
        session_id,
        now,
        expires_at
    )
    .execute_one(tx)
    .await
}

/// One that this session of this person has begun.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_own(
    at: impl Into<Exec<'_>>,
    id: PhoneChangeId,
    (person_id, session_id): (PersonId, SessionId),
) -> Result<Option<Stored>> {
    let row = sql!("phone_change.find", OWN, id, person_id, session_id)
        .optional(at)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn lock_own(
    tx: &mut Tx,
    id: PhoneChangeId,
    (person_id, session_id): (PersonId, SessionId),
) -> Result<Option<Stored>> {
    let row = sql!("phone_change.lock", OWN, id, person_id, session_id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Writes that one is complete.
///
/// # Errors
/// [`crate::Error::Conflict`] when it was before.
pub async fn finish(
    tx: &mut Tx,
    id: PhoneChangeId,
    by_sha256: &[u8; 32],
    now: Instant,
) -> Result<()> {
    let text = "UPDATE phone_change SET done_us = $2, done_by_sha256 = $3, version = version + 1 WHERE id = $1 AND done_us IS NULL";
    sql!("phone_change.finish", text, id, now, by_sha256)
        .execute_one(tx)
        .await
}

fn read(row: &Row) -> Result<Stored> {
    Ok(Stored {
        id: row.parse("id")?,
        permit: Permit {
            expires_at: row.instant("expires_us")?,
            done_at: row.opt_instant("done_us")?,
        },
        done_by_sha256: row.opt_blob("done_by_sha256")?,
    })
}
