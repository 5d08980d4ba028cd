//! What others know of a person and would try first: no part of it may be in the certificate password (PWD-1). The server
//! never sees a password, so the phone does the comparing, and for that the person is told their own facts unmasked.

use domain::password::birth_date;
use domain::time::Day;
use zeroize::Zeroizing;

use super::require_verified;
use crate::{App, Caller, Result, personal};

/// What no part of may be in the password.
pub struct Guessable {
    /// The number, without its area.
    pub phone: Zeroizing<String>,
    /// The date of birth, when the document's number tells it.
    pub birth_date: Option<Day>,
}

/// Reads it.
///
/// # Errors
/// `not_verified`.
pub async fn guessable(app: &App, caller: &Caller) -> Result<Guessable> {
    require_verified(app, &app.db, caller.person_id).await?;
    let person = store::person::get(&app.db, caller.person_id).await?;
    let phone = personal::open_phone(app, &person.phone)?;
    let number = person
        .id_number
        .as_deref()
        .map(|sealed| personal::open_id_number(app, person.id, sealed))
        .transpose()?;
    Ok(Guessable {
        phone: Zeroizing::new(phone.national().to_owned()),
        birth_date: number.and_then(|number| birth_date(&number, app.now().day())),
    })
}
