//! Papers of a registration that were read, or were to be (UNIT-3). The failed ones are counted.

use domain::Instant;
use domain::id::{MaterialId, PaperId, PersonId};
use domain::review::MaterialRole;

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::sql;

/// A reading that is about to be made.
pub struct Pending {
    /// Id.
    pub id: PaperId,
    /// Who handed it in.
    pub person_id: PersonId,
    /// What it is supposed to be.
    pub role: MaterialRole,
    /// The photo.
    pub material_id: MaterialId,
    /// Now.
    pub at: Instant,
}

/// A paper that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What it is.
    pub role: MaterialRole,
    /// The photo.
    pub material_id: MaterialId,
    /// What it says, ciphertext.
    pub fields: Vec<u8>,
}

/// Writes a reading down before it is made, so that readings side by side count each other.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert_pending(at: impl Into<Exec<'_>>, new: &Pending) -> Result<()> {
    let text = "INSERT INTO paper (id, person_id, role, material_id, result, at_us) VALUES ($1, $2, $3, $4, 'pending', $5)";
    sql!(
        "paper.insert",
        text,
        new.id,
        new.person_id,
        new.role.as_str(),
        new.material_id,
        new.at
    )
    .execute(at)
    .await
    .map(|_| ())
}

/// Writes what was read.
///
/// # Errors
/// [`Error::Conflict`] when it has an answer already.
pub async fn read(at: impl Into<Exec<'_>>, id: PaperId, fields: &[u8]) -> Result<()> {
    let text = "UPDATE paper SET result = 'read', fields = $2 WHERE id = $1 AND result = 'pending'";
    sql!("paper.read", text, id, fields).execute_one(at).await
}

/// Writes that it could not be read.
///
/// # Errors
/// [`Error::Conflict`] when it has an answer already.
pub async fn fail(at: impl Into<Exec<'_>>, id: PaperId) -> Result<()> {
    let text = "UPDATE paper SET result = 'failed' WHERE id = $1 AND result = 'pending'";
    sql!("paper.fail", text, id).execute_one(at).await
}

/// Counts a paper that says something else than what was typed, or a licence that could not be read.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert_failed(
    at: impl Into<Exec<'_>>,
    id: PaperId,
    person_id: PersonId,
    role: MaterialRole,
    now: Instant,
) -> Result<()> {
    let text =
        "INSERT INTO paper (id, person_id, role, result, at_us) VALUES ($1, $2, $3, 'failed', $4)";
    sql!(
        "paper.insert_failed",
        text,
        id,
        person_id,
        role.as_str(),
        now
    )
    .execute(at)
    .await
    .map(|_| ())
}

/// Takes a reading back that got no answer: nothing is counted.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn forget_pending(at: impl Into<Exec<'_>>, id: PaperId) -> Result<()> {
    let text = "DELETE FROM paper WHERE id = $1 AND result = 'pending'";
    sql!("paper.forget", text, id).execute(at).await.map(|_| ())
}

/// How many readings failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// Of powers of attorney and of legal representatives' cards.
    pub registration: i64,
    /// Of licences.
    pub licence: i64,
}

/// How many of a person's readings failed since then.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn failures(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    since: Instant,
) -> Result<Failures> {
    let text = "SELECT count(*) AS n, coalesce(sum(CASE WHEN role = 'licence' THEN 1 ELSE 0 END), 0) AS licences
        FROM paper WHERE person_id = $1 AND result = 'failed' AND at_us >= $2";
    let row = sql!("paper.failures", text, person_id, since)
        .one(at)
        .await?;
    let licence = row.int("licences")?;
    Ok(Failures {
        registration: row.int("n")? - licence,
        licence,
    })
}

/// A person's own paper that was read and whose photo is still there.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find(tx: &mut Tx, person_id: PersonId, id: PaperId) -> Result<Option<Paper>> {
    let text = "SELECT role, material_id, fields FROM paper
        WHERE id = $1 AND person_id = $2 AND result = 'read' AND material_id IS NOT NULL";
    let row = sql!("paper.find", text, id, person_id).optional(tx).await?;
    let Some(row) = row else { return Ok(None) };
    let role = MaterialRole::parse(&row.text("role")?).ok_or_else(|| Error::Column {
        column: "role".to_owned(),
        expected: "a role of material",
    })?;
    Ok(Some(Paper {
        role,
        material_id: row.parse("material_id")?,
        fields: row.blob("fields")?,
    }))
}
