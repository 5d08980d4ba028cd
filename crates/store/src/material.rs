//! Material: photos and files that people hand in. The bytes are sealed blobs; here stands which and whose.

use domain::Instant;
use domain::id::{MaterialId, PersonId};

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// A photo or file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// Id.
    pub id: MaterialId,
    /// Who handed it in.
    pub person_id: PersonId,
    /// `image/jpeg`, `image/png` or `application/pdf`.
    pub media_type: String,
    /// The name of the sealed blob.
    pub sealed_sha256: [u8; 32],
    /// Bytes of the open form.
    pub bytes: i64,
    /// When.
    pub created_at: Instant,
}

/// Writes one down.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(at: impl Into<Exec<'_>>, new: &Material) -> Result<()> {
    let text = "INSERT INTO material (id, person_id, media_type, sealed_sha256, bytes, created_us) VALUES ($1, $2, $3, $4, $5, $6)";
    sql!(
        "material.insert",
        text,
        new.id,
        new.person_id,
        &new.media_type,
        new.sealed_sha256,
        new.bytes,
        new.created_at
    )
    .execute(at)
    .await
    .map(|_| ())
}

/// One by id.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: MaterialId) -> Result<Option<Material>> {
    let text = "SELECT id, person_id, media_type, sealed_sha256, bytes, created_us FROM material WHERE id = $1";
    let row = sql!("material.find", text, id).optional(at).await?;
    row.as_ref().map(read).transpose()
}

/// How many a person has handed in since an instant.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn count_since(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    since: Instant,
) -> Result<u32> {
    let text = "SELECT count(*) AS n FROM material WHERE person_id = $1 AND created_us >= $2";
    sql!("material.count_since", text, person_id, since)
        .one(at)
        .await?
        .u32("n")
}

/// Something relies on it from now on: no sweep takes it.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn keep(tx: &mut Tx, id: MaterialId, now: Instant) -> Result<()> {
    let text = "UPDATE material SET kept_us = coalesce(kept_us, $2) WHERE id = $1";
    sql!("material.keep", text, id, now)
        .execute(tx)
        .await
        .map(|_| ())
}

/// Photos that gave evidence of a person's name are theirs no longer: the next sweep takes them.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn let_go_of_person(tx: &mut Tx, person_id: PersonId) -> Result<()> {
    let text = "UPDATE material SET kept_us = NULL, created_us = 0 WHERE id IN
        (SELECT material_id FROM evidence_material JOIN evidence ON evidence.id = evidence_id WHERE evidence.person_id = $1)";
    sql!("material.let_go", text, person_id)
        .execute(&mut *tx)
        .await?;
    let text = "DELETE FROM evidence_material WHERE evidence_id IN (SELECT id FROM evidence WHERE person_id = $1)";
    sql!("evidence_material.forget", text, person_id)
        .execute(tx)
        .await
        .map(|_| ())
}

/// Those older than `before` that nothing relies on, `most` at most: row first, so that a kill in between leaves a blob
/// that nobody can open any more and never a row without its blob.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn take_strays(
    at: impl Into<Exec<'_>>,
    before: Instant,
    most: u32,
) -> Result<Vec<[u8; 32]>> {
    let text = "DELETE FROM material WHERE id IN (SELECT id FROM material WHERE kept_us IS NULL AND created_us < $1 ORDER BY created_us LIMIT $2) RETURNING sealed_sha256";
    sql!("material.take_strays", text, before, most)
        .all(at)
        .await?
        .iter()
        .map(|row| row.array("sealed_sha256"))
        .collect()
}

fn read(row: &Row) -> Result<Material> {
    Ok(Material {
        id: row.parse("id")?,
        person_id: row.parse("person_id")?,
        media_type: row.text("media_type")?,
        sealed_sha256: row.array("sealed_sha256")?,
        bytes: row.int("bytes")?,
        created_at: row.instant("created_us")?,
    })
}
