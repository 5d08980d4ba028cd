//! All objects of a file, found from its first byte to its last.

use std::collections::BTreeMap;

use super::heads::{self, Head};
use super::streams::{self, Extent, Lengths, Unpacked, begins_stream};
use crate::limits;
use crate::object::{Dict, Item, Object, Parser};
use crate::refusal::{Refusal, damaged};

/// Where an object was found.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// In the file itself.
    Plain {
        generation: u16,
        /// Behind `obj`.
        body: usize,
        /// Where its text must end: the next object begins there.
        limit: usize,
        stream: Option<Extent>,
    },
    /// In the object stream of this index, which begins there in what was decoded.
    Packed { container: usize, at: usize },
}

/// An object stream by its data, so that it can be decoded again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Container {
    body: usize,
    limit: usize,
    stream: Extent,
}

/// Everything that was found.
pub(super) struct Found<'a> {
    pub data: &'a [u8],
    pub objects: BTreeMap<u32, Place>,
    pub containers: Vec<Container>,
    /// Dictionaries that may be trailers, with their positions, in the order of the file.
    pub trailers: Vec<(usize, Dict)>,
    /// Objects that call themselves a catalog.
    pub catalogs: Vec<u32>,
    /// Objects whose text cannot be read.
    pub unreadable: usize,
    /// Streams with a wrong length.
    pub wrong_lengths: usize,
    /// Bytes read and decoded, as [`limits::work_bytes`] counts them.
    work: u64,
}

/// Reads the whole file.
pub(super) fn scan(data: &[u8]) -> Result<Found<'_>, Refusal> {
    let mut found = Found {
        data,
        objects: BTreeMap::new(),
        containers: Vec::new(),
        trailers: trailers(data)?,
        catalogs: Vec::new(),
        unreadable: 0,
        wrong_lengths: 0,
        work: 0,
    };
    let mut lengths = Lengths::default();
    let mut next = heads::next(data, 0);
    while let Some(head) = next {
        next = heads::next(data, head.body);
        let limit = next.map_or(data.len(), |next| next.start);
        let after = found.take(head, limit, &mut lengths)?;
        // What looks like an object inside stream data is none.
        if next.is_some_and(|next| next.start < after) {
            next = heads::next(data, after);
        }
    }
    found.trailers.sort_by_key(|(position, _)| *position);
    Ok(found)
}

/// The dictionaries behind every `trailer`.
fn trailers(data: &[u8]) -> Result<Vec<(usize, Dict)>, Refusal> {
    /// More than any writer puts into a trailer.
    const TRAILER_BYTES: usize = 64 << 10;
    let mut all = Vec::new();
    let mut pos = 0;
    while let Some(at) = heads::find(data, b"trailer", pos) {
        pos = at + 7;
        let end = data.len().min(pos + TRAILER_BYTES);
        let item = Parser::new(data.get(pos..end).unwrap_or_default(), 0).object();
        if let Ok(Item {
            object: Object::Dict(dict),
            ..
        }) = item
        {
            all.push((at, dict));
        }
        if all.len() > limits::SECTIONS {
            return Err(Refusal::Limits("revisions"));
        }
    }
    Ok(all)
}

impl Found<'_> {
    /// Reads one object and gives where reading goes on.
    fn take(&mut self, head: Head, limit: usize, lengths: &mut Lengths) -> Result<usize, Refusal> {
        let text = self.data.get(..limit).unwrap_or_default();
        let mut parser = Parser::new(text, head.body);
        if parser.keyword(b"endobj") {
            self.objects.remove(&head.reference.number);
            return Ok(parser.pos);
        }
        let Ok(item) = parser.object() else {
            self.unreadable += 1;
            return Ok(head.body);
        };
        let dict = item.object.as_dict();
        let start = dict.and_then(|_| begins_stream(self.data, parser.pos));
        let stream = match (dict, start) {
            (Some(dict), Some(start)) => Some(streams::extent(self.data, start, dict, lengths)),
            _ => None,
        };
        let after = stream.map_or(parser.pos, |stream| stream.after);
        if let Some(dict) = dict {
            self.note(head.reference.number, dict)?;
            if let Some(stream) = stream
                && self.structural(dict, head, limit, stream)?
            {
                return Ok(after);
            }
        }
        self.wrong_lengths += usize::from(stream.is_some_and(|stream| stream.wrong));
        let place = Place::Plain {
            generation: head.reference.generation,
            body: head.body,
            limit,
            stream,
        };
        self.enter(head.reference.number, place)?;
        Ok(after)
    }

    /// Takes in what an object stream or a cross-reference stream holds; `false` for every other stream.
    fn structural(
        &mut self,
        dict: &Dict,
        head: Head,
        limit: usize,
        stream: Extent,
    ) -> Result<bool, Refusal> {
        if dict.is(b"Type", b"XRef") {
            self.trailers.push((head.start, dict.clone()));
            return Ok(true);
        }
        if !dict.is(b"Type", b"ObjStm") {
            return Ok(false);
        }
        let container = Container {
            body: head.body,
            limit,
            stream,
        };
        let raw = self.data.get(stream.start..stream.end).unwrap_or_default();
        let Ok(unpacked) = streams::unpack(dict, raw) else {
            self.unreadable += 1;
            return Ok(true);
        };
        self.account(unpacked.bytes.len())?;
        let index = self.containers.len();
        self.containers.push(container);
        for (number, at) in &unpacked.members {
            let Ok((item, text)) = unpacked.member(*at) else {
                self.unreadable += 1;
                continue;
            };
            self.account((item.span.end as usize).min(text.len()))?;
            if let Some(dict) = item.object.as_dict() {
                self.note(*number, dict)?;
            }
            self.enter(
                *number,
                Place::Packed {
                    container: index,
                    at: *at,
                },
            )?;
        }
        Ok(true)
    }

    /// Looks at every dictionary once: for the catalog, and for signatures, whether a field leads to them or not.
    fn note(&mut self, number: u32, dict: &Dict) -> Result<(), Refusal> {
        if dict.get(b"ByteRange").is_some() && dict.get(b"Contents").is_some() {
            return Err(Refusal::DamagedSigned);
        }
        if dict.is(b"Type", b"Catalog") {
            self.catalogs.push(number);
        }
        Ok(())
    }

    /// Later ones replace earlier ones, since revisions are appended.
    fn enter(&mut self, number: u32, place: Place) -> Result<(), Refusal> {
        if number == 0 || number >= limits::OBJECT_NUMBER {
            return Ok(());
        }
        self.objects.insert(number, place);
        if self.objects.len() > limits::xref_entries(self.data.len()) {
            return Err(Refusal::Limits("cross-reference entries"));
        }
        Ok(())
    }

    fn account(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.work = self.work.saturating_add(bytes as u64 + 64);
        if self.work > limits::work_bytes(self.data.len()) {
            return Err(Refusal::Limits("work to read the file"));
        }
        Ok(())
    }

    /// The object with the bytes that its spans count from.
    pub(super) fn plain(&self, body: usize, limit: usize) -> Result<(Item, &[u8]), Refusal> {
        let text = self.data.get(body..limit).unwrap_or_default();
        Ok((Parser::new(text, 0).object()?, text))
    }

    pub(super) fn unpacked(&self, container: usize) -> Result<Unpacked, Refusal> {
        let gone = || damaged("an object stream is missing");
        let container = self.containers.get(container).ok_or_else(gone)?;
        let (item, _) = self.plain(container.body, container.limit)?;
        let dict = item.object.as_dict().ok_or_else(gone)?;
        let raw = self.data.get(container.stream.start..container.stream.end);
        streams::unpack(dict, raw.unwrap_or_default())
    }

    pub(super) fn generation(&self, number: u32) -> u16 {
        match self.objects.get(&number) {
            Some(Place::Plain { generation, .. }) => *generation,
            _ => 0,
        }
    }

    /// The object `number` when it is a dictionary.
    pub(super) fn dict(&self, number: u32) -> Option<Dict> {
        let item = match *self.objects.get(&number)? {
            Place::Plain { body, limit, .. } => self.plain(body, limit).ok()?.0,
            Place::Packed { container, at } => self.unpacked(container).ok()?.member(at).ok()?.0,
        };
        match item.object {
            Object::Dict(dict) => Some(dict),
            _ => None,
        }
    }
}
