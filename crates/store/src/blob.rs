//! Files under kind and SHA-256, written once: the name of a blob is the digest of what is stored.

use std::path::Path;
use std::sync::Arc;

use object_store::local::LocalFileSystem;
use object_store::path::Path as Place;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::vault::Vault;

/// The largest blob.
pub const BYTES_MAX: usize = 32 * 1024 * 1024;

/// Where blobs live. Cloning is cheap.
#[derive(Clone)]
pub struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    /// A folder, made when missing.
    ///
    /// # Errors
    /// [`Error::Blob`] when the folder cannot be made or read.
    pub fn folder(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)
            .map_err(|_| Error::Blob("the folder cannot be made", None))?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(|error| Error::Blob("the folder cannot be opened", Some(error)))?;
        Ok(Self(Arc::new(store.with_fsync(true))))
    }

    /// Stores bytes under a kind (a lower case word of the program) and returns their SHA-256. Storing the same bytes again does nothing.
    ///
    /// # Errors
    /// [`Error::Blob`] when the bytes are too many or the store fails.
    pub async fn put(&self, kind: &'static str, bytes: &[u8]) -> Result<[u8; 32]> {
        if bytes.len() > BYTES_MAX {
            return Err(Error::Blob("too large", None));
        }
        let sha256: [u8; 32] = Sha256::digest(bytes).into();
        let options = PutOptions {
            mode: PutMode::Create,
            ..PutOptions::default()
        };
        match self
            .0
            .put_opts(&place(kind, &sha256), bytes.to_vec().into(), options)
            .await
        {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(sha256),
            Err(error) => Err(Error::Blob("cannot be written", Some(error))),
        }
    }

    /// The bytes under a kind and digest, checked against the digest.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there are none, [`Error::Blob`] when they are damaged or the store fails.
    pub async fn get(&self, kind: &'static str, sha256: &[u8; 32]) -> Result<Vec<u8>> {
        let found = match self.0.get(&place(kind, sha256)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Err(Error::NotFound("blob.get")),
            Err(error) => return Err(Error::Blob("cannot be opened", Some(error))),
        };
        let bytes = found
            .bytes()
            .await
            .map_err(|error| Error::Blob("cannot be read", Some(error)))?;
        if Sha256::digest(&bytes).as_slice() != sha256.as_slice() {
            return Err(Error::Blob("damaged", None));
        }
        Ok(bytes.to_vec())
    }

    /// Takes the bytes under a kind and digest away. Nothing happens when there are none.
    ///
    /// # Errors
    /// [`Error::Blob`] when the store fails.
    pub async fn remove(&self, kind: &'static str, sha256: &[u8; 32]) -> Result<()> {
        match self.0.delete(&place(kind, sha256)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Error::Blob("cannot be removed", Some(error))),
        }
    }

    /// Seals the bytes first; what is named and stored is the sealed form.
    ///
    /// # Errors
    /// As [`Blobs::put`].
    pub async fn put_sealed(
        &self,
        vault: &Vault,
        kind: &'static str,
        bytes: &[u8],
    ) -> Result<[u8; 32]> {
        let sealed = vault
            .wrap(kind, b"blob", bytes)
            .map_err(|_| Error::Blob("cannot be sealed", None))?;
        self.put(kind, &sealed).await
    }

    /// The bytes that were sealed under a kind and digest.
    ///
    /// # Errors
    /// As [`Blobs::get`]; [`Error::Blob`] when the seal does not open.
    pub async fn get_sealed(
        &self,
        vault: &Vault,
        kind: &'static str,
        sha256: &[u8; 32],
    ) -> Result<Vec<u8>> {
        let sealed = self.get(kind, sha256).await?;
        let plain = vault
            .unwrap(kind, b"blob", &sealed)
            .map_err(|_| Error::Blob("does not open", None))?;
        Ok(plain.to_vec())
    }
}

fn place(kind: &str, sha256: &[u8; 32]) -> Place {
    let name = hex::encode(sha256);
    // A level of 256 folders keeps listings short.
    Place::from_iter([kind, name.get(..2).unwrap_or_default(), &name])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blobs() -> (tempfile::TempDir, Blobs) {
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = Blobs::folder(&folder.path().join("blobs")).expect("opened");
        (folder, blobs)
    }

    #[tokio::test]
    async fn bytes_are_found_under_their_digest_and_written_once() {
        let (_folder, blobs) = blobs();
        let digest = blobs.put("photo", b"picture").await.expect("stored");
        assert_eq!(
            blobs.put("photo", b"picture").await.expect("stored again"),
            digest
        );
        assert_eq!(
            blobs.get("photo", &digest).await.expect("found"),
            b"picture"
        );
        assert!(matches!(
            blobs.get("letter", &digest).await,
            Err(Error::NotFound(_))
        ));
        assert!(matches!(
            blobs.get("photo", &[0; 32]).await,
            Err(Error::NotFound(_))
        ));
    }

    #[tokio::test]
    async fn what_is_removed_is_gone() {
        let (_folder, blobs) = blobs();
        let digest = blobs.put("photo", b"picture").await.expect("stored");
        for _ in 0..2 {
            blobs.remove("photo", &digest).await.expect("removed");
        }
        assert!(matches!(
            blobs.get("photo", &digest).await,
            Err(Error::NotFound(_))
        ));
    }

    #[tokio::test]
    async fn damage_is_noticed() {
        let (folder, blobs) = blobs();
        let digest = blobs.put("photo", b"picture").await.expect("stored");
        let name = hex::encode(digest);
        let file = folder
            .path()
            .join("blobs/photo")
            .join(&name[..2])
            .join(&name);
        std::fs::write(file, b"Picture").expect("damaged");
        assert!(matches!(
            blobs.get("photo", &digest).await,
            Err(Error::Blob("damaged", _))
        ));
    }

    #[tokio::test]
    async fn sealed_bytes_are_not_on_the_disk() {
        let (folder, blobs) = blobs();
        let vault =
            Vault::open(&folder.path().join("keys"), &crate::vault::AsTheyAre).expect("a vault");
        let digest = blobs
            .put_sealed(&vault, "photo", b"picture")
            .await
            .expect("stored");
        let stored = blobs.get("photo", &digest).await.expect("found");
        assert!(!stored.windows(7).any(|window| window == b"picture"));
        assert_eq!(
            blobs
                .get_sealed(&vault, "photo", &digest)
                .await
                .expect("opened"),
            b"picture"
        );
    }

    #[tokio::test]
    async fn what_is_too_large_is_refused() {
        let (_folder, blobs) = blobs();
        let refused = blobs.put("photo", &vec![0; BYTES_MAX + 1]).await;
        assert!(matches!(refused, Err(Error::Blob("too large", None))));
    }
}
