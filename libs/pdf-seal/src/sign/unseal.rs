//! Un-sealing: taking away the last seal by cutting the file where it ended before.
//!
//! The length comes from our own record in the signature dictionary. It lies under the signature, but is believed
//! only when everything else in the file agrees with it.

use crate::document::{Document, Source};
use crate::form::Form;
use crate::object::Object;
use crate::refusal::Refusal;
use crate::tail;
use crate::verify::Ranges;

impl Document {
    /// The length to cut the file to so that its last seal is gone and the file is again, to the byte, what it was
    /// before. Nothing is changed here.
    ///
    /// A seal that was taken away remains valid in copies that were handed out before; the person should be told.
    ///
    /// # Errors
    /// [`Refusal::NoSeal`], [`Refusal::NotOwnSeal`] or [`Refusal::LaterRevision`]; others when the file cannot be read.
    pub fn unseal(&self) -> Result<u64, Refusal> {
        let form = Form::read(self)?;
        let mut last = None;
        for signed in &form.signed {
            // A document time stamp is nobody's seal; over one, it is a later revision.
            if signed.value.is(b"SubFilter", b"ETSI.RFC3161") {
                continue;
            }
            let info = self.signature_claims(signed)?;
            // What is said to reach beyond the end of the file covers nothing, and is not the last for that.
            let covered = info.covered_len.filter(|covered| *covered <= self.len());
            if last.as_ref().is_none_or(|(_, most, _)| *most < covered) {
                last = Some((signed, covered, info.own_base_len));
            }
        }
        let (signed, covered, own) = last.ok_or(Refusal::NoSeal)?;
        let base = own.ok_or(Refusal::NotOwnSeal(
            "it carries no record of the length before",
        ))?;
        if covered != Some(self.len()) {
            return Err(Refusal::LaterRevision);
        }
        let ranges = Ranges::read(self, signed)
            .map_err(|_| Refusal::NotOwnSeal("its signed range does not fit"))?;
        if base == 0 || base > ranges.hole.start {
            return Err(Refusal::NotOwnSeal(
                "its record does not fit the signed range",
            ));
        }
        self.check_base(base)?;
        Ok(base)
    }

    /// Exactly the newest section lies behind `base`, and what lies before it is the revision that it continues.
    fn check_base(&self, base: u64) -> Result<(), Refusal> {
        let cut = usize::try_from(base).map_err(|_| Refusal::TooLarge)?;
        let behind = self
            .tail
            .sections
            .iter()
            .filter(|section| section.position >= cut)
            .count();
        if behind != 1
            || self
                .tail
                .sections
                .first()
                .is_none_or(|section| section.position < cut)
        {
            return Err(Refusal::NotOwnSeal(
                "its record does not fit the revisions of the file",
            ));
        }
        let previous = self
            .tail
            .trailers
            .first()
            .and_then(|trailer| trailer.dict.get(b"Prev"));
        let previous = previous
            .and_then(Object::as_int)
            .and_then(|offset| u64::try_from(offset).ok());
        let before = self.data().get(..cut).unwrap_or_default();
        // The first object follows at once, after the line end that we add where the base lacks one.
        let line_end = usize::from(!matches!(before.last(), Some(b'\n' | b'\r')));
        let begin = (cut + line_end)
            .checked_sub(self.tail.origin)
            .map(|begin| begin as u64);
        if self.tail.newest_begin != begin {
            return Err(Refusal::NotOwnSeal(
                "its record does not fit the revisions of the file",
            ));
        }
        let before_tail = tail::read(before)
            .map_err(|_| Refusal::NotOwnSeal("no revision ends where it began"))?;
        if previous != Some(before_tail.startxref) {
            return Err(Refusal::NotOwnSeal("no revision ends where it began"));
        }
        // Opened in full: nothing is cut off that would leave a file which nobody can open.
        self.open_prefix(cut)?;
        Ok(())
    }
}

/// The beginning of a source.
pub(crate) struct Prefix {
    pub source: Source,
    pub len: usize,
}

impl AsRef<[u8]> for Prefix {
    fn as_ref(&self) -> &[u8] {
        (*self.source).as_ref().get(..self.len).unwrap_or_default()
    }
}
