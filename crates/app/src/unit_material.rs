//! What stands for a unit in pictures: its own picture, which members see (UMG-1), and what was handed in for its
//! certification, which administrators may look at (UMG-2).

use domain::id::{MaterialId, UnitId};
use domain::review::MaterialRole;
use domain::time::DAY_US;
use domain::unit_change::Fact;
use domain::{Day, Instant};
use providers::ocr::{Document, Field, Reading};

use crate::unit::{is_over, require_administrator, require_member};
use crate::{App, Caller, Error, Result, limit, material, unit_change, unit_profile};

/// The largest picture of a unit; the phone scales it to 512 pixels before.
const AVATAR_BYTES_MAX: i64 = 512 * 1024;
/// Pairs of photos that one person has read in a day: reading is work.
const READS_A_DAY: i64 = 40;
const FRONT: MaterialRole = MaterialRole::RepresentativeFront;
const BACK: MaterialRole = MaterialRole::RepresentativeBack;

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

/// Another photo of each side of the legal representative's card, one that the caller has handed in and that bears the
/// registered name (UMG-3).
///
/// # Errors
/// `not_administrator`, `material_not_found`, `paper_not_picture`, `paper_retake` `{role, reason}`, `paper_mismatch`
/// `{fields}`, `ocr_unavailable`, `rate_limited`.
pub async fn replace_representative_photos(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    front: MaterialId,
    back: MaterialId,
) -> Result<()> {
    let person = caller.person_id;
    require_administrator(&app.db, person, unit).await?;
    let key = person.to_string();
    limit::check(app, "unit_material", key.as_bytes(), DAY_US, READS_A_DAY).await?;
    let registered = unit_profile::representative(app, &app.db, unit).await?;
    let sides = [
        (FRONT, front, Document::IdCardFront),
        (BACK, back, Document::IdCardBack),
    ];
    for (role, photo, document) in sides {
        let fields = match unit_change::read(app, person, photo, document).await? {
            Reading::Read(fields) => fields,
            Reading::Retake(why, _) => return Err(unit_change::retake(role, why)),
        };
        if let Some(field) = wrong_field(&fields, role, &registered, app.now().day()) {
            return Err(Error::conflict("paper_mismatch").with("fields", vec![field]));
        }
    }
    let mut tx = app.db.begin_write("unit_material.replace").await?;
    store::unit::lock(&mut tx, unit).await?;
    require_administrator(&mut tx, person, unit).await?;
    // Another legal representative may have been named while the photos were read.
    if unit_profile::representative(app, &mut tx, unit).await? != registered {
        return Err(Error::conflict("conflict"));
    }
    material::keep(app, &mut tx, person, [front, back]).await?;
    for (role, photo, _) in sides {
        store::unit_material::put(&mut tx, unit, role, photo, app.now()).await?;
    }
    Ok(tx.commit().await?)
}

fn wrong_field(
    fields: &[Field],
    role: MaterialRole,
    name: &str,
    today: Day,
) -> Option<&'static str> {
    let says = |wanted: &str| {
        let field = fields.iter().find(|field| field.name == wanted);
        field.map(|field| field.text.as_str())
    };
    if role == FRONT {
        (says("name") != Some(name)).then(|| Fact::CardName.as_str())
    } else {
        let good = says("valid_to").is_some_and(|end| !is_over(end, today));
        (!good).then(|| Fact::CardTerm.as_str())
    }
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
