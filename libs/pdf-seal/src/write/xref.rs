//! The cross-reference section of a new revision (7.5.4, 7.5.8) and its trailer.

use std::io::Write as _;

use sha2::Digest as _;

use super::deflate;
use super::number::filled;
use crate::document::Document;
use crate::object::{Object, Ref};
use crate::refusal::Refusal;
use crate::tail::{Trailer, XrefKind};

/// Offsets in a table have ten digits.
const TABLE_LIMIT: u64 = 9_999_999_999;

pub(super) struct Section<'a> {
    pub document: &'a Document,
    pub info: Option<Ref>,
    pub entries: Vec<(Ref, u64)>,
    pub next_number: u32,
    pub startxref: u64,
    /// The objects of the increment, from which the changing half of `/ID` is derived.
    pub seed: &'a [u8],
}

impl Section<'_> {
    pub(super) fn write(&mut self) -> Result<Vec<u8>, Refusal> {
        match self.document.tail.kind() {
            // A hybrid file goes on with a table: its own /XRefStm stays reachable through /Prev and is never
            // copied, since an old stream would win over new objects.
            XrefKind::Table | XrefKind::Hybrid => self.table(),
            XrefKind::Stream => self.stream(),
        }
    }

    fn table(&mut self) -> Result<Vec<u8>, Refusal> {
        if self.startxref > TABLE_LIMIT {
            return Err(Refusal::TooLarge);
        }
        self.entries.sort_by_key(|(reference, _)| reference.number);
        let mut out = b"xref\n".to_vec();
        for run in self
            .entries
            .chunk_by(|(a, _), (b, _)| a.number + 1 == b.number)
        {
            let first = run.first().map_or(0, |(reference, _)| reference.number);
            let _ = writeln!(out, "{first} {}", run.len());
            for (reference, offset) in run {
                filled(&mut out, *offset, b"0000000000");
                out.push(b' ');
                filled(&mut out, reference.generation, b"00000");
                out.extend_from_slice(b" n\r\n");
            }
        }
        let _ = write!(out, "trailer\n<</Size {}", self.next_number);
        self.trailer(&mut out);
        out.extend_from_slice(b">>\n");
        Ok(out)
    }

    fn allocate(&mut self) -> Result<Ref, Refusal> {
        while self.document.is_dangling(self.next_number) {
            self.next_number += 1;
        }
        let own = Ref {
            number: self.next_number,
            generation: 0,
        };
        if own.number >= crate::limits::OBJECT_NUMBER {
            return Err(Refusal::Limits("object number"));
        }
        self.next_number += 1;
        Ok(own)
    }

    fn stream(&mut self) -> Result<Vec<u8>, Refusal> {
        // The stream is an object itself and listed in itself.
        let own = self.allocate()?;
        self.entries.push((own, self.startxref));
        let rows = Rows::new(std::mem::take(&mut self.entries), self.startxref);
        let mut out = rows.head(own, self.next_number).into_bytes();
        self.trailer(&mut out);
        rows.end(&mut out);
        Ok(out)
    }

    /// `/Root`, `/Info`, `/Encrypt`, `/ID` and `/Prev`; everything else of the old trailer belongs to the old section.
    fn trailer(&self, out: &mut Vec<u8>) {
        let tail = &self.document.tail;
        let _ = write!(out, "/Root {}", self.document.root);
        if let Some(info) = self.info {
            let _ = write!(out, "/Info {info}");
        }
        if let Some(trailer) = tail.trailer_with(b"Encrypt") {
            self.carry(trailer, b"Encrypt", out);
        }
        if let Some(trailer) = tail.trailer_with(b"ID") {
            self.id(trailer, out);
        }
        let _ = write!(out, "/Prev {}", tail.startxref);
    }

    /// The first half of `/ID` names the document and stays, the second names the revision (14.4).
    fn id(&self, trailer: &Trailer, out: &mut Vec<u8>) {
        let first = match trailer.dict.get(b"ID").and_then(Object::as_array) {
            Some([first, ..]) => first.object.as_string(),
            _ => None,
        };
        match first {
            Some(first) => {
                let mut hash = sha2::Sha256::new();
                hash.update(first);
                hash.update(self.startxref.to_be_bytes());
                hash.update(self.seed);
                let second = hash.finalize();
                out.extend_from_slice(b"/ID[<");
                out.extend(hex(first).bytes());
                out.extend_from_slice(b"><");
                out.extend(hex(second.get(..16).unwrap_or_default()).bytes());
                out.extend_from_slice(b">]");
            }
            // An indirect /ID, or an odd one.
            None => self.carry(trailer, b"ID", out),
        }
    }

    /// An entry of the old trailer as it stands there. Nothing in a trailer is encrypted.
    fn carry(&self, trailer: &Trailer, key: &[u8], out: &mut Vec<u8>) {
        let raw = trailer.dict.item(key).and_then(|item| {
            let start = trailer.base + item.span.start as usize;
            let end = trailer.base + item.span.end as usize;
            self.document.data().get(start..end)
        });
        if let Some(raw) = raw {
            out.push(b'/');
            out.extend_from_slice(key);
            out.push(b' ');
            out.extend_from_slice(raw);
        }
    }
}

/// The rows of a cross-reference stream, compressed.
struct Rows {
    width: usize,
    index: String,
    data: Vec<u8>,
}

impl Rows {
    /// `highest` is the largest offset among the entries.
    fn new(mut entries: Vec<(Ref, u64)>, highest: u64) -> Self {
        entries.sort_by_key(|(reference, _)| reference.number);
        let width = (8 - highest.leading_zeros() / 8).max(1) as usize;
        let mut index = String::new();
        let mut rows = Vec::with_capacity(entries.len() * (width + 3));
        for run in entries.chunk_by(|(a, _), (b, _)| a.number + 1 == b.number) {
            let first = run.first().map_or(0, |(reference, _)| reference.number);
            let blank = if index.is_empty() { "" } else { " " };
            index.push_str(&format!("{blank}{first} {}", run.len()));
            for (reference, offset) in run {
                rows.push(1);
                rows.extend(offset.to_be_bytes().iter().skip(8 - width));
                rows.extend(reference.generation.to_be_bytes());
            }
        }
        Self {
            width,
            index,
            data: deflate(&rows),
        }
    }

    /// The object as far as its dictionary, which stays open.
    fn head(&self, own: Ref, size: u32) -> String {
        format!(
            "{} 0 obj\n<</Type/XRef/Size {size}/W[1 {} 2]/Index[{}]/Filter/FlateDecode/Length {}",
            own.number,
            self.width,
            self.index,
            self.data.len()
        )
    }

    fn end(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b">>\nstream\n");
        out.extend_from_slice(&self.data);
        out.extend_from_slice(b"\nendstream\nendobj\n");
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}
