//! Saving to the person's own file: whole or not at all, and never over somebody else's change unasked.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Document;
use crate::desk::{Desk, blocking};
use crate::error::{Error, Kind};
use crate::files;
use crate::journal::Record;

impl Desk {
    /// Writes the current revision to `path`, or to where the document was opened from.
    pub(crate) async fn save(
        &self,
        document: &Arc<Document>,
        path: Option<&str>,
        overwrite: bool,
    ) -> Result<(), Error> {
        let _working = document.work.lock().await;
        if !self.is_unchanged(document).await? {
            self.take_up(document).await?;
            return Err(Error::conflict("working_copy_changed"));
        }
        let kept = document.now().kept;
        let target = match path {
            Some(path) => absolute_pdf(path)?,
            None => kept
                .path
                .clone()
                .ok_or_else(|| Error::invalid("path_required"))?,
        };
        let own = kept.path() == Some(target.as_path());
        let looked = Arc::clone(document);
        let outside = blocking(move || Ok(looked.outside())).await?;
        let changed = own && outside.is_some_and(|outside| outside.is_changed());
        if changed && target.exists() && !overwrite {
            return Err(Error::conflict("changed_outside"));
        }
        if !own && target.exists() && !overwrite {
            return Err(Error::conflict("file_exists"));
        }
        let source = self.inner().folder.revision(document.id, &kept.sha256);
        let to = target.clone();
        let written = blocking(move || write_beside(&source, &to)).await?;
        if written != kept.sha256 {
            return Err(Error::conflict("working_copy_changed"));
        }
        self.note_saved(document, Some(target))
    }

    /// The person has the current revision now.
    pub(crate) fn note_saved(
        &self,
        document: &Document,
        path: Option<PathBuf>,
    ) -> Result<(), Error> {
        let kept = {
            let mut now = document.lock();
            now.kept.saved_sha256 = now.kept.sha256.clone();
            if path.is_some() {
                now.kept.path_sha256 = Some(now.kept.sha256.clone());
                now.kept.path = path;
                now.outside = None;
            }
            now.kept.clone()
        };
        self.write(&Record::Document(Box::new(kept)))?;
        self.tell_document(document);
        Ok(())
    }
}

fn absolute_pdf(path: &str) -> Result<PathBuf, Error> {
    let path = PathBuf::from(path);
    let is_pdf = path
        .extension()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("pdf"));
    if !path.is_absolute() || !is_pdf {
        return Err(Error::invalid("path_invalid"));
    }
    Ok(path)
}

/// Copies to a file beside the target and renames it; answers the digest of what was written.
fn write_beside(source: &Path, target: &Path) -> Result<String, Error> {
    let folder = target.parent().unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(Error::new(Kind::NotFound, "folder_not_found"));
    }
    // A link stays a link: the file that it leads to is the one that is replaced.
    let target = target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let folder = target.parent().unwrap_or(folder);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(Error::file(folder))?;
    let copied = std::fs::File::open(source)
        .and_then(|mut source| std::io::copy(&mut source, file.as_file_mut()));
    copied.map_err(Error::file(&target))?;
    if let Ok(before) = target.metadata() {
        // Who may read the file is the person's choice and stays.
        let _ = file.as_file().set_permissions(before.permissions());
    }
    file.flush()
        .and_then(|()| file.as_file().sync_all())
        .map_err(Error::file(&target))?;
    let digest = files::digest_of(file.path())?;
    file.persist(&target)
        .map_err(|error| Error::file(&target)(error.error))?;
    crate::folder::sync_folder(folder)?;
    Ok(digest)
}
