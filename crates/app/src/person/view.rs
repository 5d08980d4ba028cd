//! What a person sees of themselves.

use domain::Instant;
use domain::check_digit::Phone;
use domain::person::PersonName;

use super::Standing;
use crate::{App, Caller, Error, Result, account, password, personal};

/// The signed-in person, masked.
pub struct Me {
    /// `138****0001`
    pub phone_masked: String,
    /// `张**`
    pub name_masked: Option<String>,
    /// Real name.
    pub standing: Standing,
    /// Whether a certificate password is set.
    pub password_set: bool,
    /// Whether the person is legal representative of some unit, and may work as such.
    pub legal_representative: bool,
    /// When a sign-in withdrew a wish to end the account.
    pub cancellation_withdrawn_at: Option<Instant>,
    /// Whether this deployment runs on stand-ins and the short policy.
    pub sandbox: bool,
}

/// Reads it.
///
/// # Errors
/// When the database fails.
pub async fn me(app: &App, caller: &Caller) -> Result<Me> {
    let person = store::person::get(&app.db, caller.person_id).await?;
    let phone: Phone = personal::open_phone(app, &person.phone)?;
    let name = person
        .name
        .as_deref()
        .map(|sealed| personal::open_name(app, person.id, sealed))
        .transpose()?;
    let name = name
        .map(|name| PersonName::known(&name).map_err(Error::internal))
        .transpose()?;
    Ok(Me {
        phone_masked: phone.masked(),
        name_masked: name.as_ref().map(PersonName::masked),
        standing: super::standing(app, &app.db, person.id).await?,
        password_set: password::is_set(&app.db, person.id).await?,
        legal_representative: store::person::is_legal_representative(&app.db, person.id).await?,
        cancellation_withdrawn_at: account::withdrawn_recently(app, &app.db, person.id).await?,
        sandbox: !app.settings.production,
    })
}
