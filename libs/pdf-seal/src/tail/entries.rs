//! The newest place of every object, in 24 bytes each.

use crate::limits;
use crate::object::Ref;
use crate::refusal::Refusal;

/// Where an object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Free,
    /// Offset from the origin, with the generation.
    Offset(u64, u16),
    /// In the object stream of this number.
    InStream(u32, u32),
}

impl Place {
    pub(crate) fn generation(self) -> u16 {
        match self {
            Self::Offset(_, generation) => generation,
            _ => 0,
        }
    }
}

/// Collects while sections are walked from the newest to the oldest, answers after [`Entries::finish`].
#[derive(Debug)]
pub(crate) struct Entries {
    list: Vec<(u32, Place)>,
    limit: usize,
    /// Bytes that may still be read or decoded on the walk.
    work_left: u64,
}

impl Entries {
    pub(crate) fn new(file_len: usize) -> Self {
        Self {
            list: Vec::new(),
            limit: limits::xref_entries(file_len),
            work_left: limits::work_bytes(file_len),
        }
    }

    pub(crate) fn push(&mut self, number: u32, place: Place) -> Result<(), Refusal> {
        if self.list.len() >= self.limit || number >= limits::OBJECT_NUMBER {
            return Err(Refusal::Limits("cross-reference entries"));
        }
        self.list.push((number, place));
        Ok(())
    }

    /// Counts bytes that were read or decoded: sections may overlap, and many may name one stream that unpacks to a lot.
    pub(crate) fn spend(&mut self, bytes: usize) -> Result<(), Refusal> {
        let left = self.work_left.checked_sub(bytes as u64);
        self.work_left = left.ok_or(Refusal::Limits("work to read the cross-references"))?;
        Ok(())
    }

    /// Sorts by number; of several entries the one that was pushed first, the newest, stays.
    pub(crate) fn finish(&mut self) {
        self.list.sort_by_key(|(number, _)| *number);
        self.list.dedup_by_key(|(number, _)| *number);
        self.list.shrink_to_fit();
    }

    pub(crate) fn place(&self, number: u32) -> Place {
        let found = self
            .list
            .binary_search_by_key(&number, |(number, _)| *number)
            .ok();
        found
            .and_then(|index| self.list.get(index))
            .map_or(Place::Free, |(_, place)| *place)
    }

    /// The place of `reference`, when its generation is the one in use.
    pub(crate) fn find(&self, reference: Ref) -> Place {
        match self.place(reference.number) {
            Place::Offset(_, generation) if generation != reference.generation => Place::Free,
            Place::InStream(..) if reference.generation != 0 => Place::Free,
            place => place,
        }
    }

    /// Every object in use, by ascending number.
    pub(crate) fn used(&self) -> impl Iterator<Item = (u32, Place)> + '_ {
        let entries = self.list.iter().copied();
        entries.filter(|(_, place)| *place != Place::Free)
    }

    /// Every number whose place differs in `other`, with its place here and there.
    pub(crate) fn differences<'a>(
        &'a self,
        other: &'a Self,
    ) -> impl Iterator<Item = (u32, Place, Place)> + 'a {
        let here = self
            .list
            .iter()
            .map(|(number, place)| (*number, *place, other.place(*number)));
        let there = other
            .list
            .iter()
            .map(|(number, place)| (*number, self.place(*number), *place));
        let only_there = there.filter(|(_, here, _)| *here == Place::Free);
        here.filter(|(_, here, _)| *here != Place::Free)
            .chain(only_there)
            .filter(|(_, here, there)| here != there)
    }

    /// Every number that is in use at the top of the file, with its offset and generation.
    pub(crate) fn offsets(&self) -> impl Iterator<Item = (u32, u64, u16)> + '_ {
        self.list.iter().filter_map(|(number, place)| match place {
            Place::Offset(offset, generation) => Some((*number, *offset, *generation)),
            _ => None,
        })
    }

    /// The lowest offset among all that were pushed so far.
    pub(crate) fn lowest_offset(&self) -> Option<u64> {
        let offsets = self.list.iter().filter_map(|(_, place)| match place {
            Place::Offset(offset, _) => Some(*offset),
            _ => None,
        });
        offsets.min()
    }

    /// How many numbers the sections tell of.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn highest(&self) -> u32 {
        self.list.last().map_or(0, |(number, _)| *number)
    }
}
