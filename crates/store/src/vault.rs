//! Sealed columns: what is personal or secret is stored as AES-256-GCM ciphertext, and found by a keyed hash.
//!
//! The keys live in a folder outside the database, one file each, as they are or as a [`Custodian`] sealed them: `kek` seals, `index` makes the hashes that
//! searches use, `escrow` and `oprf` are seeds for the code that owns those protocols. Later versions of the sealing key
//! are `kek.2`, `kek.3`, …: the highest seals, all of them open, since every sealed value names its key.
//!
//! A sealed value is `1 | key id (2 bytes, big endian) | nonce (12 bytes) | ciphertext | tag (16 bytes)`. Each purpose has a
//! key of its own, HMAC-SHA-256(kek, "hulian/vault/v1/" purpose), so a value moved to another column does not open.

mod custodian;
mod files;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use hmac::{Hmac, Mac};
use rand_core::TryRng;
use sha2::Sha256;
use zeroize::Zeroizing;

pub use custodian::{AsTheyAre, Custodian, CustodianError, Key};
pub use files::seal_files;

use files::{make, read_key};

const VERSION: u8 = 1;
const HEADER: usize = 1 + 2 + 12;
const TAG: usize = 16;

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
    /// What a key file holds does not open.
    #[error("key file {path}")]
    Custodian {
        /// The file.
        path: PathBuf,
        /// What its custodian said.
        source: CustodianError,
    },
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
    /// Opens the folder; folder and keys are made when the folder has none of them yet. What stands in the files is what the
    /// custodian makes of the keys.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Mode`], [`Error::Custodian`]: also when only some of the keys are there, since a new key
    /// in place of a lost one would make the data unreadable for good.
    pub fn open(folder: &Path, custodian: &dyn Custodian) -> Result<Self, Error> {
        make(folder, custodian)?;
        let read = |name: &str| read_key(folder, name, custodian);
        let mut sealing = BTreeMap::from([(1, read("kek")?)]);
        for id in 2..=u16::MAX {
            let name = format!("kek.{id}");
            if !folder.join(&name).exists() {
                break;
            }
            sealing.insert(id, read(&name)?);
        }
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn open(folder: &Path) -> Result<Vault, Error> {
        Vault::open(folder, &AsTheyAre)
    }

    fn vault() -> (tempfile::TempDir, Vault) {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = open(&folder.path().join("keys")).expect("a new vault");
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
        let again = open(&folder.path().join("keys")).expect("the same vault");
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
        files::make_key(&folder.path().join("keys"), "kek.2", &AsTheyAre).expect("a second key");
        let rotated = open(&folder.path().join("keys")).expect("both keys");
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
            open(&folder.path().join("keys")),
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
            fs::write(folder.path().join("making"), b"begun\n").expect("written");
            open(folder.path()).expect("made anew");
            assert!(!folder.path().join("making").exists());
            open(folder.path()).expect("opened again");
        }
    }

    #[test]
    fn of_those_that_start_at_once_all_have_the_same_keys() {
        let folder = tempfile::tempdir().expect("a folder");
        let hashes: Vec<_> = std::thread::scope(|scope| {
            let open = || open(folder.path()).expect("opened").index_hash("x", b"y");
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
            open(&folder.path().join("keys")),
            Err(Error::File { .. })
        ));
    }

    /// Turns every byte round, and wants the name at the end.
    struct Turned;

    impl Custodian for Turned {
        fn name(&self) -> &str {
            "turned"
        }

        fn seal(&self, name: &str, key: &Key) -> Result<Zeroizing<Vec<u8>>, CustodianError> {
            let mut bytes: Vec<u8> = key.iter().map(|byte| !byte).collect();
            bytes.extend_from_slice(name.as_bytes());
            Ok(Zeroizing::new(bytes))
        }

        fn open(&self, name: &str, bytes: &[u8]) -> Result<Key, CustodianError> {
            let key = bytes.strip_suffix(name.as_bytes()).unwrap_or_default();
            let key: Vec<u8> = key.iter().map(|byte| !byte).collect();
            AsTheyAre.open(name, &key)
        }
    }

    #[test]
    fn a_custodian_keeps_the_keys_and_takes_those_that_were_there() {
        let (folder, vault) = vault();
        let keys = folder.path().join("keys");
        let sealed = vault.wrap("p", b"", b"secret").expect("sealed");
        let plain = fs::read(keys.join("kek")).expect("read");
        assert!(matches!(
            Vault::open(&keys, &Turned),
            Err(Error::Custodian { .. })
        ));
        let names = ["escrow", "index", "kek", "oprf"];
        assert_eq!(seal_files(&keys, &Turned).expect("taken"), names);
        assert!(seal_files(&keys, &Turned).expect("again").is_empty());
        assert_ne!(fs::read(keys.join("kek")).expect("read"), plain);
        assert!(matches!(open(&keys), Err(Error::Custodian { .. })));
        let kept = Vault::open(&keys, &Turned).expect("opened");
        let opened = kept.unwrap("p", b"", &sealed).expect("the same keys");
        assert_eq!(opened.as_slice(), b"secret");
        // Files that changed places do not open.
        fs::copy(keys.join("index"), keys.join("oprf")).expect("copied");
        assert!(Vault::open(&keys, &Turned).is_err());
        let fresh = folder.path().join("fresh");
        Vault::open(&fresh, &Turned).expect("made");
        assert!(Vault::open(&fresh, &AsTheyAre).is_err());
    }
}
