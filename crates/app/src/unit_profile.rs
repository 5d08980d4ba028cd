//! Tax and bank facts of a unit (MEM-9): administrators write them, members read them.

use domain::id::UnitId;
use domain::unit::Role;
use domain::unit_profile::{Invalid, UnitProfile};
use serde::{Deserialize, Serialize};
use store::Exec;
use store::unit_profile::Kept;
use zeroize::Zeroizing;

use crate::unit::{require_administrator, require_member};
use crate::{App, Caller, Error, Result};

const FACTS: &str = "unit_profile.facts";
const REPRESENTATIVE: &str = "unit.legal_representative_name";

/// What members see.
pub struct View {
    /// The legal representative's name as registered.
    pub legal_representative: String,
    /// The facts.
    pub facts: UnitProfile,
    /// Raised with each change; 0 while nothing was ever written.
    pub version: i64,
    /// The caller may write them.
    pub may_edit: bool,
}

/// As it is sealed.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Sealed {
    tax_number: String,
    address: String,
    phone: String,
    bank: String,
    account: String,
}

/// What the unit has told.
///
/// # Errors
/// `unit_not_found`.
pub async fn get(app: &App, caller: &Caller, unit: UnitId) -> Result<View> {
    let belonging = require_member(&app.db, caller.person_id, unit).await?;
    let (facts, version) = match store::unit_profile::find(&app.db, unit).await? {
        Some(kept) => (open(app, unit, &kept)?, kept.version),
        None => (UnitProfile::default(), 0),
    };
    Ok(View {
        legal_representative: representative(app, &app.db, unit).await?.to_string(),
        facts,
        version,
        may_edit: belonging.role == Role::Administrator,
    })
}

/// Writes what was typed over the version that was seen; the new version. Of two at once one counts.
///
/// # Errors
/// `not_administrator`, `unit_profile_invalid` `{fields}`, `unit_profile_changed`.
pub async fn put(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    typed: &UnitProfile,
    seen: i64,
) -> Result<i64> {
    require_administrator(&app.db, caller.person_id, unit).await?;
    let facts = UnitProfile::parse(typed).map_err(|Invalid(field)| {
        Error::invalid("unit_profile_invalid").with("fields", vec![field.as_str()])
    })?;
    let sealed = seal(app, unit, facts)?;
    let mut tx = app.db.begin_write("unit_profile.put").await?;
    let written =
        store::unit_profile::write(&mut tx, unit, &sealed, caller.person_id, seen, app.now()).await;
    written.map_err(|error| match error {
        store::Error::Conflict(_) => Error::conflict("unit_profile_changed"),
        other => other.into(),
    })?;
    tx.commit().await?;
    Ok(seen + 1)
}

/// The legal representative's name as registered.
pub(crate) async fn representative(
    app: &App,
    at: impl Into<Exec<'_>>,
    unit: UnitId,
) -> Result<Zeroizing<String>> {
    let sealed = store::unit_profile::representative_name(at, unit).await?;
    Ok(app
        .vault
        .unwrap_text(REPRESENTATIVE, unit.as_bytes(), &sealed)?)
}

/// The same as it is kept.
pub(crate) fn seal_representative(app: &App, unit: UnitId, name: &str) -> Result<Vec<u8>> {
    Ok(app.vault.wrap_text(REPRESENTATIVE, unit.as_bytes(), name)?)
}

fn open(app: &App, unit: UnitId, kept: &Kept) -> Result<UnitProfile> {
    let json = app.vault.unwrap_text(FACTS, unit.as_bytes(), &kept.facts)?;
    let Sealed {
        tax_number,
        address,
        phone,
        bank,
        account,
    } = serde_json::from_str(&json).map_err(|_| Error::internal(FACTS))?;
    Ok(UnitProfile {
        tax_number,
        address,
        phone,
        bank,
        account,
    })
}

fn seal(app: &App, unit: UnitId, facts: UnitProfile) -> Result<Vec<u8>> {
    let UnitProfile {
        tax_number,
        address,
        phone,
        bank,
        account,
    } = facts;
    let sealed = Sealed {
        tax_number,
        address,
        phone,
        bank,
        account,
    };
    let json = Zeroizing::new(serde_json::to_string(&sealed).map_err(Error::internal)?);
    Ok(app.vault.wrap_text(FACTS, unit.as_bytes(), &json)?)
}
