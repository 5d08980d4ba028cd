//! The key that opens a device's halves should the password be forgotten (PWD-4). The phone makes it, keeps the public half and
//! hands the private one in; whoever has a copy of the phone's store lacks the private half, and the server lacks the store.

use domain::id::{DeviceId, PersonId};
use protocol::{Base64Url, Statement};
use store::password_reset::Key;
use zeroize::Zeroizing;

use super::{Proof, verify_proof};
use crate::{App, Caller, Error, Result, device};

/// The purpose under which private halves are sealed.
const PURPOSE: &str = "password_reset_key";

/// A key as the phone hands it in.
pub struct ResetKey<'a> {
    /// P-256, `b64u` of 65 bytes.
    pub public_key: &'a str,
    /// The scalar.
    pub private_key: Zeroizing<[u8; 32]>,
}

/// A key that goes back to its device.
pub struct Opened {
    /// 65 bytes.
    pub public_key: Vec<u8>,
    /// The scalar.
    pub private_key: Zeroizing<Vec<u8>>,
}

/// Puts the key of the caller's device, in the place of the one before. Only who knows the password may, since what was
/// wrapped under the former key opens no more.
///
/// # Errors
/// `reset_key_invalid`, `device_proof_invalid`, `device_counter_stale`, `password_not_set`, `password_wrong` `{attempts_left}`.
pub async fn put_reset_key(
    app: &App,
    caller: &Caller,
    key: &ResetKey<'_>,
    proof: &Proof<'_>,
) -> Result<()> {
    let statement = Statement::ResetKey {
        person_id: &caller.person_id.to_string(),
        device_id: &caller.device_id.to_string(),
        public_key: key.public_key,
        counter: proof.counter,
    };
    let statement = statement.to_bytes().map_err(Error::internal)?;
    let whose = (caller.person_id, caller.device_id);
    let sealed = seal(app, whose, key)?;
    let mut tx = app.db.begin_write("password.put_reset_key").await?;
    let (signature, counter) = (proof.device_signature, proof.counter);
    device::verify(&mut tx, caller.device_id, &statement, signature, counter).await?;
    let by = proof.password_proof;
    verify_proof(app, &mut tx, caller.person_id, &statement, by).await?;
    store::password_reset::put_key(&mut tx, whose, &sealed, app.now()).await?;
    Ok(tx.commit().await?)
}

/// Checks that the halves belong together, and seals the private one.
///
/// # Errors
/// `reset_key_invalid`.
pub(super) fn seal(app: &App, whose: (PersonId, DeviceId), key: &ResetKey<'_>) -> Result<Key> {
    let invalid = || Error::invalid("reset_key_invalid");
    let told = Base64Url::decode_array::<65>(key.public_key).map_err(|_| invalid())?;
    let found = cosign::password::p256_public_key(&key.private_key)
        .map_err(|error| invalid().because(error))?;
    if found != told {
        return Err(invalid());
    }
    let sealed = app
        .vault
        .wrap(PURPOSE, &aad(whose, &told), key.private_key.as_slice())?;
    Ok(Key {
        public_key: told.to_vec(),
        sealed,
    })
}

/// Opens the private half for its device.
///
/// # Errors
/// When the vault does not open it.
pub(super) fn open(app: &App, whose: (PersonId, DeviceId), key: &Key) -> Result<Opened> {
    let aad = aad(whose, &key.public_key);
    let private_key = app.vault.unwrap(PURPOSE, &aad, &key.sealed)?;
    Ok(Opened {
        public_key: key.public_key.clone(),
        private_key,
    })
}

/// What a sealed half is bound to: moved to another device or another key it does not open.
fn aad((person, device): (PersonId, DeviceId), public_key: &[u8]) -> Vec<u8> {
    let mut aad = format!("{person}|{device}|").into_bytes();
    aad.extend_from_slice(public_key);
    aad
}
