//! What a phone needs before it asks for the password.

use domain::Instant;
use domain::id::PersonId;
use domain::password::{ATTEMPTS_MAX, reset_needs_face};
use store::Exec;
use store::password::Stretch;

use super::{FIRST_EPOCH, salt};
use crate::{App, Caller, Result};

/// How the password stands.
#[derive(Clone, Debug)]
pub struct View {
    /// Whether there is one.
    pub set: bool,
    /// Raised by every change.
    pub epoch: u32,
    /// Salt of the stretch.
    pub salt: [u8; 16],
    /// How it is stretched.
    pub stretch: Stretch,
    /// Tries left now.
    pub attempts_left: i64,
    /// The end of the lock that holds now.
    pub locked_until: Option<Instant>,
    /// The public half of the reset key of the caller's device.
    pub reset_public_key: Option<Vec<u8>>,
    /// Whether a reset on this device takes a face besides the code.
    pub reset_needs_face: bool,
}

/// Reads it.
///
/// # Errors
/// When the database fails.
pub async fn view(app: &App, caller: &Caller) -> Result<View> {
    let (now, salt) = (app.now(), salt(app, caller.person_id));
    let found = store::password::find(&app.db, caller.person_id).await?;
    let reset_key = store::password_reset::find_key(&app.db, caller.device_id).await?;
    let reset_public_key = reset_key.map(|key| key.public_key);
    let reset_needs_face = reset_needs_face(app.settings.policy(), reset_public_key.is_some());
    Ok(match found {
        None => View {
            set: false,
            epoch: FIRST_EPOCH,
            salt,
            stretch: app.settings.password_stretch(),
            attempts_left: ATTEMPTS_MAX,
            locked_until: None,
            reset_public_key,
            reset_needs_face,
        },
        Some(password) => View {
            set: password.proof_public_key.is_some(),
            epoch: password.epoch,
            salt,
            stretch: password.stretch,
            attempts_left: password.attempts.left(now),
            locked_until: password.attempts.locked(now),
            reset_public_key,
            reset_needs_face,
        },
    })
}

/// Whether a person has a password.
///
/// # Errors
/// When the database fails.
pub async fn is_set(at: impl Into<Exec<'_>>, person: PersonId) -> Result<bool> {
    let found = store::password::find(at, person).await?;
    Ok(found.is_some_and(|password| password.proof_public_key.is_some()))
}
