//! The person's own file, which other programs may change while the document is open here.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use super::{Document, Facts, Next};
use crate::desk::{Desk, blocking};
use crate::error::Error;
use crate::files;
use crate::journal::Record;

/// The last comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Glance {
    length: u64,
    modified: Option<SystemTime>,
    /// Which digest it was compared with.
    expected: String,
    /// None when the file is gone.
    found: Option<String>,
}

impl Document {
    /// Digest of the person's file as it is now; `None` when there is no path. Reads the file only when its length or
    /// time has moved.
    pub fn outside(&self) -> Option<Outside> {
        let now = self.now();
        let (path, expected) = (now.kept.path.clone()?, now.kept.path_sha256.clone()?);
        let Some((length, modified)) = stat(&path) else {
            return Some(Outside {
                expected,
                found: None,
            });
        };
        if let Some(glance) = now.outside.filter(|glance| {
            (glance.length, glance.modified) == (length, modified) && glance.expected == expected
        }) {
            return Some(Outside {
                expected,
                found: glance.found,
            });
        }
        let found = files::digest_of(&path).ok();
        self.lock().outside = Some(Glance {
            length,
            modified,
            expected: expected.clone(),
            found: found.clone(),
        });
        Some(Outside { expected, found })
    }
}

/// The person's file against what we last read from it or wrote to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outside {
    expected: String,
    pub found: Option<String>,
}

impl Outside {
    pub fn is_changed(&self) -> bool {
        self.found.as_ref() != Some(&self.expected)
    }
}

fn stat(path: &Path) -> Option<(u64, Option<SystemTime>)> {
    let metadata = path.metadata().ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

impl Desk {
    /// Reads a document anew when its file was changed and nothing of ours would be lost by it. The caller holds the
    /// document's `work`.
    pub(crate) async fn follow_outside(&self, document: &Arc<Document>) -> Result<(), Error> {
        let looked = Arc::clone(document);
        let outside = blocking(move || Ok(looked.outside())).await?;
        let kept = document.now().kept;
        let changed = outside.is_some_and(|outside| outside.is_changed());
        let Some(path) = kept.path.clone().filter(|_| changed && kept.is_saved()) else {
            return Ok(());
        };
        let (folder, id) = (Arc::clone(&self.inner().folder), document.id);
        let read = blocking(move || {
            let received = files::copy_in(&folder, &path, None)?;
            let facts = Facts::read(received.map()?)?;
            let (sha256, bytes) = (received.digest(), received.bytes);
            received.keep(&folder.revision(id, &sha256))?;
            Ok(Next {
                sha256,
                bytes,
                pages: facts.pages,
                seals: facts.seals,
            })
        })
        .await;
        // A file that is gone, or is no PDF any more, leaves the working copy as it is.
        let Ok(next) = read else { return Ok(()) };
        let sha256 = next.sha256.clone();
        self.advance(document, next)?;
        let kept = {
            let mut now = document.lock();
            now.kept.path_sha256 = Some(sha256.clone());
            now.kept.saved_sha256 = sha256;
            now.kept.clone()
        };
        self.write(&Record::Document(Box::new(kept)))?;
        self.tell_document(document);
        Ok(())
    }
}
