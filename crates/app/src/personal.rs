//! Personal columns: which purpose seals which, so that no two places can disagree.

use domain::check_digit::Phone;
use domain::id::PersonId;
use zeroize::Zeroizing;

use crate::{App, Error, Result};

const PHONE: &str = "person.phone";
const NAME: &str = "person.name";
const ID_NUMBER: &str = "person.id_number";

/// A number as somebody typed it, of an area that is served here.
pub(crate) fn phone(app: &App, area: &str, number: &str) -> Result<Phone> {
    let phone = app.settings.areas.phone(area, number);
    phone.map_err(|_| Error::invalid("phone_invalid"))
}

/// The hash by which a number is found.
pub(crate) fn phone_hash(app: &App, phone: &Phone) -> [u8; 32] {
    app.vault.index_hash(PHONE, phone.e164().as_bytes())
}

/// The hash by which a document is found.
pub(crate) fn id_number_hash(app: &App, id_number: &str) -> [u8; 32] {
    app.vault.index_hash(ID_NUMBER, id_number.as_bytes())
}

/// Seals a number with its hash as the row: the person's id is not known before the row is there.
pub(crate) fn seal_phone(app: &App, phone: &Phone) -> Result<Vec<u8>> {
    let text = format!("{} {}", phone.area().code(), phone.national());
    Ok(app.vault.wrap_text(PHONE, b"", &text)?)
}

/// Opens a number. An account that has ended has none, and whoever still holds a session of it is signed out.
pub(crate) fn open_phone(app: &App, sealed: &[u8]) -> Result<Phone> {
    if sealed.is_empty() {
        return Err(Error::unauthenticated("unauthenticated"));
    }
    let text = app.vault.unwrap_text(PHONE, b"", sealed)?;
    let (area, national) = text.split_once(' ').unwrap_or_default();
    Phone::accepted(area, national).map_err(Error::internal)
}

pub(crate) fn seal_name(app: &App, person: PersonId, name: &str) -> Result<Vec<u8>> {
    Ok(app.vault.wrap_text(NAME, person.as_bytes(), name)?)
}

pub(crate) fn open_name(app: &App, person: PersonId, sealed: &[u8]) -> Result<Zeroizing<String>> {
    Ok(app.vault.unwrap_text(NAME, person.as_bytes(), sealed)?)
}

/// The name, or nothing while none is proven.
pub(crate) fn name_or_empty(app: &App, person: PersonId, sealed: Option<&[u8]>) -> Result<String> {
    match sealed {
        Some(sealed) => Ok(open_name(app, person, sealed)?.to_string()),
        None => Ok(String::new()),
    }
}

pub(crate) fn seal_id_number(app: &App, person: PersonId, number: &str) -> Result<Vec<u8>> {
    Ok(app.vault.wrap_text(ID_NUMBER, person.as_bytes(), number)?)
}

pub(crate) fn open_id_number(
    app: &App,
    person: PersonId,
    sealed: &[u8],
) -> Result<Zeroizing<String>> {
    Ok(app
        .vault
        .unwrap_text(ID_NUMBER, person.as_bytes(), sealed)?)
}
