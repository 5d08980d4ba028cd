//! One object by its number, from the file or from an object stream (7.5.7).

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::{Document, Source};
use crate::crypt::Replaced;
use crate::limits;
use crate::object::{
    Dict, Item, Object, Parser, Ref, Span, Splice, decode, parse_indirect, stream_data,
};
use crate::refusal::{Refusal, damaged};
use crate::tail::Place;

/// An object with the bytes that its spans point into. Both are plain: the strings of an encrypted file are decrypted.
pub(crate) struct Loaded {
    /// The object that was found at the end of all references.
    pub reference: Ref,
    pub item: Item,
    text: Text,
    /// Where the object begins in the file, or in the object stream.
    base: usize,
    /// Where the data of a stream begins in the file.
    data_start: Option<usize>,
}

enum Text {
    File(Source),
    /// From the file, with strings that were decrypted.
    Decrypted(Replaced),
    Decoded(Arc<Unpacked>),
    Nothing,
}

/// A decoded object stream.
struct Unpacked {
    bytes: Vec<u8>,
    /// Object number and where the object begins, by number.
    index: Vec<(u32, usize)>,
}

impl Unpacked {
    /// The entry of `number`; when it stands there twice, the one that the stream lists first.
    fn find(&self, number: u32) -> Option<&(u32, usize)> {
        let at = self.index.partition_point(|(known, _)| *known < number);
        self.index.get(at).filter(|(known, _)| *known == number)
    }
}

/// Decoded object streams, least recently used first, and the account of work.
#[derive(Default)]
pub(super) struct Cache {
    streams: VecDeque<(u32, Arc<Unpacked>)>,
    work: u64,
}

impl Loaded {
    /// The bytes that spans of [`Loaded::item`] count from the beginning of.
    pub(crate) fn text(&self) -> &[u8] {
        let whole = match &self.text {
            Text::File(source) => (**source).as_ref(),
            Text::Decrypted(replaced) => return &replaced.bytes,
            Text::Decoded(unpacked) => unpacked.bytes.as_slice(),
            Text::Nothing => &[],
        };
        whole.get(self.base..).unwrap_or_default()
    }

    /// Where `span` stands in the file; `None` inside object streams.
    pub(crate) fn position(&self, span: Span) -> Option<Range<usize>> {
        let span = match &self.text {
            Text::File(_) => span,
            Text::Decrypted(replaced) => replaced.before(span),
            _ => return None,
        };
        Some(self.base + span.start as usize..self.base + span.end as usize)
    }

    pub(crate) fn is_stream(&self) -> bool {
        self.data_start.is_some()
    }

    /// Changes to the object, for it to be written again. What is written has no data behind it, so a stream is refused.
    pub(crate) fn splice(&self) -> Result<Splice<'_>, Refusal> {
        if self.is_stream() {
            return Err(damaged("a stream stands where a plain object should"));
        }
        Ok(Splice::new(self.text(), self.item.span))
    }

    pub(crate) fn dict(&self) -> Option<&Dict> {
        self.item.object.as_dict()
    }

    fn null(reference: Ref) -> Self {
        let item = Item {
            object: Object::Null,
            span: Span { start: 0, end: 0 },
        };
        Self {
            reference,
            item,
            text: Text::Nothing,
            base: 0,
            data_start: None,
        }
    }
}

impl Document {
    /// Loads an object and follows references that it consists of; an absent object is null (7.3.10).
    pub(crate) fn load(&self, reference: Ref) -> Result<Loaded, Refusal> {
        let mut reference = reference;
        for _ in 0..limits::REFERENCE_HOPS {
            let loaded = self.load_once(reference)?;
            match loaded.item.object {
                Object::Ref(next) => reference = next,
                _ => return Ok(loaded),
            }
        }
        Err(Refusal::Limits("references that lead to references"))
    }

    fn load_once(&self, reference: Ref) -> Result<Loaded, Refusal> {
        match self.tail.entries.find(reference) {
            Place::Free => Ok(Loaded::null(reference)),
            Place::Offset(offset, _) => {
                let (text, base) = self.text_at(offset)?;
                let found = parse_indirect(text)?;
                self.account(found.consumed)?;
                self.note_dangling(&found.item.object, found.highest);
                if found.reference != reference {
                    return Err(damaged(format!(
                        "object {} is not where it should be",
                        reference.number
                    )));
                }
                let (item, text) = self.plain(reference, text, found.item)?;
                Ok(Loaded {
                    reference,
                    item,
                    text,
                    base,
                    data_start: found.data_start.map(|start| start + base),
                })
            }
            Place::InStream(container, _) => self.load_packed(reference, container),
        }
    }

    /// An object of the file with its strings decrypted.
    fn plain(&self, reference: Ref, text: &[u8], item: Item) -> Result<(Item, Text), Refusal> {
        let crypt = self.crypt.as_ref();
        match crypt.and_then(|crypt| crypt.open_strings(reference, text, &item)) {
            None => Ok((item, Text::File(Arc::clone(self.source())))),
            Some(replaced) => {
                self.account(replaced.bytes.len())?;
                // The text before the object, `N G obj`, is there still.
                let item = Parser::new(&replaced.bytes, item.span.start as usize).object()?;
                Ok((item, Text::Decrypted(replaced)))
            }
        }
    }

    /// The data of a stream, decrypted but with all filters on it; `None` for everything that is no stream.
    pub(crate) fn stream_bytes(&self, loaded: &Loaded) -> Result<Option<Cow<'_, [u8]>>, Refusal> {
        let (Some(start), Some(dict)) = (loaded.data_start, loaded.dict()) else {
            return Ok(None);
        };
        let range = stream_data(self.data(), start, self.stream_length(dict)?)?;
        let raw = self.data().get(range).unwrap_or_default();
        self.decrypted(loaded.reference, dict, raw).map(Some)
    }

    fn decrypted<'a>(
        &self,
        stream: Ref,
        dict: &Dict,
        raw: &'a [u8],
    ) -> Result<Cow<'a, [u8]>, Refusal> {
        let Some(crypt) = &self.crypt else {
            return Ok(Cow::Borrowed(raw));
        };
        self.account(raw.len())?;
        crypt.open_stream(stream, dict, raw)
    }

    fn text_at(&self, offset: u64) -> Result<(&[u8], usize), Refusal> {
        let base = usize::try_from(offset)
            .ok()
            .and_then(|offset| offset.checked_add(self.tail.origin));
        let base = base.filter(|base| *base < self.data().len());
        let base = base.ok_or_else(|| damaged("an object lies beyond the end of the file"))?;
        Ok((self.data().get(base..).unwrap_or_default(), base))
    }

    fn load_packed(&self, reference: Ref, container: u32) -> Result<Loaded, Refusal> {
        let unpacked = self.unpacked(container)?;
        let &(_, base) = unpacked
            .find(reference.number)
            .ok_or_else(|| damaged("an object is missing from its object stream"))?;
        let text = unpacked
            .bytes
            .get(base..)
            .ok_or_else(|| damaged("an object stream is too short"))?;
        let mut parser = Parser::new(text, 0);
        let item = parser.object()?;
        self.account(parser.pos)?;
        self.note_dangling(&item.object, parser.highest);
        Ok(Loaded {
            reference,
            item,
            text: Text::Decoded(unpacked),
            base,
            data_start: None,
        })
    }

    fn unpacked(&self, container: u32) -> Result<Arc<Unpacked>, Refusal> {
        let cached = self.with_cache(|cache| {
            let index = cache
                .streams
                .iter()
                .position(|(number, _)| *number == container)?;
            let entry = cache.streams.remove(index)?;
            let unpacked = Arc::clone(&entry.1);
            cache.streams.push_back(entry);
            Some(unpacked)
        });
        if let Some(unpacked) = cached {
            return Ok(unpacked);
        }
        let unpacked = Arc::new(self.unpack(container)?);
        self.account(unpacked.bytes.len())?;
        self.with_cache(|cache| {
            cache.streams.push_back((container, Arc::clone(&unpacked)));
            let size = |cache: &Cache| {
                cache
                    .streams
                    .iter()
                    .map(|(_, u)| u.bytes.len())
                    .sum::<usize>()
            };
            while cache.streams.len() > limits::CACHED_STREAMS
                || (cache.streams.len() > 1 && size(cache) > limits::CACHED_BYTES)
            {
                cache.streams.pop_front();
            }
        });
        Ok(unpacked)
    }

    fn unpack(&self, container: u32) -> Result<Unpacked, Refusal> {
        // Object streams never stand in object streams, so this does not recurse.
        let Place::Offset(offset, generation) = self.tail.entries.place(container) else {
            return Err(damaged("an object stream is missing"));
        };
        let (text, _) = self.text_at(offset)?;
        let found = parse_indirect(text)?;
        let (Object::Dict(dict), Some(start)) = (&found.item.object, found.data_start) else {
            return Err(damaged("an object stream is missing"));
        };
        if found.reference
            != (Ref {
                number: container,
                generation,
            })
            || !dict.is(b"Type", b"ObjStm")
        {
            return Err(damaged("an object stream is missing"));
        }
        let raw = stream_data(text, start, self.stream_length(dict)?)?;
        self.account(raw.len())?;
        let data = self.decrypted(found.reference, dict, text.get(raw).unwrap_or_default())?;
        let bytes = decode(dict, &data, limits::DECODED_BYTES)?;
        let number = |key| {
            dict.int(key)
                .and_then(|n| usize::try_from(n).ok())
                .filter(|n| *n <= bytes.len())
        };
        let (Some(count), Some(first)) = (number(b"N"), number(b"First")) else {
            return Err(damaged("an object stream has no head"));
        };
        if count > limits::PACKED_OBJECTS {
            return Err(Refusal::Limits("objects of an object stream"));
        }
        let mut index = Vec::with_capacity(count.min(bytes.len() / 4));
        let mut parser = Parser::new(bytes.get(..first).unwrap_or_default(), 0);
        for _ in 0..count {
            let pair = parser.unsigned().zip(parser.unsigned());
            let (number, offset) =
                pair.ok_or_else(|| damaged("the head of an object stream breaks off"))?;
            let number = u32::try_from(number).map_err(|_| Refusal::Limits("object number"))?;
            let offset =
                usize::try_from(offset).map_or(usize::MAX, |offset| offset.saturating_add(first));
            index.push((number, offset));
        }
        index.sort_by_key(|(number, _)| *number);
        Ok(Unpacked { bytes, index })
    }

    /// `/Length`, which may be an indirect number at the top level of the file.
    pub(super) fn stream_length(&self, dict: &Dict) -> Result<usize, Refusal> {
        let length = match dict.get(b"Length") {
            Some(Object::Int(length)) => Some(*length),
            Some(Object::Ref(reference)) => match self.tail.entries.find(*reference) {
                Place::Offset(..) => self.load_once(*reference)?.item.object.as_int(),
                _ => None,
            },
            _ => None,
        };
        let length = length.and_then(|length| usize::try_from(length).ok());
        length.ok_or_else(|| damaged("a stream does not tell its length"))
    }

    /// Adds to the account of work, so that a file that sends us in circles is refused.
    fn account(&self, bytes: usize) -> Result<(), Refusal> {
        let limit = limits::work_bytes(self.data().len());
        let work = self.with_cache(|cache| {
            cache.work = cache.work.saturating_add(bytes as u64 + 64);
            cache.work
        });
        if work > limit {
            Err(Refusal::Limits("work to read the file"))
        } else {
            Ok(())
        }
    }

    fn with_cache<T>(&self, work: impl FnOnce(&mut Cache) -> T) -> T {
        // A panic while the lock was held cannot leave the cache half changed in a way that matters.
        work(
            &mut self
                .cache
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        )
    }
}
