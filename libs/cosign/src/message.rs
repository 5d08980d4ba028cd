//! How messages look on the wire: a version byte, a kind byte, then fields of fixed length and nothing after them.
//!
//! Every hash and every additional datum of the crate is built with [`framed`], so that two different lists of parts
//! can never give the same bytes.

use crate::Error;
use zeroize::Zeroizing;

/// The version that every message and stored key of this crate begins with.
pub const VERSION: u8 = 1;

/// The longest context (`ctx`) a protocol run may be bound to, in bytes.
pub const CONTEXT_MAX_BYTES: usize = 512;

/// The second byte of a message or stored value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)] // The names are those of the messages they mark.
pub enum Kind {
    Sm2KeygenCommit = 0x11,
    Sm2KeygenReply = 0x12,
    Sm2KeygenOpen = 0x13,
    Sm2ServerStart = 0x14,
    Sm2ClientKey = 0x15,
    Sm2ServerKey = 0x16,
    Sm2SignRequest = 0x21,
    Sm2SignReply = 0x22,
    Sm2DecryptRequest = 0x31,
    Sm2DecryptReply = 0x32,
    Sm2RefreshCommit = 0x41,
    Sm2RefreshReply = 0x42,
    Sm2RefreshOpen = 0x43,
    Sm2ServerRefresh = 0x44,
    RsaKeygenCommit = 0x51,
    RsaKeygenReply = 0x52,
    RsaKeygenOpen = 0x53,
    RsaServerStart = 0x54,
    RsaClientKey = 0x55,
    RsaServerKey = 0x56,
    RsaSignRequest = 0x61,
    RsaSignReply = 0x62,
    OprfServerKey = 0x71,
    WrappedShare = 0x81,
}

/// Concatenates parts, each behind its length as four bytes, big endian.
#[must_use]
pub fn framed(parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(parts.iter().map(|part| part.len() + 4).sum());
    for part in parts {
        // Every part is bounded far below 2^32 by its caller; saturating keeps the function total.
        let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(part);
    }
    out
}

pub(crate) fn check_context(ctx: &[u8]) -> Result<(), Error> {
    if ctx.len() > CONTEXT_MAX_BYTES {
        return Err(Error::Range("context longer than 512 bytes"));
    }
    Ok(())
}

/// Begins a message and appends its fields.
pub(crate) fn encode(kind: Kind, fields: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(2 + fields.iter().map(|field| field.len()).sum::<usize>());
    out.extend_from_slice(&[VERSION, kind as u8]);
    for field in fields {
        out.extend_from_slice(field);
    }
    out
}

/// As [`encode`], for stored values that hold a secret; one allocation, so no copy of it stays behind.
pub(crate) fn encode_secret(kind: Kind, fields: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(encode(kind, fields))
}

/// Reads the fields of one message; whatever does not fit exactly is refused.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8], kind: Kind) -> Result<Self, Error> {
        match bytes {
            [VERSION, found, rest @ ..] if *found == kind as u8 => Ok(Self { rest }),
            [VERSION, _, ..] => Err(Error::Malformed("another kind of message")),
            [version, _, ..] => Err(Error::Version(*version)),
            _ => Err(Error::Malformed("shorter than its head")),
        }
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (field, rest) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or(Error::Malformed("shorter than its fields"))?;
        self.rest = rest;
        Ok(*field)
    }

    /// A field behind its length as two bytes, big endian, of at most `max` bytes.
    pub(crate) fn short(&mut self, max: usize) -> Result<&'a [u8], Error> {
        let length = usize::from(u16::from_be_bytes(self.array()?));
        if length > max {
            return Err(Error::Range("field longer than allowed"));
        }
        let (field, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(Error::Malformed("shorter than its fields"))?;
        self.rest = rest;
        Ok(field)
    }

    /// All that is left, for the one message whose last field fills it.
    pub(crate) fn remainder(self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn finish(self) -> Result<(), Error> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Error::Malformed("trailing bytes"))
        }
    }
}

/// The two length bytes before a field that [`Reader::short`] reads; callers bound the field first.
pub(crate) fn short_length(field: &[u8]) -> [u8; 2] {
    u16::try_from(field.len()).unwrap_or(u16::MAX).to_be_bytes()
}
