//! What the objects of a signed revision are, as far as later revisions may touch them.

use std::collections::HashSet;

use super::same::{same, same_except};
use crate::document::{Document, Loaded};
use crate::form::{Form, FormPlace};
use crate::object::{Dict, Object, Ref};
use crate::page::Annots;
use crate::refusal::Refusal;

/// Object numbers by role, and the two states that are compared.
pub(super) struct Roles<'a> {
    signed: &'a Document,
    document: &'a Document,
    form: Option<u32>,
    pages: HashSet<u32>,
    /// Arrays that may only grow: `/Annots` of pages, `/Fields` of the form.
    lists: HashSet<u32>,
    /// Fields and widgets without a signature, and the streams that they are drawn by.
    open_fields: HashSet<u32>,
    appearances: HashSet<u32>,
    /// Document information and validation data, which nothing on a page is drawn from.
    aside: HashSet<u32>,
}

impl<'a> Roles<'a> {
    pub(super) fn read(signed: &'a Document, document: &'a Document) -> Result<Self, Refusal> {
        let form = Form::read(signed)?;
        let holder = match &form.place {
            FormPlace::Indirect(holder) => Some(holder.reference.number),
            _ => None,
        };
        let mut lists: HashSet<u32> = signed
            .pages
            .iter()
            .filter_map(|page| match page.annots {
                Annots::Indirect(list) => Some(list.number),
                _ => None,
            })
            .collect();
        if let Some(Object::Ref(fields)) = form.dict().and_then(|dict| dict.get(b"Fields")) {
            lists.insert(fields.number);
        }
        Ok(Self {
            signed,
            document,
            form: holder,
            pages: signed
                .pages
                .iter()
                .map(|page| page.reference.number)
                .collect(),
            lists,
            open_fields: form.open.iter().map(|open| open.number).collect(),
            appearances: form
                .open
                .iter()
                .flat_map(|open| open.appearances.iter().copied())
                .collect(),
            aside: aside(signed)?,
        })
    }

    /// What was changed against the rules, in words.
    pub(super) fn judge(
        &self,
        number: u32,
        was: &Loaded,
        is: &Loaded,
    ) -> Result<Option<String>, Refusal> {
        if self.aside.contains(&number) || self.appearances.contains(&number) {
            return Ok(None);
        }
        let allowed = match (&was.item.object, &is.item.object) {
            _ if was.is_stream() || is.is_stream() => false,
            (Object::Dict(was), Object::Dict(is)) if number == self.signed.root.number => {
                self.catalog(was, is)?
            }
            (Object::Dict(was), Object::Dict(is)) if self.form == Some(number) => {
                self.form(was, is)?
            }
            (Object::Dict(was), Object::Dict(is)) if self.pages.contains(&number) => {
                same_except(was, is, &[b"Annots"])
                    && self.grows(was.get(b"Annots"), is.get(b"Annots"))?
            }
            (Object::Dict(was), Object::Dict(is)) if self.open_fields.contains(&number) => {
                same_except(was, is, &[b"V", b"AP", b"AS", b"M", b"F"])
            }
            (was, is) if self.lists.contains(&number) => self.grows(Some(was), Some(is))?,
            _ => false,
        };
        let what = match number {
            _ if allowed => return Ok(None),
            number if number == self.signed.root.number => "the catalog in more than its form",
            number if self.pages.contains(&number) => "a page in more than its signatures",
            number if self.form == Some(number) => "the form in more than its signatures",
            _ => "what was signed",
        };
        Ok(Some(format!("{what} (object {number})")))
    }

    fn catalog(&self, was: &Dict, is: &Dict) -> Result<bool, Refusal> {
        let form_allowed = match (was.get(b"AcroForm"), is.get(b"AcroForm")) {
            (Some(was), Some(is)) if same(was, is) => true,
            (Some(was), Some(is)) => {
                match (self.signed.resolve(was)?, self.document.resolve(is)?) {
                    (Object::Dict(was), Object::Dict(is)) => self.form(&was, &is)?,
                    _ => false,
                }
            }
            (Some(_), None) => false,
            (None, None) => true,
            (None, Some(is)) => match self.document.resolve(is)? {
                Object::Dict(is) => {
                    self.grows(None, is.get(b"Fields"))? && is.get(b"XFA").is_none()
                }
                _ => false,
            },
        };
        Ok(form_allowed && same_except(was, is, &[b"AcroForm", b"DSS", b"Extensions"]))
    }

    fn form(&self, was: &Dict, is: &Dict) -> Result<bool, Refusal> {
        let keys: [&[u8]; 4] = [b"Fields", b"SigFlags", b"DR", b"DA"];
        Ok(same_except(was, is, &keys) && self.grows(was.get(b"Fields"), is.get(b"Fields"))?)
    }

    /// Whether a list only got longer, and only by signature fields and their widgets.
    fn grows(&self, was: Option<&Object>, is: Option<&Object>) -> Result<bool, Refusal> {
        let was = was.map_or(Ok(Object::Null), |was| self.signed.resolve(was))?;
        let is = is.map_or(Ok(Object::Null), |is| self.document.resolve(is))?;
        let was = was.as_array().unwrap_or_default();
        let Some(is) = is.as_array() else {
            return Ok(was.is_empty());
        };
        let Some((kept, added)) = is.split_at_checked(was.len()) else {
            return Ok(false);
        };
        if !was
            .iter()
            .zip(kept)
            .all(|(was, is)| same(&was.object, &is.object))
        {
            return Ok(false);
        }
        for item in added {
            let Object::Ref(reference) = item.object else {
                return Ok(false);
            };
            if !self.is_signature(reference)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether `reference` is new or open, and a signature field or the widget of one.
    fn is_signature(&self, reference: Ref) -> Result<bool, Refusal> {
        let loaded = self.document.load(reference)?;
        let Some(dict) = loaded.dict() else {
            return Ok(false);
        };
        // An annotation of another kind does not become harmless by calling itself a field.
        if dict.get(b"Subtype").is_some() && !dict.is(b"Subtype", b"Widget") {
            return Ok(false);
        }
        let kind = match self.document.value(dict, b"FT")? {
            Object::Null => match self.document.value(dict, b"Parent")? {
                Object::Dict(parent) => self.document.value(&parent, b"FT")?,
                _ => Object::Null,
            },
            kind => kind,
        };
        Ok(kind.as_name() == Some(b"Sig"))
    }
}

/// `/Info`, `/Metadata`, and `/DSS` with what it refers to directly.
fn aside(signed: &Document) -> Result<HashSet<u32>, Refusal> {
    let mut aside = HashSet::new();
    let mut take = |object: Option<&Object>| {
        aside.extend(object.and_then(Object::as_ref).map(|found| found.number))
    };
    take(
        signed
            .tail
            .trailer_with(b"Info")
            .and_then(|trailer| trailer.dict.get(b"Info")),
    );
    let catalog = signed.catalog()?;
    let Some(catalog) = catalog.dict() else {
        return Ok(aside);
    };
    take(catalog.get(b"Metadata"));
    take(catalog.get(b"DSS"));
    if let Object::Dict(store) = signed.value(catalog, b"DSS")? {
        for key in [b"Certs".as_slice(), b"CRLs", b"OCSPs", b"VRI"] {
            take(store.get(key));
        }
    }
    // A file may call a page its metadata; what is on a page is never aside.
    for page in &signed.pages {
        aside.remove(&page.reference.number);
    }
    aside.remove(&signed.root.number);
    Ok(aside)
}
