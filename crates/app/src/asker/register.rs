//! A tool registers its key at first start.

use domain::id::AskerId;
use domain::time::SECOND_US;
use ed25519_dalek::{Signature, VerifyingKey};
use protocol::{Base64Url, Statement};

use crate::{App, Error, Result, text};

/// What a tool sends.
#[derive(Debug)]
pub struct Registration {
    /// Ed25519 key.
    pub public_key: [u8; 32],
    /// The name it gives itself.
    pub name: String,
    /// Signature over the statement, proof that it holds the key.
    pub proof: [u8; 64],
}

const HOUR_US: i64 = 3600 * SECOND_US;
/// Registrations of one address in an hour.
const PER_HOUR: i64 = 60;
/// Longest name, in characters.
const NAME_MAX: usize = 40;

/// Registers the key, or finds it registered: the same key gets the same id. Answers id and whether a unit vouches for it.
///
/// # Errors
/// `asker_name_invalid`, `asker_signature_invalid`, `rate_limited`, `asker_revoked`.
pub async fn register(
    app: &App,
    address: &str,
    registration: Registration,
) -> Result<(AskerId, bool)> {
    let name = text::line(&registration.name, 1, NAME_MAX)
        .ok_or_else(|| Error::invalid("asker_name_invalid"))?;
    let public_key = Base64Url::encode(&registration.public_key);
    let statement = Statement::Asker {
        public_key: &public_key,
        name,
    }
    .to_bytes()?;
    let key = VerifyingKey::from_bytes(&registration.public_key)
        .map_err(|_| Error::invalid("asker_signature_invalid"))?;
    let proof = Signature::from_bytes(&registration.proof);
    key.verify_strict(&statement, &proof)
        .map_err(|_| Error::invalid("asker_signature_invalid"))?;
    crate::limit::check(app, "asker.register", address.as_bytes(), HOUR_US, PER_HOUR).await?;
    let asker = store::asker::register(
        &app.db,
        app.new_id(),
        &registration.public_key,
        name,
        app.now(),
    )
    .await?;
    if asker.revoked_at.is_some() {
        return Err(Error::forbidden("asker_revoked"));
    }
    let registered = super::is_registered(app, &app.db, &asker).await?;
    Ok((asker.id, registered))
}
