//! The last seal is taken away: the certificate that sealed signs a statement that names the signature, and the
//! document is cut back to where it ended before.

use std::sync::Arc;

use client::asker::UnsealFacts;
use gm_pki::cms::Content;
use pdf_seal::{DigestAlgorithm, Document as Pdf, Midstate};
use protocol::{Statement, Unseal, digest_short};
use serde_json::{Value, json};

use super::drive::Ended;
use super::session::Following;
use super::{Scan, State};
use crate::desk::{Desk, blocking};
use crate::document::{Document, Facts, Next, SealFacts};
use crate::error::Error;
use crate::files;

/// The seal that could be taken away, and why not.
fn last(document: &Document) -> Result<SealFacts, Error> {
    let kept = document.now().kept;
    let last = kept.seals.last().cloned();
    let last = last.ok_or_else(|| Error::conflict("no_seal"))?;
    if !last.own {
        return Err(Error::conflict("not_own_seal"));
    }
    if last.covered_len != kept.bytes {
        return Err(Error::conflict("later_revision"));
    }
    Ok(last)
}

/// What the server is asked for.
pub(super) fn ask(document: &Document) -> Result<Value, Error> {
    let seal = last(document)?;
    let (Some(signature), Some(certificate)) = (&seal.signature_sha256, &seal.certificate_sha256)
    else {
        return Err(Error::conflict("not_own_seal"));
    };
    Ok(
        json!({"field": seal.field, "signature_sha256": signature, "certificate_sha256": certificate}),
    )
}

impl Desk {
    pub(super) async fn drive_unseal(&self, scan: &Arc<Scan>) -> Result<(), Ended> {
        let document = self.document(scan.wish.document_id.unwrap_or_default())?;
        let kept = document.now().kept;
        let seal = last(&document)?;
        let signature = seal.signature_sha256.clone().unwrap_or_default();
        let mut following = Following::new(self, scan)?;
        let algorithm = loop {
            if let Some(signer) = following.next().await?.signer {
                break match signer.algorithm.as_str() {
                    "sm2" => DigestAlgorithm::Sm3,
                    _ => DigestAlgorithm::Sha256,
                };
            }
        };
        let facts = UnsealFacts {
            field: &seal.field,
            signature_sha256: &signature,
            file_name: &kept.file_name,
            page_count: u32::try_from(document.now().pages.len()).unwrap_or(u32::MAX),
            time_us: self.now_us(),
        };
        let statement = Statement::Unseal(Unseal {
            code: following.created.code(),
            field: facts.field,
            signature_sha256: facts.signature_sha256,
            file_name: facts.file_name,
            page_count: facts.page_count,
            time_us: facts.time_us,
        });
        let statement = statement.to_bytes().map_err(client::Error::from)?;
        let digest = digest(algorithm, &statement);
        following.change(|view| view.digest_short = Some(digest_short(&digest)));
        let api = self.inner().link.api();
        following.created.prepare_unseal(api, &facts).await?;
        let cms = loop {
            let view = following.next().await?;
            if let Some(result) = view.result {
                let missing = Error::Internal("a signature without bytes");
                break result.cms.ok_or(missing)?;
            }
        };
        let certificate = seal.certificate_sha256.clone().unwrap_or_default();
        check(&cms.0, &digest, &certificate)?;
        let (desk, scan) = (self.clone(), Arc::clone(scan));
        // As with a seal: from here on it comes to an end of its own.
        let cutting = tokio::spawn(async move {
            desk.cut_back(&document, &kept.sha256).await?;
            scan.change(|view| view.state = State::Removed);
            desk.over(&scan);
            Ok(())
        });
        cutting
            .await
            .unwrap_or(Err(Error::Internal("cutting failed")))
            .map_err(Ended::from)
    }

    /// Cuts the document back to where its last seal begins.
    async fn cut_back(&self, document: &Arc<Document>, expected: &str) -> Result<(), Error> {
        let _working = document.work.lock().await;
        let kept = document.now().kept;
        if kept.sha256 != expected {
            return Err(Error::conflict("document_changed"));
        }
        if !self.is_unchanged(document).await? {
            self.take_up(document).await?;
            return Err(Error::conflict("working_copy_changed"));
        }
        let (folder, id) = (Arc::clone(&self.inner().folder), document.id);
        let next = blocking(move || {
            let sealed = folder.revision(id, &kept.sha256);
            let length = Pdf::open(files::map(&sealed)?)?.unseal()?;
            let cut = files::copy_in(&folder, &sealed, Some(length))?;
            let facts = Facts::read(cut.map()?)?;
            let (sha256, bytes) = (cut.digest(), cut.bytes);
            cut.keep(&folder.revision(id, &sha256))?;
            Ok(Next {
                sha256,
                bytes,
                pages: facts.pages,
                seals: facts.seals,
            })
        });
        self.advance(document, next.await?)
    }
}

fn digest(algorithm: DigestAlgorithm, bytes: &[u8]) -> Vec<u8> {
    let mut state = Midstate::new(algorithm);
    state.update(bytes);
    state.digest()
}

/// The statement was signed by the certificate that sealed.
fn check(cms: &[u8], digest: &[u8], certificate_sha256: &str) -> Result<(), Error> {
    let refused = || Error::conflict("signature_does_not_fit");
    let cms = gm_pki::cms::parse(cms).map_err(|_| refused())?;
    let verified = cms
        .verify(Content::Digest(&|_| digest.to_vec()))
        .map_err(|_| refused())?;
    let by = protocol::Base64Url::encode(&protocol::sha256(&verified.signer_certificate));
    let same = by == certificate_sha256 && cms.signers.len() == 1 && verified.certificate_bound;
    same.then_some(()).ok_or_else(refused)
}
