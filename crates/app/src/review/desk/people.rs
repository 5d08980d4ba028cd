//! Whom a case is about: the person who opened it and the unit.

use domain::check_digit::Phone;
use domain::review::mask;
use store::review::{Case, Listed};
use store::unit::Unit;

use crate::{App, Result, personal};

/// Whom a case is about.
#[derive(Clone, Debug)]
pub(super) struct About {
    /// The proven name, if there is one.
    pub name: Option<String>,
    /// The number; nothing for an account that has ended.
    pub phone: Option<String>,
    /// The unit.
    pub unit: Option<Unit>,
}

/// The person as they stand in the list: the name, or the number of somebody without one, both masked.
pub(super) fn listed(app: &App, one: &Listed) -> Result<String> {
    let sealed = one.person_name.as_deref();
    let name = personal::name_or_empty(app, one.case.person_id, sealed)?;
    match (name.as_str(), one.person_phone.as_slice()) {
        ("", []) => Ok(String::new()),
        ("", sealed) => Ok(personal::open_phone(app, sealed)?.masked()),
        (name, _) => Ok(mask(name)),
    }
}

/// Loads them, in clear or as they may be shown to whoever has not opened the case.
pub(super) async fn about(app: &App, case: &Case, clear: bool) -> Result<About> {
    let person = store::person::get(&app.db, case.person_id).await?;
    let name = personal::name_or_empty(app, person.id, person.name.as_deref())?;
    let name = Some(name).filter(|name| !name.is_empty());
    let phone = match person.phone.as_slice() {
        [] => None,
        sealed => Some(personal::open_phone(app, sealed)?),
    };
    let unit = match case.unit_id {
        Some(id) => Some(store::unit::get(&app.db, id).await?),
        None => None,
    };
    let shown = |phone: Phone| match clear {
        true => format!("{} {}", phone.area().code(), phone.national()),
        false => phone.masked(),
    };
    Ok(About {
        name: if clear {
            name
        } else {
            name.as_deref().map(mask)
        },
        phone: phone.map(shown),
        unit,
    })
}
