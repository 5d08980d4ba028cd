//! The bytes that are appended, built in memory; the base is only read.
//!
//! What is given is plain. In an encrypted file strings and data are encrypted here, under the number of their object,
//! and nowhere else.

use std::borrow::Cow;
use std::io::Write as _;

use super::{digits, xref};
use crate::crypt::Replaced;
use crate::document::Document;
use crate::limits;
use crate::object::{Object, Parser, Ref};
use crate::refusal::{Refusal, damaged};

/// A revision in the making.
pub(crate) struct Increment<'a> {
    document: &'a Document,
    bytes: Vec<u8>,
    /// Objects written, with their offset from the origin.
    entries: Vec<(Ref, u64)>,
    next_number: u32,
    /// Why the revision cannot be written.
    refused: Option<Refusal>,
}

impl<'a> Increment<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        // The base is never touched: where it lacks a line end, the increment begins with one.
        let ends_line = matches!(document.data().last(), Some(b'\n' | b'\r'));
        let bytes = if ends_line { Vec::new() } else { vec![b'\n'] };
        // A revision without a new code would be refused by readers that look for one.
        let has_code = document.tail.trailer_with(b"AuthCode").is_some();
        let refused = has_code.then(|| {
            Refusal::EncryptedUnsupported("with an integrity code (ISO/TS 32004)".to_owned())
        });
        Self {
            document,
            bytes,
            entries: Vec::new(),
            next_number: document.tail.next_number,
            refused,
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

    /// Writes an object.
    pub(crate) fn object(&mut self, reference: Ref, body: &[u8]) {
        let [] = self.object_at(reference, body, []);
    }

    /// Writes an object and tells where the places `at` of the body are in the increment; none of them may lie inside a
    /// string, the contents of a signature apart.
    pub(crate) fn object_at<const N: usize>(
        &mut self,
        reference: Ref,
        body: &[u8],
        at: [usize; N],
    ) -> [usize; N] {
        let closed = self.closed(reference, body);
        self.begin(reference);
        let start = self.bytes.len();
        let (bytes, at) = match &closed {
            Some(closed) => (closed.bytes.as_slice(), at.map(|at| closed.after(at))),
            None => (body, at),
        };
        self.bytes.extend_from_slice(bytes);
        self.bytes.extend_from_slice(b"\nendobj\n");
        at.map(|at| start + at)
    }

    /// Writes a stream; `head` is the inside of its dictionary without `/Length`.
    pub(crate) fn stream(&mut self, reference: Ref, head: &str, data: &[u8]) {
        let (head, data) = self.closed_stream(reference, head, data);
        self.begin(reference);
        self.bytes.extend_from_slice(b"<<");
        self.bytes.extend_from_slice(&head);
        let _ = write!(self.bytes, "/Length {}>>\nstream\n", data.len());
        self.bytes.extend_from_slice(&data);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
    }

    /// `body` with its strings encrypted; `None` when nothing is to be done.
    fn closed(&mut self, reference: Ref, body: &[u8]) -> Option<Replaced> {
        let crypt = self.document.crypt.as_ref()?;
        match Parser::new(body, 0).object() {
            Ok(item) => crypt.close_strings(reference, body, &item),
            Err(refusal) => {
                self.refused.get_or_insert(refusal);
                None
            }
        }
    }

    fn closed_stream<'b>(
        &mut self,
        reference: Ref,
        head: &'b str,
        data: &'b [u8],
    ) -> (Cow<'b, [u8]>, Cow<'b, [u8]>) {
        let plain = (Cow::Borrowed(head.as_bytes()), Cow::Borrowed(data));
        let Some(crypt) = self.document.crypt.as_ref() else {
            return plain;
        };
        let whole = format!("<<{head}>>").into_bytes();
        let close = || {
            let item = Parser::new(&whole, 0).object()?;
            let dict = item
                .object
                .as_dict()
                .ok_or_else(|| damaged("the head of a stream is no dictionary"))?;
            let data = crypt.close_stream(reference, dict, data)?;
            let bytes = crypt
                .close_strings(reference, &whole, &item)
                .map_or_else(|| whole.clone(), |closed| closed.bytes);
            let head = bytes
                .strip_prefix(b"<<")
                .and_then(|rest| rest.strip_suffix(b">>"))
                .unwrap_or_default()
                .to_vec();
            Ok((Cow::Owned(head), data))
        };
        close().unwrap_or_else(|refusal| {
            self.refused.get_or_insert(refusal);
            plain
        })
    }

    fn begin(&mut self, reference: Ref) {
        self.entries.push((reference, self.offset()));
        digits(&mut self.bytes, reference.number);
        self.bytes.push(b' ');
        digits(&mut self.bytes, reference.generation);
        self.bytes.extend_from_slice(b" obj\n");
    }

    /// Where the next byte will stand, from the origin.
    fn offset(&self) -> u64 {
        (self.document.data().len() - self.document.tail.origin + self.bytes.len()) as u64
    }

    /// `/Info` of the new trailer. Some files hold it in the trailer itself, against 7.5.5; it becomes an object then,
    /// since a trailer without it would be a change and readers look for a reference.
    fn info(&mut self) -> Result<Option<Ref>, Refusal> {
        let document = self.document;
        let Some(trailer) = document.tail.trailer_with(b"Info") else {
            return Ok(None);
        };
        let Some(item) = trailer.dict.item(b"Info") else {
            return Ok(None);
        };
        match item.object {
            Object::Ref(info) => Ok(Some(info)),
            Object::Dict(_) => {
                let start = trailer.base + item.span.start as usize;
                let end = trailer.base + item.span.end as usize;
                let body = document.data().get(start..end).unwrap_or_default();
                let info = self.allocate()?;
                self.object(info, body);
                Ok(Some(info))
            }
            _ => Ok(None),
        }
    }

    /// Writes the cross-reference section and the end.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Refusal> {
        if let Some(refusal) = self.refused.take() {
            return Err(refusal);
        }
        let info = self.info()?;
        self.check_once()?;
        let startxref = self.offset();
        let mut section = xref::Section {
            document: self.document,
            info,
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

impl Increment<'_> {
    /// An object that is a page and the catalog at once, say, would be written twice, and one of the two be lost.
    fn check_once(&self) -> Result<(), Refusal> {
        let mut numbers: Vec<u32> = self.entries.iter().map(|(it, _)| it.number).collect();
        numbers.sort_unstable();
        if numbers.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(damaged(
                "one object serves as two things that the seal has to change",
            ));
        }
        Ok(())
    }
}

/// Compresses stream data.
pub(crate) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    // Writing to a vector cannot fail.
    let _ = encoder.write_all(data);
    encoder.finish().unwrap_or_default()
}
