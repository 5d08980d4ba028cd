//! Which pages show which signature: widgets lead to it by themselves or through their field.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::form::SigId;
use crate::object::{Dict, Object, Ref};
use crate::refusal::Refusal;

/// Pages by signature, ascending. What cannot be read shows nothing: this is for people, not for the verdict.
pub(crate) fn of_signatures(document: &Document) -> BTreeMap<SigId, Vec<u32>> {
    let mut shown: BTreeMap<SigId, Vec<u32>> = BTreeMap::new();
    for (number, page) in (1_u32..).zip(&document.pages) {
        // The account of work that every document keeps bounds this walk; when it is used up, the walk ends.
        let Ok(ids) = on_page(document, page.reference) else {
            break;
        };
        for id in ids {
            let pages = shown.entry(id).or_default();
            if pages.last() != Some(&number) {
                pages.push(number);
            }
        }
    }
    shown
}

fn on_page(document: &Document, page: Ref) -> Result<Vec<SigId>, Refusal> {
    let page = document.load(page)?;
    let annots = match page.dict() {
        Some(dict) => document.value(dict, b"Annots")?,
        None => Object::Null,
    };
    let references = annots.as_array().unwrap_or_default().iter();
    let mut ids = Vec::new();
    for reference in references.filter_map(|item| item.object.as_ref()) {
        let annot = document.load(reference)?;
        let Some(dict) = annot.dict().filter(|dict| dict.is(b"Subtype", b"Widget")) else {
            continue;
        };
        if !is_seen(document, dict)? {
            continue;
        }
        let own = value(dict, annot.reference);
        let parent = dict.get(b"Parent").and_then(Object::as_ref);
        ids.extend(match (own, parent) {
            (Some(id), _) => Some(id),
            (None, Some(parent)) => {
                let parent = document.load(parent)?;
                parent.dict().and_then(|dict| value(dict, parent.reference))
            }
            (None, None) => None,
        });
    }
    Ok(ids)
}

/// An invisible signature has a widget without area.
fn is_seen(document: &Document, widget: &Dict) -> Result<bool, Refusal> {
    let rect = document.value(widget, b"Rect")?;
    let sides: Vec<f64> = rect
        .as_array()
        .unwrap_or_default()
        .iter()
        .filter_map(|item| item.object.as_f64())
        .collect();
    Ok(matches!(*sides, [a, b, c, d] if (a - c).abs() > 0.0 && (b - d).abs() > 0.0))
}

fn value(dict: &Dict, holder: Ref) -> Option<SigId> {
    match dict.get(b"V")? {
        Object::Ref(value) => Some(SigId::Object(value.number)),
        Object::Dict(_) => Some(SigId::InField(holder.number)),
        _ => None,
    }
}
