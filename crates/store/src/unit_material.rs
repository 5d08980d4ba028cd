//! Which material stands for a unit in which role: its licence, its legal representative's photos, its picture. What was
//! replaced stays, with the span in which it stood.

use domain::Instant;
use domain::id::{MaterialId, UnitId};
use domain::review::MaterialRole;

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql;

/// Material in its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitMaterial {
    /// What it is.
    pub role: MaterialRole,
    /// The file.
    pub material_id: MaterialId,
    /// Since when it stands.
    pub since: Instant,
    /// When it was replaced.
    pub until: Option<Instant>,
}

/// Lets a file stand in a role from now on, in place of the one that did. Lock the unit first. That no sweep takes the
/// file is the caller's to see to, with [`crate::material::keep`].
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn put(
    tx: &mut Tx,
    unit: UnitId,
    role: MaterialRole,
    material: MaterialId,
    now: Instant,
) -> Result<()> {
    let text = "UPDATE unit_material SET until_us = $3 WHERE unit_id = $1 AND role = $2 AND until_us IS NULL";
    sql!("unit_material.replace", text, unit, role.as_str(), now)
        .execute(&mut *tx)
        .await?;
    let text = "INSERT INTO unit_material (unit_id, role, turn, material_id, since_us)
        VALUES ($1, $2, (SELECT count(*) + 1 FROM unit_material WHERE unit_id = $1 AND role = $2), $3, $4)";
    sql!(
        "unit_material.insert",
        text,
        unit,
        role.as_str(),
        material,
        now
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// What stands now, one in each role at most.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn current(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<Vec<UnitMaterial>> {
    let text = "SELECT role, material_id, since_us, until_us FROM unit_material WHERE unit_id = $1 AND until_us IS NULL ORDER BY role";
    let rows = sql!("unit_material.current", text, unit).all(at).await?;
    rows.iter().map(read).collect()
}

/// What stands in one role now.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn current_of_role(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    role: MaterialRole,
) -> Result<Option<UnitMaterial>> {
    let text = "SELECT role, material_id, since_us, until_us FROM unit_material WHERE unit_id = $1 AND role = $2 AND until_us IS NULL";
    let row = sql!("unit_material.current_of_role", text, unit, role.as_str())
        .optional(at)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Everything that ever stood in a role, newest first, 100 at most.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn history(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    role: MaterialRole,
) -> Result<Vec<UnitMaterial>> {
    let text = "SELECT role, material_id, since_us, until_us FROM unit_material WHERE unit_id = $1 AND role = $2 ORDER BY turn DESC LIMIT 100";
    let rows = sql!("unit_material.history", text, unit, role.as_str())
        .all(at)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<UnitMaterial> {
    let role = MaterialRole::parse(&row.text("role")?).ok_or_else(|| Error::Column {
        column: "role".to_owned(),
        expected: "a role of material",
    })?;
    Ok(UnitMaterial {
        role,
        material_id: row.parse("material_id")?,
        since: row.instant("since_us")?,
        until: row.opt_instant("until_us")?,
    })
}
