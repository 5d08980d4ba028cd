//! The catalog, the form and the pages: what of them a further signature touches.

use super::change::{Change, Modification};
use super::lists::growth;
use super::same::{same, same_except, same_value, told};
use super::step::{Pair, Step};
use super::{annots, store};
use crate::object::{Dict, Object};
use crate::page::Annots;
use crate::refusal::Refusal;

const CATALOG: [&[u8]; 6] = [
    b"AcroForm",
    b"DSS",
    b"Extensions",
    b"Metadata",
    b"MarkInfo",
    b"Version",
];
const FORM: [&[u8]; 6] = [
    b"Fields",
    b"SigFlags",
    b"DR",
    b"DA",
    b"Q",
    b"NeedAppearances",
];

impl Step<'_> {
    /// Judges catalog, form, pages and their lists; `false` when the object is none of these.
    pub(super) fn structure(&self, pair: &Pair, out: &mut Vec<Change>) -> Result<bool, Refusal> {
        let number = pair.number;
        if number == self.old.root.number {
            match pair.dicts() {
                Some((was, is)) => self.catalog(was, is, out)?,
                None => out.push(Change::refused("changed_later", "replaces the catalog")),
            }
        } else if self.form_number()? == Some(number) {
            match pair.dicts() {
                Some((was, is)) => self.form(was, is, out)?,
                None => out.push(Change::refused("changed_later", "replaces the form")),
            }
        } else if let Some(page) = self.page(number) {
            match pair.dicts() {
                Some((was, is)) if same_except(was, is, &[b"Annots"]) => {
                    self.annotations(page, was.get(b"Annots"), is.get(b"Annots"), out)?;
                }
                Some((was, is)) => {
                    let what = told(was, is, &[b"Annots"]);
                    let text = format!("changes page {page} ({what})");
                    out.push(Change::refused("page_changed", text));
                }
                None => out.push(Change::refused(
                    "page_changed",
                    format!("replaces page {page}"),
                )),
            }
        } else if let Some(page) = self.page_of_list(number) {
            let (was, is) = (&pair.was.item.object, &pair.is.item.object);
            self.annotations(page, Some(was), Some(is), out)?;
        } else if self.fields_number()? == Some(number) {
            let (was, is) = (&pair.was.item.object, &pair.is.item.object);
            self.field_list(Some(was), Some(is), out)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn form_number(&self) -> Result<Option<u32>, Refusal> {
        let catalog = self.old.catalog()?;
        let form = catalog.dict().and_then(|dict| dict.get(b"AcroForm"));
        Ok(form.and_then(Object::as_ref).map(|form| form.number))
    }

    fn fields_number(&self) -> Result<Option<u32>, Refusal> {
        let catalog = self.old.catalog()?;
        let form = match catalog.dict() {
            Some(dict) => self.old.value(dict, b"AcroForm")?,
            None => Object::Null,
        };
        let fields = form.as_dict().and_then(|form| form.get(b"Fields"));
        Ok(fields.and_then(Object::as_ref).map(|list| list.number))
    }

    fn page_of_list(&self, number: u32) -> Option<u32> {
        let mut pages = (1_u32..).zip(&self.old.pages);
        pages
            .find(
                |(_, page)| matches!(page.annots, Annots::Indirect(list) if list.number == number),
            )
            .map(|(page, _)| page)
    }

    fn catalog(&self, was: &Dict, is: &Dict, out: &mut Vec<Change>) -> Result<(), Refusal> {
        if !same_except(was, is, &CATALOG) {
            let text = format!("changes {} of the catalog", told(was, is, &CATALOG));
            out.push(Change::refused("catalog_changed", text));
        }
        match (was.get(b"AcroForm"), is.get(b"AcroForm")) {
            (was, is) if same_value(was, is) => {}
            (_, None) => out.push(Change::refused("changed_later", "takes away the form")),
            (was, Some(is)) => {
                let empty = Dict::empty();
                let was = was.map_or(Ok(Object::Null), |was| self.old.resolve(was))?;
                match self.new.resolve(is)? {
                    Object::Dict(is) => self.form(was.as_dict().unwrap_or(&empty), &is, out)?,
                    _ => out.push(Change::refused("changed_later", "takes away the form")),
                }
            }
        }
        match (was.get(b"DSS"), is.get(b"DSS")) {
            (was, is) if same_value(was, is) => {}
            (Some(_), None) => {
                let text = "takes away the validation data";
                out.push(Change::refused("changed_later", text));
            }
            (_, _) => out.push(store::judge(self)?),
        }
        out.push(Self::quiet(Modification::LongTerm));
        Ok(())
    }

    fn form(&self, was: &Dict, is: &Dict, out: &mut Vec<Change>) -> Result<(), Refusal> {
        if !same_except(was, is, &FORM) {
            let text = format!("changes {} of the form", told(was, is, &FORM));
            out.push(Change::refused("form_changed", text));
        }
        let anew = |dict: &Dict, document: &crate::document::Document| {
            let value = document.value(dict, b"NeedAppearances");
            value.map(|value| value.as_bool().unwrap_or(false))
        };
        if anew(is, self.new)? && !anew(was, self.old)? {
            out.push(Change::refused(
                "appearance_changed",
                "tells readers to draw the form fields anew",
            ));
        }
        self.field_list(was.get(b"Fields"), is.get(b"Fields"), out)?;
        let mut resources = false;
        if !same_value(was.get(b"DR"), is.get(b"DR")) {
            let new = is.get(b"DR").cloned().unwrap_or(Object::Null);
            super::web::references(&new, &mut |target| {
                resources |= self.fresh.contains(&target.number);
            });
        }
        out.push(Self::quiet(if resources {
            Modification::FormFilling
        } else {
            Modification::LongTerm
        }));
        Ok(())
    }

    /// The fields at the top: none may go, and those that come are judged one by one.
    fn field_list(
        &self,
        was: Option<&Object>,
        is: Option<&Object>,
        out: &mut Vec<Change>,
    ) -> Result<(), Refusal> {
        if same_value(was, is) {
            return Ok(());
        }
        let was = was.map_or(Ok(Object::Null), |was| self.old.resolve(was))?;
        let is = is.map_or(Ok(Object::Null), |is| self.new.resolve(is))?;
        let growth = growth(
            was.as_array().unwrap_or_default(),
            is.as_array().unwrap_or_default(),
        );
        if let Some(first) = growth.removed.first() {
            let name = self.field_name(first).unwrap_or_default();
            let text = format!("takes the field \"{name}\" out of the form");
            out.push(Change::refused("field_removed", text));
        }
        let is_new = |object: &Object| {
            let target = object.as_ref().map(|target| target.number);
            target.is_some_and(|number| self.added.contains(&number))
        };
        if !growth.added.iter().copied().all(is_new) {
            let text = "lists something in the form that is no new field";
            out.push(Change::refused("field_added", text));
        }
        out.push(Self::quiet(Modification::LongTerm));
        Ok(())
    }

    fn field_name(&self, object: &Object) -> Option<&str> {
        let node = self.fields.nodes.get(&object.as_ref()?.number)?;
        Some(&node.name)
    }

    /// The annotations of a page: widgets of new signatures may come.
    fn annotations(
        &self,
        page: u32,
        was: Option<&Object>,
        is: Option<&Object>,
        out: &mut Vec<Change>,
    ) -> Result<(), Refusal> {
        if was.zip(is).is_some_and(|(was, is)| same(was, is)) {
            return Ok(());
        }
        let was = was.map_or(Ok(Object::Null), |was| self.old.resolve(was))?;
        let is = is.map_or(Ok(Object::Null), |is| self.new.resolve(is))?;
        let growth = growth(
            was.as_array().unwrap_or_default(),
            is.as_array().unwrap_or_default(),
        );
        for object in growth.removed {
            let annot = self.old.resolve(object)?;
            out.push(annots::removed(self.old, page, &annot)?);
        }
        for object in growth.added {
            if !self.is_new_signature(object) {
                let annot = self.new.resolve(object)?;
                out.push(annots::added(self.new, page, &annot)?);
            }
        }
        out.push(Self::quiet(Modification::LongTerm));
        Ok(())
    }

    /// Whether a reference leads to a field or widget that came with a new signature field.
    fn is_new_signature(&self, object: &Object) -> bool {
        let Some(target) = object.as_ref().filter(|_| self.is_fresh(object)) else {
            return false;
        };
        let node = self.fields.nodes.get(&target.number);
        self.added.contains(&target.number) && node.is_some_and(|node| node.is_signature)
    }
}
