//! Recoveries of accounts: begun by whoever has a number in mind, tied to an account only by what was proven.

use domain::Instant;
use domain::id::{CaseId, PersonId, RecoveryId};
use domain::recovery::RecoveryState;
use domain::review::MaterialRole;

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql;

/// A recovery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Id.
    pub id: RecoveryId,
    /// Keyed hash of what only its beginner knows.
    pub secret_hash: Vec<u8>,
    /// Keyed hash of the number that is to be left.
    pub phone_hash: Vec<u8>,
    /// Whose account; none until that was proven, or an operator is asked about it.
    pub person_id: Option<PersonId>,
    /// How it stands.
    pub state: RecoveryState,
    /// The case, where operators are asked.
    pub case_id: Option<CaseId>,
    /// Attempts to prove who one is.
    pub tries: i64,
    /// When it stops being good.
    pub expires_at: Instant,
    /// The request that completed it.
    pub done_by_sha256: Option<Vec<u8>>,
}

macro_rules! columns {
    () => {
        "SELECT id, secret_hash, phone_hash, person_id, state, case_id, tries, expires_us, done_by_sha256 FROM recovery "
    };
}

/// Begins one.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert(at: impl Into<Exec<'_>>, new: &Recovery, now: Instant) -> Result<()> {
    let text = "INSERT INTO recovery (id, secret_hash, phone_hash, state, created_us, expires_us) VALUES ($1, $2, $3, $4, $5, $6)";
    sql!(
        "recovery.insert",
        text,
        new.id,
        &new.secret_hash,
        &new.phone_hash,
        new.state.as_str(),
        now,
        new.expires_at
    )
    .execute(at)
    .await
    .map(|_| ())
}

/// One by id.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: RecoveryId) -> Result<Option<Recovery>> {
    let text = concat!(columns!(), "WHERE id = $1");
    let row = sql!("recovery.find", text, id).optional(at).await?;
    row.as_ref().map(read).transpose()
}

/// One by id, held until the transaction ends.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lock(tx: &mut Tx, id: RecoveryId) -> Result<Option<Recovery>> {
    let text = concat!(columns!(), "WHERE id = $1");
    let row = sql!("recovery.lock", text, id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The one that waits for a case.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lock_by_case(tx: &mut Tx, case: CaseId) -> Result<Option<Recovery>> {
    let text = concat!(columns!(), "WHERE case_id = $1");
    let row = sql!("recovery.lock_by_case", text, case)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Counts an attempt before it is made. `false` when there were `most` before.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn count_try(at: impl Into<Exec<'_>>, id: RecoveryId, most: i64) -> Result<bool> {
    let text = "UPDATE recovery SET tries = tries + 1 WHERE id = $1 AND tries < $2";
    Ok(sql!("recovery.count_try", text, id, most)
        .execute(at)
        .await?
        == 1)
}

/// Takes an attempt back that somebody outside gave no answer to.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn forgive_try(at: impl Into<Exec<'_>>, id: RecoveryId) -> Result<()> {
    let text = "UPDATE recovery SET tries = tries - 1 WHERE id = $1 AND tries > 0";
    sql!("recovery.forgive_try", text, id)
        .execute(at)
        .await
        .map(|_| ())
}

/// Writes how it goes on from a state.
///
/// # Errors
/// [`Error::Conflict`] when it is no longer in `from`.
pub async fn put(tx: &mut Tx, from: RecoveryState, now: &Recovery) -> Result<()> {
    let text = "UPDATE recovery SET state = $3, person_id = $4, case_id = $5, expires_us = $6, done_by_sha256 = $7, version = version + 1 WHERE id = $1 AND state = $2";
    sql!(
        "recovery.put",
        text,
        now.id,
        from.as_str(),
        now.state.as_str(),
        now.person_id,
        now.case_id,
        now.expires_at,
        now.done_by_sha256.as_ref()
    )
    .execute_one(tx)
    .await
}

/// A photo that was handed in for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// What it is.
    pub role: MaterialRole,
    /// `image/jpeg`, `image/png` or `application/pdf`.
    pub media_type: String,
    /// The name of the sealed blob.
    pub sealed_sha256: [u8; 32],
    /// Bytes of the open form.
    pub bytes: i64,
}

/// Keeps a photo in the place of the one of the same role, whose blob comes back.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn put_photo(tx: &mut Tx, id: RecoveryId, photo: &Photo) -> Result<Option<[u8; 32]>> {
    let text =
        "DELETE FROM recovery_photo WHERE recovery_id = $1 AND role = $2 RETURNING sealed_sha256";
    let former = sql!("recovery_photo.replace", text, id, photo.role.as_str())
        .optional(&mut *tx)
        .await?;
    let text = "INSERT INTO recovery_photo (recovery_id, role, media_type, sealed_sha256, bytes) VALUES ($1, $2, $3, $4, $5)";
    sql!(
        "recovery_photo.insert",
        text,
        id,
        photo.role.as_str(),
        &photo.media_type,
        photo.sealed_sha256,
        photo.bytes
    )
    .execute(tx)
    .await?;
    former.map(|row| row.array("sealed_sha256")).transpose()
}

/// The photo of a role.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_photo(
    at: impl Into<Exec<'_>>,
    id: RecoveryId,
    role: MaterialRole,
) -> Result<Option<Photo>> {
    let text = "SELECT role, media_type, sealed_sha256, bytes FROM recovery_photo WHERE recovery_id = $1 AND role = $2";
    let row = sql!("recovery_photo.find", text, id, role.as_str());
    row.optional(at).await?.as_ref().map(read_photo).transpose()
}

/// Takes all photos of one away from it.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn take_photos(tx: &mut Tx, id: RecoveryId) -> Result<Vec<Photo>> {
    let text = "DELETE FROM recovery_photo WHERE recovery_id = $1 RETURNING role, media_type, sealed_sha256, bytes";
    let rows = sql!("recovery_photo.take", text, id).all(tx).await?;
    rows.iter().map(read_photo).collect()
}

/// Takes photos of recoveries that are over, `most` at most: row first, so that a kill in between leaves a blob that nobody
/// can open any more and never a row without its blob.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn take_stale_photos(
    at: impl Into<Exec<'_>>,
    now: Instant,
    most: u32,
) -> Result<Vec<[u8; 32]>> {
    let text = "DELETE FROM recovery_photo WHERE recovery_id IN (SELECT id FROM recovery WHERE (expires_us <= $1 OR state IN ('done', 'refused'))
        AND EXISTS (SELECT 1 FROM recovery_photo WHERE recovery_id = recovery.id) ORDER BY expires_us LIMIT $2) RETURNING sealed_sha256";
    sql!("recovery_photo.take_stale", text, now, most)
        .all(at)
        .await?
        .iter()
        .map(|row| row.array("sealed_sha256"))
        .collect()
}

/// An account ends: no recovery leads to it any more.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn forget_person(tx: &mut Tx, person: PersonId) -> Result<()> {
    let text = "UPDATE recovery SET person_id = NULL, expires_us = 0, version = version + 1 WHERE person_id = $1";
    sql!("recovery.forget_person", text, person)
        .execute(tx)
        .await
        .map(|_| ())
}

fn read_photo(row: &Row) -> Result<Photo> {
    let role = MaterialRole::parse(&row.text("role")?);
    Ok(Photo {
        role: role.ok_or_else(|| Error::Column {
            column: "role".to_owned(),
            expected: "a role of material",
        })?,
        media_type: row.text("media_type")?,
        sealed_sha256: row.array("sealed_sha256")?,
        bytes: row.int("bytes")?,
    })
}

fn read(row: &Row) -> Result<Recovery> {
    let state = RecoveryState::parse(&row.text("state")?);
    Ok(Recovery {
        id: row.parse("id")?,
        secret_hash: row.blob("secret_hash")?,
        phone_hash: row.blob("phone_hash")?,
        person_id: row.opt_parse("person_id")?,
        state: state.ok_or_else(|| Error::Column {
            column: "state".to_owned(),
            expected: "a state of a recovery",
        })?,
        case_id: row.opt_parse("case_id")?,
        tries: row.int("tries")?,
        expires_at: row.instant("expires_us")?,
        done_by_sha256: row.opt_blob("done_by_sha256")?,
    })
}
