//! References to objects that do not exist, which a later revision could bring to life.
//!
//! A reference to an absent object means null (7.3.10). If a new object took that number, the old reference would lead to
//! it: a form field that was empty would be signed all at once, or a page would show what belongs elsewhere.

use std::collections::BTreeSet;

use super::Document;
use crate::limits;
use crate::object::Object;

impl Document {
    /// Remembers the numbers in `object` that no revision has used; `highest` is the highest of all numbers in it.
    pub(super) fn note_dangling(&self, object: &Object, highest: u32) {
        let from = self.tail.next_number;
        if highest < from {
            return;
        }
        let mut numbers = BTreeSet::new();
        collect(object, from, &mut numbers);
        let mut known = self.dangling();
        known.append(&mut numbers);
        // New objects take the lowest numbers that are left, so that the lowest matter most.
        while known.len() > limits::DANGLING {
            known.pop_last();
        }
    }

    /// Whether something in the file that was read refers to the unused number.
    pub(crate) fn is_dangling(&self, number: u32) -> bool {
        self.dangling().contains(&number)
    }

    fn dangling(&self) -> std::sync::MutexGuard<'_, BTreeSet<u32>> {
        self.dangling
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// As deep as an object may be nested.
fn collect(object: &Object, from: u32, numbers: &mut BTreeSet<u32>) {
    match object {
        Object::Ref(reference) if reference.number >= from => {
            numbers.insert(reference.number);
        }
        Object::Array(items) => items
            .iter()
            .for_each(|item| collect(&item.object, from, numbers)),
        Object::Dict(dict) => dict
            .items()
            .for_each(|(_, item)| collect(&item.object, from, numbers)),
        _ => {}
    }
}
