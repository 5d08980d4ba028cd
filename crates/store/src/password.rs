//! Certificate passwords: one row a person.

use domain::Instant;
use domain::id::PersonId;
use domain::password::Attempts;

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// How a password is stretched on the phone (Argon2id, RFC 9106).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Memory.
    pub memory_kib: u32,
    /// Passes over it.
    pub iterations: u32,
    /// Lanes.
    pub parallelism: u32,
}

/// A password as stored.
pub struct Password {
    /// Raised by every change.
    pub epoch: u32,
    /// What makes the OPRF key of this epoch, together with the seed outside the database.
    pub oprf_salt: [u8; 16],
    /// P-256, 65 bytes; none until it is set.
    pub proof_public_key: Option<Vec<u8>>,
    /// How it is stretched.
    pub stretch: Stretch,
    /// Tries and locks.
    pub attempts: Attempts,
    /// The epoch of a change that was begun.
    pub next_epoch: Option<u32>,
    /// What makes its OPRF key.
    pub next_oprf_salt: Option<Vec<u8>>,
}

const COLUMNS: &str =
    "SELECT epoch, oprf_salt, proof_public_key, memory_kib, iterations, parallelism,
    attempts_made, lock_level, locked_until_us, next_epoch, next_oprf_salt FROM password WHERE person_id = $1";

/// A person's password.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, person_id: PersonId) -> Result<Option<Password>> {
    sql!("password.find", COLUMNS, person_id)
        .optional(at)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn lock(tx: &mut Tx, person_id: PersonId) -> Result<Option<Password>> {
    sql!("password.lock", COLUMNS, person_id)
        .for_update()
        .optional(tx)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Begins the password of a person who has none yet; one that was begun stays.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn begin(
    tx: &mut Tx,
    person_id: PersonId,
    oprf_salt: &[u8; 16],
    stretch: Stretch,
) -> Result<()> {
    let text = "INSERT INTO password (person_id, epoch, oprf_salt, memory_kib, iterations, parallelism) VALUES ($1, 1, $2, $3, $4, $5)
        ON CONFLICT (person_id) DO NOTHING";
    sql!(
        "password.begin",
        text,
        person_id,
        oprf_salt,
        stretch.memory_kib,
        stretch.iterations,
        stretch.parallelism
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// Sets the proof key of an epoch that has none.
///
/// # Errors
/// [`crate::Error::Conflict`] when it has one.
pub async fn set(
    tx: &mut Tx,
    person_id: PersonId,
    epoch: u32,
    proof_public_key: &[u8],
    now: Instant,
) -> Result<()> {
    let text = "UPDATE password SET proof_public_key = $3, set_us = $4, version = version + 1
        WHERE person_id = $1 AND epoch = $2 AND proof_public_key IS NULL";
    sql!(
        "password.set",
        text,
        person_id,
        epoch,
        proof_public_key,
        now
    )
    .execute_one(tx)
    .await
}

/// Begins a change, in the place of one that was begun before.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn begin_change(
    tx: &mut Tx,
    person_id: PersonId,
    epoch: u32,
    oprf_salt: &[u8; 16],
) -> Result<()> {
    let text = "UPDATE password SET next_epoch = $2, next_oprf_salt = $3, version = version + 1 WHERE person_id = $1";
    sql!("password.begin_change", text, person_id, epoch, oprf_salt)
        .execute_one(tx)
        .await
}

/// Puts the password in force for which a change was begun, and keeps what made the former key.
///
/// # Errors
/// [`crate::Error::Conflict`] when another change was begun or made meanwhile.
pub async fn change(
    tx: &mut Tx,
    person_id: PersonId,
    (from, to): (u32, u32),
    proof_public_key: &[u8],
    now: Instant,
) -> Result<()> {
    let text = "INSERT INTO password_former (person_id, epoch, oprf_salt) SELECT person_id, epoch, oprf_salt FROM password WHERE person_id = $1 AND epoch = $2";
    sql!("password.keep_former", text, person_id, from)
        .execute_one(&mut *tx)
        .await?;
    let text = "UPDATE password SET epoch = next_epoch, oprf_salt = next_oprf_salt, next_epoch = NULL, next_oprf_salt = NULL,
        proof_public_key = $4, set_us = $5, version = version + 1 WHERE person_id = $1 AND epoch = $2 AND next_epoch = $3";
    sql!(
        "password.change",
        text,
        person_id,
        from,
        to,
        proof_public_key,
        now
    )
    .execute_one(tx)
    .await
}

/// What made the key of a former epoch.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn former_salt(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    epoch: u32,
) -> Result<Option<[u8; 16]>> {
    let text = "SELECT oprf_salt FROM password_former WHERE person_id = $1 AND epoch = $2";
    let row = sql!("password.former", text, person_id, epoch)
        .optional(at)
        .await?;
    row.map(|row| row.array("oprf_salt")).transpose()
}

/// Writes tries and locks.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn put_attempts(tx: &mut Tx, person_id: PersonId, attempts: Attempts) -> Result<()> {
    let text = "UPDATE password SET attempts_made = $2, lock_level = $3, locked_until_us = $4, version = version + 1 WHERE person_id = $1";
    sql!(
        "password.put_attempts",
        text,
        person_id,
        attempts.made,
        attempts.level,
        attempts.locked_until
    )
    .execute_one(tx)
    .await
}

fn read(row: &Row) -> Result<Password> {
    Ok(Password {
        epoch: row.u32("epoch")?,
        oprf_salt: row.array("oprf_salt")?,
        proof_public_key: row.opt_blob("proof_public_key")?,
        stretch: Stretch {
            memory_kib: row.u32("memory_kib")?,
            iterations: row.u32("iterations")?,
            parallelism: row.u32("parallelism")?,
        },
        attempts: Attempts {
            made: row.int("attempts_made")?,
            level: row.int("lock_level")?,
            locked_until: row.opt_instant("locked_until_us")?,
        },
        next_epoch: row
            .opt_int("next_epoch")?
            .and_then(|epoch| u32::try_from(epoch).ok()),
        next_oprf_salt: row.opt_blob("next_oprf_salt")?,
    })
}
