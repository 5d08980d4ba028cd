//! DER by hand: joining parts on the way out, a bounded cursor on the way in.
//!
//! Signatures cover bytes, so what is read is sliced from the input and never re-encoded. Leaf values (identifiers,
//! times) are read and written by the `der` crate.

use crate::Error;
use der::{Decode, Encode, asn1::ObjectIdentifier as Oid};

pub const BOOLEAN: u8 = 0x01;
pub const INTEGER: u8 = 0x02;
pub const BIT_STRING: u8 = 0x03;
pub const OCTET_STRING: u8 = 0x04;
pub const NULL: u8 = 0x05;
pub const OID: u8 = 0x06;
pub const ENUMERATED: u8 = 0x0a;
pub const UTF8: u8 = 0x0c;
pub const PRINTABLE: u8 = 0x13;
pub const UTC_TIME: u8 = 0x17;
pub const GENERALIZED_TIME: u8 = 0x18;
pub const SEQUENCE: u8 = 0x30;
pub const SET: u8 = 0x31;

/// The tag `[n]`, primitive.
pub const fn context(n: u8) -> u8 {
    0x80 | n
}

/// The tag `[n]`, constructed.
pub const fn context_constructed(n: u8) -> u8 {
    0xa0 | n
}

/// One tag, length and value.
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 6);
    out.push(tag);
    let length = content.len();
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let bytes = length.to_be_bytes();
        let skip = bytes.iter().take_while(|byte| **byte == 0).count();
        out.push(0x80 | (bytes.len() - skip) as u8);
        out.extend(bytes.iter().skip(skip));
    }
    out.extend_from_slice(content);
    out
}

/// A tag around several parts, in the order given.
pub fn join(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    tlv(tag, &parts.concat())
}

/// SEQUENCE of parts.
pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    join(SEQUENCE, parts)
}

/// DER `SET OF`: the elements sorted by their encodings (X.690 11.6).
pub fn set_of(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    tlv(SET, &parts.concat())
}

/// OBJECT IDENTIFIER.
pub fn oid(oid: Oid) -> Vec<u8> {
    tlv(OID, oid.as_bytes())
}

/// INTEGER from a big-endian magnitude, positive.
pub fn unsigned(magnitude: &[u8]) -> Vec<u8> {
    let skip = magnitude.iter().take_while(|byte| **byte == 0).count();
    let digits = magnitude.get(skip..).unwrap_or_default();
    match digits.first() {
        None => tlv(INTEGER, &[0]),
        Some(first) if *first >= 0x80 => join(INTEGER, &[&[0], digits]),
        Some(_) => tlv(INTEGER, digits),
    }
}

/// BIT STRING of whole bytes.
pub fn bit_string(bytes: &[u8]) -> Vec<u8> {
    join(BIT_STRING, &[&[0], bytes])
}

/// A `der` value as bytes; encoding of values that were checked before cannot fail, so the error only names the place.
pub fn encoded<T: Encode>(value: &T, what: &'static str) -> Result<Vec<u8>, Error> {
    value.to_der().map_err(|_| Error::Malformed(what))
}

/// Refuses input longer than `limit` bytes.
pub fn bound(bytes: &[u8], what: &'static str, limit: usize) -> Result<(), Error> {
    if bytes.len() > limit {
        Err(Error::TooLarge { what, limit })
    } else {
        Ok(())
    }
}

/// One element: its tag, its content, and all its bytes.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    pub raw: &'a [u8],
}

/// Reads elements one after the other; every error carries the name of the structure.
#[derive(Clone)]
pub struct Cursor<'a> {
    rest: &'a [u8],
    what: &'static str,
}

impl<'a> Cursor<'a> {
    pub fn new(bytes: &'a [u8], what: &'static str) -> Self {
        Cursor { rest: bytes, what }
    }

    /// A cursor inside the one SEQUENCE that the bytes must be, nothing after it.
    pub fn sequence(bytes: &'a [u8], what: &'static str) -> Result<Self, Error> {
        let mut outer = Cursor::new(bytes, what);
        let inner = outer.enter(SEQUENCE)?;
        outer.finish()?;
        Ok(inner)
    }

    pub fn malformed(&self) -> Error {
        Error::Malformed(self.what)
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element, whatever its tag; definite, shortest lengths and one-byte tags only.
    pub fn next(&mut self) -> Result<Element<'a>, Error> {
        let malformed = self.malformed();
        let (&tag, after_tag) = self.rest.split_first().ok_or(malformed.clone())?;
        if tag & 0x1f == 0x1f {
            return Err(malformed);
        }
        let (&first, after_first) = after_tag.split_first().ok_or(malformed.clone())?;
        let (length, body) = if first < 0x80 {
            (usize::from(first), after_first)
        } else {
            let count = usize::from(first & 0x7f);
            if count == 0 || count > 4 {
                return Err(malformed);
            }
            let (digits, body) = after_first
                .split_at_checked(count)
                .ok_or(malformed.clone())?;
            let length = digits
                .iter()
                .fold(0_usize, |sum, digit| (sum << 8) | usize::from(*digit));
            if length < 0x80 || digits.first() == Some(&0) {
                return Err(malformed);
            }
            (length, body)
        };
        let (content, rest) = body.split_at_checked(length).ok_or(malformed.clone())?;
        let (raw, _) = self
            .rest
            .split_at_checked(self.rest.len() - rest.len())
            .ok_or(malformed)?;
        self.rest = rest;
        Ok(Element { tag, content, raw })
    }

    pub fn expect(&mut self, tag: u8) -> Result<Element<'a>, Error> {
        let element = self.next()?;
        if element.tag == tag {
            Ok(element)
        } else {
            Err(self.malformed())
        }
    }

    pub fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Error> {
        if self.peek() == Some(tag) {
            self.next().map(Some)
        } else {
            Ok(None)
        }
    }

    pub fn enter(&mut self, tag: u8) -> Result<Cursor<'a>, Error> {
        Ok(Cursor::new(self.expect(tag)?.content, self.what))
    }

    pub fn enter_optional(&mut self, tag: u8) -> Result<Option<Cursor<'a>>, Error> {
        Ok(self
            .optional(tag)?
            .map(|element| Cursor::new(element.content, self.what)))
    }

    pub fn finish(&self) -> Result<(), Error> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.malformed())
        }
    }

    pub fn oid(&mut self) -> Result<Oid, Error> {
        let element = self.expect(OID)?;
        Oid::from_bytes(element.content).map_err(|_| self.malformed())
    }

    /// The identifier of an AlgorithmIdentifier, and the raw parameters after it (empty when absent).
    pub fn algorithm(&mut self) -> Result<(Oid, &'a [u8]), Error> {
        let mut inner = self.enter(SEQUENCE)?;
        let oid = inner.oid()?;
        Ok((oid, inner.rest))
    }

    /// A positive INTEGER as big-endian magnitude without leading zeros (zero is one zero byte); bounded by `limit` bytes.
    pub fn unsigned(&mut self, limit: usize) -> Result<&'a [u8], Error> {
        let content = self.expect(INTEGER)?.content;
        let magnitude = match content {
            [] => return Err(self.malformed()),
            [0] => content,
            [0, next, ..] if *next < 0x80 => return Err(self.malformed()),
            [0, rest @ ..] => rest,
            [first, ..] if *first >= 0x80 => return Err(self.malformed()),
            _ => content,
        };
        bound(magnitude, self.what, limit)?;
        Ok(magnitude)
    }

    /// A small INTEGER.
    pub fn small(&mut self) -> Result<u64, Error> {
        Ok(self
            .unsigned(8)?
            .iter()
            .fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
    }

    /// BIT STRING of whole bytes.
    pub fn bits(&mut self) -> Result<&'a [u8], Error> {
        match self.expect(BIT_STRING)?.content {
            [0, bytes @ ..] => Ok(bytes),
            _ => Err(self.malformed()),
        }
    }

    /// BOOLEAN DEFAULT FALSE.
    pub fn flag(&mut self) -> Result<bool, Error> {
        match self.optional(BOOLEAN)? {
            None => Ok(false),
            Some(element) => match element.content {
                [0xff] => Ok(true),
                [0] => Ok(false),
                _ => Err(self.malformed()),
            },
        }
    }

    /// A value that the `der` family reads.
    pub fn decode<T: Decode<'a>>(&mut self) -> Result<T, Error> {
        let element = self.next()?;
        T::from_der(element.raw).map_err(|_| self.malformed())
    }
}

/// The three parts of everything that X.509 signs.
pub struct Signed<'a> {
    pub tbs: &'a [u8],
    pub algorithm: Oid,
    /// The whole AlgorithmIdentifier, parameters included.
    pub identifier: &'a [u8],
    pub signature: &'a [u8],
}

/// Splits `SEQUENCE { tbs, AlgorithmIdentifier, BIT STRING }`.
pub fn split_signed<'a>(bytes: &'a [u8], what: &'static str) -> Result<Signed<'a>, Error> {
    let mut cursor = Cursor::sequence(bytes, what)?;
    let tbs = cursor.expect(SEQUENCE)?.raw;
    let identifier = cursor.expect(SEQUENCE)?.raw;
    let (algorithm, _) = Cursor::new(identifier, what).algorithm()?;
    let signature = cursor.bits()?;
    cursor.finish()?;
    Ok(Signed {
        tbs,
        algorithm,
        identifier,
        signature,
    })
}

/// The reverse of [`split_signed`].
pub fn join_signed(tbs: &[u8], algorithm: crate::Algorithm, signature: &[u8]) -> Vec<u8> {
    sequence(&[
        tbs,
        &algorithm.signature_identifier(),
        &bit_string(signature),
    ])
}
