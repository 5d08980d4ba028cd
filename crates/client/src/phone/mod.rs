//! The phone's half: one person on one device.

mod buy;
mod confirm;
mod enrol;
mod login;
mod member;
mod password;
mod run;
mod scan;
mod sign_in;
mod store;
mod unit;

pub use buy::{Holding, Order, OrderRequest, Platform, Product};
pub use enrol::Installed;
pub use run::{Run, RunView};
pub use scan::{ChoiceCertificate, ChoiceIdentity, Choices, Prepared, Unsealing, View};
pub use sign_in::Me;
pub use store::Store;
pub use unit::{Seal, Unit};

use crate::{Api, Error, api::Auth};
use getrandom::SysRng;
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use protocol::{Base64Url, Statement};
use rand_core::UnwrapErr;
use std::path::Path;

/// A phone with its store; signs in, proves, buys, enrols and signs.
pub struct Phone {
    api: Api,
    store: Store,
    bearer: Option<String>,
    /// Keys that the last right password opened, for the step that follows at once.
    unlocked: Option<cosign::password::Unlocked>,
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Phone")
            .field("store", &self.store)
            .finish_non_exhaustive()
    }
}

impl Phone {
    /// A phone whose keys rest in `folder`, talking to the server at `api`.
    pub fn open(api: Api, folder: &Path) -> Result<Self, Error> {
        let store = Store::open(folder)?;
        Ok(Self {
            api,
            store,
            bearer: None,
            unlocked: None,
        })
    }

    /// What rests on the phone.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The server.
    pub fn api(&self) -> &Api {
        &self.api
    }

    fn auth(&self) -> Auth<'_> {
        self.bearer.as_deref().map_or(Auth::None, Auth::Header)
    }

    fn device_key(&self) -> Result<SigningKey, Error> {
        SigningKey::from_slice(self.store.device_key())
            .map_err(|_| Error::Local("the device key is damaged"))
    }

    /// Signs a statement with the device key.
    fn sign(&self, statement: &Statement<'_>) -> Result<String, Error> {
        let signature: Signature = self.device_key()?.sign(&statement.to_bytes()?);
        Ok(Base64Url::encode(&signature.to_bytes()))
    }

    fn person_id(&self) -> Result<&str, Error> {
        self.store.person_id().ok_or(Error::Local("not signed in"))
    }

    fn device_id(&self) -> Result<&str, Error> {
        self.store.device_id().ok_or(Error::Local("not signed in"))
    }
}

/// The operating system's randomness. It fails only where nothing else would work either.
fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::Local("no randomness"))?;
    Ok(bytes)
}

/// 16 random bytes as the protocol's request ids.
fn request_id() -> Result<String, Error> {
    random::<16>().map(|bytes| Base64Url::encode(&bytes))
}
