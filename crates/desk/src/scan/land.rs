//! A signature becomes a revision: embedded, verified by ourselves, and only then the current one.

use std::sync::Arc;

use pdf_seal::{Document as Pdf, Integrity, Outcome, PageInfo, Policy, Prepared, Report};

use super::prepare::Waiting;
use crate::desk::{Desk, blocking};
use crate::document::{Document, Next, SealFacts, seals_of};
use crate::error::Error;
use crate::files::Received;

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
        let (copied, before) = (copied(&mut waiting).await, kept.seals);
        let (expected, roots) = (waiting.outside.clone(), self.inner().link.roots());
        let sealing = blocking(move || {
            let policy = Policy {
                roots,
                ..Policy::default()
            };
            check(seal(copied?, &waiting, &cms)?, &waiting, &before, &policy)
        });
        // The page waits for this: what reads the working copy and what reads the new file go side by side.
        let (unchanged, checked) = tokio::join!(self.is_unchanged(document), sealing);
        if !unchanged? {
            self.take_up(document).await?;
            return Err(Error::conflict("working_copy_changed"));
        }
        let (sealed, pages, seals) = checked?;
        let looked = Arc::clone(document);
        let outside = blocking(move || Ok(looked.outside().and_then(|outside| outside.found)));
        if outside.await? != expected {
            self.follow_outside(document).await?;
            return Err(Error::conflict("changed_outside"));
        }
        let (folder, id) = (Arc::clone(&self.inner().folder), document.id);
        let next = blocking(move || {
            let (sha256, bytes) = (sealed.digest(), sealed.bytes);
            sealed.keep(&folder.revision(id, &sha256))?;
            Ok(Next {
                sha256,
                bytes,
                pages,
                seals,
            })
        });
        self.advance(document, next.await?)
    }
}

/// The base, which was copied while the person looked at the phone.
async fn copied(waiting: &mut Waiting) -> Result<Received, Error> {
    let copied = (&mut waiting.copy).await;
    copied.map_err(|_| Error::Internal("copying failed"))?
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

/// A file that was judged, and what it tells.
type Checked = (Received, Arc<[PageInfo]>, Vec<SealFacts>);

/// Judges the new file as anybody would before it gets its name.
fn check(
    sealed: Received,
    waiting: &Waiting,
    before: &[SealFacts],
    policy: &Policy,
) -> Result<Checked, Error> {
    let (pages, infos, report) = {
        let pdf = Pdf::open(sealed.map()?)?;
        let info = pdf.info()?;
        (info.pages, info.signatures, pdf.verify(policy)?)
    };
    let seals = seals_of(&infos, &report.signatures);
    if !is_whole(&report, waiting) || !earlier_hold(&seals, before) {
        tracing::error!("the sealed file does not verify and is thrown away");
        return Err(Error::conflict("verification_failed"));
    }
    Ok((sealed, pages.into(), seals))
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
    before
        .iter()
        .filter(|seal| seal.sound)
        .all(|seal| now.iter().any(|now| now.sound && now.is_same(seal)))
}
