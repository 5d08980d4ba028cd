//! Two revisions that follow each other, compared object by object.

use std::collections::{HashMap, HashSet};

use super::change::{Change, Modification};
use super::fields::Fields;
use super::same::same;
use super::web::Dangling;
use crate::crypt::Crypt;
use crate::document::{Document, Loaded};
use crate::object::{Dict, Object, Ref};
use crate::refusal::Refusal;
use crate::tail::Place;

/// What is known of the older revision, carried on from step to step so that nothing is read twice.
pub(super) struct Known {
    pub fields: Fields,
    pub dangling: Dangling,
    /// Objects that were compared or read for a comparison.
    pub objects: usize,
}

impl Known {
    pub(super) fn of(document: &Document) -> Result<Self, Refusal> {
        let mut fields = Fields::default();
        fields.extend(document)?;
        Ok(Self {
            fields,
            dangling: Dangling::of(document)?,
            objects: document.tail.entries.used().count(),
        })
    }
}

/// An object that is not what it was.
pub(super) struct Pair {
    pub number: u32,
    pub was: Loaded,
    pub is: Loaded,
}

impl Pair {
    pub(super) fn dicts(&self) -> Option<(&Dict, &Dict)> {
        let plain = !self.was.is_stream() && !self.is.is_stream();
        self.was.dict().zip(self.is.dict()).filter(|_| plain)
    }
}

/// Two neighbouring revisions with everything that the rules ask about them.
pub(super) struct Step<'a> {
    pub old: &'a Document,
    pub new: &'a Document,
    pub fields: &'a Fields,
    /// Fields and widgets that the newer revision leads to and the older did not.
    pub added: HashSet<u32>,
    /// Numbers that had no object.
    pub fresh: HashSet<u32>,
    /// Page numbers by object number.
    pub pages: HashMap<u32, u32>,
}

/// Everything that `new` changes against `old`.
pub(super) fn compare(
    old: &Document,
    new: &Document,
    known: &mut Known,
) -> Result<Vec<Change>, Refusal> {
    let mut out = Vec::new();
    trailers(old, new, &mut out);
    if !same_pages(old, new) {
        out.push(Change::refused(
            "pages_changed",
            "changes which pages there are or their order",
        ));
    }
    let pairs = objects(old, new, known, &mut out)?;
    let fresh: HashSet<u32> = old
        .tail
        .entries
        .differences(&new.tail.entries)
        .filter(|(_, was, _)| *was == Place::Free)
        .map(|(number, ..)| number)
        .collect();
    let added = known.fields.extend(new)?;
    let step = Step {
        old,
        new,
        fields: &known.fields,
        added: added.iter().copied().collect(),
        pages: (1_u32..)
            .zip(&old.pages)
            .map(|(number, page)| (page.reference.number, number))
            .collect(),
        fresh,
    };
    let mut left = Vec::new();
    for pair in &pairs {
        if !step.structure(pair, &mut out)? && !step.field(pair, &mut out)? {
            left.push(pair);
        }
    }
    step.aside(&left, &mut out)?;
    for number in &added {
        step.new_field(*number, &mut out)?;
    }
    // What the newer revision refers to in vain may be filled in by the next one.
    for number in &step.fresh {
        let place = new.tail.entries.place(*number);
        let generation = place.generation();
        let number = *number;
        if let Ok(loaded) = new.load(Ref { number, generation }) {
            known.dangling.add(new, &loaded.item.object);
        }
    }
    for pair in &pairs {
        known.dangling.add(new, &pair.is.item.object);
    }
    known.objects += step.fresh.len() + 2 * pairs.len() + added.len();
    Ok(out)
}

fn trailers(old: &Document, new: &Document, out: &mut Vec<Change>) {
    if old.root != new.root {
        out.push(Change::refused(
            "changed_later",
            "changes which object is the catalog",
        ));
    }
    // The same bytes would mean something else.
    if !Crypt::alike(old.crypt.as_ref(), new.crypt.as_ref()) {
        out.push(Change::refused(
            "changed_later",
            "changes the encryption of the file",
        ));
    }
}

fn same_pages(old: &Document, new: &Document) -> bool {
    let numbers = |document: &Document| -> Vec<Ref> {
        document.pages.iter().map(|page| page.reference).collect()
    };
    numbers(old) == numbers(new)
}

/// Every object of the older revision that is not what it was. What was taken away, and numbers that the older
/// revision had a use for, are refused at once.
fn objects(
    old: &Document,
    new: &Document,
    known: &Known,
    out: &mut Vec<Change>,
) -> Result<Vec<Pair>, Refusal> {
    let mut pairs = Vec::new();
    for (number, before, after) in old.tail.entries.differences(&new.tail.entries) {
        if before == Place::Free {
            if known.dangling.contains(number) {
                out.push(Change::refused(
                    "changed_later",
                    format!(
                        "puts something where the signed part refers to nothing (object {number})"
                    ),
                ));
            } else if number < old.tail.next_number {
                out.push(Change::refused(
                    "changed_later",
                    format!("uses a number that was free when it was signed (object {number})"),
                ));
            }
            continue;
        }
        if after == Place::Free {
            out.push(Change::refused(
                "object_removed",
                format!("takes away {}", super::words::of(old, number, out.len())?),
            ));
            continue;
        }
        let load = |document: &Document, place: Place| {
            let generation = place.generation();
            document.load(Ref { number, generation })
        };
        let (was, is) = (load(old, before)?, load(new, after)?);
        if same(&was.item.object, &is.item.object)
            && old.stream_bytes(&was)? == new.stream_bytes(&is)?
        {
            continue;
        }
        pairs.push(Pair { number, was, is });
    }
    Ok(pairs)
}

impl Step<'_> {
    /// The number of the page whose object this is.
    pub(super) fn page(&self, number: u32) -> Option<u32> {
        self.pages.get(&number).copied()
    }

    /// The dictionary of an object in one of both revisions.
    pub(super) fn dict(&self, document: &Document, number: u32) -> Result<Option<Dict>, Refusal> {
        let generation = document.tail.entries.place(number).generation();
        let loaded = document.load(Ref { number, generation })?;
        Ok(loaded.dict().cloned())
    }

    /// Whether the object is new and referred to.
    pub(super) fn is_fresh(&self, object: &Object) -> bool {
        object
            .as_ref()
            .is_some_and(|target| self.fresh.contains(&target.number))
    }

    /// Something that is fine and not worth a word of its own.
    pub(super) fn quiet(level: Modification) -> Change {
        Change::new(level, "changed_later", "")
    }
}
