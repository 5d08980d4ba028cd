//! Form fields: filling in and signing, and what only looks like it.

use super::annots::sides;
use super::change::{Change, Modification};
use super::fields::{Node, references};
use super::same::{same_except, same_value, told};
use super::step::{Pair, Step};
use crate::document::Document;
use crate::object::{Dict, Object};
use crate::refusal::Refusal;

/// What filling in touches.
const VALUE: [&[u8]; 8] = [b"V", b"AP", b"AS", b"F", b"DA", b"Q", b"Ff", b"Type"];
/// What may change even in a signed or locked field, since nothing of it shows.
const ALWAYS: [&[u8]; 2] = [b"Ff", b"Type"];
/// Annotation flags that decide whether a widget shows: Invisible, Hidden, Print, NoView, ToggleNoView (table 167).
const SHOWING: i64 = 1 | 2 | 4 | 32 | 256;

impl Step<'_> {
    /// Judges a field or widget of the older revision; `false` when the object is none.
    pub(super) fn field(&self, pair: &Pair, out: &mut Vec<Change>) -> Result<bool, Refusal> {
        let node = self.fields.nodes.get(&pair.number);
        let Some(node) = node.filter(|_| !self.added.contains(&pair.number)) else {
            return Ok(false);
        };
        let name = &node.name;
        let Some((was, is)) = pair.dicts() else {
            let text = format!("replaces the field \"{name}\"");
            out.push(Change::refused("field_changed", text));
            return Ok(true);
        };
        if same_except(was, is, &ALWAYS) {
            let level = if node.is_signature {
                Modification::LongTerm
            } else {
                Modification::FormFilling
            };
            out.push(Self::quiet(level).of_field(name, true));
        } else if !same_except(was, is, &VALUE) {
            let text = format!("changes {} of the field \"{name}\"", told(was, is, &VALUE));
            out.push(Change::refused("field_changed", text));
        } else if node.is_signature {
            out.push(self.signature(pair.number, node, is)?);
        } else {
            out.push(self.filled(pair.number, node, was, is)?);
        }
        Ok(true)
    }

    fn filled(&self, number: u32, node: &Node, was: &Dict, is: &Dict) -> Result<Change, Refusal> {
        let name = &node.name;
        let flags = |dict: &Dict| dict.int(b"F").unwrap_or(0) & SHOWING;
        if flags(was) != flags(is) {
            let text = format!("shows or hides the form field \"{name}\"");
            return Ok(Change::refused("field_hidden", text));
        }
        let looks = !same_value(was.get(b"AP"), is.get(b"AP"));
        if looks && !self.value_changed(number)? {
            let text = format!("changes how the form field \"{name}\" looks, but not its value");
            return Ok(Change::refused("appearance_changed", text));
        }
        let text = format!("fills in the form field \"{name}\"");
        Ok(Change::new(Modification::FormFilling, "field_changed", text).of_field(name, false))
    }

    /// Whether the value or state of a field, or of the field that a widget belongs to, is another one.
    pub(super) fn value_changed(&self, number: u32) -> Result<bool, Refusal> {
        for above in self.fields.line(number) {
            let (Some(was), Some(is)) = (self.dict(self.old, above)?, self.dict(self.new, above)?)
            else {
                return Ok(false);
            };
            let state = !same_value(was.get(b"AS"), is.get(b"AS"));
            if state || !same_value(was.get(b"V"), is.get(b"V")) {
                return Ok(true);
            }
            if was.get(b"V").is_some() {
                return Ok(false);
            }
        }
        Ok(false)
    }

    /// A signature field that was there before: it may be signed once.
    fn signature(&self, number: u32, node: &Node, is: &Dict) -> Result<Change, Refusal> {
        let name = &node.name;
        for above in self.fields.line(number) {
            let was = self.dict(self.old, above)?;
            if was.is_some_and(|was| was.get(b"V").is_some()) {
                let text = format!("changes the signature field \"{name}\", which was signed");
                return Ok(Change::refused("signature_changed", text));
            }
        }
        // A widget below an unsigned field is drawn anew when the field itself is signed.
        let signed = match is.get(b"V") {
            Some(value) => Some(value.clone()),
            None => self.inherited_value(number)?,
        };
        match signed {
            Some(value) => self.value(name, is, &value),
            None => {
                let text = format!("changes the signature field \"{name}\" without signing it");
                Ok(Change::refused("signature_changed", text))
            }
        }
    }

    fn inherited_value(&self, number: u32) -> Result<Option<Object>, Refusal> {
        for above in self.fields.line(number) {
            let dict = self.dict(self.new, above)?;
            if let Some(value) = dict.and_then(|dict| dict.get(b"V").cloned()) {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }

    /// The signature that a field got: it must be a new one.
    fn value(&self, name: &str, field: &Dict, value: &Object) -> Result<Change, Refusal> {
        if !self.is_fresh(value) {
            let text = format!("shows an older signature again, in the field \"{name}\"");
            return Ok(Change::refused("signature_reused", text));
        }
        let visible = is_visible(self.new, field)?;
        let value = self.new.resolve(value)?;
        let stamp = value
            .as_dict()
            .is_some_and(|dict| dict.is(b"Type", b"DocTimeStamp"));
        if stamp && !visible {
            let text = format!("adds the document time stamp \"{name}\"");
            let change = Change::new(Modification::LongTerm, "signature_added", text);
            return Ok(change.of_field(name, true));
        }
        let text = format!("signs in the field \"{name}\"");
        let change = Change::new(Modification::FormFilling, "signature_added", text);
        Ok(change.of_field(name, false))
    }

    /// Judges a field or widget that came with the newer revision: only signatures may.
    pub(super) fn new_field(&self, number: u32, out: &mut Vec<Change>) -> Result<(), Refusal> {
        let Some(node) = self.fields.nodes.get(&number) else {
            return Ok(());
        };
        let name = &node.name;
        let refused = |code, text: String| Change::refused(code, text);
        if !node.is_signature {
            out.push(refused(
                "field_added",
                format!("adds the form field \"{name}\""),
            ));
            return Ok(());
        }
        if !self.fresh.contains(&number) {
            let text = format!("makes an older object the field \"{name}\"");
            out.push(refused("field_added", text));
            return Ok(());
        }
        let Some(dict) = self.dict(self.new, number)? else {
            return Ok(());
        };
        if dict.get(b"A").is_some() || dict.get(b"AA").is_some() {
            let text = format!("adds the signature field \"{name}\" with an action");
            out.push(refused("action_added", text));
        }
        let value = match self.inherited_value(number)? {
            Some(value) => Some(self.value(name, &dict, &value)?),
            None => None,
        };
        let visible = is_visible(self.new, &dict)?;
        if value.is_none() && visible && dict.get(b"AP").is_some() {
            let text = format!("draws the signature field \"{name}\", which nobody signed");
            out.push(refused("unsigned_appearance", text));
        }
        if node.is_widget {
            out.extend(value.filter(|value| value.level == Modification::Other));
            return Ok(());
        }
        let page = self.page_of(&dict)?;
        let place = page.map_or(String::new(), |page| format!(" on page {page}"));
        let text = format!("adds the signature field \"{name}\"{place}");
        let level = if visible {
            Modification::FormFilling
        } else {
            Modification::LongTerm
        };
        let mut field = Change::new(level, "signature_added", text).of_field(name, !visible);
        field.new_and_visible = visible;
        out.push(field);
        out.extend(value);
        Ok(())
    }

    /// The page that a field or its first widget names.
    fn page_of(&self, field: &Dict) -> Result<Option<u32>, Refusal> {
        let own = |dict: &Dict| self.page(dict.get(b"P")?.as_ref()?.number);
        if let Some(page) = own(field) {
            return Ok(Some(page));
        }
        match references(self.new, field, b"Kids")?.first() {
            Some(kid) => Ok(self.dict(self.new, kid.number)?.as_ref().and_then(own)),
            None => Ok(None),
        }
    }
}

/// Whether a field or one of its widgets has an area.
fn is_visible(document: &Document, field: &Dict) -> Result<bool, Refusal> {
    let area = |dict: &Dict| -> Result<bool, Refusal> {
        let sides = sides(document, dict)?;
        Ok(sides.is_some_and(|(width, height)| width * height > 0.0))
    };
    if area(field)? {
        return Ok(true);
    }
    for kid in references(document, field, b"Kids")? {
        let kid = document.load(kid)?;
        if let Some(kid) = kid.dict()
            && area(kid)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}
