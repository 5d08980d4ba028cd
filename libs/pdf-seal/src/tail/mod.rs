//! The tail reader: from `startxref` over all cross-reference sections to the newest place of every object.
//!
//! Strict and bounded. It repairs nothing: a signature is a promise about bytes, and two readers that repair
//! differently see different files. Whatever does not fit is told as the reason of `damaged`.

mod entries;
mod stream;
mod table;
mod walk;

pub(crate) use entries::{Entries, Place};
pub(crate) use walk::{read, version};

use crate::object::Dict;

/// How a cross-reference section is written (ISO 32000-2, 7.5.4 and 7.5.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XrefKind {
    /// A table alone.
    Table,
    /// A table that names a stream for readers of PDF 1.5 (`/XRefStm`).
    Hybrid,
    /// A stream alone.
    Stream,
}

/// One section, newest first in [`Tail::sections`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Section {
    /// Where it begins, from the beginning of the file.
    pub position: usize,
    pub kind: XrefKind,
}

/// A trailer dictionary and the place that its spans count from.
#[derive(Debug, Clone)]
pub(crate) struct Trailer {
    pub dict: Dict,
    pub base: usize,
}

/// What the end of the file tells.
#[derive(Debug)]
pub(crate) struct Tail {
    /// What offsets count from: the position of `%PDF-`, or 0 when the file counts its junk too.
    pub origin: usize,
    /// The number after the last `startxref`.
    pub startxref: u64,
    pub sections: Vec<Section>,
    /// Trailers, newest first, beside their sections.
    pub trailers: Vec<Trailer>,
    pub entries: Entries,
    /// The lowest offset that the newest section lists: where the objects of the last revision begin.
    pub newest_begin: Option<u64>,
    /// First object number that is free for new objects.
    pub next_number: u32,
    /// The version after `%PDF-`, for people.
    pub version: String,
}

impl Tail {
    /// The kind in which a new revision must be written: that of the newest section.
    pub(crate) fn kind(&self) -> XrefKind {
        self.sections
            .first()
            .map_or(XrefKind::Table, |section| section.kind)
    }

    /// The newest trailer that knows `key`.
    pub(crate) fn trailer_with(&self, key: &[u8]) -> Option<&Trailer> {
        self.trailers
            .iter()
            .find(|trailer| trailer.dict.get(key).is_some())
    }
}
