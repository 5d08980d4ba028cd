//! Cases: what operators decide. How they may be decided is `domain::review`'s to say.

mod desk;

pub use desk::{Listed, Query, count_open, hold, holder, list, open_for, opened_until};

use domain::Instant;
use domain::id::{CaseId, MaterialId, OperatorId, PersonId, UnitId};
use domain::review::{CaseKind, CaseState, MaterialRole};

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql;

/// A case. Facts and reason are ciphertext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Id.
    pub id: CaseId,
    /// What it is about.
    pub kind: CaseKind,
    /// How it stands.
    pub state: CaseState,
    /// Who opened it.
    pub person_id: PersonId,
    /// Which unit it is about.
    pub unit_id: Option<UnitId>,
    /// What was typed.
    pub facts: Vec<u8>,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was decided or withdrawn.
    pub decided_at: Option<Instant>,
    /// By which operator.
    pub decided_by: Option<OperatorId>,
    /// Why.
    pub reason: Option<Vec<u8>>,
    /// Rises with every change.
    pub version: i64,
}

macro_rules! columns {
    () => {
        "id, kind, state, person_id, unit_id, facts, opened_us, decided_us, decided_by, reason, version"
    };
}
use columns;

/// Opens one.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert(
    tx: &mut Tx,
    new: &Case,
    materials: &[(MaterialRole, MaterialId)],
) -> Result<()> {
    let text = "INSERT INTO review_case (id, kind, state, person_id, unit_id, facts, opened_us) VALUES ($1, $2, 'open', $3, $4, $5, $6)";
    sql!(
        "review_case.insert",
        text,
        new.id,
        new.kind.as_str(),
        new.person_id,
        new.unit_id,
        &new.facts,
        new.opened_at
    )
    .execute(&mut *tx)
    .await?;
    for (role, material) in materials {
        let text = "INSERT INTO case_material (case_id, role, material_id) VALUES ($1, $2, $3)";
        sql!(
            "case_material.insert",
            text,
            new.id,
            role.as_str(),
            *material
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// One by id.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: CaseId) -> Result<Option<Case>> {
    let text = concat!("SELECT ", columns!(), " FROM review_case WHERE id = $1");
    let row = sql!("review_case.find", text, id).optional(at).await?;
    row.as_ref().map(read).transpose()
}

/// One by id, held until the transaction ends.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lock(tx: &mut Tx, id: CaseId) -> Result<Option<Case>> {
    let text = concat!("SELECT ", columns!(), " FROM review_case WHERE id = $1");
    let row = sql!("review_case.lock", text, id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The newest of a kind that a person opened.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn newest_of_person(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    kind: CaseKind,
) -> Result<Option<Case>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        " FROM review_case WHERE person_id = $1 AND kind = $2 ORDER BY opened_us DESC, id DESC LIMIT 1"
    );
    let row = sql!(
        "review_case.newest_of_person",
        text,
        person_id,
        kind.as_str()
    )
    .optional(at)
    .await?;
    row.as_ref().map(read).transpose()
}

/// The newest of a kind about a unit.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn newest_of_unit(
    at: impl Into<Exec<'_>>,
    unit_id: UnitId,
    kind: CaseKind,
) -> Result<Option<Case>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        " FROM review_case WHERE unit_id = $1 AND kind = $2 ORDER BY opened_us DESC, id DESC LIMIT 1"
    );
    let row = sql!("review_case.newest_of_unit", text, unit_id, kind.as_str())
        .optional(at)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The newest of some kinds that a person opened about a unit.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn newest_of_person_in_unit(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    unit_id: UnitId,
    kinds: [CaseKind; 2],
) -> Result<Option<Case>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        " FROM review_case WHERE person_id = $1 AND unit_id = $2 AND kind IN ($3, $4) ORDER BY opened_us DESC, id DESC LIMIT 1"
    );
    let [one, other] = kinds.map(CaseKind::as_str);
    let row = sql!(
        "review_case.newest_of_person_in_unit",
        text,
        person_id,
        unit_id,
        one,
        other
    )
    .optional(at)
    .await?;
    row.as_ref().map(read).transpose()
}

/// All of a kind that a person opened without a unit that was there already, newest first, `most` at most.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn without_unit(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    kind: CaseKind,
    most: u32,
) -> Result<Vec<Case>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        " FROM review_case WHERE person_id = $1 AND kind = $2 AND unit_id IS NULL ORDER BY opened_us DESC, id DESC LIMIT $3"
    );
    let rows = sql!(
        "review_case.without_unit",
        text,
        person_id,
        kind.as_str(),
        most
    )
    .all(at)
    .await?;
    rows.iter().map(read).collect()
}

/// What was handed in with a case.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn materials(
    at: impl Into<Exec<'_>>,
    id: CaseId,
) -> Result<Vec<(MaterialRole, MaterialId)>> {
    let text = "SELECT role, material_id FROM case_material WHERE case_id = $1 ORDER BY role";
    let rows = sql!("case_material.of_case", text, id).all(at).await?;
    let read = |row: &Row| {
        let role = MaterialRole::parse(&row.text("role")?);
        Ok((
            role.ok_or_else(|| word("role", "a role of material"))?,
            row.parse("material_id")?,
        ))
    };
    rows.iter().map(read).collect()
}

/// Writes how an open one ended.
///
/// # Errors
/// [`Error::Conflict`] when it is not open.
pub async fn close(
    tx: &mut Tx,
    id: CaseId,
    state: CaseState,
    by: Option<OperatorId>,
    reason: Option<Vec<u8>>,
    now: Instant,
) -> Result<()> {
    let text = "UPDATE review_case SET state = $2, decided_by = $3, reason = $4, decided_us = $5, version = version + 1 WHERE id = $1 AND state = 'open'";
    sql!(
        "review_case.close",
        text,
        id,
        state.as_str(),
        by,
        reason,
        now
    )
    .execute_one(tx)
    .await
}

/// Cases that are about a person and no unit.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn of_person_alone(tx: &mut Tx, person: PersonId) -> Result<Vec<CaseId>> {
    let text = "SELECT id FROM review_case WHERE person_id = $1 AND kind IN ('person_face', 'person_document', 'person_recovery')";
    let rows = sql!("review_case.of_person_alone", text, person)
        .all(tx)
        .await?;
    rows.iter().map(|row| row.parse("id")).collect()
}

/// Takes out of a case what was typed, said and handed in; one that is open is withdrawn.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn forget(tx: &mut Tx, id: CaseId, nothing: &[u8], now: Instant) -> Result<()> {
    let text = "UPDATE review_case SET facts = $2, reason = NULL, decided_us = coalesce(decided_us, $3),
        state = CASE state WHEN 'open' THEN 'withdrawn' ELSE state END, version = version + 1 WHERE id = $1";
    sql!("review_case.forget", text, id, nothing, now)
        .execute(&mut *tx)
        .await?;
    let text = "UPDATE material SET kept_us = NULL, created_us = 0 WHERE id IN (SELECT material_id FROM case_material WHERE case_id = $1)";
    sql!("case_material.let_go", text, id)
        .execute(&mut *tx)
        .await?;
    let text = "DELETE FROM case_material WHERE case_id = $1";
    sql!("case_material.forget", text, id)
        .execute(tx)
        .await
        .map(|_| ())
}

fn word(column: &str, expected: &'static str) -> Error {
    Error::Column {
        column: column.to_owned(),
        expected,
    }
}

fn read(row: &Row) -> Result<Case> {
    let kind = CaseKind::parse(&row.text("kind")?).ok_or_else(|| word("kind", "a kind of case"))?;
    let state =
        CaseState::parse(&row.text("state")?).ok_or_else(|| word("state", "a state of a case"))?;
    Ok(Case {
        id: row.parse("id")?,
        kind,
        state,
        person_id: row.parse("person_id")?,
        unit_id: row.opt_parse("unit_id")?,
        facts: row.blob("facts")?,
        opened_at: row.instant("opened_us")?,
        decided_at: row.opt_instant("decided_us")?,
        decided_by: row.opt_parse("decided_by")?,
        reason: row.opt_blob("reason")?,
        version: row.int("version")?,
    })
}
