//! Whether the objects of a file are what its cross-references promise: asked once, before anything is appended.
//!
//! Readers that meet an object elsewhere build a table of their own, each in its way; what they then show is not what
//! the signer saw. Objects that nothing leads to do not matter, and some writers leave a few such entries behind.

use std::collections::HashSet;

use super::Document;
use crate::limits;
use crate::object::{Object, Parser, Ref, parse_indirect, stream_data};
use crate::refusal::{Refusal, damaged};

/// The longest head or end of an object, with some white space.
const EDGE_BYTES: usize = 48;

/// How much an object must be worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// It stands where it should.
    Place,
    /// Its value can be read, its stream has the length that it tells, and its end follows as well: readers agree on
    /// most of what lacks that, but strict ones will not compare revisions of such a file.
    Whole,
}

impl Document {
    /// Refuses a file of which a reader would meet an object that is not what it should be.
    pub(crate) fn check_objects(&self, care: Care) -> Result<(), Refusal> {
        let mut odd = HashSet::new();
        // What cannot be read is charged with all that may have been looked at for it.
        let mut effort = 0_u64;
        for (number, offset, generation) in self.tail.entries.offsets() {
            let reference = Ref { number, generation };
            let placed = self.stands_at(reference, offset);
            if placed && (care == Care::Place || self.is_whole(offset, &mut effort)?) {
                continue;
            }
            odd.insert(number);
            if effort > limits::work_bytes(self.data().len()) {
                return Err(damaged("too many of its objects cannot be read"));
            }
        }
        if odd.is_empty() {
            return Ok(());
        }
        self.check_reachable(&odd, care)
    }

    fn text_from(&self, offset: u64) -> &[u8] {
        let position = usize::try_from(offset)
            .ok()
            .and_then(|offset| offset.checked_add(self.tail.origin));
        position
            .and_then(|position| self.data().get(position..))
            .unwrap_or_default()
    }

    fn stands_at(&self, reference: Ref, offset: u64) -> bool {
        // A few bytes hold any head; what looks further could be sent through the whole file for every entry.
        let text = self.text_from(offset);
        let mut parser = Parser::new(
            text.get(..text.len().min(EDGE_BYTES)).unwrap_or_default(),
            0,
        );
        parser.unsigned() == Some(u64::from(reference.number))
            && parser.unsigned() == Some(u64::from(reference.generation))
            && parser.keyword(b"obj")
    }

    fn is_whole(&self, offset: u64, effort: &mut u64) -> Result<bool, Refusal> {
        let text = self.text_from(offset);
        let Ok(found) = parse_indirect(text) else {
            *effort = effort.saturating_add(text.len().min(limits::OBJECT_BYTES) as u64);
            return Ok(false);
        };
        *effort = effort.saturating_add(found.consumed as u64);
        let end = match (&found.item.object, found.data_start) {
            (Object::Dict(dict), Some(start)) => {
                let length = match self.stream_length(dict) {
                    Err(Refusal::Damaged(_)) => return Ok(false),
                    length => length?,
                };
                match stream_data(text, start, length) {
                    Err(_) => return Ok(false),
                    Ok(range) => range.end,
                }
            }
            _ => found.consumed,
        };
        let edge = text.get(end..text.len().min(end.saturating_add(EDGE_BYTES)));
        let mut parser = Parser::new(edge.unwrap_or_default(), 0);
        parser.keyword(b"endstream");
        // An empty object was read with its end.
        let empty = matches!(found.item.object, Object::Null) && found.item.span.end == 0;
        Ok(!empty && parser.keyword(b"endobj"))
    }

    /// Walks everything that the trailer leads to.
    fn check_reachable(&self, odd: &HashSet<u32>, care: Care) -> Result<(), Refusal> {
        let info = self
            .tail
            .trailer_with(b"Info")
            .and_then(|trailer| trailer.dict.get(b"Info")?.as_ref());
        let mut seen = HashSet::new();
        let mut stack: Vec<Ref> = info.into_iter().chain([self.root]).collect();
        while let Some(reference) = stack.pop() {
            let number = reference.number;
            if !seen.insert(number) {
                continue;
            }
            if odd.contains(&number) {
                return Err(damaged(match care {
                    Care::Place => format!("object {number} is not where it should be"),
                    Care::Whole => format!("object {number} is not there or not whole"),
                }));
            }
            self.load(reference)?
                .item
                .object
                .references(&mut |reference| stack.push(reference));
        }
        Ok(())
    }
}
