//! A prepared revision: digest it, fill its hole, write it out.

use std::io::{self, Write};
use std::ops::Range;

use super::{DigestAlgorithm, Midstate};
use crate::document::Source;
use crate::refusal::Error;

/// A revision that waits for its signature. It holds the increment only; the base is lent.
pub struct Prepared {
    source: Source,
    increment: Vec<u8>,
    hole: Range<usize>,
    byte_range: [u64; 4],
    field: String,
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prepared")
            .field("field", &self.field)
            .field("byte_range", &self.byte_range)
            .finish_non_exhaustive()
    }
}

impl Prepared {
    pub(super) fn new(
        source: Source,
        increment: Vec<u8>,
        hole: Range<usize>,
        byte_range: [u64; 4],
        field: String,
    ) -> Self {
        Self {
            source,
            increment,
            hole,
            byte_range,
            field,
        }
    }

    /// The bytes to append to the base.
    #[must_use]
    pub fn increment(&self) -> &[u8] {
        &self.increment
    }

    /// `/ByteRange`: begin and length of what is signed before the hole, and after it.
    #[must_use]
    pub fn byte_range(&self) -> [u64; 4] {
        self.byte_range
    }

    /// Bytes of the base.
    #[must_use]
    pub fn base_len(&self) -> u64 {
        self.base().len() as u64
    }

    /// The name of the signature field (of the first one, for `SharedV`).
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The largest CMS in bytes that fits.
    #[must_use]
    pub fn room(&self) -> usize {
        (self.hole.len() - 2) / 2
    }

    /// The digest state after the whole base: one pass over the file. Keep it for further seals on the same base.
    #[must_use]
    pub fn base_midstate(&self, algorithm: impl Into<DigestAlgorithm>) -> Midstate {
        Midstate::after(algorithm.into(), self.base())
    }

    /// The digest to be signed: one pass over the file.
    #[must_use]
    pub fn digest(&self, algorithm: impl Into<DigestAlgorithm>) -> Vec<u8> {
        self.finish(self.base_midstate(algorithm))
    }

    /// The digest to be signed, from a kept state of the base: a pass over the increment only.
    ///
    /// # Errors
    /// [`Error::Midstate`] when the state covers another length than the base has.
    pub fn digest_from(&self, base: &Midstate) -> Result<Vec<u8>, Error> {
        base.check(self.base_len())?;
        Ok(self.finish(base.clone()))
    }

    /// The state after base and increment as they are now; after [`Prepared::embed`] this is the state of the
    /// sealed file, ready for the next seal.
    ///
    /// # Errors
    /// As [`Prepared::digest_from`].
    pub fn next_midstate(&self, base: &Midstate) -> Result<Midstate, Error> {
        base.check(self.base_len())?;
        let mut state = base.clone();
        state.update(&self.increment);
        Ok(state)
    }

    /// Fills the hole with a CMS in DER; may be called again.
    ///
    /// # Errors
    /// [`Error::TooLarge`] when it does not fit; the hole is then as it was.
    pub fn embed(&mut self, cms_der: &[u8]) -> Result<(), Error> {
        let (size, room) = (cms_der.len(), self.room());
        if size > room {
            return Err(Error::TooLarge { size, room });
        }
        let inside = self.hole.start + 1..self.hole.end - 1;
        let Some(hole) = self.increment.get_mut(inside) else {
            return Err(Error::BaseChanged);
        };
        hole.fill(b'0');
        for (pair, byte) in hole.as_chunks_mut::<2>().0.iter_mut().zip(cms_der) {
            *pair = [hex_digit(byte >> 4), hex_digit(byte & 15)];
        }
        Ok(())
    }

    /// As [`Prepared::embed`], once the CMS was found to be one detached signature over `digest`, the digest of this
    /// revision. That takes no pass over the file; whether the signer is to be believed is not asked here.
    ///
    /// # Errors
    /// [`Error::Cms`] when it is a signature over something else or does not verify; as [`Prepared::embed`] besides.
    pub fn embed_checked(&mut self, cms_der: &[u8], digest: &[u8]) -> Result<(), Error> {
        let refused = |error: gm_pki::Error| Error::Cms(error.to_string());
        let cms = gm_pki::cms::parse(cms_der).map_err(refused)?;
        if cms.signers.len() != 1 || cms.content.is_some() {
            return Err(Error::Cms(
                "not one detached signature of one signer".to_owned(),
            ));
        }
        let verified = cms
            .verify(gm_pki::cms::Content::Digest(&|_| digest.to_vec()))
            .map_err(refused)?;
        // ETSI EN 319 142-1, 6.3: the certificate is named among what is signed.
        if !verified.certificate_bound {
            return Err(Error::Cms("it does not name its certificate".to_owned()));
        }
        self.embed(cms_der)
    }

    /// A revision that was prepared before, from what was kept of it: the increment and its ranges. The caller sees to
    /// it that `source` is the same base, by its digest say; only the length is checked.
    ///
    /// # Errors
    /// [`Error::BaseChanged`] when the parts do not fit each other.
    pub fn resume(
        source: Source,
        increment: Vec<u8>,
        byte_range: [u64; 4],
        field: String,
    ) -> Result<Self, Error> {
        let base = (*source).as_ref().len() as u64;
        let [start, first, second, length] = byte_range;
        let hole = || {
            let begin = usize::try_from(first.checked_sub(base)?).ok()?;
            let end = usize::try_from(second.checked_sub(base)?).ok()?;
            let whole = base.checked_add(increment.len() as u64)?;
            let fits = start == 0 && begin < end && second.checked_add(length)? == whole;
            let inside = increment.get(begin..end)?;
            (fits && inside.starts_with(b"<") && inside.ends_with(b">") && inside.len() > 2)
                .then_some(begin..end)
        };
        let hole = hole().ok_or(Error::BaseChanged)?;
        Ok(Self {
            source,
            increment,
            hole,
            byte_range,
            field,
        })
    }

    /// Writes base and increment. Write to a new file under another name and rename it when this has succeeded,
    /// so that no half file is ever left under the final name.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_to(&self, out: &mut impl Write) -> io::Result<()> {
        for chunk in self.base().chunks(1 << 20) {
            out.write_all(chunk)?;
        }
        out.write_all(&self.increment)
    }

    fn base(&self) -> &[u8] {
        (*self.source).as_ref()
    }

    fn finish(&self, mut state: Midstate) -> Vec<u8> {
        state.update(self.increment.get(..self.hole.start).unwrap_or_default());
        state.update(self.increment.get(self.hole.end..).unwrap_or_default());
        state.digest()
    }
}

const fn hex_digit(value: u8) -> u8 {
    if value < 10 {
        b'0' + value
    } else {
        b'A' + value - 10
    }
}
