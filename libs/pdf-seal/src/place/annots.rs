//! Widgets into the annotation lists of their pages, touching the smallest object.

use std::collections::BTreeMap;

use crate::document::{Document, Loaded};
use crate::object::{Item, Object, Ref, Splice};
use crate::page::{Annots, PageRecord};
use crate::refusal::{Refusal, damaged};
use crate::write::{Increment, reference};

/// Adds widgets, grouped by index of page.
///
/// Lists that hold something else than references are put in order when `tidy`, which is allowed as long as nothing is
/// signed: who compares revisions later stumbles over them, and would call the next seal a forbidden change.
pub(crate) fn add(
    document: &Document,
    widgets: &BTreeMap<usize, Vec<Ref>>,
    tidy: bool,
    out: &mut Increment<'_>,
) -> Result<(), Refusal> {
    for (index, widgets) in widgets {
        let page = document
            .pages
            .get(*index)
            .ok_or_else(|| damaged("a page went missing"))?;
        match page.annots {
            Annots::Indirect(reference) if !page.annots_shared => {
                let loaded = document.load(reference)?;
                let list = extended(&loaded, &loaded.item, widgets, tidy, out)?;
                out.object(loaded.reference, &list);
            }
            _ => rewrite_page(document, page, widgets, tidy, out)?,
        }
    }
    Ok(())
}

fn rewrite_page(
    document: &Document,
    page: &PageRecord,
    widgets: &[Ref],
    tidy: bool,
    out: &mut Increment<'_>,
) -> Result<(), Refusal> {
    let loaded = document.load(page.reference)?;
    let dict = loaded
        .dict()
        .ok_or_else(|| damaged("a page went missing"))?;
    let mut splice = loaded.splice()?;
    match dict.item(b"Annots") {
        Some(item) if matches!(item.object, Object::Array(_)) => {
            let list = extended(&loaded, item, widgets, tidy, out)?;
            splice.replace(item.span, list);
        }
        Some(item) if page.annots_shared => {
            // Other pages keep the shared list; this page gets a copy of its own.
            let shared = item
                .object
                .as_ref()
                .ok_or_else(|| damaged("a page went missing"))?;
            let shared = document.load(shared)?;
            let list = extended(&shared, &shared.item, widgets, tidy, out)?;
            splice.set(dict, b"Annots", &list)?;
        }
        _ => splice.set(dict, b"Annots", &list_of(widgets))?,
    }
    out.object(loaded.reference, &splice.finish()?);
    Ok(())
}

/// The bytes of the list `item`, which stands in `holder`, with the widgets behind what is there.
fn extended(
    holder: &Loaded,
    item: &Item,
    widgets: &[Ref],
    tidy: bool,
    out: &mut Increment<'_>,
) -> Result<Vec<u8>, Refusal> {
    let items = item.object.as_array().unwrap_or_default();
    let plain = items
        .iter()
        .all(|item| matches!(item.object, Object::Ref(_)));
    if plain || !tidy {
        if holder.is_stream() {
            return Err(damaged("a stream stands where a plain object should"));
        }
        let mut splice = Splice::new(holder.text(), item.span);
        splice.append(item.span, &joined(widgets));
        return splice.finish();
    }
    let mut list = Vec::with_capacity(items.len() + widgets.len());
    for item in items {
        match &item.object {
            Object::Ref(reference) => list.push(*reference),
            Object::Dict(_) => {
                let own = out.allocate()?;
                let (start, end) = (item.span.start as usize, item.span.end as usize);
                let body = holder.text().get(start..end).unwrap_or_default();
                out.object(own, body);
                list.push(own);
            }
            // Null, and what is no annotation to any reader.
            _ => {}
        }
    }
    list.extend(widgets);
    Ok(list_of(&list))
}

fn list_of(references: &[Ref]) -> Vec<u8> {
    [b"[".as_slice(), &joined(references), b"]"].concat()
}

fn joined(references: &[Ref]) -> Vec<u8> {
    let mut out = Vec::with_capacity(references.len() * 10);
    for (index, to) in references.iter().enumerate() {
        reference(&mut out, if index == 0 { "" } else { " " }, *to);
    }
    out
}
