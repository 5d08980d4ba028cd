//! Sign-ins and their tokens. Tokens come in as SHA-256.

mod live;

pub use live::{Live, end_all, end_of_device, find_live, live, set_edition};

use domain::Instant;
use domain::id::{DeviceId, PersonId, SessionId};
use domain::session::Edition;

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql;

/// A session that has not ended.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// Id.
    pub id: SessionId,
    /// Whose.
    pub person_id: PersonId,
    /// On which device.
    pub device_id: DeviceId,
    /// In which edition of the app.
    pub edition: Edition,
}

/// A refresh token that was found.
pub struct Found {
    /// Its session.
    pub session: Session,
    /// When it was handed out.
    pub issued_at: Instant,
    /// When it was used.
    pub rotated_at: Option<Instant>,
}

/// Begins a session.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert(tx: &mut Tx, session: &Session, now: Instant) -> Result<()> {
    let text = "INSERT INTO session (id, person_id, device_id, edition, created_us, seen_us) VALUES ($1, $2, $3, $4, $5, $5)";
    sql!(
        "session.insert",
        text,
        session.id,
        session.person_id,
        session.device_id,
        session.edition.as_str(),
        now
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// The session that an access token opens now.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_by_access(
    at: impl Into<Exec<'_>>,
    hash: &[u8; 32],
    now: Instant,
) -> Result<Option<Session>> {
    let text = "SELECT s.id, s.person_id, s.device_id, s.edition FROM access_token a JOIN session s ON s.id = a.session_id
        WHERE a.hash = $1 AND a.expires_us > $2 AND s.ended_us IS NULL";
    sql!("session.find_by_access", text, hash, now)
        .optional(at)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// The session that a refresh token belongs to, locked; ended sessions are not found.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lock_by_refresh(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<Found>> {
    let text = "SELECT s.id, s.person_id, s.device_id, s.edition, r.issued_us, r.rotated_us
        FROM refresh_token r JOIN session s ON s.id = r.session_id WHERE r.hash = $1 AND s.ended_us IS NULL";
    let Some(row) = sql!("session.lock_by_refresh", text, hash)
        .for_update()
        .optional(tx)
        .await?
    else {
        return Ok(None);
    };
    Ok(Some(Found {
        session: read(&row)?,
        issued_at: row.instant("issued_us")?,
        rotated_at: row.opt_instant("rotated_us")?,
    }))
}

/// Writes a new access token, forgets those of the session that are over, and notes that the session was seen.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert_access(
    tx: &mut Tx,
    id: SessionId,
    hash: &[u8; 32],
    now: Instant,
    expires_at: Instant,
) -> Result<()> {
    sql!(
        "access_token.forget",
        "DELETE FROM access_token WHERE session_id = $1 AND expires_us <= $2",
        id,
        now
    )
    .execute(&mut *tx)
    .await?;
    sql!(
        "session.seen",
        "UPDATE session SET seen_us = $2 WHERE id = $1 AND seen_us < $2",
        id,
        now
    )
    .execute(&mut *tx)
    .await?;
    let text = "INSERT INTO access_token (hash, session_id, expires_us) VALUES ($1, $2, $3)";
    sql!("access_token.insert", text, hash, id, expires_at)
        .execute(tx)
        .await
        .map(|_| ())
}

/// Writes a new refresh token.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert_refresh(
    tx: &mut Tx,
    id: SessionId,
    hash: &[u8; 32],
    now: Instant,
) -> Result<()> {
    let text = "INSERT INTO refresh_token (hash, session_id, issued_us) VALUES ($1, $2, $3)";
    sql!("refresh_token.insert", text, hash, id, now)
        .execute(tx)
        .await
        .map(|_| ())
}

/// Marks a refresh token as used.
///
/// # Errors
/// [`Error::Conflict`] when it was used meanwhile.
pub async fn rotate(tx: &mut Tx, hash: &[u8; 32], now: Instant) -> Result<()> {
    let text = "UPDATE refresh_token SET rotated_us = $2 WHERE hash = $1 AND rotated_us IS NULL";
    sql!("refresh_token.rotate", text, hash, now)
        .execute_one(tx)
        .await
}

/// Ends a session and forgets its access tokens; ending it again changes nothing.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn end(tx: &mut Tx, id: SessionId, why: &str, now: Instant) -> Result<()> {
    sql!(
        "session.end",
        "UPDATE session SET ended_us = $2, ended_why = $3 WHERE id = $1 AND ended_us IS NULL",
        id,
        now,
        why
    )
    .execute(&mut *tx)
    .await?;
    sql!(
        "access_token.end",
        "DELETE FROM access_token WHERE session_id = $1",
        id
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// Forgets access tokens that open nothing any more, `most` of them.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn sweep_access(at: impl Into<Exec<'_>>, now: Instant, most: u32) -> Result<u64> {
    let text = "DELETE FROM access_token WHERE hash IN
        (SELECT hash FROM access_token WHERE expires_us <= $1 LIMIT $2)";
    sql!("access_token.sweep", text, now, most)
        .execute(at)
        .await
}

/// Forgets refresh tokens handed out at `until` or before, used or not, `most` of them.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn sweep_refresh(at: impl Into<Exec<'_>>, until: Instant, most: u32) -> Result<u64> {
    let text = "DELETE FROM refresh_token WHERE hash IN
        (SELECT hash FROM refresh_token WHERE issued_us <= $1 LIMIT $2)";
    sql!("refresh_token.sweep", text, until, most)
        .execute(at)
        .await
}

fn read(row: &Row) -> Result<Session> {
    let edition = Edition::parse(&row.text("edition")?);
    Ok(Session {
        id: row.parse("id")?,
        person_id: row.parse("person_id")?,
        device_id: row.parse("device_id")?,
        edition: edition.ok_or_else(|| Error::Column {
            column: "edition".to_owned(),
            expected: "an edition",
        })?,
    })
}
