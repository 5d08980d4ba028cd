//! OUT is whole or untouched: a temporary file beside it, synchronised, then renamed over it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::refused::Refused;

/// A file in the making. When it is dropped before [`Output::publish`], nothing is left.
pub(super) struct Output {
    file: NamedTempFile,
    path: PathBuf,
}

impl Output {
    /// Makes the temporary file. A link is followed, so that what it leads to is replaced and not the link.
    pub fn create(path: &Path) -> Result<Self, Refused> {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let existing = fs::metadata(&path).ok();
        if existing
            .as_ref()
            .is_some_and(|existing| !existing.is_file())
        {
            let message = format!(
                "{}: this is not a regular file; name a file to write",
                path.display()
            );
            return Err(Refused::new("cannot_write", message));
        }
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".hulian-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // The mode of what is replaced, else what the umask leaves.
            let mode = existing.map_or(0o666, |existing| existing.permissions().mode() & 0o777);
            builder.permissions(fs::Permissions::from_mode(mode));
        }
        let file = builder
            .tempfile_in(folder)
            .map_err(|error| cannot(&path, &error))?;
        Ok(Self { file, path })
    }

    /// Where to write.
    pub fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// The temporary file as it is now, for reading back what was written.
    pub fn temporary(&self) -> &Path {
        self.file.path()
    }

    /// Writes all of `bytes`.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        let written = self.file.write_all(bytes);
        written.map_err(|error| self.failed(&error))
    }

    /// The refusal for an error of writing.
    pub fn failed(&self, error: &io::Error) -> Refused {
        cannot(&self.path, error)
    }

    /// Synchronises and renames; from here on the file is there, whole.
    pub fn publish(self) -> Result<(), Refused> {
        let Self { file, path } = self;
        file.as_file()
            .sync_all()
            .map_err(|error| cannot(&path, &error))?;
        file.persist(&path)
            .map_err(|error| cannot(&path, &error.error))?;
        // The name survives a power cut only when the folder was synchronised too; not every system offers it.
        if let Some(folder) = path.parent() {
            let folder = if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            };
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }
}

fn cannot(path: &Path, error: &io::Error) -> Refused {
    Refused::new(
        "cannot_write",
        format!(
            "{}: it cannot be written ({error}); choose another place",
            path.display()
        ),
    )
}
