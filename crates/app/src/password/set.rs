//! Setting the first password (PWD-1).

use protocol::{Base64Url, Statement};

use crate::{App, Caller, Error, Result, device, signature};

/// A new password, as the phone proves it.
pub struct NewPassword<'a> {
    /// The epoch it was evaluated in.
    pub epoch: u32,
    /// The key that only the password unlocks, `b64u` of 65 bytes.
    pub proof_public_key: &'a str,
    /// Its signature over the statement.
    pub proof: &'a [u8; 64],
    /// The device's over the same.
    pub device_signature: &'a [u8; 64],
}

/// Sets it. A byte-equal repeat changes nothing and succeeds.
///
/// # Errors
/// `password_not_set` when no evaluation came before, `proof_invalid`, `device_proof_invalid`, `password_already_set`.
pub async fn set(app: &App, caller: &Caller, new: &NewPassword<'_>) -> Result<()> {
    let invalid = || Error::invalid("proof_invalid");
    let key = Base64Url::decode_array::<65>(new.proof_public_key).map_err(|_| invalid())?;
    let statement = Statement::Password {
        person_id: &caller.person_id.to_string(),
        device_id: &caller.device_id.to_string(),
        epoch: new.epoch,
        proof_public_key: new.proof_public_key,
    };
    let statement = statement.to_bytes().map_err(Error::internal)?;
    let mut tx = app.db.begin_write("password.set").await?;
    let found = store::password::lock(&mut tx, caller.person_id).await?;
    let found = found.ok_or_else(|| Error::conflict("password_not_set"))?;
    let is_repeat = found.proof_public_key.as_deref() == Some(&key) && found.epoch == new.epoch;
    if found.proof_public_key.is_some() && !is_repeat {
        return Err(Error::conflict("password_already_set"));
    }
    if found.epoch != new.epoch || !signature::is_by(&key, &statement, new.proof) {
        return Err(invalid());
    }
    device::verify_statement(&mut tx, caller.device_id, &statement, new.device_signature).await?;
    if !is_repeat {
        store::password::set(&mut tx, caller.person_id, new.epoch, &key, app.now()).await?;
    }
    Ok(tx.commit().await?)
}
