//! A read-only map of a file that is held open and locked: the one audited place with unsafe code.
//!
//! A bid file of hundreds of megabytes is read through the page cache instead of being copied to the heap: the
//! pages of a map are clean and can be dropped by the kernel at any time.
//!
//! Invariant: this crate knows nothing of PDF, of networks or of the service. It opens, locks, maps and lends
//! bytes. It never writes.
//!
//! # What can go wrong with a map
//! When another program *truncates* the file under a live map, reading beyond the new end raises `SIGBUS` and ends
//! the process; when it *overwrites* bytes, readers see them change. No check at opening time can exclude either.
//! The caller prevents it:
//!
//! * map only files that are written once under their final name and never changed after (the service's blobs and
//!   stored revisions are such), or private copies; replace a file by renaming a new one over it, which leaves the
//!   mapped one untouched;
//! * appending is safe, since the map keeps the length it was made with;
//! * programs of ours that would change a file in place take the exclusive lock first and fail, because a
//!   [`MappedFile`] holds the shared lock for its whole life. The lock is advisory on Unix: foreign programs may
//!   ignore it. On Windows it is mandatory.
#![allow(
    unsafe_code,
    reason = "the single map call below; everything else of the workspace forbids unsafe code"
)]

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// Why a file was not mapped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file could not be opened, examined or mapped.
    #[error("the file cannot be read")]
    Io(#[from] io::Error),
    /// Folders, pipes, devices and sockets are not mapped.
    #[error("this is not a regular file")]
    NotRegular,
    /// Another program holds the file locked for writing.
    #[error("the file is being changed by another program")]
    Locked,
    /// The file does not fit the address space.
    #[error("the file is too large to be mapped")]
    TooLarge,
}

/// The bytes of a regular file, mapped read-only; the file stays open and share-locked as long as this lives.
#[derive(Debug)]
pub struct MappedFile {
    // Declared before the file so that the map goes first, the lock last. `None` for an empty file, since a
    // map of no bytes is an error on some systems.
    map: Option<memmap2::Mmap>,
    _file: File,
}

impl MappedFile {
    /// Opens, locks (shared, without waiting) and maps the file at `path`.
    ///
    /// Pipes and devices are refused before they are opened, since opening a pipe may wait for ever.
    ///
    /// # Errors
    /// [`Error`]; nothing stays open or locked.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        if !path.metadata()?.is_file() {
            return Err(Error::NotRegular);
        }
        Self::from_file(File::open(path)?)
    }

    /// Locks and maps a file that is already open for reading.
    ///
    /// # Errors
    /// As [`MappedFile::open`].
    pub fn from_file(file: File) -> Result<Self, Error> {
        // Looked at again through the handle: the name may have been given to something else meanwhile.
        if !file.metadata()?.is_file() {
            return Err(Error::NotRegular);
        }
        file.try_lock_shared().map_err(|error| match error {
            TryLockError::WouldBlock => Error::Locked,
            TryLockError::Error(error) => Error::Io(error),
        })?;
        // The length is read after the lock, so that a writer of ours has finished.
        let len = usize::try_from(file.metadata()?.len()).map_err(|_| Error::TooLarge)?;
        if isize::try_from(len).is_err() {
            return Err(Error::TooLarge);
        }
        let map = if len == 0 {
            None
        } else {
            Some(map(&file, len)?)
        };
        Ok(Self { map, _file: file })
    }

    /// How many bytes were mapped; what is appended to the file later is not seen.
    #[must_use]
    pub fn len(&self) -> usize {
        self.as_ref().len()
    }

    /// Whether the file was empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.map.is_none()
    }
}

impl AsRef<[u8]> for MappedFile {
    fn as_ref(&self) -> &[u8] {
        self.map.as_deref().unwrap_or_default()
    }
}

fn map(file: &File, len: usize) -> io::Result<memmap2::Mmap> {
    let mut options = memmap2::MmapOptions::new();
    options.len(len);
    // SAFETY: The map is read-only and private to this process, covers `len` bytes that the file had under the
    // shared lock, and is unmapped before the file is closed (field order of `MappedFile`). Rust's rule that
    // shared bytes do not change is upheld by the callers as the crate's documentation lays down: mapped files
    // are written once, and our own writers need the exclusive lock. A foreign program that ignores the lock can
    // at worst change bytes (every reader treats them as hostile) or truncate the file (SIGBUS ends the process).
    unsafe { options.map(file) }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn lends_the_bytes_of_a_regular_file() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"%PDF-1.7\n").unwrap();
        let map = MappedFile::open(file.path()).unwrap();
        assert_eq!(map.as_ref(), b"%PDF-1.7\n");
        assert_eq!((map.len(), map.is_empty()), (9, false));
    }

    #[test]
    fn an_empty_file_lends_no_bytes() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(MappedFile::open(file.path()).unwrap().is_empty());
    }

    #[test]
    fn what_is_appended_later_is_not_seen() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"base").unwrap();
        let map = MappedFile::open(file.path()).unwrap();
        file.write_all(b" and more").unwrap();
        assert_eq!(map.as_ref(), b"base");
    }

    #[test]
    fn refuses_folders_and_devices() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(
            MappedFile::open(folder.path()),
            Err(Error::NotRegular)
        ));
        #[cfg(unix)]
        assert!(matches!(
            MappedFile::open("/dev/zero"),
            Err(Error::NotRegular)
        ));
    }

    #[test]
    fn refuses_a_file_that_is_being_written_and_keeps_writers_out() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let writer = File::options().write(true).open(file.path()).unwrap();
        writer.lock().unwrap();
        assert!(matches!(MappedFile::open(file.path()), Err(Error::Locked)));
        writer.unlock().unwrap();
        let first = MappedFile::open(file.path()).unwrap();
        let second = MappedFile::open(file.path()).unwrap();
        assert!(matches!(writer.try_lock(), Err(TryLockError::WouldBlock)));
        drop((first, second));
        writer.try_lock().unwrap();
    }
}
