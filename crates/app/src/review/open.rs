//! Opening a case, and how the newest one stands for whoever opened it.

use domain::Instant;
use domain::id::{CaseId, MaterialId, PersonId, UnitId};
use domain::review::{CaseKind, CaseState, MaterialRole};
use store::Tx;
use store::review::Case;

use super::Facts;
use super::facts::{open_reason, seal_facts};
use crate::{App, Result, material};

/// A case that is about to be opened.
pub(crate) struct NewCase<'a> {
    /// What it is about.
    pub kind: CaseKind,
    /// Who opens it.
    pub person_id: PersonId,
    /// Which unit it is about, if there is one already.
    pub unit_id: Option<UnitId>,
    /// What was typed.
    pub facts: &'a Facts,
    /// What was handed in: own files, each with its role, no role twice.
    pub materials: &'a [(MaterialRole, MaterialId)],
}

/// Opens it in the caller's transaction. Whether there may be another one open is the caller's to know.
///
/// # Errors
/// `material_not_found`.
pub(crate) async fn open(app: &App, tx: &mut Tx, new: &NewCase<'_>) -> Result<CaseId> {
    let files: Vec<MaterialId> = new.materials.iter().map(|(_, id)| *id).collect();
    material::keep(app, tx, new.person_id, files).await?;
    let id: CaseId = app.new_id();
    let case = Case {
        id,
        kind: new.kind,
        state: CaseState::Open,
        person_id: new.person_id,
        unit_id: new.unit_id,
        facts: seal_facts(app, id, new.facts)?,
        opened_at: app.now(),
        decided_at: None,
        decided_by: None,
        reason: None,
        version: 1,
    };
    store::review::insert(tx, &case, new.materials).await?;
    Ok(id)
}

/// How a case stands, for whoever opened it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Id.
    pub case_id: CaseId,
    /// State.
    pub state: CaseState,
    /// When it was opened.
    pub opened_at: Instant,
    /// Why it was refused, or what the operator said with a pass.
    pub reason: Option<String>,
}

/// What a person may know of a case.
pub(crate) fn standing(app: &App, case: &Case) -> Result<Standing> {
    Ok(Standing {
        case_id: case.id,
        state: case.state,
        opened_at: case.opened_at,
        reason: open_reason(app, case)?,
    })
}
