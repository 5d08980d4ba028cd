//! Whom a case is about: the person who opened it and the unit.

use domain::review::mask;
use store::review::Case;
use store::unit::Unit;

use crate::{App, Result, personal};

/// Whom a case is about.
#[derive(Clone, Debug)]
pub(super) struct About {
    /// The proven name, if there is one.
    pub name: Option<String>,
    /// Area and number; nothing for an account that has ended.
    pub phone: Option<String>,
    /// The unit.
    pub unit: Option<Unit>,
}

impl About {
    /// The same as it may be shown to whoever has not opened the case.
    pub(super) fn masked(&self) -> Self {
        let mask = |text: &Option<String>| text.as_deref().map(mask);
        Self {
            name: mask(&self.name),
            phone: mask(&self.phone),
            unit: self.unit.clone(),
        }
    }

    /// The name, or the number of somebody without one.
    pub(super) fn short(self) -> String {
        self.name.or(self.phone).unwrap_or_default()
    }
}

/// Loads them.
pub(super) async fn about(app: &App, case: &Case) -> Result<About> {
    let person = store::person::get(&app.db, case.person_id).await?;
    let sealed = person.name.as_deref();
    let name = personal::name_or_empty(app, person.id, sealed)?;
    let phone = if person.phone.is_empty() {
        None
    } else {
        let phone = personal::open_phone(app, &person.phone)?;
        Some(format!("{} {}", phone.area().code(), phone.national()))
    };
    let unit = match case.unit_id {
        Some(id) => Some(store::unit::get(&app.db, id).await?),
        None => None,
    };
    Ok(About {
        name: Some(name).filter(|name| !name.is_empty()),
        phone,
        unit,
    })
}
