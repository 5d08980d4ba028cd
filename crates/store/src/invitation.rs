//! Invitations into a unit. Number and link are kept as keyed hashes only.

use domain::Instant;
use domain::id::{InvitationId, PersonId, UnitId};

use crate::{Exec, Result, Tx, sql};

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Into which unit.
    pub unit_id: UnitId,
    /// By whom.
    pub invited_by: PersonId,
    /// Keyed hash of the number that it went to.
    pub phone_hash: [u8; 32],
    /// Keyed hash of what the link carries.
    pub token_hash: [u8; 32],
    /// When it was sent.
    pub created_at: Instant,
    /// From when on it is worth nothing.
    pub expires_at: Instant,
}

/// Writes a new one.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(tx: &mut Tx, new: &Invitation) -> Result<()> {
    let text = "INSERT INTO invitation (id, unit_id, invited_by, phone_hash, token_hash, created_us, expires_us) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    sql!(
        "invitation.insert",
        text,
        new.id,
        new.unit_id,
        new.invited_by,
        new.phone_hash,
        new.token_hash,
        new.created_at,
        new.expires_at
    )
    .execute_one(tx)
    .await
}

/// An invitation that is open at `now`.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_open(
    at: impl Into<Exec<'_>>,
    token_hash: &[u8; 32],
    now: Instant,
) -> Result<Option<Invitation>> {
    let text = "SELECT id, unit_id, invited_by, phone_hash, token_hash, created_us, expires_us FROM invitation
        WHERE token_hash = $1 AND expires_us > $2 AND used_us IS NULL";
    let row = sql!("invitation.find_open", text, token_hash, now)
        .optional(at)
        .await?;
    row.map(|row| {
        Ok(Invitation {
            id: row.parse("id")?,
            unit_id: row.parse("unit_id")?,
            invited_by: row.parse("invited_by")?,
            phone_hash: row.array("phone_hash")?,
            token_hash: row.array("token_hash")?,
            created_at: row.instant("created_us")?,
            expires_at: row.instant("expires_us")?,
        })
    })
    .transpose()
}

/// Whether an invitation went to the number that a person has now.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn is_to(
    at: impl Into<Exec<'_>>,
    invitation: &Invitation,
    person: PersonId,
) -> Result<bool> {
    let text = "SELECT id FROM person WHERE id = $1 AND phone_hash = $2";
    let row = sql!("invitation.is_to", text, person, invitation.phone_hash)
        .optional(at)
        .await?;
    Ok(row.is_some())
}

/// Uses one up: it lets in once.
///
/// # Errors
/// [`crate::Error::Conflict`] when it was used before.
pub async fn take(tx: &mut Tx, id: InvitationId, now: Instant) -> Result<()> {
    let text = "UPDATE invitation SET used_us = $2 WHERE id = $1 AND used_us IS NULL";
    sql!("invitation.take", text, id, now).execute_one(tx).await
}

/// Removes invitations that are over at `now`, `most` of them.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sweep(at: impl Into<Exec<'_>>, now: Instant, most: u32) -> Result<u64> {
    let text = "DELETE FROM invitation WHERE id IN (SELECT id FROM invitation WHERE expires_us <= $1 LIMIT $2)";
    sql!("invitation.sweep", text, now, most).execute(at).await
}
