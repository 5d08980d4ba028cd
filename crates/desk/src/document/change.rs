//! A document's next revision: it lasts in the journal before anybody sees it.

use std::sync::Arc;

use pdf_seal::PageInfo;

use super::{Before, Document, SealFacts};
use crate::desk::{Desk, blocking};
use crate::error::Error;
use crate::files;
use crate::journal::Record;

/// A revision whose file is in place.
#[derive(Debug)]
pub(crate) struct Next {
    pub sha256: String,
    pub bytes: u64,
    pub pages: Arc<[PageInfo]>,
    pub seals: Vec<SealFacts>,
}

impl Desk {
    /// Makes a revision the current one. The caller holds the document's `work`.
    pub(crate) fn advance(&self, document: &Document, next: Next) -> Result<(), Error> {
        let now = document.now();
        let mut kept = now.kept.clone();
        let left = kept.before.take();
        kept.before = Some(Before {
            revision: kept.revision,
            bytes: kept.bytes,
            sha256: kept.sha256,
        });
        kept.revision += 1;
        kept.sha256 = next.sha256;
        kept.bytes = next.bytes;
        kept.seals = next.seals;
        self.write(&Record::Document(Box::new(kept.clone())))?;
        let still_named = |sha256: &String| {
            *sha256 == kept.sha256
                || kept
                    .before
                    .as_ref()
                    .is_some_and(|before| before.sha256 == *sha256)
        };
        if let Some(left) = left.filter(|left| !still_named(&left.sha256)) {
            // A file that stays is only waste, and goes when the document is closed.
            let _ = std::fs::remove_file(self.inner().folder.revision(document.id, &left.sha256));
        }
        {
            let mut now = document.lock();
            now.kept = kept;
            now.pages = next.pages;
            now.damaged = false;
        }
        self.tell_document(document);
        Ok(())
    }

    /// Whether the working copy is what the journal says it is. Reads the whole file.
    pub(crate) async fn is_unchanged(&self, document: &Document) -> Result<bool, Error> {
        let now = document.now();
        let path = self.inner().folder.revision(document.id, &now.kept.sha256);
        blocking(move || Ok(files::digest_of(&path).is_ok_and(|digest| digest == now.kept.sha256)))
            .await
    }

    /// Takes up a working copy that somebody changed: as a new revision when it is a sound PDF, so that the page shows
    /// what is there and the person decides with a new scan; else the document is marked and takes no seal.
    pub(crate) async fn take_up(&self, document: &Document) -> Result<(), Error> {
        let kept = document.now().kept;
        let folder = Arc::clone(&self.inner().folder);
        let id = document.id;
        let misnamed = folder.revision(id, &kept.sha256);
        let next = blocking(move || {
            let received = files::copy_in(&folder, &folder.revision(id, &kept.sha256), None)?;
            let facts = super::Facts::read(received.map()?)?;
            let (sha256, bytes) = (received.digest(), received.bytes);
            received.keep(&folder.revision(id, &sha256))?;
            let (pages, seals) = (facts.pages, facts.seals);
            Ok(Next {
                sha256,
                bytes,
                pages,
                seals,
            })
        })
        .await;
        match next {
            Ok(next) => {
                self.advance(document, next)?;
                // The file under the old name is not what that name says.
                let kept = {
                    let mut now = document.lock();
                    now.kept.before = None;
                    now.kept.clone()
                };
                self.write(&Record::Document(Box::new(kept)))?;
                let _ = std::fs::remove_file(misnamed);
            }
            Err(error) => {
                tracing::warn!(code = error.told().0, "a working copy is damaged");
                document.lock().damaged = true;
                self.tell_document(document);
            }
        }
        Ok(())
    }
}
