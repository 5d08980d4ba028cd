//! Objects that nothing on a page is drawn from, and the drawings of form fields. Each may change only while nothing
//! else refers to it: a page whose content is also the look of a field, or the metadata, is the trick of a shadow attack.

use std::collections::{HashMap, HashSet};

use super::change::{Change, Modification};
use super::step::{Pair, Step};
use super::{annots, store, web, words};
use crate::object::{Dict, Object};
use crate::refusal::Refusal;

/// Who refers to an object, in the older revision.
type Referrers = HashMap<u32, HashSet<u32>>;

impl Step<'_> {
    /// Judges what is neither structure nor field.
    pub(super) fn aside(&self, pairs: &[&Pair], out: &mut Vec<Change>) -> Result<(), Refusal> {
        if pairs.is_empty() {
            return Ok(());
        }
        let targets = pairs.iter().map(|pair| pair.number).collect();
        let referrers = web::referrers(self.old, &targets)?;
        let none = HashSet::new();
        for pair in pairs {
            let by = referrers.get(&pair.number).unwrap_or(&none);
            let change = match self.set_aside(pair, by)? {
                Some(change) => Some(change),
                None => match self.annotation(pair, by)? {
                    Some(change) => Some(change),
                    None => self.drawing(pair, by)?,
                },
            };
            out.push(match change {
                Some(change) => change,
                None => {
                    let what = words::of(self.old, pair.number, out.len())?;
                    Change::refused("changed_later", format!("changes {what}"))
                }
            });
        }
        Ok(())
    }

    /// `/Info`, `/Metadata` and the parts of the store.
    fn set_aside(&self, pair: &Pair, by: &HashSet<u32>) -> Result<Option<Change>, Refusal> {
        let only = |holder: u32| by.iter().all(|referrer| *referrer == holder);
        let streams = (pair.was.is_stream(), pair.is.is_stream());
        let root = self.old.root.number;
        let number = |object: Option<&Object>| object.and_then(Object::as_ref).map(|r| r.number);
        let info = self.old.tail.trailer_with(b"Info");
        let info = number(info.and_then(|trailer| trailer.dict.get(b"Info")));
        if info == Some(pair.number) && by.is_empty() && streams == (false, false) {
            return Ok(Some(Self::quiet(Modification::LongTerm)));
        }
        let catalog = self.old.catalog()?;
        let metadata = number(catalog.dict().and_then(|dict| dict.get(b"Metadata")));
        if metadata == Some(pair.number) && only(root) && streams == (true, true) {
            return Ok(Some(Self::quiet(Modification::LongTerm)));
        }
        let part = store::parts(self.old)?
            .into_iter()
            .find(|(part, _)| *part == pair.number);
        match part {
            Some((_, holder)) if only(holder) && streams == (false, false) => {
                Ok(Some(store::judge(self)?))
            }
            _ => Ok(None),
        }
    }

    /// An annotation of one page.
    fn annotation(&self, pair: &Pair, by: &HashSet<u32>) -> Result<Option<Change>, Refusal> {
        let Some((was, is)) = pair.dicts() else {
            return Ok(None);
        };
        for page in by.iter().filter_map(|referrer| self.page(*referrer)) {
            let record = self.old.pages.get(page as usize - 1);
            let Some(record) = record else { continue };
            let dict = self.dict(self.old, record.reference.number)?;
            let list = match &dict {
                Some(dict) => super::fields::references(self.old, dict, b"Annots")?,
                None => Vec::new(),
            };
            if list.iter().any(|annot| annot.number == pair.number) {
                let documents = [self.old, self.new];
                return Ok(Some(annots::changed(documents, page, was, is)?));
            }
        }
        Ok(None)
    }

    /// The drawing of a form field, or the dictionary that leads to it.
    fn drawing(&self, pair: &Pair, by: &HashSet<u32>) -> Result<Option<Change>, Refusal> {
        if pair.was.is_stream() != pair.is.is_stream() {
            return Ok(None);
        }
        let Some(owner) = self.owner(pair.number, by)? else {
            return Ok(None);
        };
        let Some(node) = self.fields.nodes.get(&owner) else {
            return Ok(None);
        };
        let name = &node.name;
        if !self.value_changed(owner)? {
            let text = format!("changes how the field \"{name}\" looks, but not its value");
            return Ok(Some(Change::refused("appearance_changed", text)));
        }
        let text = format!("draws the field \"{name}\" with its new value");
        let change = Change::new(Modification::FormFilling, "field_changed", text);
        Ok(Some(change.of_field(name, false)))
    }

    /// The one field that an object is the drawing of, when nothing else uses it.
    fn owner(&self, number: u32, by: &HashSet<u32>) -> Result<Option<u32>, Refusal> {
        let is_field =
            |number: &u32| self.fields.nodes.contains_key(number) && !self.added.contains(number);
        let mut holders = by.clone();
        let between: HashSet<u32> = by.iter().copied().filter(|by| !is_field(by)).collect();
        if !between.is_empty() {
            let above: Referrers = web::referrers(self.old, &between)?;
            holders.retain(|holder| !between.contains(holder));
            holders.extend(above.into_values().flatten());
        }
        let mut holders = holders.into_iter();
        let (Some(owner), None) = (holders.next().filter(is_field), holders.next()) else {
            return Ok(None);
        };
        let field = self.dict(self.old, owner)?;
        let draws = match &field {
            Some(field) => self.draws(field, number)?,
            None => false,
        };
        Ok(draws.then_some(owner))
    }

    /// Whether `/AP` of a field leads to the object, directly, by state, or as its own dictionary.
    fn draws(&self, field: &Dict, number: u32) -> Result<bool, Refusal> {
        let is = |object: &Object| {
            object
                .as_ref()
                .is_some_and(|target| target.number == number)
        };
        let Some(appearance) = field.get(b"AP") else {
            return Ok(false);
        };
        if is(appearance) {
            return Ok(true);
        }
        let appearance = self.old.resolve(appearance)?;
        for kind in appearance.as_dict().iter().flat_map(|dict| dict.values()) {
            if is(kind) {
                return Ok(true);
            }
            let states = match kind {
                Object::Dict(_) => kind.clone(),
                _ => Object::Null,
            };
            if states
                .as_dict()
                .is_some_and(|states| states.values().any(is))
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
