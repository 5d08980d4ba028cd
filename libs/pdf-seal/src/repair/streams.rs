//! Where the data of a stream ends, and what stands in object streams, in a file whose word is not taken for either.

use std::collections::BTreeMap;

use super::heads::{self, find};
use crate::limits;
use crate::object::{Dict, Item, Object, Parser, decode, is_white, stream_data};
use crate::refusal::{Refusal, damaged};

/// The data of one stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub start: usize,
    pub end: usize,
    /// Where reading goes on.
    pub after: usize,
    /// The file tells another length.
    pub wrong: bool,
}

/// What is looked for once and only when it is needed.
#[derive(Default)]
pub(super) struct Lengths {
    /// Lengths that stand in objects of their own.
    numbers: Option<BTreeMap<u32, usize>>,
    /// From here on the words that end a stream were looked for in vain.
    without_end: Option<usize>,
    without_endobj: Option<usize>,
}

impl Lengths {
    /// Where a stream that begins at `start` and tells no usable length stops.
    fn stop(&mut self, data: &[u8], start: usize) -> usize {
        look(data, b"endstream", start, &mut self.without_end)
            .or_else(|| look(data, b"endobj", start, &mut self.without_endobj))
            .or_else(|| heads::next(data, start).map(|head| head.start))
            .unwrap_or(data.len())
    }

    fn of(&mut self, data: &[u8], dict: &Dict) -> Option<usize> {
        let number = match dict.get(b"Length")? {
            Object::Int(length) => return usize::try_from(*length).ok(),
            Object::Ref(reference) => reference.number,
            _ => return None,
        };
        let all = self.numbers.get_or_insert_with(|| numbers(data));
        all.get(&number).copied()
    }
}

/// As [`find`], remembering from where on there is none.
fn look(data: &[u8], word: &[u8], from: usize, none_after: &mut Option<usize>) -> Option<usize> {
    if none_after.is_some_and(|none| none <= from) {
        return None;
    }
    let found = find(data, word, from);
    if found.is_none() {
        *none_after = Some(from);
    }
    found
}

/// The longest object that is a plain number, with `endobj` and some white space.
const NUMBER_BYTES: usize = 64;

/// Every object that is a plain number; the last one of a number counts.
fn numbers(data: &[u8]) -> BTreeMap<u32, usize> {
    let mut all = BTreeMap::new();
    let mut pos = 0;
    while let Some(head) = heads::next(data, pos) {
        pos = head.body;
        let end = data.len().min(head.body + NUMBER_BYTES);
        let mut parser = Parser::new(data.get(head.body..end).unwrap_or_default(), 0);
        let value = parser.unsigned().and_then(|n| usize::try_from(n).ok());
        if let Some(value) = value
            && parser.keyword(b"endobj")
            && all.len() < limits::xref_entries(data.len())
        {
            all.insert(head.reference.number, value);
        }
    }
    all
}

/// The extent of the stream whose data begins at `start`. Its length is believed when `endstream` follows; else the
/// first `endstream` ends it, and where there is none the next object or the end of the file does.
pub(super) fn extent(data: &[u8], start: usize, dict: &Dict, lengths: &mut Lengths) -> Extent {
    if let Some(length) = lengths.of(data, dict)
        && let Ok(range) = stream_data(data, start, length)
    {
        return Extent {
            start,
            end: range.end,
            after: range.end,
            wrong: false,
        };
    }
    let stop = lengths.stop(data, start);
    let end = match data.get(start..stop).unwrap_or_default() {
        [.., b'\r', b'\n'] => stop - 2,
        [.., b'\r' | b'\n'] => stop - 1,
        _ => stop,
    };
    Extent {
        start,
        end,
        after: stop,
        wrong: true,
    }
}

/// A decoded object stream.
pub(super) struct Unpacked {
    pub bytes: Vec<u8>,
    /// Object numbers and where the objects begin.
    pub members: Vec<(u32, usize)>,
}

impl Unpacked {
    /// The object that begins at `at`, with the bytes that its spans count from.
    pub(super) fn member(&self, at: usize) -> Result<(Item, &[u8]), Refusal> {
        let text = self.bytes.get(at..).unwrap_or_default();
        Ok((Parser::new(text, 0).object()?, text))
    }
}

/// Decodes an object stream (7.5.7). What breaks off is used as far as it goes.
pub(super) fn unpack(dict: &Dict, raw: &[u8]) -> Result<Unpacked, Refusal> {
    let bytes = decode(dict, raw, limits::DECODED_BYTES)?;
    let number = |key: &[u8]| dict.int(key).and_then(|n| usize::try_from(n).ok());
    let (Some(count), Some(first)) = (number(b"N"), number(b"First")) else {
        return Err(damaged("an object stream has no head"));
    };
    let mut members = Vec::new();
    let mut parser = Parser::new(bytes.get(..first).unwrap_or_default(), 0);
    while members.len() < count {
        let Some((number, offset)) = parser.unsigned().zip(parser.unsigned()) else {
            break;
        };
        let (Ok(number), Ok(offset)) = (u32::try_from(number), usize::try_from(offset)) else {
            break;
        };
        members.push((number, first.saturating_add(offset)));
    }
    Ok(Unpacked { bytes, members })
}

/// Whether only white space and the word follow.
pub(super) fn begins_stream(data: &[u8], pos: usize) -> Option<usize> {
    let mut pos = pos;
    while data.get(pos).is_some_and(|byte| is_white(*byte)) {
        pos += 1;
    }
    if data.get(pos..pos + 6) != Some(b"stream") {
        return None;
    }
    let after = pos + 6;
    Some(match (data.get(after), data.get(after + 1)) {
        (Some(b'\r'), Some(b'\n')) => after + 2,
        (Some(b'\r' | b'\n'), _) => after + 1,
        _ => after,
    })
}
