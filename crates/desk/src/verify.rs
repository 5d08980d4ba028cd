//! The verification report of a document, trusting the server's roots; the shape is that of `docs/api/cli/verify.json`.

use std::sync::Arc;

use pdf_seal::{Document as Pdf, Policy};
use serde_json::Value;

use crate::desk::{Desk, blocking};
use crate::document::Document;
use crate::error::Error;
use crate::files;

impl Desk {
    /// Judges the current revision.
    pub(crate) async fn verify(&self, document: &Arc<Document>) -> Result<Value, Error> {
        let kept = document.now().kept;
        let path = self.inner().folder.revision(document.id, &kept.sha256);
        let roots = self.inner().link.roots();
        blocking(move || {
            let policy = Policy {
                roots,
                ..Policy::default()
            };
            let report = Pdf::open(files::map(&path)?)?.verify(&policy)?;
            Ok(report.to_json(&kept.file_name))
        })
        .await
    }
}
