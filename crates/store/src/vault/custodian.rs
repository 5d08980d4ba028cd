//! Who keeps the vault's keys from being read out of their files.

use zeroize::Zeroizing;

/// A key, erased when dropped.
pub type Key = Zeroizing<[u8; 32]>;

/// Why a custodian does not give a key, or take one. Its words never hold what is secret.
#[derive(Debug, thiserror::Error)]
#[error("{custodian}: {why}")]
pub struct CustodianError {
    /// Whose words these are.
    pub custodian: String,
    /// What was wrong.
    pub why: String,
}

/// Seals keys before they are written to their files, and opens what stands there, at every start and nowhere else.
pub trait Custodian: Send + Sync {
    /// For messages.
    fn name(&self) -> &str;

    /// What goes into the file of the key `name`, 4096 bytes at most.
    ///
    /// # Errors
    /// When it cannot be reached or refuses.
    fn seal(&self, name: &str, key: &Key) -> Result<Zeroizing<Vec<u8>>, CustodianError>;

    /// The key that [`Custodian::seal`] was given under the same name.
    ///
    /// # Errors
    /// When it cannot be reached or refuses, or has not sealed these bytes under this name.
    fn open(&self, name: &str, bytes: &[u8]) -> Result<Key, CustodianError>;
}

/// The embedded default: the files hold the keys, and whoever may read them has them.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsTheyAre;

impl Custodian for AsTheyAre {
    fn name(&self) -> &str {
        "files"
    }

    fn seal(&self, _name: &str, key: &Key) -> Result<Zeroizing<Vec<u8>>, CustodianError> {
        Ok(Zeroizing::new(key.to_vec()))
    }

    fn open(&self, _name: &str, bytes: &[u8]) -> Result<Key, CustodianError> {
        let key = bytes.try_into().map_err(|_| CustodianError {
            custodian: self.name().to_owned(),
            why: "a key is 32 bytes long; is it another custodian's?".to_owned(),
        })?;
        Ok(Zeroizing::new(key))
    }
}
