//! Askers: tools and platforms with a key, who may open scan sessions.

use domain::Instant;
use domain::id::{AskerId, UnitId};

use crate::db::Exec;
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// A registered asker.
#[derive(Clone, Debug)]
pub struct Asker {
    /// Its id.
    pub id: AskerId,
    /// Ed25519 key.
    pub public_key: [u8; 32],
    /// The name it gave itself, or that of its unit.
    pub name: String,
    /// The unit whose person signed it in; without one it is 未登记工具.
    pub unit_id: Option<UnitId>,
    /// Since when it may ask no more.
    pub revoked_at: Option<Instant>,
}

const COLUMNS: &str =
    "SELECT id, public_key, name, unit_id, revoked_at_us FROM asker WHERE id = $1";

/// Registers a key, or answers who registered it first.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn register(
    at: impl Into<Exec<'_>>,
    id: AskerId,
    public_key: &[u8; 32],
    name: &str,
    now: Instant,
) -> Result<Asker> {
    // The idle update makes the existing row come back.
    let text = "INSERT INTO asker (id, public_key, name, created_at_us) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (public_key) DO UPDATE SET name = asker.name RETURNING id, public_key, name, unit_id, revoked_at_us";
    let row = sql!("asker.register", text, id, public_key, name, now)
        .one(at)
        .await?;
    read(&row)
}

/// The asker of an id.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: AskerId) -> Result<Option<Asker>> {
    let row = sql!("asker.find", COLUMNS, id).optional(at).await?;
    row.as_ref().map(read).transpose()
}

/// Forbids an asker to ask.
///
/// # Errors
/// [`crate::Error::Conflict`] when it is unknown or was revoked before.
pub async fn revoke(at: impl Into<Exec<'_>>, id: AskerId, now: Instant) -> Result<()> {
    let text = "UPDATE asker SET revoked_at_us = $2, version = version + 1 WHERE id = $1 AND revoked_at_us IS NULL";
    sql!("asker.revoke", text, id, now).execute_one(at).await
}

fn read(row: &Row) -> Result<Asker> {
    Ok(Asker {
        id: row.parse("id")?,
        public_key: row.array("public_key")?,
        name: row.text("name")?,
        unit_id: row.opt_parse("unit_id")?,
        revoked_at: row.opt_instant("revoked_at_us")?,
    })
}
