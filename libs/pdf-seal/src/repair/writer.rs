//! The bytes of the new file, object by object, then table and trailer.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use sha2::Digest as _;

use super::catalog;
use super::scan::Found;
use super::streams::{Extent, Unpacked};
use crate::limits;
use crate::object::{Dict, Object, Ref};
use crate::refusal::Refusal;

/// Unused numbers for each object up to which a table lists them all, as readers like the first table best.
const GAPS: u32 = 8;

/// How far above all objects a number may lie that is only referred to, to be written.
const MISSING_ABOVE: u32 = 1000;

/// A file in the making.
pub(super) struct Writer {
    pub bytes: Vec<u8>,
    offsets: BTreeMap<u32, usize>,
    generations: BTreeMap<u32, u16>,
    /// What the objects refer to.
    wanted: BTreeSet<Ref>,
    /// Objects that could not be written.
    pub dropped: usize,
}

impl Writer {
    pub(super) fn new(version: &str) -> Self {
        let mut bytes = format!("%PDF-{version}\n").into_bytes();
        bytes.extend_from_slice(b"%\xE2\xE3\xCF\xD3\n");
        Self {
            bytes,
            offsets: BTreeMap::new(),
            generations: BTreeMap::new(),
            wanted: BTreeSet::new(),
            dropped: 0,
        }
    }

    pub(super) fn check(&self) -> Result<(), Refusal> {
        if self.bytes.len() > limits::REPAIRED_BYTES {
            Err(Refusal::TooLarge)
        } else {
            Ok(())
        }
    }

    pub(super) fn plain(
        &mut self,
        found: &Found<'_>,
        reference: Ref,
        text: (usize, usize),
        stream: Option<Extent>,
    ) {
        let Ok((item, text)) = found.plain(text.0, text.1) else {
            self.dropped += 1;
            return;
        };
        self.begin(reference);
        item.object.references(&mut |wanted| {
            self.wanted.insert(wanted);
        });
        match (&item.object, stream) {
            (Object::Dict(dict), Some(stream)) => {
                let data = found.data.get(stream.start..stream.end).unwrap_or_default();
                self.stream_dict(dict, text, data.len());
                self.bytes.extend_from_slice(b"\nstream\n");
                self.bytes.extend_from_slice(data);
                self.bytes.extend_from_slice(b"\nendstream");
            }
            _ => self
                .bytes
                .extend_from_slice(slice(text, item.span.start, item.span.end)),
        }
        self.bytes.extend_from_slice(b"\nendobj\n");
    }

    pub(super) fn packed(&mut self, number: u32, unpacked: &Unpacked, at: usize) {
        let Ok((item, text)) = unpacked.member(at) else {
            self.dropped += 1;
            return;
        };
        self.begin(Ref {
            number,
            generation: 0,
        });
        item.object.references(&mut |wanted| {
            self.wanted.insert(wanted);
        });
        self.bytes
            .extend_from_slice(slice(text, item.span.start, item.span.end));
        self.bytes.extend_from_slice(b"\nendobj\n");
    }

    /// Objects that are referred to and not there are null (7.3.10); some readers want to see that written.
    pub(super) fn missing(&mut self) {
        let highest = self.offsets.keys().last().copied().unwrap_or(0);
        for reference in std::mem::take(&mut self.wanted) {
            let number = reference.number;
            if number == 0 || number > highest + MISSING_ABOVE || self.offsets.contains_key(&number)
            {
                continue;
            }
            self.begin(reference);
            self.bytes.extend_from_slice(b"null\nendobj\n");
        }
    }

    fn begin(&mut self, reference: Ref) {
        self.offsets.insert(reference.number, self.bytes.len());
        self.generations
            .insert(reference.number, reference.generation);
        // Writing to a vector cannot fail.
        let _ = writeln!(
            self.bytes,
            "{} {} obj",
            reference.number, reference.generation
        );
    }

    /// The dictionary as it stands, with the length that is right; one that was right stays, direct or not.
    fn stream_dict(&mut self, dict: &Dict, text: &[u8], length: usize) {
        let told = dict
            .int(b"Length")
            .and_then(|told| usize::try_from(told).ok());
        if told == Some(length) {
            self.bytes
                .extend_from_slice(slice(text, dict.span.start, dict.span.end));
            return;
        }
        self.bytes.extend_from_slice(b"<<");
        for (key, start, end) in dict.raw_entries() {
            if key != b"Length" {
                self.bytes.extend_from_slice(slice(text, start, end));
                self.bytes.push(b' ');
            }
        }
        let _ = write!(self.bytes, "/Length {length}>>");
    }

    /// Table and trailer.
    pub(super) fn finish(&mut self, found: &Found<'_>, root: Ref) {
        let startxref = self.bytes.len();
        let size = self.offsets.keys().last().map_or(1, |last| last + 1);
        self.bytes.extend_from_slice(b"xref\n");
        let used = u32::try_from(self.offsets.len()).unwrap_or(u32::MAX);
        if size <= used.saturating_mul(GAPS).saturating_add(1000) {
            self.table_run(0..size);
        } else {
            self.table_run(0..1);
            let numbers: Vec<u32> = self.offsets.keys().copied().collect();
            for run in numbers.chunk_by(|a, b| a + 1 == *b) {
                if let (Some(first), Some(last)) = (run.first(), run.last()) {
                    self.table_run(*first..last + 1);
                }
            }
        }
        let _ = write!(self.bytes, "trailer\n<</Size {size}/Root {root}");
        if let Some(info) = catalog::reference(found, b"Info") {
            let _ = write!(self.bytes, "/Info {info}");
        }
        let hash = sha2::Sha256::digest(found.data);
        let now = hash.get(..16).unwrap_or_default();
        let encryption = catalog::reference(found, b"Encrypt");
        let first = catalog::first_id(found).unwrap_or_else(|| match encryption {
            // Keys are made with the first half, and were made with nothing.
            Some(_) => Vec::new(),
            None => now.to_vec(),
        });
        if let Some(encryption) = encryption {
            let _ = write!(self.bytes, "/Encrypt {encryption}");
        }
        let hex = |bytes: &[u8]| {
            bytes
                .iter()
                .map(|byte| format!("{byte:02X}"))
                .collect::<String>()
        };
        let _ = write!(
            self.bytes,
            "/ID[<{}><{}>]>>\nstartxref\n{startxref}\n%%EOF\n",
            hex(&first),
            hex(now)
        );
    }

    fn table_run(&mut self, numbers: std::ops::Range<u32>) {
        let _ = writeln!(self.bytes, "{} {}", numbers.start, numbers.len());
        for number in numbers {
            let _ = match self.offsets.get(&number) {
                Some(offset) => {
                    let generation = self.generations.get(&number).copied().unwrap_or(0);
                    write!(self.bytes, "{offset:010} {generation:05} n\r\n")
                }
                None => write!(self.bytes, "0000000000 65535 f\r\n"),
            };
        }
    }
}

fn slice(text: &[u8], start: u32, end: u32) -> &[u8] {
    text.get(start as usize..end as usize).unwrap_or_default()
}
