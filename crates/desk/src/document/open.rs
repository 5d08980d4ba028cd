//! A document comes in: as a stream from the page, or by its path from the command line.

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;

use super::mend::Mended;
use super::view::clean_name;
use super::{Document, Kept};
use crate::desk::{Desk, blocking};
use crate::error::{Error, Kind};
use crate::files::{self, Received};
use crate::folder::make_private;
use crate::journal::Record;

/// Documents that may be open at once.
const DOCUMENTS_MAX: usize = 500;

impl Desk {
    /// Opens what the page sends, whatever its size. A file that is refused leaves nothing.
    pub(crate) async fn open_stream(
        &self,
        file_name: &str,
        body: Body,
    ) -> Result<Arc<Document>, Error> {
        self.room_for_one_more()?;
        let file_name = clean_name(file_name);
        let received = files::receive(Arc::clone(&self.inner().folder), body).await?;
        if received.bytes == 0 {
            return Err(Error::new(Kind::Unprocessable, "not_a_pdf"));
        }
        self.take(file_name, None, received).await
    }

    /// Opens a file of the person's, which itself is never written but by saving.
    pub async fn open_path(&self, path: &Path) -> Result<uuid::Uuid, Error> {
        self.room_for_one_more()?;
        let path = std::path::absolute(path).map_err(Error::file(path))?;
        if path.to_str().is_none() {
            return Err(Error::invalid("path_invalid"));
        }
        if let Some(open) = self.document_at(&path) {
            return Ok(open.id);
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (file_name, folder) = (clean_name(&name), Arc::clone(&self.inner().folder));
        let from = path.clone();
        let received = blocking(move || files::copy_in(&folder, &from, None)).await?;
        Ok(self.take(file_name, Some(path), received).await?.id)
    }

    fn room_for_one_more(&self) -> Result<(), Error> {
        if self.documents().len() < DOCUMENTS_MAX {
            Ok(())
        } else {
            Err(Error::conflict("too_many_documents").with("most", DOCUMENTS_MAX))
        }
    }

    async fn take(
        &self,
        file_name: String,
        path: Option<std::path::PathBuf>,
        received: Received,
    ) -> Result<Arc<Document>, Error> {
        let id = self.new_id()?;
        let (folder, at) = (Arc::clone(&self.inner().folder), self.now_us());
        let (kept, pages) = blocking(move || {
            let given = received.digest();
            let Mended {
                received,
                facts,
                repaired,
            } = Mended::of(received, &folder)?;
            let (sha256, bytes) = (received.digest(), received.bytes);
            let home = folder.document(id);
            make_private(&home).map_err(Error::file(&home))?;
            received.keep(&folder.revision(id, &sha256))?;
            let kept = Kept {
                document_id: id,
                file_name,
                path_sha256: path.as_ref().map(|_| given),
                path,
                saved_sha256: sha256.clone(),
                revision: 1,
                bytes,
                sha256,
                before: None,
                opened_at_us: at,
                seals: facts.seals,
                repaired,
            };
            Ok((kept, facts.pages))
        })
        .await?;
        self.write(&Record::Document(Box::new(kept.clone())))?;
        let document = Arc::new(Document::new(kept, pages, false));
        self.add_document(&document);
        self.tell_document(&document);
        Ok(document)
    }

    /// Closes a document: its working copy goes, the person's own file stays.
    pub(crate) async fn close(&self, document: &Document) -> Result<(), Error> {
        let _working = document.work.lock().await;
        self.end_scans_of(document.id);
        self.write(&Record::Closed {
            document_id: document.id,
        })?;
        self.remove_document(document.id);
        let home = self.inner().folder.document(document.id);
        if let Err(error) = std::fs::remove_dir_all(&home) {
            // Forgotten in the journal already: the next start removes what is left.
            tracing::warn!(%error, "the working copy could not be removed");
        }
        self.tell_state();
        Ok(())
    }
}
