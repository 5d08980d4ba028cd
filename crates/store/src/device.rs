//! Devices: one person in one browser profile.

use domain::Instant;
use domain::id::{DeviceId, PersonId};

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::sql;

/// A device as stored.
pub struct Device {
    /// Id.
    pub id: DeviceId,
    /// Whose.
    pub person_id: PersonId,
    /// P-256, 65 bytes SEC1 uncompressed.
    pub public_key: Vec<u8>,
    /// The highest counter seen in a statement.
    pub counter: i64,
}

/// A device that signs in.
pub struct SignIn<'a> {
    /// Its id when it is new.
    pub new: DeviceId,
    /// Whose.
    pub person_id: PersonId,
    /// Its key.
    pub public_key: &'a [u8],
    /// What it calls itself.
    pub name: &'a str,
    /// Now.
    pub at: Instant,
}

/// Finds the person's device with this key, or makes one; name and last sign-in are brought up to date.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_or_insert(tx: &mut Tx, device: &SignIn<'_>) -> Result<DeviceId> {
    let text = "INSERT INTO device (id, person_id, public_key, name, created_us, seen_us) VALUES ($1, $2, $3, $4, $5, $5)
        ON CONFLICT (person_id, public_key) DO UPDATE SET name = excluded.name, seen_us = excluded.seen_us RETURNING id";
    sql!(
        "device.find_or_insert",
        text,
        device.new,
        device.person_id,
        device.public_key,
        device.name,
        device.at
    )
    .one(tx)
    .await?
    .parse("id")
}

/// Locks a device until the transaction ends.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is none.
pub async fn lock(tx: &mut Tx, id: DeviceId) -> Result<Device> {
    let text = "SELECT id, person_id, public_key, counter FROM device WHERE id = $1";
    let row = sql!("device.lock", text, id).for_update().one(tx).await?;
    Ok(Device {
        id: row.parse("id")?,
        person_id: row.parse("person_id")?,
        public_key: row.blob("public_key")?,
        counter: row.int("counter")?,
    })
}

/// A device's key.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is none.
pub async fn public_key(at: impl Into<Exec<'_>>, id: DeviceId) -> Result<Vec<u8>> {
    sql!(
        "device.public_key",
        "SELECT public_key FROM device WHERE id = $1",
        id
    )
    .one(at)
    .await?
    .blob("public_key")
}

/// Raises the counter.
///
/// # Errors
/// [`crate::Error::Conflict`] when it is as high already.
pub async fn raise_counter(tx: &mut Tx, id: DeviceId, counter: i64) -> Result<()> {
    sql!(
        "device.raise_counter",
        "UPDATE device SET counter = $2 WHERE id = $1 AND counter < $2",
        id,
        counter
    )
    .execute_one(tx)
    .await
}
