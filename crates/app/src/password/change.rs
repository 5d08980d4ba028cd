//! Changing the password with the present one (PWD-3).

use domain::password::{Change, ChangeStep, change as decide};
use protocol::{Base64Url, Statement};

use super::NewPassword;
use crate::{App, Caller, Error, Result, device, signature};

/// Puts a new password in force. The present one proves itself over the same statement as the new one does; the try was
/// counted when it was evaluated. A byte-equal repeat changes nothing and succeeds.
///
/// # Errors
/// `password_not_set`, `password_change_stale`, `password_wrong` `{attempts_left}`, `proof_invalid`, `device_proof_invalid`.
pub async fn change(
    app: &App,
    caller: &Caller,
    new: &NewPassword<'_>,
    present_proof: &[u8; 64],
) -> Result<()> {
    let invalid = || Error::invalid("proof_invalid");
    let key = Base64Url::decode_array::<65>(new.proof_public_key).map_err(|_| invalid())?;
    let statement = Statement::Password {
        person_id: &caller.person_id.to_string(),
        device_id: &caller.device_id.to_string(),
        epoch: new.epoch,
        proof_public_key: new.proof_public_key,
    };
    let statement = statement.to_bytes().map_err(Error::internal)?;
    let (person, now) = (caller.person_id, app.now());
    let mut tx = app.db.begin_write("password.change").await?;
    let (found, present) = super::require_set(&mut tx, person).await?;
    let asked = Change {
        present: found.epoch,
        begun: found.next_epoch,
        asked: new.epoch,
        same_key: present == key,
    };
    let step = decide(asked).map_err(|_| Error::conflict("password_change_stale"))?;
    if !signature::is_by(&key, &statement, new.proof) {
        return Err(invalid());
    }
    device::verify_statement(&mut tx, caller.device_id, &statement, new.device_signature).await?;
    if step == ChangeStep::Already {
        return Ok(());
    }
    if !signature::is_by(&present, &statement, present_proof) {
        let left = found.attempts.left(now);
        return Err(Error::forbidden("password_wrong").with("attempts_left", left));
    }
    let epochs = (found.epoch, new.epoch);
    store::password::change(&mut tx, person, epochs, &key, now).await?;
    store::password::put_attempts(&mut tx, person, found.attempts.proven()).await?;
    Ok(tx.commit().await?)
}
