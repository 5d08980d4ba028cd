//! Widgets into the annotation lists of their pages, touching the smallest object.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::object::{Object, Ref};
use crate::page::{Annots, PageRecord};
use crate::refusal::{Refusal, damaged};
use crate::write::Increment;

/// Adds widgets, grouped by index of page.
pub(crate) fn add(
    document: &Document,
    widgets: &BTreeMap<usize, Vec<Ref>>,
    out: &mut Increment<'_>,
) -> Result<(), Refusal> {
    for (index, widgets) in widgets {
        let page = document
            .pages
            .get(*index)
            .ok_or_else(|| damaged("a page went missing"))?;
        let list = widgets
            .iter()
            .map(Ref::to_string)
            .collect::<Vec<_>>()
            .join(" ");
        match page.annots {
            Annots::Indirect(reference) if !page.annots_shared => {
                extend(document, reference, &list, out)?
            }
            _ => rewrite_page(document, page, &list, out)?,
        }
    }
    Ok(())
}

/// A list that is an object of its own and belongs to this page alone: the page itself stays as it is.
fn extend(
    document: &Document,
    reference: Ref,
    list: &str,
    out: &mut Increment<'_>,
) -> Result<(), Refusal> {
    let loaded = document.load(reference)?;
    let mut splice = loaded.splice()?;
    splice.append(loaded.item.span, list.as_bytes());
    out.object(loaded.reference, &splice.finish()?);
    Ok(())
}

fn rewrite_page(
    document: &Document,
    page: &PageRecord,
    list: &str,
    out: &mut Increment<'_>,
) -> Result<(), Refusal> {
    let loaded = document.load(page.reference)?;
    let dict = loaded
        .dict()
        .ok_or_else(|| damaged("a page went missing"))?;
    let mut splice = loaded.splice()?;
    match dict.item(b"Annots") {
        Some(item) if matches!(item.object, Object::Array(_)) => {
            splice.append(item.span, list.as_bytes())
        }
        Some(item) if page.annots_shared => {
            // Other pages keep the shared list; this page gets a copy of its own.
            let shared = item
                .object
                .as_ref()
                .ok_or_else(|| damaged("a page went missing"))?;
            let shared = document.load(shared)?;
            let mut copy = shared.splice()?;
            copy.append(shared.item.span, list.as_bytes());
            splice.set(dict, b"Annots", &copy.finish()?)?;
        }
        _ => splice.set(dict, b"Annots", format!("[{list}]").as_bytes())?,
    }
    out.object(loaded.reference, &splice.finish()?);
    Ok(())
}
