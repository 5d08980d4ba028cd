//! A signature becomes a revision: embedded, verified by ourselves, and only then the current one.

use std::sync::Arc;

use pdf_seal::{Document as Pdf, Integrity, Outcome, Policy, Prepared, Report};

use super::prepare::Waiting;
use crate::desk::{Desk, blocking};
use crate::document::{Document, Next, SealFacts, seals_of, sha256_text};
use crate::error::Error;
use crate::files::Received;
use crate::folder::Folder;

impl Desk {
    /// Embeds and verifies. Whatever goes wrong, the document is as it was.
    pub(super) async fn land(
        &self,
        document: &Arc<Document>,
        mut waiting: Waiting,
        cms: Vec<u8>,
    ) -> Result<(), Error> {
        let _working = document.work.lock().await;
        let kept = document.now().kept;
        if kept.sha256 != waiting.base_sha256 {
            return Err(Error::conflict("document_changed"));
        }
        if !self.is_unchanged(document).await? {
            self.take_up(document).await?;
            return Err(Error::conflict("working_copy_changed"));
        }
        let looked = Arc::clone(document);
        let outside = blocking(move || Ok(looked.outside().and_then(|outside| outside.found)));
        if outside.await? != waiting.outside {
            self.follow_outside(document).await?;
            return Err(Error::conflict("changed_outside"));
        }
        let copied = (&mut waiting.copy).await;
        let copied = copied.map_err(|_| Error::Internal("copying failed"))??;
        let folder = Arc::clone(&self.inner().folder);
        let (id, roots) = (document.id, self.inner().link.roots());
        let next = blocking(move || {
            let sealed = seal(copied, &waiting, &cms)?;
            let policy = Policy {
                roots,
                ..Policy::default()
            };
            check(&folder, id, sealed, &waiting, &kept.seals, &policy, &cms)
        });
        self.advance(document, next.await?)
    }
}

/// Base and increment with the signature in it, in a file that nobody sees yet.
fn seal(mut copied: Received, waiting: &Waiting, cms: &[u8]) -> Result<Received, Error> {
    if copied.digest() != waiting.base_sha256 {
        return Err(Error::conflict("working_copy_changed"));
    }
    let increment = {
        let mut prepared = Prepared::resume(
            copied.map()?,
            waiting.increment.clone(),
            waiting.byte_range,
            waiting.field.clone(),
        )?;
        prepared.embed_checked(cms, &waiting.digest)?;
        prepared.increment().to_vec()
    };
    copied.write(&increment)?;
    Ok(copied)
}

/// Judges the new file as anybody would before it gets its name.
fn check(
    folder: &Folder,
    id: uuid::Uuid,
    sealed: Received,
    waiting: &Waiting,
    before: &[SealFacts],
    policy: &Policy,
    cms: &[u8],
) -> Result<Next, Error> {
    let (pages, infos, report) = {
        let pdf = Pdf::open(sealed.map()?)?;
        let info = pdf.info()?;
        (info.pages, info.signatures, pdf.verify(policy)?)
    };
    let mut seals = seals_of(&infos, &report.signatures);
    if !is_whole(&report, waiting) || !earlier_hold(&seals, before) {
        tracing::error!("the sealed file does not verify and is thrown away");
        return Err(Error::conflict("verification_failed"));
    }
    for seal in &mut seals {
        let known = before
            .iter()
            .find(|known| known.field == seal.field && known.covered_len == seal.covered_len);
        if seal.field == waiting.field {
            seal.seal_kind.clone_from(&waiting.seal_kind);
            seal.pages = waiting.marks.iter().map(|mark| mark.page).collect();
            seal.pages.dedup();
            seal.signature_sha256 = Some(sha256_text(cms));
        } else if let Some(known) = known {
            seal.seal_kind.clone_from(&known.seal_kind);
            seal.pages.clone_from(&known.pages);
            seal.signature_sha256.clone_from(&known.signature_sha256);
        }
    }
    let (sha256, bytes) = (sealed.digest(), sealed.bytes);
    sealed.keep(&folder.revision(id, &sha256))?;
    Ok(Next {
        sha256,
        bytes,
        pages: pages.into(),
        seals,
    })
}

/// The new signature is what was asked for: over the whole file, by that certificate.
fn is_whole(report: &Report, waiting: &Waiting) -> bool {
    let new = report
        .signatures
        .iter()
        .find(|signature| signature.field == waiting.field);
    new.is_some_and(|new| {
        new.integrity == Integrity::Intact
            && new.outcome() != Outcome::Failed
            && new.covers_whole_file
            && new.certificate.as_ref() == Some(&waiting.certificate)
    })
}

/// Earlier signatures that held still hold.
fn earlier_hold(now: &[SealFacts], before: &[SealFacts]) -> bool {
    before.iter().filter(|seal| seal.sound).all(|seal| {
        now.iter()
            .any(|now| now.sound && now.field == seal.field && now.covered_len == seal.covered_len)
    })
}
