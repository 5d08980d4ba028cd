//! Keys of the vault under a key that a hardware module keeps (PKCS #11 v2.40 and later): AES-256-GCM by `CKM_AES_GCM`, which
//! most modules have. The module is asked at the start of a process and when keys are made, never in between.
//!
//! A file is `1 | nonce (12 bytes) | ciphertext | tag (16 bytes)`, with the file's name as additional data.

use std::path::PathBuf;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::Error;
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::aead::GcmParams;
use cryptoki::object::{Attribute, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;
use store::vault::{Custodian, CustodianError, Key};
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const NONCE: usize = 12;
const TAG_BITS: u64 = 128;
const NAME: &str = "pkcs11";

/// Where the module and the key in it are.
pub struct Token {
    /// The module's library.
    pub module: PathBuf,
    /// The token's label.
    pub token: String,
    /// The key's label: a secret key for AES that encrypts and decrypts.
    pub key: String,
    /// The user's PIN.
    pub pin: Zeroizing<String>,
}

/// A module that is open.
pub struct Pkcs11Custodian {
    session: std::sync::Mutex<Session>,
    key: ObjectHandle,
    // Last, since its end ends the sessions.
    _module: Pkcs11,
}

impl Pkcs11Custodian {
    /// Loads the module, signs in and finds the key.
    ///
    /// # Errors
    /// What the module says, or what of the token is not there.
    pub fn open(token: &Token) -> Result<Self, CustodianError> {
        let module = Pkcs11::new(&token.module).map_err(said("the module does not load"))?;
        module
            .initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK))
            .map_err(said("the module does not start"))?;
        let slots = module.get_slots_with_initialized_token();
        let mut slots = slots.map_err(said("no tokens"))?.into_iter();
        let is_it = |slot: &_| {
            let info = module.get_token_info(*slot);
            info.is_ok_and(|info| info.label().trim_end() == token.token)
        };
        let slot = slots
            .find(is_it)
            .ok_or_else(|| refused("there is no token of this label"))?;
        let session = module
            .open_ro_session(slot)
            .map_err(said("the token opens no session"))?;
        let pin = AuthPin::new(token.pin.as_str().into());
        session
            .login(UserType::User, Some(&pin))
            .map_err(said("the token refuses the PIN"))?;
        let wanted = [
            Attribute::Class(ObjectClass::SECRET_KEY),
            Attribute::Label(token.key.clone().into_bytes()),
        ];
        let keys = session.find_objects(&wanted);
        let key = match keys.map_err(said("the token finds nothing"))?.as_slice() {
            [key] => *key,
            [] => return Err(refused("there is no key of this label")),
            _ => return Err(refused("several keys have this label")),
        };
        Ok(Self {
            session: std::sync::Mutex::new(session),
            key,
            _module: module,
        })
    }

    /// Runs a mechanism over bytes; a session does one thing at a time.
    fn run(
        &self,
        nonce: &mut [u8; NONCE],
        name: &str,
        work: impl FnOnce(&Session, &Mechanism<'_>) -> cryptoki::error::Result<Vec<u8>>,
    ) -> Result<Zeroizing<Vec<u8>>, CustodianError> {
        let params =
            GcmParams::new(nonce, name.as_bytes(), TAG_BITS.into()).map_err(said("a parameter"))?;
        let session = self.session.lock().map_err(|_| refused("broke off"))?;
        work(&session, &Mechanism::AesGcm(params))
            .map(Zeroizing::new)
            .map_err(said("the key was not used"))
    }
}

impl Custodian for Pkcs11Custodian {
    fn name(&self) -> &str {
        NAME
    }

    fn seal(&self, name: &str, key: &Key) -> Result<Zeroizing<Vec<u8>>, CustodianError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| refused("no randomness"))?;
        let sealed = self.run(&mut nonce, name, |session, mechanism| {
            session.encrypt(mechanism, self.key, key.as_slice())
        })?;
        let mut bytes = Zeroizing::new(vec![VERSION]);
        // After the use: there are modules that put a nonce of their own.
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        Ok(bytes)
    }

    fn open(&self, name: &str, bytes: &[u8]) -> Result<Key, CustodianError> {
        let foreign = || refused("the file holds no key that this token sealed");
        let (head, sealed) = bytes
            .split_first_chunk::<{ 1 + NONCE }>()
            .ok_or_else(foreign)?;
        let [VERSION, nonce @ ..] = *head else {
            return Err(foreign());
        };
        let mut nonce: [u8; NONCE] = nonce;
        let key = self.run(&mut nonce, name, |session, mechanism| {
            session.decrypt(mechanism, self.key, sealed)
        })?;
        let key = key.as_slice().try_into().map_err(|_| foreign())?;
        Ok(Zeroizing::new(key))
    }
}

fn refused(why: &str) -> CustodianError {
    CustodianError {
        custodian: NAME.to_owned(),
        why: why.to_owned(),
    }
}

fn said(what: &str) -> impl FnOnce(Error) -> CustodianError {
    move |error| refused(&format!("{what}: {error}"))
}
