//! Dictionaries, and the one way in which they are changed: by splicing bytes.

use super::{Item, Object, Span};
use crate::refusal::{Refusal, damaged};

/// A dictionary in the order of the file.
#[derive(Debug, Clone)]
pub(crate) struct Dict {
    entries: Vec<Entry>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub key: Box<[u8]>,
    pub key_start: u32,
    pub value: Item,
}

impl Dict {
    pub(super) fn new(entries: Vec<Entry>, span: Span) -> Self {
        Self { entries, span }
    }

    /// A dictionary without entries.
    pub(crate) fn empty() -> Self {
        Self {
            entries: Vec::new(),
            span: Span { start: 0, end: 0 },
        }
    }

    /// The value of `key`; when the key stands there twice the later one counts, as in most readers.
    pub(crate) fn item(&self, key: &[u8]) -> Option<&Item> {
        self.entries
            .iter()
            .rev()
            .find(|entry| *entry.key == *key)
            .map(|entry| &entry.value)
    }

    /// As [`Dict::item`]; null counts as absent (7.3.7).
    pub(crate) fn get(&self, key: &[u8]) -> Option<&Object> {
        self.item(key)
            .map(|item| &item.object)
            .filter(|object| !matches!(object, Object::Null))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &[u8]> {
        self.entries.iter().map(|entry| &*entry.key)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Object> {
        self.entries.iter().map(|entry| &entry.value.object)
    }

    /// Keys, each with the place of key and value as they are written.
    pub(crate) fn raw_entries(&self) -> impl Iterator<Item = (&[u8], u32, u32)> {
        self.entries
            .iter()
            .map(|entry| (&*entry.key, entry.key_start, entry.value.span.end))
    }

    /// Keys and values in the order of the file.
    pub(crate) fn items(&self) -> impl Iterator<Item = (&[u8], &Item)> {
        self.entries.iter().map(|entry| (&*entry.key, &entry.value))
    }

    /// Whether some key stands there twice.
    pub(crate) fn repeats(&self) -> bool {
        let mut seen = std::collections::HashSet::new();
        !self.keys().all(|key| seen.insert(key))
    }

    pub(crate) fn name(&self, key: &[u8]) -> Option<&[u8]> {
        self.get(key)?.as_name()
    }

    pub(crate) fn int(&self, key: &[u8]) -> Option<i64> {
        self.get(key)?.as_int()
    }

    /// Whether the name `value` stands under `key`.
    pub(crate) fn is(&self, key: &[u8], value: &[u8]) -> bool {
        self.name(key) == Some(value)
    }

    fn entry(&self, key: &[u8]) -> Result<Option<&Entry>, Refusal> {
        let mut found = self.entries.iter().filter(|entry| *entry.key == *key);
        let first = found.next();
        if found.next().is_some() {
            return Err(damaged(
                "a key stands twice in a dictionary that the seal has to change",
            ));
        }
        Ok(first)
    }
}

/// A set of changes to the bytes of one object, applied in one go.
pub(crate) struct Splice<'a> {
    text: &'a [u8],
    span: Span,
    edits: Vec<(Span, Vec<u8>)>,
}

impl<'a> Splice<'a> {
    /// Changes inside `span` of `text`.
    pub(crate) fn new(text: &'a [u8], span: Span) -> Self {
        Self {
            text,
            span,
            edits: Vec::new(),
        }
    }

    /// Sets `key` of `dict` (which lies inside the span) to the bytes of `value`.
    pub(crate) fn set(&mut self, dict: &Dict, key: &[u8], value: &[u8]) -> Result<(), Refusal> {
        match dict.entry(key)? {
            Some(entry) => {
                // The key is written again so that a blank stands between it and any value.
                let span = Span {
                    start: entry.key_start,
                    end: entry.value.span.end,
                };
                self.edits.push((span, [b"/", key, b" ", value].concat()));
            }
            None => {
                let at = dict.span.end - 2;
                self.edits.push((
                    Span { start: at, end: at },
                    [b"/", key, b" ", value].concat(),
                ));
            }
        }
        Ok(())
    }

    /// Puts `value` where `span` is.
    pub(crate) fn replace(&mut self, span: Span, value: Vec<u8>) {
        self.edits.push((span, value));
    }

    /// Appends `value` to the array whose bytes are `array`.
    pub(crate) fn append(&mut self, array: Span, value: &[u8]) {
        let at = array.end - 1;
        self.edits
            .push((Span { start: at, end: at }, [b" ", value].concat()));
    }

    /// The bytes with all changes made.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Refusal> {
        self.edits.sort_by_key(|(span, _)| span.start);
        let mut out = Vec::with_capacity((self.span.end - self.span.start) as usize + 64);
        let mut pos = self.span.start;
        for (span, bytes) in &self.edits {
            out.extend_from_slice(self.slice(pos, span.start)?);
            // A blank keeps a number or name before the edit apart from what is inserted.
            out.push(b' ');
            out.extend_from_slice(bytes);
            pos = span.end;
        }
        out.extend_from_slice(self.slice(pos, self.span.end)?);
        Ok(out)
    }

    fn slice(&self, start: u32, end: u32) -> Result<&[u8], Refusal> {
        self.text
            .get(start as usize..end as usize)
            .ok_or_else(|| damaged("changes overlap"))
    }
}
