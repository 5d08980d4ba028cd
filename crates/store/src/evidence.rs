//! Evidence: what was checked about whom, and what came of it.

use domain::Instant;
use domain::id::{EvidenceId, MaterialId, PersonId, UnitId};
use domain::policy::EvidenceKind;
use domain::review::MaterialRole;

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql;

/// A check that is about to be made for a person.
pub struct Pending<'a> {
    /// Id.
    pub id: EvidenceId,
    /// Who asks for it.
    pub person_id: PersonId,
    /// What is checked.
    pub kind: EvidenceKind,
    /// By whom.
    pub provider: &'a str,
    /// Now.
    pub at: Instant,
}

/// Writes a check down before it is made, so that side by side checks count each other.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert_pending(tx: &mut Tx, check: &Pending<'_>) -> Result<()> {
    let text = "INSERT INTO evidence (id, person_id, kind, provider, result, at_us) VALUES ($1, $2, $3, $4, 'pending', $5)";
    sql!(
        "evidence.insert",
        text,
        check.id,
        check.person_id,
        check.kind.as_str(),
        check.provider,
        check.at
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// Failed checks of a kind that a person made since `since`, with those that are in the making since `pending_since`.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn failures(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    kind: EvidenceKind,
    since: Instant,
    pending_since: Instant,
) -> Result<i64> {
    let text = "SELECT count(*) AS n FROM evidence WHERE person_id = $1 AND kind = $2
        AND ((result = 'failed' AND at_us >= $3) OR (result = 'pending' AND at_us >= $4))";
    sql!(
        "evidence.failures",
        text,
        person_id,
        kind.as_str(),
        since,
        pending_since
    )
    .one(at)
    .await?
    .int("n")
}

/// Takes a check back that got no answer: nothing is counted.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn forget_pending(at: impl Into<Exec<'_>>, id: EvidenceId) -> Result<()> {
    sql!(
        "evidence.forget",
        "DELETE FROM evidence WHERE id = $1 AND result = 'pending'",
        id
    )
    .execute(at)
    .await
    .map(|_| ())
}

/// Writes that a check failed.
///
/// # Errors
/// [`Error::Conflict`] when it has an answer already.
pub async fn fail(at: impl Into<Exec<'_>>, id: EvidenceId) -> Result<()> {
    sql!(
        "evidence.fail",
        "UPDATE evidence SET result = 'failed' WHERE id = $1 AND result = 'pending'",
        id
    )
    .execute_one(at)
    .await
}

/// Writes a check that failed and was counted elsewhere while it was made.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert_failed(tx: &mut Tx, check: &Pending<'_>) -> Result<()> {
    let text = "INSERT INTO evidence (id, person_id, kind, provider, result, at_us) VALUES ($1, $2, $3, $4, 'failed', $5)";
    sql!(
        "evidence.insert_failed",
        text,
        check.id,
        check.person_id,
        check.kind.as_str(),
        check.provider,
        check.at
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// Ties a photo to the evidence that it gave.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn tie(
    tx: &mut Tx,
    id: EvidenceId,
    role: MaterialRole,
    material: MaterialId,
) -> Result<()> {
    let text = "INSERT INTO evidence_material (evidence_id, role, material_id) VALUES ($1, $2, $3)";
    sql!("evidence.tie", text, id, role.as_str(), material)
        .execute(tx)
        .await
        .map(|_| ())
}

/// Writes that a check passed, with what was checked as ciphertext.
///
/// # Errors
/// [`Error::Conflict`] when it has an answer already.
pub async fn pass(tx: &mut Tx, id: EvidenceId, material: &[u8]) -> Result<()> {
    let text =
        "UPDATE evidence SET result = 'passed', material = $2 WHERE id = $1 AND result = 'pending'";
    sql!("evidence.pass", text, id, material)
        .execute_one(tx)
        .await
}

/// Writes that a check passed, and that it is a unit's evidence.
///
/// # Errors
/// [`Error::Conflict`] when it has an answer already.
pub async fn pass_for_unit(
    tx: &mut Tx,
    id: EvidenceId,
    unit_id: UnitId,
    material: &[u8],
) -> Result<()> {
    let text = "UPDATE evidence SET result = 'passed', material = $3, unit_id = $2, person_id = NULL WHERE id = $1 AND result = 'pending'";
    sql!("evidence.pass_for_unit", text, id, unit_id, material)
        .execute_one(tx)
        .await
}

/// Whose evidence it is.
#[derive(Clone, Copy, Debug)]
pub enum Subject {
    /// A person's.
    Person(PersonId),
    /// A unit's.
    Unit(UnitId),
}

/// Evidence that was found in one step, such as an operator's decision.
pub struct Passed<'a> {
    /// Id.
    pub id: EvidenceId,
    /// Whose.
    pub subject: Subject,
    /// What was found.
    pub kind: EvidenceKind,
    /// By whom.
    pub provider: &'a str,
    /// Now.
    pub at: Instant,
    /// What it was found on, ciphertext.
    pub material: &'a [u8],
}

/// Writes evidence that passed in one step.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert_passed(tx: &mut Tx, found: &Passed<'_>) -> Result<()> {
    let (person, unit) = match found.subject {
        Subject::Person(id) => (Some(id), None),
        Subject::Unit(id) => (None, Some(id)),
    };
    let text = "INSERT INTO evidence (id, person_id, unit_id, kind, provider, result, at_us, material) VALUES ($1, $2, $3, $4, $5, 'passed', $6, $7)";
    sql!(
        "evidence.insert_passed",
        text,
        found.id,
        person,
        unit,
        found.kind.as_str(),
        found.provider,
        found.at,
        found.material
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// What of a person passed.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn passed_by_person(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
) -> Result<Vec<EvidenceKind>> {
    let text = "SELECT DISTINCT kind FROM evidence WHERE person_id = $1 AND result = 'passed'";
    sql!("evidence.of_person", text, person_id)
        .all(at)
        .await?
        .iter()
        .map(kind)
        .collect()
}

/// What of a unit passed.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn passed_by_unit(at: impl Into<Exec<'_>>, unit_id: UnitId) -> Result<Vec<EvidenceKind>> {
    let text = "SELECT DISTINCT kind FROM evidence WHERE unit_id = $1 AND result = 'passed'";
    sql!("evidence.of_unit", text, unit_id)
        .all(at)
        .await?
        .iter()
        .map(kind)
        .collect()
}

fn kind(row: &Row) -> Result<EvidenceKind> {
    let kind = EvidenceKind::parse(&row.text("kind")?);
    kind.ok_or_else(|| Error::Column {
        column: "kind".to_owned(),
        expected: "a kind of evidence",
    })
}
