//! Who refers to whom in a revision.

use std::collections::{HashMap, HashSet};

use crate::document::Document;
use crate::object::{Object, Ref};
use crate::refusal::Refusal;
use crate::tail::Place;

/// Numbers that objects refer to although no object has them. Defining one later changes what was signed, though no
/// signed object is touched.
#[derive(Debug, Default)]
pub(super) struct Dangling {
    numbers: HashSet<u32>,
}

impl Dangling {
    /// Of all objects of `document`.
    pub(super) fn of(document: &Document) -> Result<Self, Refusal> {
        let mut dangling = Self::default();
        each(document, |_, object| dangling.add(document, object))?;
        Ok(dangling)
    }

    /// Takes in what an object of a later revision refers to.
    pub(super) fn add(&mut self, document: &Document, object: &Object) {
        references(object, &mut |target| {
            if document.tail.entries.place(target.number) == Place::Free {
                self.numbers.insert(target.number);
            }
        });
    }

    pub(super) fn contains(&self, number: u32) -> bool {
        self.numbers.contains(&number)
    }
}

/// For each of `targets` the objects that refer to it.
pub(super) fn referrers(
    document: &Document,
    targets: &HashSet<u32>,
) -> Result<HashMap<u32, HashSet<u32>>, Refusal> {
    let mut found: HashMap<u32, HashSet<u32>> = HashMap::new();
    each(document, |number, object| {
        references(object, &mut |target| {
            if targets.contains(&target.number) {
                found.entry(target.number).or_default().insert(number);
            }
        });
    })?;
    Ok(found)
}

/// Every object in use that can be read; one that cannot be read refers to nothing for any strict reader.
fn each(document: &Document, mut take: impl FnMut(u32, &Object)) -> Result<(), Refusal> {
    for (number, place) in document.tail.entries.used() {
        let reference = Ref {
            number,
            generation: place.generation(),
        };
        match document.load(reference) {
            Ok(loaded) => take(number, &loaded.item.object),
            Err(Refusal::Limits(what)) => return Err(Refusal::Limits(what)),
            Err(_) => {}
        }
    }
    Ok(())
}

/// Calls `take` with every reference inside; the parser has bounded the depth.
pub(super) fn references(object: &Object, take: &mut impl FnMut(Ref)) {
    match object {
        Object::Ref(target) => take(*target),
        Object::Array(items) => items.iter().for_each(|item| references(&item.object, take)),
        Object::Dict(dict) => dict.values().for_each(|value| references(value, take)),
        _ => {}
    }
}
