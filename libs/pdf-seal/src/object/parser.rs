//! One object out of bytes: recursive, with limits on depth, elements and length, and without any repair.

use std::ops::Range;

use super::dict::Entry;
use super::lexer::{hex, is_regular, literal, name, regular_end, skip_white};
use super::{Dict, Item, Object, Ref, Span};
use crate::limits;
use crate::refusal::{Refusal, damaged};

/// Reads objects from `text`; all spans count from the beginning of `text`.
pub(crate) struct Parser<'a> {
    text: &'a [u8],
    pub(crate) pos: usize,
    elements: u32,
    /// The highest object number among the references that were read.
    pub(crate) highest: u32,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a [u8], pos: usize) -> Self {
        let end = text.len().min(pos.saturating_add(limits::OBJECT_BYTES));
        Self {
            text: text.get(..end).unwrap_or(text),
            pos,
            elements: 0,
            highest: 0,
        }
    }

    pub(crate) fn object(&mut self) -> Result<Item, Refusal> {
        self.value(0)
    }

    pub(crate) fn skip_white(&mut self) {
        self.pos = skip_white(self.text, self.pos);
    }

    /// Takes `word` when it stands here as a token of its own.
    pub(crate) fn keyword(&mut self, word: &[u8]) -> bool {
        self.skip_white();
        let end = regular_end(self.text, self.pos);
        let found = self.text.get(self.pos..end) == Some(word);
        if found {
            self.pos = end;
        }
        found
    }

    /// Takes an unsigned integer token.
    pub(crate) fn unsigned(&mut self) -> Option<u64> {
        self.skip_white();
        let end = regular_end(self.text, self.pos);
        let number = unsigned(self.text.get(self.pos..end)?)?;
        self.pos = end;
        Some(number)
    }

    fn value(&mut self, depth: u32) -> Result<Item, Refusal> {
        if depth > limits::OBJECT_DEPTH {
            return Err(Refusal::Limits("nesting of an object"));
        }
        self.elements += 1;
        if self.elements > limits::OBJECT_ELEMENTS {
            return Err(Refusal::Limits("elements of an object"));
        }
        self.skip_white();
        let start = self.pos;
        let &first = self
            .text
            .get(start)
            .ok_or_else(|| damaged("an object ends too early"))?;
        let object = match first {
            b'/' => {
                self.pos = regular_end(self.text, start + 1);
                Object::Name(name(self.text.get(start + 1..self.pos).unwrap_or_default()))
            }
            b'(' => {
                let (value, end) = literal(self.text, start)?;
                self.pos = end;
                Object::String(value)
            }
            b'<' if self.text.get(start + 1) == Some(&b'<') => self.dictionary(depth)?,
            b'<' => {
                let (value, end) = hex(self.text, start)?;
                self.pos = end;
                Object::String(value)
            }
            b'[' => self.array(depth)?,
            byte if is_regular(byte) => self.word(),
            _ => return Err(damaged("an object begins with a stray character")),
        };
        Ok(Item {
            object,
            span: self.span(start),
        })
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "`new` and the callers keep the text below 4 GiB"
    )]
    fn span(&self, start: usize) -> Span {
        Span {
            start: start as u32,
            end: self.pos as u32,
        }
    }

    fn array(&mut self, depth: u32) -> Result<Object, Refusal> {
        self.pos += 1;
        let mut items = Vec::new();
        loop {
            self.skip_white();
            if self.text.get(self.pos) == Some(&b']') {
                self.pos += 1;
                return Ok(Object::Array(items));
            }
            items.push(self.value(depth + 1)?);
        }
    }

    fn dictionary(&mut self, depth: u32) -> Result<Object, Refusal> {
        let start = self.pos;
        self.pos += 2;
        let mut entries = Vec::new();
        loop {
            self.skip_white();
            let key_start = self.pos;
            match self.text.get(key_start) {
                Some(b'>') if self.text.get(key_start + 1) == Some(&b'>') => {
                    self.pos += 2;
                    return Ok(Object::Dict(Dict::new(entries, self.span(start))));
                }
                Some(b'/') => {
                    self.pos = regular_end(self.text, key_start + 1);
                    let key = name(self.text.get(key_start + 1..self.pos).unwrap_or_default());
                    let value = self.value(depth + 1)?;
                    entries.push(Entry {
                        key,
                        key_start: self.span(key_start).start,
                        value,
                    });
                }
                _ => return Err(damaged("a dictionary holds something that is not a key")),
            }
        }
    }

    /// A number, a reference or one of the three words.
    fn word(&mut self) -> Object {
        let start = self.pos;
        self.pos = regular_end(self.text, start);
        let token = self.text.get(start..self.pos).unwrap_or_default();
        match token {
            b"null" => return Object::Null,
            b"true" => return Object::Bool(true),
            b"false" => return Object::Bool(false),
            _ => {}
        }
        if let Some(number) = unsigned(token) {
            if let Some(reference) = self.reference(number) {
                return Object::Ref(reference);
            }
            return i64::try_from(number).map_or(Object::Unknown, Object::Int);
        }
        let Ok(text) = std::str::from_utf8(token) else {
            return Object::Unknown;
        };
        if let Ok(number) = text.parse::<i64>() {
            return Object::Int(number);
        }
        let plain = text
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.'));
        match text.parse::<f64>() {
            Ok(number) if plain && number.is_finite() => Object::Real(number),
            _ => Object::Unknown,
        }
    }

    /// `G R` after a number that was just read.
    fn reference(&mut self, number: u64) -> Option<Ref> {
        let after_number = self.pos;
        let found = self.reference_tail(number);
        if found.is_none() {
            self.pos = after_number;
        }
        found
    }

    fn reference_tail(&mut self, number: u64) -> Option<Ref> {
        let generation = u16::try_from(self.unsigned()?).ok()?;
        let number = u32::try_from(number).ok()?;
        let found = self.keyword(b"R");
        if found {
            self.highest = self.highest.max(number);
        }
        found.then_some(Ref { number, generation })
    }
}

/// Plain decimal digits, at most 19 of them.
pub(crate) fn unsigned(token: &[u8]) -> Option<u64> {
    if token.is_empty() || token.len() > 19 || !token.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(token.iter().fold(0_u64, |sum, digit| {
        sum.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'))
    }))
}

/// An indirect object as it stands in a file.
pub(crate) struct Indirect {
    pub reference: Ref,
    pub item: Item,
    /// Where the stream data begins, when the object is a stream; spans and this count from the same place.
    pub data_start: Option<usize>,
    /// Bytes that were read.
    pub consumed: usize,
    /// The highest object number that it refers to.
    pub highest: u32,
}

/// Reads `N G obj …` at the beginning of `text`.
pub(crate) fn parse_indirect(text: &[u8]) -> Result<Indirect, Refusal> {
    let mut parser = Parser::new(text, 0);
    let head = |parser: &mut Parser<'_>| {
        let number = u32::try_from(parser.unsigned()?).ok()?;
        let generation = u16::try_from(parser.unsigned()?).ok()?;
        parser.keyword(b"obj").then_some(Ref { number, generation })
    };
    let reference =
        head(&mut parser).ok_or_else(|| damaged("no object stands where one should"))?;
    parser.skip_white();
    // `N G obj endobj` is an empty object, which readers take for null.
    if parser.keyword(b"endobj") {
        let empty = Item {
            object: Object::Null,
            span: Span { start: 0, end: 0 },
        };
        return Ok(Indirect {
            reference,
            item: empty,
            data_start: None,
            consumed: parser.pos,
            highest: 0,
        });
    }
    let item = parser.object()?;
    let after_object = parser.pos;
    let data_start =
        (matches!(item.object, Object::Dict(_)) && parser.keyword(b"stream")).then(|| {
            let pos = parser.pos;
            match (text.get(pos), text.get(pos + 1)) {
                (Some(b'\r'), Some(b'\n')) => pos + 2,
                (Some(b'\r' | b'\n'), _) => pos + 1,
                _ => pos,
            }
        });
    Ok(Indirect {
        reference,
        item,
        data_start,
        consumed: after_object,
        highest: parser.highest,
    })
}

/// Checks that `endstream` follows the data that `/Length` announces.
pub(crate) fn stream_data(
    text: &[u8],
    start: usize,
    length: usize,
) -> Result<Range<usize>, Refusal> {
    let end = start.checked_add(length).filter(|end| *end <= text.len());
    let end = end.ok_or_else(|| damaged("a stream reaches beyond the end of the file"))?;
    let mut pos = end;
    while text.get(pos).is_some_and(|b| super::is_white(*b)) && pos < end + 4 {
        pos += 1;
    }
    if text.get(pos..pos + 9) == Some(b"endstream") {
        Ok(start..end)
    } else {
        Err(damaged("the length of a stream is wrong"))
    }
}
