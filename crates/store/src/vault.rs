//! Sealed columns: what is personal or secret is stored as AES-256-GCM ciphertext, and found by a keyed hash.
//!
//! The keys live in a folder outside the database, one file of 32 bytes each: `kek` seals, `index` makes the hashes that
//! searches use, `escrow` and `oprf` are seeds for the code that owns those protocols. Later versions of the sealing key
//! are `kek.2`, `kek.3`, …: the highest seals, all of them open, since every sealed value names its key.
//!
//! A sealed value is `1 | key id (2 bytes, big endian) | nonce (12 bytes) | ciphertext | tag (16 bytes)`. Each purpose has a
//! key of its own, HMAC-SHA-256(kek, "hulian/vault/v1/" purpose), so a value moved to another column does not open.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use hmac::{Hmac, Mac};
use rand_core::TryRng;
use sha2::Sha256;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const HEADER: usize = 1 + 2 + 12;
const TAG: usize = 16;
type Key = Zeroizing<[u8; 32]>;

/// Opens and seals. Cloning is cheap; the keys are erased with the last clone.
#[derive(Clone)]
pub struct Vault(Arc<Keys>);

struct Keys {
    sealing: BTreeMap<u16, Key>,
    index: Key,
    escrow: Key,
    oprf: Key,
}

/// Why the vault does not open, or a value in it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A key file cannot be read or made.
    #[error("key file {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Others than its owner may read a key file.
    #[error("key file {0} must be readable by its owner alone (mode 0600)")]
    Mode(PathBuf),
    /// A key file is not 32 bytes long.
    #[error("key file {0} must hold 32 bytes")]
    Length(PathBuf),
    /// The system gave no randomness.
    #[error("no randomness")]
    Randomness,
    /// The value is damaged, was sealed for another purpose or row, or is none of ours.
    #[error("the sealed value does not open")]
    Sealed,
    /// The value names a key that is not in the folder.
    #[error("the sealed value needs key {0}, which is not there")]
    UnknownKey(u16),
}

impl Vault {
    /// Opens the folder; folder and keys are made when the folder has none of them yet.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Mode`], [`Error::Length`]: also when only some of the keys are there, since a new key
    /// in place of a lost one would make the data unreadable for good.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        if folder.join(MAKING).exists() || !has_any(folder) {
            make_folder(folder).map_err(|source| Error::File {
                path: folder.to_owned(),
                source,
            })?;
            make_keys(folder)?;
        }
        let mut sealing = BTreeMap::from([(1, read_key(&folder.join("kek"))?)]);
        for id in 2..=u16::MAX {
            let path = folder.join(format!("kek.{id}"));
            if !path.exists() {
                break;
            }
            sealing.insert(id, read_key(&path)?);
        }
        let read = |name: &str| read_key(&folder.join(name));
        Ok(Self(Arc::new(Keys {
            sealing,
            index: read("index")?,
            escrow: read("escrow")?,
            oprf: read("oprf")?,
        })))
    }

    /// Seals a value for a purpose (such as `person.name`) and a row (`aad`, such as its id).
    ///
    /// # Errors
    /// [`Error::Randomness`] when the system has none.
    pub fn wrap(&self, purpose: &str, aad: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, Error> {
        let (id, key) = self
            .0
            .sealing
            .last_key_value()
            .ok_or(Error::UnknownKey(1))?;
        let mut nonce = [0; 12];
        getrandom::SysRng
            .try_fill_bytes(&mut nonce)
            .map_err(|_| Error::Randomness)?;
        let mut sealed = Vec::with_capacity(HEADER + plaintext.len() + TAG);
        sealed.push(VERSION);
        sealed.extend_from_slice(&id.to_be_bytes());
        sealed.extend_from_slice(&nonce);
        let payload = Payload {
            msg: plaintext,
            aad,
        };
        let ciphertext = cipher(key, purpose)
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|_| Error::Sealed)?;
        sealed.extend_from_slice(&ciphertext);
        Ok(sealed)
    }

    /// Opens a value that [`Vault::wrap`] sealed with the same purpose and row.
    ///
    /// # Errors
    /// [`Error::Sealed`], [`Error::UnknownKey`].
    pub fn unwrap(
        &self,
        purpose: &str,
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let (header, ciphertext) = sealed.split_first_chunk::<HEADER>().ok_or(Error::Sealed)?;
        let [version, high, low, nonce @ ..] = *header;
        if version != VERSION {
            return Err(Error::Sealed);
        }
        let id = u16::from_be_bytes([high, low]);
        let key = self.0.sealing.get(&id).ok_or(Error::UnknownKey(id))?;
        let payload = Payload {
            msg: ciphertext,
            aad,
        };
        let plain = cipher(key, purpose)
            .decrypt(&Nonce::from(nonce), payload)
            .map_err(|_| Error::Sealed)?;
        Ok(Zeroizing::new(plain))
    }

    /// Seals text.
    ///
    /// # Errors
    /// As [`Vault::wrap`].
    pub fn wrap_text(&self, purpose: &str, aad: &[u8], text: &str) -> Result<Vec<u8>, Error> {
        self.wrap(purpose, aad, text.as_bytes())
    }

    /// Opens text.
    ///
    /// # Errors
    /// As [`Vault::unwrap`]; [`Error::Sealed`] when it is no text.
    pub fn unwrap_text(
        &self,
        purpose: &str,
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<String>, Error> {
        let plain = self.unwrap(purpose, aad, sealed)?;
        std::str::from_utf8(&plain)
            .map(|text| Zeroizing::new(text.to_owned()))
            .map_err(|_| Error::Sealed)
    }

    /// Whether a value was sealed with an older key than the present one, and is to be sealed anew.
    #[must_use]
    pub fn is_stale(&self, sealed: &[u8]) -> bool {
        let present = self.0.sealing.last_key_value().map_or(0, |(id, _)| *id);
        sealed.get(1..3) != Some(present.to_be_bytes().as_slice())
    }

    /// The keyed hash under which a sealed value is found: equal values of one purpose have equal hashes.
    #[must_use]
    pub fn index_hash(&self, purpose: &str, value: &[u8]) -> [u8; 32] {
        *derive(
            &derive(&self.0.index, "hulian/index/v1/", purpose.as_bytes()),
            "",
            value,
        )
    }

    /// The seed of the certificate passwords' OPRF keys.
    #[must_use]
    pub fn oprf_seed(&self) -> &[u8; 32] {
        &self.0.oprf
    }

    /// The seed of the escrow keys.
    #[must_use]
    pub fn escrow_seed(&self) -> &[u8; 32] {
        &self.0.escrow
    }
}

fn derive(key: &Key, label: &str, value: &[u8]) -> Key {
    // HMAC pads a short key with zeros to the block; done here, it cannot fail.
    let mut block = Zeroizing::new([0; 64]);
    block
        .iter_mut()
        .zip(key.iter())
        .for_each(|(to, from)| *to = *from);
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new((&*block).into());
    mac.update(label.as_bytes());
    mac.update(value);
    Zeroizing::new(mac.finalize().into_bytes().into())
}

fn cipher(key: &Key, purpose: &str) -> Aes256Gcm {
    let key = derive(key, "hulian/vault/v1/", purpose.as_bytes());
    Aes256Gcm::new(&(*key).into())
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// What every folder has.
const NAMES: [&str; 4] = ["kek", "index", "escrow", "oprf"];
/// There while keys are being made: whoever is killed in the middle has sealed nothing with them yet.
const MAKING: &str = "making";

fn has_any(folder: &Path) -> bool {
    NAMES.iter().any(|name| folder.join(name).exists())
}

/// Makes all keys or, after a kill in the middle, makes them anew. Of processes that start at once one makes them and the
/// others wait.
fn make_keys(folder: &Path) -> Result<(), Error> {
    let marker = folder.join(MAKING);
    let failed = |source| Error::File {
        path: marker.clone(),
        source,
    };
    let mut options = fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    let mut file = options.open(&marker).map_err(failed)?;
    file.lock().map_err(failed)?;
    if !marker.exists() {
        return Ok(());
    }
    // A marker that says nothing was made by a process that came when another had just finished.
    let begun = file.metadata().map_err(failed)?.len() > 0;
    if begun || !has_any(folder) {
        file.write_all(b"begun\n").map_err(failed)?;
        file.sync_all().map_err(failed)?;
        for name in NAMES {
            let path = folder.join(name);
            if path.exists() {
                fs::remove_file(&path).map_err(failed)?;
            }
            make_key(&path)?;
        }
    }
    fs::remove_file(&marker).map_err(failed)
}

fn make_key(path: &Path) -> Result<(), Error> {
    let failed = |source| Error::File {
        path: path.to_owned(),
        source,
    };
    let mut key = Zeroizing::new([0; 32]);
    getrandom::SysRng
        .try_fill_bytes(key.as_mut())
        .map_err(|_| Error::Randomness)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(key.as_ref()).map_err(failed)?;
    file.sync_all().map_err(failed)
}

fn read_key(path: &Path) -> Result<Key, Error> {
    let failed = |source| Error::File {
        path: path.to_owned(),
        source,
    };
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &fs::metadata(path).map_err(failed)?.permissions(),
        );
        if mode & 0o077 != 0 {
            return Err(Error::Mode(path.to_owned()));
        }
    }
    let bytes = Zeroizing::new(fs::read(path).map_err(failed)?);
    let key: [u8; 32] = bytes
        .as_slice()
        .try_into()
        .map_err(|_| Error::Length(path.to_owned()))?;
    Ok(Zeroizing::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault() -> (tempfile::TempDir, Vault) {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = Vault::open(&folder.path().join("keys")).expect("a new vault");
        (folder, vault)
    }

    #[test]
    fn opens_what_it_sealed_and_nothing_else() {
        let (_folder, vault) = vault();
        let sealed = vault
            .wrap("person.name", b"row", "张三".as_bytes())
            .expect("sealed");
        assert_eq!(
            vault
                .unwrap_text("person.name", b"row", &sealed)
                .expect("opened")
                .as_str(),
            "张三"
        );
        assert!(matches!(
            vault.unwrap("person.phone", b"row", &sealed),
            Err(Error::Sealed)
        ));
        assert!(matches!(
            vault.unwrap("person.name", b"other", &sealed),
            Err(Error::Sealed)
        ));
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert!(
                vault.unwrap("person.name", b"row", &damaged).is_err(),
                "byte {at}"
            );
            assert!(
                vault.unwrap("person.name", b"row", &sealed[..at]).is_err(),
                "cut at {at}"
            );
        }
    }

    #[test]
    fn hashes_differ_by_purpose_and_stay_over_restarts() {
        let (folder, vault) = vault();
        let again = Vault::open(&folder.path().join("keys")).expect("the same vault");
        assert_eq!(
            vault.index_hash("person.phone", b"+86"),
            again.index_hash("person.phone", b"+86")
        );
        assert_ne!(
            vault.index_hash("person.phone", b"+86"),
            vault.index_hash("person.id", b"+86")
        );
    }

    #[test]
    fn a_second_key_seals_and_the_first_still_opens() {
        let (folder, vault) = vault();
        let old = vault.wrap("p", b"", b"secret").expect("sealed");
        make_key(&folder.path().join("keys/kek.2")).expect("a second key");
        let rotated = Vault::open(&folder.path().join("keys")).expect("both keys");
        assert_eq!(
            rotated.unwrap("p", b"", &old).expect("opened").as_slice(),
            b"secret"
        );
        assert!(rotated.is_stale(&old));
        let new = rotated.wrap("p", b"", b"secret").expect("sealed");
        assert!(!rotated.is_stale(&new));
        assert!(matches!(
            vault.unwrap("p", b"", &new),
            Err(Error::UnknownKey(2))
        ));
    }

    #[cfg(unix)]
    #[test]
    fn keys_that_others_may_read_are_refused() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, _vault) = vault();
        let kek = folder.path().join("keys/kek");
        assert_eq!(
            fs::metadata(&kek).expect("there").permissions().mode() & 0o777,
            0o600
        );
        fs::set_permissions(&kek, fs::Permissions::from_mode(0o640)).expect("changed");
        assert!(matches!(
            Vault::open(&folder.path().join("keys")),
            Err(Error::Mode(_))
        ));
    }

    #[test]
    fn what_a_kill_left_of_the_making_is_made_anew() {
        for left in [&["kek"][..], &["kek", "index", "escrow"], &[]] {
            let folder = tempfile::tempdir().expect("a folder");
            for name in left {
                fs::write(folder.path().join(name), b"half").expect("written");
            }
            fs::write(folder.path().join(MAKING), b"begun\n").expect("written");
            Vault::open(folder.path()).expect("made anew");
            assert!(!folder.path().join(MAKING).exists());
            Vault::open(folder.path()).expect("opened again");
        }
    }

    #[test]
    fn of_those_that_start_at_once_all_have_the_same_keys() {
        let folder = tempfile::tempdir().expect("a folder");
        let hashes: Vec<_> = std::thread::scope(|scope| {
            let open = || {
                Vault::open(folder.path())
                    .expect("opened")
                    .index_hash("x", b"y")
            };
            let starts: Vec<_> = (0..16).map(|_| scope.spawn(open)).collect();
            starts
                .into_iter()
                .map(|one| one.join().expect("ended"))
                .collect()
        });
        assert!(hashes.iter().all(|hash| *hash == hashes[0]));
    }

    #[test]
    fn a_lost_key_is_told_and_not_replaced() {
        let (folder, _vault) = vault();
        fs::remove_file(folder.path().join("keys/kek")).expect("removed");
        assert!(matches!(
            Vault::open(&folder.path().join("keys")),
            Err(Error::File { .. })
        ));
    }
}
