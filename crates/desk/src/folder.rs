//! The tool's data folder: private to its owner, one desk at a time, with the tool's key in it.
//!
//! ```text
//! desk.key     Ed25519, 0600            journal      what is open (journal.rs)
//! desk.lock    held while a desk runs   incoming/    files on their way in, empty at start
//! roots/       root certificates        documents/ID/SHA256.pdf   one file for each kept revision
//! ```

use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use client::asker::Asker;
use tempfile::NamedTempFile;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::{Error, Kind};

/// The folder, locked.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    _lock: File,
}

impl Folder {
    /// Opens the folder, or makes it.
    pub fn open(root: &Path) -> Result<Self, Error> {
        for folder in [
            root,
            &root.join("incoming"),
            &root.join("documents"),
            &root.join("roots"),
        ] {
            make_private(folder).map_err(Error::file(folder))?;
        }
        let path = root.join("desk.lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::file(&path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::new(Kind::Conflict, "desk_runs_already"));
            }
            Err(TryLockError::Error(error)) => return Err(Error::file(&path)(error)),
        }
        let folder = Self {
            root: root.to_owned(),
            _lock: lock,
        };
        folder.clear_incoming();
        Ok(folder)
    }

    /// What a crash left half-written.
    fn clear_incoming(&self) {
        let Ok(entries) = fs::read_dir(self.root.join("incoming")) else {
            return;
        };
        for entry in entries.flatten() {
            // One that cannot be removed is only waste; the next start tries again.
            let _ = fs::remove_file(entry.path());
        }
    }

    pub fn journal(&self) -> PathBuf {
        self.root.join("journal")
    }

    pub fn root_certificate(&self, product: &str) -> PathBuf {
        self.root.join("roots").join(format!("{product}.cer"))
    }

    /// The folder of a document's revisions.
    pub fn document(&self, id: Uuid) -> PathBuf {
        self.root.join("documents").join(id.to_string())
    }

    /// The file of a revision.
    pub fn revision(&self, id: Uuid, sha256: &str) -> PathBuf {
        self.document(id).join(format!("{sha256}.pdf"))
    }

    /// Folders of documents that nobody remembers, as a crash between folder and journal leaves them.
    pub fn forget_all_but(&self, known: &[Uuid]) {
        let Ok(entries) = fs::read_dir(self.root.join("documents")) else {
            return;
        };
        for entry in entries.flatten() {
            let id = entry
                .file_name()
                .to_str()
                .and_then(|name| Uuid::try_parse(name).ok());
            if id.is_some_and(|id| !known.contains(&id)) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// A file on its way in; gone when dropped.
    pub fn incoming(&self) -> Result<NamedTempFile, Error> {
        let folder = self.root.join("incoming");
        NamedTempFile::new_in(&folder).map_err(Error::file(&folder))
    }

    /// The tool's key, made at the first start.
    pub fn key(&self) -> Result<Zeroizing<[u8; 32]>, Error> {
        let path = self.root.join("desk.key");
        match fs::read(&path).map(Zeroizing::new) {
            Ok(bytes) => {
                let key = <[u8; 32]>::try_from(bytes.as_slice());
                key.map(Zeroizing::new)
                    .map_err(|_| Error::new(Kind::Conflict, "desk_key_damaged"))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = Asker::new_key()?;
                let mut file = self.incoming()?;
                file.write_all(key.as_slice())
                    .and_then(|()| file.as_file().sync_all())
                    .map_err(Error::file(&path))?;
                // Temporary files are made with mode 0600, which the rename keeps.
                file.persist_noclobber(&path)
                    .map_err(|error| Error::file(&path)(error.error))?;
                sync_folder(&self.root)?;
                Ok(key)
            }
            Err(error) => Err(Error::file(&path)(error)),
        }
    }
}

/// Makes a rename in this folder last.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    // Other systems have no such call; there the rename is as lasting as the system makes it.
    if cfg!(unix) {
        File::open(folder)
            .and_then(|file| file.sync_all())
            .map_err(Error::file(folder))?;
    }
    Ok(())
}

/// Makes a folder that its owner alone may enter.
pub(crate) fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_is_for_its_owner_only() {
        let root = tempfile::tempdir().unwrap();
        let first = Folder::open(root.path()).unwrap().key().unwrap();
        let again = Folder::open(root.path()).unwrap().key().unwrap();
        assert_eq!(*first, *again);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |name: &str| {
                let path = root.path().join(name);
                path.metadata().unwrap().permissions().mode() & 0o777
            };
            assert_eq!((mode("desk.key"), mode("documents")), (0o600, 0o700));
        }
        fs::write(root.path().join("desk.key"), b"short").unwrap();
        let folder = Folder::open(root.path()).unwrap();
        assert_eq!(folder.key().unwrap_err().told().0, "desk_key_damaged");
    }

    #[test]
    fn one_desk_at_a_time() {
        let root = tempfile::tempdir().unwrap();
        let first = Folder::open(root.path()).unwrap();
        let second = Folder::open(root.path()).unwrap_err();
        assert_eq!(second.told().0, "desk_runs_already");
        drop(first);
        Folder::open(root.path()).unwrap();
    }
}
