//! The bytes that are appended, built in memory; the base is only read.

use std::io::Write as _;

use super::xref;
use crate::document::Document;
use crate::limits;
use crate::object::Ref;
use crate::refusal::Refusal;

/// A revision in the making.
pub(crate) struct Increment<'a> {
    document: &'a Document,
    bytes: Vec<u8>,
    /// Objects written, with their offset from the origin.
    entries: Vec<(Ref, u64)>,
    next_number: u32,
}

impl<'a> Increment<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        // The base is never touched: where it lacks a line end, the increment begins with one.
        let ends_line = matches!(document.data().last(), Some(b'\n' | b'\r'));
        let bytes = if ends_line { Vec::new() } else { vec![b'\n'] };
        Self {
            document,
            bytes,
            entries: Vec::new(),
            next_number: document.tail.next_number,
        }
    }

    /// A number that no revision has used and nothing refers to; free numbers are not used again.
    pub(crate) fn allocate(&mut self) -> Result<Ref, Refusal> {
        while self.document.is_dangling(self.next_number) {
            self.next_number += 1;
        }
        if self.next_number >= limits::OBJECT_NUMBER {
            return Err(Refusal::Limits("object number"));
        }
        let number = self.next_number;
        self.next_number += 1;
        Ok(Ref {
            number,
            generation: 0,
        })
    }

    /// Writes an object and gives the position of its body inside the increment.
    pub(crate) fn object(&mut self, reference: Ref, body: &[u8]) -> usize {
        self.begin(reference);
        let at = self.bytes.len();
        self.bytes.extend_from_slice(body);
        self.bytes.extend_from_slice(b"\nendobj\n");
        at
    }

    /// Writes a stream; `head` is the inside of its dictionary without `/Length`.
    pub(crate) fn stream(&mut self, reference: Ref, head: &str, data: &[u8]) {
        self.begin(reference);
        let _ = write!(self.bytes, "<<{head}/Length {}>>\nstream\n", data.len());
        self.bytes.extend_from_slice(data);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
    }

    fn begin(&mut self, reference: Ref) {
        self.entries.push((reference, self.offset()));
        let _ = writeln!(
            self.bytes,
            "{} {} obj",
            reference.number, reference.generation
        );
    }

    /// Where the next byte will stand, from the origin.
    fn offset(&self) -> u64 {
        (self.document.data().len() - self.document.tail.origin + self.bytes.len()) as u64
    }

    /// Writes the cross-reference section and the end.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Refusal> {
        let startxref = self.offset();
        let mut section = xref::Section {
            document: self.document,
            entries: self.entries,
            next_number: self.next_number,
            startxref,
            seed: &self.bytes,
        };
        let bytes = section.write()?;
        self.bytes.extend_from_slice(&bytes);
        let _ = write!(self.bytes, "startxref\n{startxref}\n%%EOF\n");
        Ok(self.bytes)
    }
}

/// Compresses stream data.
pub(crate) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    // Writing to a vector cannot fail.
    let _ = encoder.write_all(data);
    encoder.finish().unwrap_or_default()
}
