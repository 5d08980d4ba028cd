//! The revision that waits for its signature.

use std::sync::Arc;

use client::asker::{Facts, SealPicture, Signer};
use pdf_seal::{Artwork, DigestAlgorithm, Document as Pdf, MultiPage, Request};
use protocol::{MarkWire, digest_short};
use tokio::task::JoinHandle;

use crate::desk::{Desk, blocking};
use crate::document::Document;
use crate::error::Error;
use crate::files::{self, Received};
use crate::place::{Mode, Paper, Shape};

/// Room for the CMS: RSA-4096 with chain and time stamp needs about 12 KiB.
const CONTENTS_BYTES: usize = 24 * 1024;

/// What is to be built.
pub(super) struct Wanted {
    pub mode: Mode,
    pub mode_text: String,
    pub at: Option<(f64, f64)>,
    pub reason: String,
    pub time_us: i64,
    pub signer: Signer,
    pub seal: SealPicture,
}

/// What was built. It holds the increment only: while it waits, no map of the file lives.
pub(super) struct Waiting {
    pub base_sha256: String,
    pub increment: Vec<u8>,
    pub byte_range: [u64; 4],
    pub field: String,
    pub digest: Vec<u8>,
    pub certificate: Vec<u8>,
    /// The base, copied while the person looks at the phone.
    pub copy: JoinHandle<Result<Received, Error>>,
    /// Digest of the person's own file at this moment.
    pub outside: Option<String>,
    marks: Vec<MarkWire>,
    seal_id: String,
    mode_text: String,
    file_name: String,
    page_count: u32,
    time_us: i64,
}

impl Waiting {
    /// What phone and page both show.
    pub fn digest_short(&self) -> String {
        digest_short(&self.digest)
    }

    /// What the server is told.
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            digest: &self.digest,
            file_name: &self.file_name,
            page_count: self.page_count,
            mode: &self.mode_text,
            seal_id: &self.seal_id,
            marks: &self.marks,
            time_us: self.time_us,
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // A copy that nobody waits for any more removes itself when it is through.
        self.copy.abort();
    }
}

impl Desk {
    /// Builds the new revision for that certificate and seal.
    pub(super) async fn prepare(
        &self,
        document: &Arc<Document>,
        wanted: Wanted,
    ) -> Result<Waiting, Error> {
        let _working = document.work.lock().await;
        let now = document.now();
        let folder = Arc::clone(&self.inner().folder);
        let base_sha256 = now.kept.sha256.clone();
        let (expected, paper) = (base_sha256.clone(), self.paper(document));
        let base = paper.file.clone();
        let looked = Arc::clone(document);
        let built = blocking(move || {
            let outside = looked.outside().and_then(|outside| outside.found);
            Ok((build(&paper, &expected, wanted)?, outside))
        });
        let (built, outside) = match built.await {
            Err(error) if error.told().0 == "working_copy_changed" => {
                self.take_up(document).await?;
                return Err(error);
            }
            other => other?,
        };
        let copy = tokio::task::spawn_blocking(move || {
            let copied = files::copy_in(&folder, &base, None)?;
            // The disk has the base before the signature comes: only the increment is still to be written then.
            copied.sync()?;
            Ok(copied)
        });
        Ok(Waiting {
            base_sha256,
            increment: built.increment,
            byte_range: built.byte_range,
            field: built.field,
            digest: built.digest,
            certificate: built.wanted.signer.certificate.0,
            marks: built.marks,
            copy,
            outside,
            seal_id: built.wanted.seal.seal_id,
            mode_text: built.wanted.mode_text,
            file_name: now.kept.file_name,
            page_count: u32::try_from(now.pages.len()).unwrap_or(u32::MAX),
            time_us: built.wanted.time_us,
        })
    }
}

struct Built {
    increment: Vec<u8>,
    byte_range: [u64; 4],
    field: String,
    digest: Vec<u8>,
    marks: Vec<MarkWire>,
    wanted: Wanted,
}

fn build(paper: &Paper, expected: &str, wanted: Wanted) -> Result<Built, Error> {
    let changed = || Error::conflict("working_copy_changed");
    let seal = &wanted.seal;
    let shape = Shape {
        at: wanted.at,
        width_mm: seal.width_mm,
        height_mm: seal.height_mm,
    };
    let plan = paper.plan(&wanted.mode, shape)?;
    let source = files::map(&paper.file).map_err(|_| changed())?;
    // What is damaged where a seal has to rely on it was written anew when it was opened; what could not be takes none.
    let pdf = Pdf::open_or_repair(source, None)?.document;
    let prepared = pdf.prepare(&Request {
        artwork: Artwork::Form {
            bbox: seal.pdf_form.bbox,
            content: &seal.pdf_form.content.0,
        },
        marks: plan.drawn,
        multi_page: MultiPage::Auto,
        signer_name: Some(wanted.signer.person_name.clone()),
        reason: Some(wanted.reason.clone()),
        time_unix: wanted.time_us.div_euclid(1_000_000),
        contents_bytes: CONTENTS_BYTES,
        seal_tag: None,
        seal_name: seal.name.clone(),
        seal_kind: seal.kind.clone(),
    })?;
    // The digest of the base tells whether it is still the file that its name says; for SHA-256 the same pass serves.
    let state = prepared.base_midstate(DigestAlgorithm::Sha256);
    if hex::encode(state.digest()) != expected {
        return Err(changed());
    }
    let digest = match wanted.signer.algorithm.as_str() {
        "sm2" => prepared.digest(DigestAlgorithm::Sm3),
        _ => prepared.digest_from(&state)?,
    };
    Ok(Built {
        increment: prepared.increment().to_vec(),
        byte_range: prepared.byte_range(),
        field: prepared.field().to_owned(),
        digest,
        marks: plan.marks,
        wanted,
    })
}
