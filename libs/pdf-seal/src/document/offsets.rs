//! Whether the objects of a file stand where its cross-references say: asked once, before anything is appended.
//!
//! Readers that meet an object elsewhere build a table of their own, each in its way; what they then show is not what
//! the signer saw. Objects that nothing leads to do not matter, and some writers leave a few such entries behind.

use std::collections::HashSet;

use super::Document;
use crate::object::{Parser, Ref};
use crate::refusal::{Refusal, damaged};

/// The longest head of an object, with some white space.
const HEAD_BYTES: usize = 48;

impl Document {
    /// Refuses a file of which a reader would meet an object that is not in its place.
    pub(crate) fn check_offsets(&self) -> Result<(), Refusal> {
        let misplaced: HashSet<u32> = self
            .tail
            .entries
            .offsets()
            .filter(|(number, offset, generation)| !self.stands_at(*number, *offset, *generation))
            .map(|(number, ..)| number)
            .collect();
        if misplaced.is_empty() {
            return Ok(());
        }
        self.check_reachable(&misplaced)
    }

    fn stands_at(&self, number: u32, offset: u64, generation: u16) -> bool {
        let position = usize::try_from(offset)
            .ok()
            .and_then(|offset| offset.checked_add(self.tail.origin));
        let Some(position) = position else {
            return false;
        };
        // A few bytes hold any head; what looks further could be sent through the whole file for every entry.
        let end = self.data().len().min(position.saturating_add(HEAD_BYTES));
        let mut parser = Parser::new(self.data().get(position..end).unwrap_or_default(), 0);
        parser.unsigned() == Some(u64::from(number))
            && parser.unsigned() == Some(u64::from(generation))
            && parser.keyword(b"obj")
    }

    /// Walks everything that the trailer leads to.
    fn check_reachable(&self, misplaced: &HashSet<u32>) -> Result<(), Refusal> {
        let info = self
            .tail
            .trailer_with(b"Info")
            .and_then(|trailer| trailer.dict.get(b"Info")?.as_ref());
        let mut seen = HashSet::new();
        let mut stack: Vec<Ref> = info.into_iter().chain([self.root]).collect();
        while let Some(reference) = stack.pop() {
            if !seen.insert(reference.number) {
                continue;
            }
            if misplaced.contains(&reference.number) {
                return Err(damaged(format!(
                    "object {} is not where it should be",
                    reference.number
                )));
            }
            self.load(reference)?
                .item
                .object
                .references(&mut |reference| stack.push(reference));
        }
        Ok(())
    }
}
