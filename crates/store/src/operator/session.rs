//! Sign-ins of operators: tables of their own, so that no token opens the other side. Tokens come in as SHA-256.

use domain::Instant;
use domain::id::{OperatorId, OperatorSessionId};

use super::{Operator, columns, read};
use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::sql;

/// A session that has not ended.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// Id.
    pub id: OperatorSessionId,
    /// Whose.
    pub operator_id: OperatorId,
    /// When it began.
    pub created_at: Instant,
}

/// A refresh token that was found.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Its session.
    pub session: Session,
    /// When the present token was handed out, which is when the former one was used.
    pub issued_at: Instant,
    /// It is the former one.
    pub used: bool,
}

/// Begins a session.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(tx: &mut Tx, session: &Session, refresh: &[u8; 32]) -> Result<()> {
    let text = "INSERT INTO operator_session (id, operator_id, created_us, refresh_hash, refresh_us) VALUES ($1, $2, $3, $4, $3)";
    sql!(
        "operator_session.insert",
        text,
        session.id,
        session.operator_id,
        session.created_at,
        refresh
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// The operator and session that an access token opens now. Whoever is locked has none.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_by_access(
    at: impl Into<Exec<'_>>,
    hash: &[u8; 32],
    now: Instant,
) -> Result<Option<(Operator, OperatorSessionId)>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        ", a.session_id FROM operator_access a JOIN operator_session s ON s.id = a.session_id JOIN operator o ON o.id = s.operator_id
        WHERE a.hash = $1 AND a.expires_us > $2 AND s.ended_us IS NULL AND o.locked = 0"
    );
    let row = sql!("operator_session.find_by_access", text, hash, now)
        .optional(at)
        .await?;
    row.map(|row| Ok((read(&row)?, row.parse("session_id")?)))
        .transpose()
}

/// The session that a refresh token belongs to, held until the transaction ends; ended ones are not found.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn lock_by_refresh(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<Found>> {
    let text = "SELECT id, operator_id, created_us, refresh_hash, refresh_us FROM operator_session
        WHERE (refresh_hash = $1 OR former_hash = $1) AND ended_us IS NULL";
    let Some(row) = sql!("operator_session.lock_by_refresh", text, hash)
        .for_update()
        .optional(tx)
        .await?
    else {
        return Ok(None);
    };
    let session = Session {
        id: row.parse("id")?,
        operator_id: row.parse("operator_id")?,
        created_at: row.instant("created_us")?,
    };
    Ok(Some(Found {
        session,
        issued_at: row.instant("refresh_us")?,
        used: row.array::<32>("refresh_hash")? != *hash,
    }))
}

/// Puts the next refresh token in the place of the present one.
///
/// # Errors
/// [`crate::Error::Conflict`] when it was used meanwhile.
pub async fn rotate(tx: &mut Tx, used: &[u8; 32], next: &[u8; 32], now: Instant) -> Result<()> {
    let text = "UPDATE operator_session SET former_hash = refresh_hash, refresh_hash = $2, refresh_us = $3 WHERE refresh_hash = $1 AND ended_us IS NULL";
    sql!("operator_session.rotate", text, used, next, now)
        .execute_one(tx)
        .await
}

/// Writes a new access token.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert_access(
    tx: &mut Tx,
    id: OperatorSessionId,
    hash: &[u8; 32],
    expires_at: Instant,
) -> Result<()> {
    let text = "INSERT INTO operator_access (hash, session_id, expires_us) VALUES ($1, $2, $3)";
    sql!("operator_access.insert", text, hash, id, expires_at)
        .execute(tx)
        .await
        .map(|_| ())
}

/// Ends a session; ending it again changes nothing.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn end(tx: &mut Tx, id: OperatorSessionId, why: &str, now: Instant) -> Result<()> {
    let text = "UPDATE operator_session SET ended_us = $2, ended_why = $3 WHERE id = $1 AND ended_us IS NULL";
    sql!("operator_session.end", text, id, now, why)
        .execute(tx)
        .await
        .map(|_| ())
}

/// Ends all sessions of an operator but one, and tells how many there were; sign-ins that wait for a code end with them.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn end_all(
    tx: &mut Tx,
    id: OperatorId,
    but: Option<OperatorSessionId>,
    why: &str,
    now: Instant,
) -> Result<u64> {
    sql!(
        "operator_ticket.end",
        "DELETE FROM operator_ticket WHERE operator_id = $1",
        id
    )
    .execute(&mut *tx)
    .await?;
    let but = but.map_or_else(String::new, |but| but.to_string());
    let text = "UPDATE operator_session SET ended_us = $2, ended_why = $3 WHERE operator_id = $1 AND ended_us IS NULL AND id <> $4";
    sql!("operator_session.end_all", text, id, now, why, but)
        .execute(tx)
        .await
}

/// Forgets access tokens that open nothing any more, `most` of them.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sweep_access(at: impl Into<Exec<'_>>, now: Instant, most: u32) -> Result<u64> {
    let text = "DELETE FROM operator_access WHERE hash IN (SELECT hash FROM operator_access WHERE expires_us <= $1 LIMIT $2)";
    sql!("operator_access.sweep", text, now, most)
        .execute(at)
        .await
}
