//! Askers: tools and platforms with a key, who may open scan sessions.

use domain::Instant;
use domain::id::{AskerId, PersonId, UnitId};

use crate::db::Exec;
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// A person who signed a tool in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// Who.
    pub person_id: PersonId,
    /// As which unit; none is as themselves.
    pub unit_id: Option<UnitId>,
    /// Last instant at which it serves.
    pub until: Instant,
}

/// A registered asker.
#[derive(Clone, Debug)]
pub struct Asker {
    /// Its id.
    pub id: AskerId,
    /// Ed25519 key.
    pub public_key: [u8; 32],
    /// The name it gave itself, or that of its unit.
    pub name: String,
    /// Who signed it in by a login scan, if anybody did.
    pub sign_in: Option<SignIn>,
    /// Since when it may ask no more.
    pub revoked_at: Option<Instant>,
}

const FIND: &str = "SELECT id, public_key, name, unit_id, signed_in_person_id, signed_in_until_us, revoked_at_us FROM asker WHERE id = $1";

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
        ON CONFLICT (public_key) DO UPDATE SET name = asker.name RETURNING id, public_key, name, unit_id, signed_in_person_id, signed_in_until_us, revoked_at_us";
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
    let row = sql!("asker.find", FIND, id).optional(at).await?;
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

/// A person signs a tool in, in the place of whoever did so before.
///
/// # Errors
/// [`crate::Error::Conflict`] when the tool is unknown or revoked.
pub async fn sign_in(at: impl Into<Exec<'_>>, id: AskerId, sign_in: &SignIn) -> Result<()> {
    let text = "UPDATE asker SET signed_in_person_id = $2, unit_id = $3, signed_in_until_us = $4, version = version + 1 \
        WHERE id = $1 AND revoked_at_us IS NULL";
    let SignIn {
        person_id,
        unit_id,
        until,
    } = *sign_in;
    sql!("asker.sign_in", text, id, person_id, unit_id, until)
        .execute_one(at)
        .await
}

/// Ends a tool's sign-in, if it has one.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sign_out(at: impl Into<Exec<'_>>, id: AskerId) -> Result<()> {
    let text = "UPDATE asker SET signed_in_person_id = NULL, unit_id = NULL, signed_in_until_us = NULL, version = version + 1 \
        WHERE id = $1 AND signed_in_person_id IS NOT NULL";
    sql!("asker.sign_out", text, id).execute(at).await.map(drop)
}

fn sign_in_of(row: &Row) -> Result<Option<SignIn>> {
    let person = row.opt_parse("signed_in_person_id")?;
    let until = row.opt_instant("signed_in_until_us")?;
    let (Some(person_id), Some(until)) = (person, until) else {
        return Ok(None);
    };
    Ok(Some(SignIn {
        person_id,
        unit_id: row.opt_parse("unit_id")?,
        until,
    }))
}

fn read(row: &Row) -> Result<Asker> {
    Ok(Asker {
        id: row.parse("id")?,
        public_key: row.array("public_key")?,
        name: row.text("name")?,
        sign_in: sign_in_of(row)?,
        revoked_at: row.opt_instant("revoked_at_us")?,
    })
}
