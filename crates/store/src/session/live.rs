//! The sessions of a person that have not ended: what their list shows, and their end.

use domain::Instant;
use domain::id::{DeviceId, PersonId, SessionId};
use domain::session::Edition;

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// A session that has not ended, with its device.
#[derive(Clone, Debug)]
pub struct Live {
    /// Id.
    pub id: SessionId,
    /// What the device calls itself.
    pub device_name: String,
    /// When it began.
    pub created_at: Instant,
    /// When it last got tokens.
    pub seen_at: Instant,
}

/// Those that were seen after `since`, the latest first, 100 at most.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn live(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    since: Instant,
) -> Result<Vec<Live>> {
    let text = "SELECT s.id, d.name, s.created_us, s.seen_us FROM session s JOIN device d ON d.id = s.device_id
        WHERE s.person_id = $1 AND s.ended_us IS NULL AND s.seen_us > $2 ORDER BY s.seen_us DESC, s.id DESC LIMIT 100";
    sql!("session.live", text, person_id, since)
        .all(at)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// One of a person's by id, locked; others' and ended ones are not found.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_live(tx: &mut Tx, person_id: PersonId, id: SessionId) -> Result<bool> {
    let text = "SELECT id FROM session WHERE id = $1 AND person_id = $2 AND ended_us IS NULL";
    let row = sql!("session.find_live", text, id, person_id)
        .for_update()
        .optional(tx)
        .await?;
    Ok(row.is_some())
}

/// Ends all of a person but one, and tells how many there were.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn end_all(
    tx: &mut Tx,
    person_id: PersonId,
    but: Option<SessionId>,
    why: &str,
    now: Instant,
) -> Result<u64> {
    let but = but.map_or_else(String::new, |id| id.to_string());
    let text = "UPDATE session SET ended_us = $3, ended_why = $4 WHERE person_id = $1 AND id <> $2 AND ended_us IS NULL";
    let ended = sql!("session.end_all", text, person_id, but, now, why)
        .execute(&mut *tx)
        .await?;
    forget_access(tx, person_id).await?;
    Ok(ended)
}

/// Ends those of one device: a browser that signs in again has no use for its former session.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn end_of_device(
    tx: &mut Tx,
    person_id: PersonId,
    device_id: DeviceId,
    now: Instant,
) -> Result<()> {
    let text = "UPDATE session SET ended_us = $3, ended_why = 'signed_in_again' WHERE person_id = $1 AND device_id = $2 AND ended_us IS NULL";
    sql!("session.end_of_device", text, person_id, device_id, now)
        .execute(&mut *tx)
        .await?;
    forget_access(tx, person_id).await
}

/// Puts a session into another edition of the app.
///
/// # Errors
/// [`crate::Error::Conflict`] when it has ended.
pub async fn set_edition(tx: &mut Tx, id: SessionId, edition: Edition) -> Result<()> {
    let text = "UPDATE session SET edition = $2 WHERE id = $1 AND ended_us IS NULL";
    sql!("session.set_edition", text, id, edition.as_str())
        .execute_one(tx)
        .await
}

async fn forget_access(tx: &mut Tx, person_id: PersonId) -> Result<()> {
    let text = "DELETE FROM access_token WHERE session_id IN (SELECT id FROM session WHERE person_id = $1 AND ended_us IS NOT NULL)";
    sql!("access_token.end_of_person", text, person_id)
        .execute(tx)
        .await
        .map(|_| ())
}

fn read(row: &Row) -> Result<Live> {
    Ok(Live {
        id: row.parse("id")?,
        device_name: row.text("name")?,
        created_at: row.instant("created_us")?,
        seen_at: row.instant("seen_us")?,
    })
}
