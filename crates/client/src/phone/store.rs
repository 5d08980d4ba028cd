//! What rests on the phone: device key, device secret, and wrapped shares; written so that a crash leaves the old or the new.
//!
//! A browser keeps the device key and secret as keys that cannot be exported; a folder cannot do that, so this store
//! is for the demonstration and the tests, and is made readable by its owner only.

use super::random;
use crate::Error;
use protocol::Base64Url;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The phone's folder.
pub struct Store {
    path: PathBuf,
    content: Content,
}

#[derive(Clone, Serialize, Deserialize)]
struct Content {
    version: u32,
    device_key: Base64Url,
    device_secret: Base64Url,
    person_id: Option<String>,
    device_id: Option<String>,
    counter: i64,
    shares: BTreeMap<String, Share>,
}

/// One holding's half, wrapped, and where its enrolment stands.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Share {
    pub algorithm: String,
    pub wrapped: Base64Url,
    /// Set while the enrolment is not finished: its id and the signature that finishes it.
    pub pending: Option<Pending>,
    pub certificate: Option<Base64Url>,
}

/// An enrolment whose last answer has not come yet.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Pending {
    pub install_id: String,
    pub signature: Base64Url,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the folder, making a new device in an empty one.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let file = |error| Error::File(folder.display().to_string(), error);
        std::fs::create_dir_all(folder).map_err(file)?;
        let path = folder.join("phone.json");
        let content = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|_| Error::Local("the phone's store is damaged"))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Content::new()?,
            Err(error) => return Err(file(error)),
        };
        let store = Self { path, content };
        store.save()?;
        Ok(store)
    }

    pub(super) fn device_key(&self) -> &[u8] {
        &self.content.device_key.0
    }

    pub(super) fn device_secret(&self) -> Result<Zeroizing<[u8; 32]>, Error> {
        let secret: [u8; 32] = self
            .content
            .device_secret
            .0
            .as_slice()
            .try_into()
            .map_err(|_| Error::Local("the device secret is damaged"))?;
        Ok(Zeroizing::new(secret))
    }

    /// Who signed in here.
    pub fn person_id(&self) -> Option<&str> {
        self.content.person_id.as_deref()
    }

    /// This device's id.
    pub fn device_id(&self) -> Option<&str> {
        self.content.device_id.as_deref()
    }

    pub(super) fn signed_in(&mut self, person_id: &str, device_id: &str) -> Result<(), Error> {
        self.content.person_id = Some(person_id.to_owned());
        self.content.device_id = Some(device_id.to_owned());
        self.save()
    }

    /// The next value of the counter that every statement of this device carries, kept before it is used.
    pub(super) fn next_counter(&mut self) -> Result<i64, Error> {
        self.content.counter += 1;
        self.save()?;
        Ok(self.content.counter)
    }

    pub(super) fn share(&self, holding_id: &str) -> Option<&Share> {
        self.content.shares.get(holding_id)
    }

    pub(super) fn put_share(&mut self, holding_id: &str, share: Share) -> Result<(), Error> {
        self.content.shares.insert(holding_id.to_owned(), share);
        self.save()
    }

    fn save(&self) -> Result<(), Error> {
        let file = |error| Error::File(self.path.display().to_string(), error);
        let bytes = Zeroizing::new(
            serde_json::to_vec(&self.content)
                .map_err(|_| Error::Local("the phone's store could not be written"))?,
        );
        let next = self.path.with_extension("next");
        write_private(&next, &bytes).map_err(file)?;
        std::fs::rename(&next, &self.path).map_err(file)
    }
}

impl Content {
    fn new() -> Result<Self, Error> {
        use p256::elliptic_curve::Generate as _;
        let key =
            p256::ecdsa::SigningKey::from(p256::SecretKey::generate_from_rng(&mut super::rng()));
        Ok(Self {
            version: 1,
            device_key: Base64Url(key.to_bytes().to_vec()),
            device_secret: Base64Url(random::<32>()?.to_vec()),
            person_id: None,
            device_id: None,
            counter: 0,
            shares: BTreeMap::new(),
        })
    }
}

#[cfg(unix)]
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(not(unix))]
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::write(path, bytes)
}
