//! The business licence: read, compared with the registered facts, and with the register once more (UNIT-6).

use domain::id::{MaterialId, UnitId};
use domain::policy::EvidenceKind;
use domain::review::MaterialRole;
use domain::unit::UnitName;
use providers::ocr::{Document, Field, Reading};
use providers::register::Stated;
use serde_json::Value;
use store::unit::{Registration, Unit};
use zeroize::Zeroizing;

use super::check::{check, offering};
use super::create::{REPRESENTATIVE, prove};
use super::paper::{read, retake};
use super::standing::missing;
use super::{Item, get, require_administrator};
use crate::{App, Caller, Error, Result, feed, material};

/// Takes the licence of one of the caller's units.
///
/// # Errors
/// `not_administrator`, `licence_not_due`, `material_not_found`, `paper_not_picture`, `paper_retake` `{reason}`,
/// `ocr_unavailable`, `licence_mismatch` `{fields}`, and those of the register.
pub async fn show_licence(
    app: &App,
    caller: &Caller,
    unit_id: UnitId,
    photo: MaterialId,
) -> Result<Item> {
    let person = caller.person_id;
    let unit = require_administrator(&app.db, person, unit_id).await?;
    require_due(&missing(app, &app.db, unit_id).await?)?;
    let representative = representative_name(app, &unit)?;
    let found = material::own(&app.db, person, photo).await?;
    let fields = match read(app, &found, Document::BusinessLicence).await? {
        Reading::Read(fields) => fields,
        Reading::Retake(why, _) => return refuse(app, caller, retake(why)).await,
    };
    let differing = differing(&fields, &unit, &representative);
    if !differing.is_empty() {
        let fields: Vec<Value> = differing.into_iter().map(Value::from).collect();
        let refusal = Error::conflict("licence_mismatch").with("fields", fields);
        return refuse(app, caller, refusal).await;
    }
    let stated = Stated {
        uscc: unit.registration.number(),
        name: &unit.name,
        legal_representative: &representative,
    };
    let checked = check(app, person, stated, None).await?;
    let mut tx = app.db.begin_write("unit.show_licence").await?;
    store::unit::lock(&mut tx, unit_id).await?;
    store::evidence::forget_pending(&mut tx, checked).await?;
    if require_due(&missing(app, &mut tx, unit_id).await?).is_ok() {
        material::keep(app, &mut tx, person, [photo]).await?;
        store::unit_material::put(&mut tx, unit_id, MaterialRole::Licence, photo, app.now())
            .await?;
        let reader = app.providers.ocr.name();
        prove(
            app,
            &mut tx,
            unit_id,
            EvidenceKind::Licence,
            reader,
            &photo.to_string(),
        )
        .await?;
    }
    tx.commit().await?;
    feed::tell(app, unit_id, &[person]);
    get(app, caller, unit_id).await
}

/// Counts a licence that would not do.
async fn refuse<T>(app: &App, caller: &Caller, refusal: Error) -> Result<T> {
    let (id, role) = (app.new_id(), MaterialRole::Licence);
    store::paper::insert_failed(&app.db, id, caller.person_id, role, app.now()).await?;
    offering(app, caller.person_id, refusal).await
}

/// # Errors
/// `licence_not_due`.
pub(super) fn require_due(missing: &[EvidenceKind]) -> Result<()> {
    if missing.contains(&EvidenceKind::Licence) {
        Ok(())
    } else {
        Err(Error::conflict("licence_not_due"))
    }
}

pub(super) fn representative_name(app: &App, unit: &Unit) -> Result<Zeroizing<String>> {
    let sealed = &unit.legal_representative_name;
    Ok(app
        .vault
        .unwrap_text(REPRESENTATIVE, unit.id.as_bytes(), sealed)?)
}

fn differing(fields: &[Field], unit: &Unit, representative: &str) -> Vec<&'static str> {
    let says = |name: &str| {
        let found = fields.iter().find(|field| field.name == name);
        found.map(|field| field.text.as_str())
    };
    let name = says("name").map(UnitName::parse);
    let same_name = name.is_some_and(|name| name.is_ok_and(|name| name.as_str() == unit.name));
    let uscc = match &unit.registration {
        Registration::Uscc(uscc) => says("uscc") == Some(uscc),
        Registration::Elsewhere { .. } => false,
    };
    let agrees = [
        ("name", same_name),
        ("uscc", uscc),
        (
            "legal_representative",
            says("legal_representative") == Some(representative),
        ),
    ];
    let wrong = agrees.into_iter().filter(|(_, agrees)| !agrees);
    wrong.map(|(field, _)| field).collect()
}
