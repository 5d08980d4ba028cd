//! What stands for a unit in pictures: its own picture, which members see (UMG-1), and what was handed in for its
//! certification, which administrators may look at (UMG-2).

use domain::Instant;
use domain::id::{MaterialId, UnitId};
use domain::review::MaterialRole;

use crate::unit::{require_administrator, require_member};
use crate::{App, Caller, Error, Result, material};

/// The largest picture of a unit; the phone scales it to 512 pixels before.
const AVATAR_BYTES_MAX: i64 = 512 * 1024;

/// Something that was handed in.
pub struct Shown {
    /// What it is.
    pub role: MaterialRole,
    /// The file.
    pub material_id: MaterialId,
    /// `image/jpeg`, `image/png` or `application/pdf`.
    pub media_type: String,
    /// Since when it stands for the unit.
    pub since: Instant,
}

/// What stands for the unit now, without its picture.
///
/// # Errors
/// `not_administrator`.
pub async fn list(app: &App, caller: &Caller, unit: UnitId) -> Result<Vec<Shown>> {
    require_administrator(&app.db, caller.person_id, unit).await?;
    let mut shown = Vec::new();
    for one in store::unit_material::current(&app.db, unit).await? {
        if one.role == MaterialRole::Avatar {
            continue;
        }
        let Some(file) = store::material::find(&app.db, one.material_id).await? else {
            continue;
        };
        shown.push(Shown {
            role: one.role,
            material_id: one.material_id,
            media_type: file.media_type,
            since: one.since,
        });
    }
    Ok(shown)
}

/// One of them, with its media type.
///
/// # Errors
/// `not_administrator`, `material_not_found`.
pub async fn get(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    role: MaterialRole,
) -> Result<(String, Vec<u8>)> {
    require_administrator(&app.db, caller.person_id, unit).await?;
    open(app, unit, role).await
}

/// The unit's picture, with its media type.
///
/// # Errors
/// `unit_not_found`, `material_not_found` while it has none.
pub async fn avatar(app: &App, caller: &Caller, unit: UnitId) -> Result<(String, Vec<u8>)> {
    require_member(&app.db, caller.person_id, unit).await?;
    open(app, unit, MaterialRole::Avatar).await
}

async fn open(app: &App, unit: UnitId, role: MaterialRole) -> Result<(String, Vec<u8>)> {
    let missing = || Error::not_found("material_not_found");
    let current = store::unit_material::current_of_role(&app.db, unit, role).await?;
    let id = current.ok_or_else(missing)?.material_id;
    let found = store::material::find(&app.db, id)
        .await?
        .ok_or_else(missing)?;
    let bytes = material::open(app, &found).await?;
    Ok((found.media_type, bytes))
}

/// Gives the unit another picture, one that the caller has handed in.
///
/// # Errors
/// `not_administrator`, `material_not_found`, `avatar_invalid` `{most_bytes}`.
pub async fn set_avatar(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    picture: MaterialId,
) -> Result<()> {
    let mut tx = app.db.begin_write("unit_material.set_avatar").await?;
    store::unit::lock(&mut tx, unit).await?;
    require_administrator(&mut tx, caller.person_id, unit).await?;
    let file = material::own(&mut tx, caller.person_id, picture).await?;
    if !file.media_type.starts_with("image/") || file.bytes > AVATAR_BYTES_MAX {
        return Err(Error::invalid("avatar_invalid").with("most_bytes", AVATAR_BYTES_MAX));
    }
    material::keep(app, &mut tx, caller.person_id, [picture]).await?;
    store::unit_material::put(&mut tx, unit, MaterialRole::Avatar, picture, app.now()).await?;
    Ok(tx.commit().await?)
}
