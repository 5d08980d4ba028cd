//! A person's units (UNIT-11).

use domain::Instant;
use domain::certification::UnitState;
use domain::id::{CaseId, MaterialId, UnitId};
use domain::review::{CaseKind, CaseState, MaterialRole};
use domain::unit::Role;
use store::Exec;
use store::unit::{Belonging, Registration};

use super::review::{cases, is_shown, number_of};
use super::standing::{missing, require_member, state};
use crate::review::{open_facts, standing};
use crate::{App, Caller, Result};

/// One of a person's units.
pub struct Item {
    /// Id.
    pub unit_id: UnitId,
    /// Name as registered.
    pub name: String,
    /// The number in its register, and which register that is.
    pub registration: Registration,
    /// 单位编码
    pub unit_code: String,
    /// How it stands.
    pub state: UnitState,
    /// What the person is in it.
    pub role: Role,
    /// Whether the person is its legal representative.
    pub legal_representative: bool,
    /// Its picture; another one has another id.
    pub avatar: Option<MaterialId>,
}

/// A unit that is not there yet: an operator looks at it, or has refused it.
pub struct PendingItem {
    /// The case.
    pub case_id: CaseId,
    /// What it is about.
    pub kind: CaseKind,
    /// `in_review` or `refused`.
    pub state: UnitState,
    /// Name as typed.
    pub name: String,
    /// Number as typed.
    pub number: String,
    /// Why it was refused.
    pub reason: Option<String>,
    /// When it was handed in.
    pub at: Instant,
}

/// What a person has.
pub struct Units {
    /// Those that they belong to, oldest first.
    pub items: Vec<Item>,
    /// Those that are not there yet, newest first.
    pub pending: Vec<PendingItem>,
}

/// All units that the caller belongs to, and those that operators look at.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, caller: &Caller) -> Result<Units> {
    let mut items = Vec::new();
    for belonging in store::unit::of_person(&app.db, caller.person_id).await? {
        items.push(item(app, caller, belonging).await?);
    }
    let pending = pending(app, caller, &items).await?;
    Ok(Units { items, pending })
}

/// One of them.
///
/// # Errors
/// `unit_not_found`.
pub async fn get(app: &App, caller: &Caller, unit: UnitId) -> Result<Item> {
    let belonging = require_member(&app.db, caller.person_id, unit).await?;
    item(app, caller, belonging).await
}

async fn item(app: &App, caller: &Caller, Belonging { unit, role }: Belonging) -> Result<Item> {
    let mut at = Exec::from(&app.db);
    let missing = missing(app, at.again(), unit.id).await?;
    let role_of_picture = MaterialRole::Avatar;
    let avatar =
        store::unit_material::current_of_role(at.again(), unit.id, role_of_picture).await?;
    Ok(Item {
        unit_id: unit.id,
        state: state(app, at.again(), unit.id, &missing).await?,
        name: unit.name,
        registration: unit.registration,
        unit_code: unit.unit_code,
        role,
        legal_representative: unit.legal_representative_id == Some(caller.person_id),
        avatar: avatar.map(|avatar| avatar.material_id),
    })
}

/// Of each number the newest, unless the person belongs to that unit meanwhile.
async fn pending(app: &App, caller: &Caller, items: &[Item]) -> Result<Vec<PendingItem>> {
    let mut pending: Vec<PendingItem> = Vec::new();
    let mut seen: Vec<String> = items
        .iter()
        .map(|item| item.registration.number().to_owned())
        .collect();
    for case in cases(&app.db, caller.person_id).await? {
        let facts = open_facts(app, &case)?;
        let number = number_of(&facts).to_owned();
        if seen.contains(&number) {
            continue;
        }
        seen.push(number.clone());
        if is_shown(&case, app.now()) {
            let standing = standing(app, &case)?;
            pending.push(PendingItem {
                case_id: case.id,
                kind: case.kind,
                state: match case.state {
                    CaseState::Open => UnitState::InReview,
                    _ => UnitState::Refused,
                },
                name: facts.get("name").cloned().unwrap_or_default(),
                number,
                reason: standing.reason,
                at: case.opened_at,
            });
        }
    }
    Ok(pending)
}
