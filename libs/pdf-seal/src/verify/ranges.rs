//! What a signature covers (12.8.1): two ranges around exactly one hole, which is its own `/Contents`.
//!
//! Everything that signature wrapping and universal forgery play with is decided here, from positions in the file
//! alone and before any cryptography.

use std::ops::Range;

use crate::document::Document;
use crate::form::SigField;
use crate::object::Object;

/// The checked ranges of one signature.
#[derive(Debug, Clone)]
pub(crate) struct Ranges {
    /// The hexadecimal string with its brackets.
    pub hole: Range<u64>,
    /// Where the second range ends.
    pub end: u64,
    /// What the hole holds.
    pub contents: Vec<u8>,
}

impl Ranges {
    /// Reads and checks; the error says what is wrong.
    pub(crate) fn read(document: &Document, signed: &SigField) -> Result<Self, &'static str> {
        let range = signed.value.get(b"ByteRange").and_then(Object::as_array);
        let numbers: Option<Vec<u64>> = range.and_then(|items| {
            items
                .iter()
                .map(|item| u64::try_from(item.object.as_int()?).ok())
                .collect()
        });
        let numbers = numbers.ok_or("the signed range is missing or not a list of numbers")?;
        let &[start, first, second, length] = numbers.as_slice() else {
            return Err("the signed range does not consist of exactly two parts");
        };
        let end = second
            .checked_add(length)
            .filter(|end| *end <= document.len());
        let end = end.ok_or("the signed range reaches beyond the end of the file")?;
        if start != 0 || first >= second {
            return Err("the signed range does not begin with the file or overlaps");
        }
        // Readers differ in which of two equal keys they take.
        if signed.value.repeats() {
            return Err("a key stands twice in the signature's dictionary");
        }
        let item = signed
            .value
            .item(b"Contents")
            .ok_or("the signature has no contents")?;
        let contents = item
            .object
            .as_string()
            .ok_or("the contents of the signature are not a string")?;
        let position = signed
            .holder
            .position(item.span)
            .ok_or("the signature is hidden in an object stream")?;
        let hole = position.start as u64..position.end as u64;
        if hole != (first..second) || document.data().get(position.start) != Some(&b'<') {
            return Err(
                "the unsigned part of the file is not exactly the signature's own contents",
            );
        }
        let inside = document.data().get(position.start + 1..position.end - 1);
        if !inside.is_some_and(is_plain_hex) {
            return Err(
                "the contents of the signature hold something other than hexadecimal digits",
            );
        }
        let dictionary = signed.holder.position(signed.value.span);
        if dictionary.is_none_or(|dictionary| dictionary.end as u64 > end) {
            return Err("the signature does not cover its own dictionary");
        }
        Ok(Self {
            hole,
            end,
            contents: contents.to_vec(),
        })
    }

    /// The DER object at the beginning of the contents, without the zeros that fill up the hole.
    pub(crate) fn cms(&self) -> Result<&[u8], &'static str> {
        let error = "the contents of the signature are not DER";
        let (head, length) = match *self.contents.as_slice() {
            [0x30, short @ 0..=0x7f, ..] => (2, usize::from(short)),
            [0x30, long @ 0x81..=0x84, ref rest @ ..] => {
                let count = usize::from(long & 0x7f);
                let bytes = rest.get(..count).ok_or(error)?;
                (
                    2 + count,
                    bytes
                        .iter()
                        .fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
                )
            }
            _ => return Err(error),
        };
        let (der, filling) = self.contents.split_at_checked(head + length).ok_or(error)?;
        if filling.iter().any(|byte| *byte != 0) {
            return Err("something other than zeros fills up the contents of the signature");
        }
        Ok(der)
    }
}

/// Pairs of digits and nothing between them: what is not signed must have no room for anything.
fn is_plain_hex(text: &[u8]) -> bool {
    text.len().is_multiple_of(2) && text.iter().all(u8::is_ascii_hexdigit)
}
