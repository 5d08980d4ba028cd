//! A forgotten password (PWD-4): the code of the number, then another password. No key is lost, since this device's halves are
//! also wrapped under a reset key, whose private half the server gives back to the device alone, and tells the person that it did.

use domain::Instant;
use domain::face::{PASSED_LIFETIME_US, Purpose as FacePurpose};
use domain::id::{FaceCheckId, PasswordResetId};
use domain::password::{Change, ChangeStep, RESET_LIFETIME_US, change, reset_needs_face};
use domain::permit::{Permit, PermitRefused};
use domain::sms_code::Purpose;
use protocol::{Base64Url, Statement, sha256};
use providers::sms::Template;
use store::Tx;

use super::reset_key::{Opened, ResetKey};
use super::{NewPassword, reset_key};
use crate::account::present_phone;
use crate::sms_code::{Entered, take};
use crate::{App, Caller, Error, Result, device, notice, personal, signature};

/// What allows a reset.
pub struct Allowing<'a> {
    /// The code that came to the present number.
    pub code: &'a str,
    /// A face that passed for it, on a phone without a reset key.
    pub face: Option<FaceCheckId>,
    /// By the device key over the statement.
    pub device_signature: &'a [u8; 64],
}

/// A reset that waits for the new password.
pub struct Begun {
    /// Its id.
    pub id: PasswordResetId,
    /// When it stops being good.
    pub expires_at: Instant,
    /// What opens the halves that rest on this device; none where none do.
    pub key: Option<Opened>,
}

/// Begins a reset, and tells the person so by text message.
///
/// # Errors
/// `password_not_set`, `device_proof_invalid`, `code_wrong` `{left}`, `code_expired`, `code_used`, `code_dead`,
/// `password_reset_needs_face`, `face_check_not_found` (also one that was used, or passed too long ago).
pub async fn begin_reset(app: &App, caller: &Caller, allowing: &Allowing<'_>) -> Result<Begun> {
    let statement = Statement::PasswordReset {
        person_id: &caller.person_id.to_string(),
        device_id: &caller.device_id.to_string(),
        code: allowing.code,
    };
    let statement = statement.to_bytes().map_err(Error::internal)?;
    let mut tx = app.db.begin_write("password.begin_reset").await?;
    super::require_set(&mut tx, caller.person_id).await?;
    let signature = allowing.device_signature;
    device::verify_statement(&mut tx, caller.device_id, &statement, signature).await?;
    let phone = present_phone(app, &mut tx, caller.person_id).await?;
    let entered = Entered {
        phone_hash: &personal::phone_hash(app, &phone),
        purpose: Purpose::PasswordReset,
        code: allowing.code,
        by_sha256: &sha256(format!("{}|{}", caller.device_id, allowing.code).as_bytes()),
    };
    let mut tx = take(app, tx, &entered).await?;
    let key = store::password_reset::find_key(&mut tx, caller.device_id).await?;
    if reset_needs_face(app.settings.policy(), key.is_some()) {
        use_face(app, &mut tx, caller, allowing.face).await?;
    }
    let (id, now) = (app.new_id(), app.now());
    let expires_at = now.plus_micros(RESET_LIFETIME_US);
    let whose = (caller.person_id, caller.device_id);
    store::password_reset::insert(&mut tx, id, whose, now, expires_at).await?;
    notice::tell(app, &mut tx, caller.person_id, Template::PasswordResetBegun).await?;
    let key = key
        .map(|key| reset_key::open(app, whose, &key))
        .transpose()?;
    tx.commit().await?;
    app.wake.notify(jobs::TOPIC);
    Ok(Begun {
        id,
        expires_at,
        key,
    })
}

async fn use_face(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    check: Option<FaceCheckId>,
) -> Result<()> {
    let now = app.now();
    let check = check.ok_or_else(|| Error::conflict("password_reset_needs_face"))?;
    let about = caller.session_id.to_string();
    let what = (caller.person_id, FacePurpose::Password, about.as_str());
    let since = now.plus_micros(-PASSED_LIFETIME_US);
    let used = store::face_check::use_up(tx, check, what, since, now).await;
    used.map_err(|error| Error::not_found("face_check_not_found").because(error))
}

/// The reset that `id` names, if it still goes on.
///
/// # Errors
/// `password_reset_not_found` (also on another device, or when it is done), `password_reset_expired`.
pub(super) async fn require_open(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    id: PasswordResetId,
) -> Result<()> {
    let found = lock(tx, caller, id).await?;
    go_on(found, app.now())
}

async fn lock(tx: &mut Tx, caller: &Caller, id: PasswordResetId) -> Result<Permit> {
    let whose = (caller.person_id, caller.device_id);
    let found = store::password_reset::lock_own(tx, id, whose).await?;
    found.ok_or_else(|| Error::not_found("password_reset_not_found"))
}

fn go_on(permit: Permit, now: Instant) -> Result<()> {
    permit.go_on(now).map_err(|refused| match refused {
        PermitRefused::Expired => Error::gone("password_reset_expired"),
        PermitRefused::Done => Error::not_found("password_reset_not_found"),
    })
}

/// Puts the new password in force, forgets tries and locks, and puts the device's new reset key. A byte-equal repeat changes
/// nothing and succeeds.
///
/// # Errors
/// `password_reset_not_found`, `password_reset_expired`, `password_change_stale`, `reset_key_invalid`, `proof_invalid`,
/// `device_proof_invalid`.
pub async fn finish_reset(
    app: &App,
    caller: &Caller,
    id: PasswordResetId,
    new: &NewPassword<'_>,
    reset_key: &ResetKey<'_>,
) -> Result<()> {
    let invalid = || Error::invalid("proof_invalid");
    let key = Base64Url::decode_array::<65>(new.proof_public_key).map_err(|_| invalid())?;
    let statement = Statement::PasswordResetDone {
        password_reset_id: &id.to_string(),
        person_id: &caller.person_id.to_string(),
        device_id: &caller.device_id.to_string(),
        epoch: new.epoch,
        proof_public_key: new.proof_public_key,
        reset_public_key: reset_key.public_key,
    };
    let statement = statement.to_bytes().map_err(Error::internal)?;
    let (whose, now) = ((caller.person_id, caller.device_id), app.now());
    let sealed = reset_key::seal(app, whose, reset_key)?;
    let mut tx = app.db.begin_write("password.finish_reset").await?;
    let (found, present) = super::require_set(&mut tx, caller.person_id).await?;
    let permit = lock(&mut tx, caller, id).await?;
    let step = change(Change {
        present: found.epoch,
        begun: found.next_epoch,
        asked: new.epoch,
        same_key: present == key,
    });
    if permit.done_at.is_none() || step != Ok(ChangeStep::Already) {
        go_on(permit, now)?;
    }
    let step = step.map_err(|_| Error::conflict("password_change_stale"))?;
    if !signature::is_by(&key, &statement, new.proof) {
        return Err(invalid());
    }
    device::verify_statement(&mut tx, caller.device_id, &statement, new.device_signature).await?;
    if step == ChangeStep::Already {
        return Ok(());
    }
    let epochs = (found.epoch, new.epoch);
    store::password::change(&mut tx, caller.person_id, epochs, &key, now).await?;
    store::password::put_attempts(&mut tx, caller.person_id, found.attempts.proven()).await?;
    store::password_reset::put_key(&mut tx, whose, &sealed, now).await?;
    store::password_reset::finish(&mut tx, id, now).await?;
    Ok(tx.commit().await?)
}
