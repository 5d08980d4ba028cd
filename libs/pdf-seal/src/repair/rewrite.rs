//! The new file: what was found, under the same numbers, with a table that is right.

use std::collections::BTreeMap;
use std::io::Write as _;

use sha2::Digest as _;

use super::scan::{Found, Place};
use super::streams::{Extent, Unpacked};
use super::{Repaired, catalog};
use crate::limits;
use crate::object::{Dict, Object, Ref};
use crate::refusal::{Refusal, damaged};
use crate::tail;

/// Unused numbers for each object up to which a table lists them all, as readers like the first table best.
const GAPS: u32 = 8;

/// Writes everything anew. `reason` is why the old file was not sealed.
pub(super) fn rewrite(found: &Found<'_>, reason: Option<String>) -> Result<Repaired, Refusal> {
    let root = catalog::find(found).ok_or_else(|| {
        damaged(
            reason
                .clone()
                .unwrap_or_else(|| "no catalog is found in it".to_owned()),
        )
    })?;
    let mut writer = Writer {
        bytes: format!("%PDF-{}\n", version(found.data)).into_bytes(),
        offsets: BTreeMap::new(),
        generations: BTreeMap::new(),
        dropped: 0,
    };
    writer.bytes.extend_from_slice(b"%\xE2\xE3\xCF\xD3\n");
    let mut packed = Vec::new();
    for (number, place) in &found.objects {
        match *place {
            Place::Plain {
                generation,
                body,
                limit,
                stream,
            } => {
                writer.plain(
                    found,
                    Ref {
                        number: *number,
                        generation,
                    },
                    (body, limit),
                    stream,
                );
                writer.check()?;
            }
            Place::Packed { container, at } => packed.push((container, *number, at)),
        }
    }
    // In the order of their streams, so that each is decoded once.
    packed.sort_unstable();
    for run in packed.chunk_by(|(a, ..), (b, ..)| a == b) {
        let Some((container, ..)) = run.first() else {
            continue;
        };
        let unpacked = found.unpacked(*container)?;
        for (_, number, at) in run {
            writer.packed(*number, &unpacked, *at);
        }
        writer.check()?;
    }
    writer.finish(found, root);
    let mut reasons: Vec<String> = reason.into_iter().collect();
    let count = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    reasons.extend(count(found.wrong_lengths, "streams told a wrong length"));
    reasons.extend(count(
        found.unreadable + writer.dropped,
        "objects cannot be read and were left out",
    ));
    Ok(Repaired {
        bytes: writer.bytes,
        reasons,
    })
}

/// The version of the header, when it is one.
fn version(data: &[u8]) -> String {
    let known = |version: &String| matches!(version.as_bytes(), [b'1' | b'2', b'.', b'0'..=b'9']);
    tail::version(data)
        .filter(known)
        .unwrap_or_else(|| "1.7".to_owned())
}

struct Writer {
    bytes: Vec<u8>,
    offsets: BTreeMap<u32, usize>,
    generations: BTreeMap<u32, u16>,
    dropped: usize,
}

impl Writer {
    fn check(&self) -> Result<(), Refusal> {
        if self.bytes.len() > limits::REPAIRED_BYTES {
            Err(Refusal::TooLarge)
        } else {
            Ok(())
        }
    }

    fn plain(
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

    fn packed(&mut self, number: u32, unpacked: &Unpacked, at: usize) {
        let Ok((item, text)) = unpacked.member(at) else {
            self.dropped += 1;
            return;
        };
        self.begin(Ref {
            number,
            generation: 0,
        });
        self.bytes
            .extend_from_slice(slice(text, item.span.start, item.span.end));
        self.bytes.extend_from_slice(b"\nendobj\n");
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
    fn finish(&mut self, found: &Found<'_>, root: Ref) {
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
        let first = catalog::first_id(found).unwrap_or_else(|| now.to_vec());
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
