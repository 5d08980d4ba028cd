//! A person's units (UNIT-11).

use domain::id::{MaterialId, UnitId};
use domain::review::MaterialRole;
use domain::unit::Role;
use store::unit::Belonging;

use super::standing::{missing, require_member, state};
use crate::{App, Caller, Result};

/// One of a person's units.
pub struct Item {
    /// Id.
    pub unit_id: UnitId,
    /// Name as registered.
    pub name: String,
    /// Unified social credit code.
    pub uscc: String,
    /// 单位编码
    pub unit_code: String,
    /// `certified` or `uncertified`.
    pub state: &'static str,
    /// What the person is in it.
    pub role: Role,
    /// Whether the person is its legal representative.
    pub legal_representative: bool,
    /// Its picture; another one has another id.
    pub avatar: Option<MaterialId>,
}

/// All units that the caller belongs to, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    for belonging in store::unit::of_person(&app.db, caller.person_id).await? {
        items.push(item(app, caller, belonging).await?);
    }
    Ok(items)
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
    let missing = missing(app, &app.db, unit.id).await?;
    let role_of_picture = MaterialRole::Avatar;
    let avatar = store::unit_material::current_of_role(&app.db, unit.id, role_of_picture).await?;
    Ok(Item {
        unit_id: unit.id,
        name: unit.name,
        uscc: unit.uscc,
        unit_code: unit.unit_code,
        state: state(&missing),
        role,
        legal_representative: unit.legal_representative_id == caller.person_id,
        avatar: avatar.map(|avatar| avatar.material_id),
    })
}
