//! Forgotten certificate passwords: the keys that open a device's halves without the password, and the resets that codes allowed.

use domain::Instant;
use domain::id::{DeviceId, PasswordResetId, PersonId};
use domain::permit::Permit;

use crate::db::{Db, Exec, Tx};
use crate::error::Result;
use crate::sql;

/// The reset key of a device.
pub struct Key {
    /// P-256, 65 bytes SEC1 uncompressed.
    pub public_key: Vec<u8>,
    /// The private half, sealed.
    pub sealed: Vec<u8>,
}

/// Puts a device's key, in the place of the one before.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn put_key(
    tx: &mut Tx,
    (person_id, device_id): (PersonId, DeviceId),
    key: &Key,
    now: Instant,
) -> Result<()> {
    let text = "INSERT INTO password_reset_key (device_id, person_id, public_key, sealed, made_us) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (device_id) DO UPDATE SET public_key = excluded.public_key, sealed = excluded.sealed, made_us = excluded.made_us,
        version = password_reset_key.version + 1";
    sql!(
        "password_reset_key.put",
        text,
        device_id,
        person_id,
        &key.public_key,
        &key.sealed,
        now
    )
    .execute_one(tx)
    .await
}

/// The key of a device.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_key(at: impl Into<Exec<'_>>, device_id: DeviceId) -> Result<Option<Key>> {
    let text = "SELECT public_key, sealed FROM password_reset_key WHERE device_id = $1";
    let row = sql!("password_reset_key.find", text, device_id)
        .optional(at)
        .await?;
    row.map(|row| {
        Ok(Key {
            public_key: row.blob("public_key")?,
            sealed: row.blob("sealed")?,
        })
    })
    .transpose()
}

/// Begins a reset on a device.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(
    tx: &mut Tx,
    id: PasswordResetId,
    (person_id, device_id): (PersonId, DeviceId),
    now: Instant,
    expires_at: Instant,
) -> Result<()> {
    let text = "INSERT INTO password_reset (id, person_id, device_id, created_us, expires_us) VALUES ($1, $2, $3, $4, $5)";
    sql!(
        "password_reset.insert",
        text,
        id,
        person_id,
        device_id,
        now,
        expires_at
    )
    .execute_one(tx)
    .await
}

/// One that was begun on this device of this person, locked until the transaction ends.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn lock_own(
    tx: &mut Tx,
    id: PasswordResetId,
    (person_id, device_id): (PersonId, DeviceId),
) -> Result<Option<Permit>> {
    let text = "SELECT expires_us, done_us FROM password_reset WHERE id = $1 AND person_id = $2 AND device_id = $3";
    let row = sql!("password_reset.lock", text, id, person_id, device_id)
        .for_update()
        .optional(tx)
        .await?;
    row.map(|row| {
        Ok(Permit {
            expires_at: row.instant("expires_us")?,
            done_at: row.opt_instant("done_us")?,
        })
    })
    .transpose()
}

/// Writes that one is complete.
///
/// # Errors
/// [`crate::Error::Conflict`] when it was.
pub async fn finish(tx: &mut Tx, id: PasswordResetId, now: Instant) -> Result<()> {
    let text = "UPDATE password_reset SET done_us = $2, version = version + 1 WHERE id = $1 AND done_us IS NULL";
    sql!("password_reset.finish", text, id, now)
        .execute_one(tx)
        .await
}

/// Forgets what expired before a moment.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sweep(db: &Db, before: Instant, limit: u32) -> Result<u64> {
    let text = "DELETE FROM password_reset WHERE id IN (SELECT id FROM password_reset WHERE expires_us < $1 LIMIT $2)";
    sql!("password_reset.sweep", text, before, limit)
        .execute(db)
        .await
}
