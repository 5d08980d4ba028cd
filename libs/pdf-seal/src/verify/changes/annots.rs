//! Annotations that are no signatures. Only a certification with P = 3 allows any, and what may lie over the signed
//! content is refused even there ("evil annotation" attack on certified documents).

use super::change::{Change, Modification};
use crate::document::Document;
use crate::object::{Dict, Object};
use crate::refusal::Refusal;

/// The largest side of the icon of a note, in points.
const ICON_POINTS: f64 = 40.0;

pub(super) fn added(document: &Document, page: u32, annot: &Object) -> Result<Change, Refusal> {
    judge(document, page, annot, "adds an annotation", "to")
}

pub(super) fn removed(document: &Document, page: u32, annot: &Object) -> Result<Change, Refusal> {
    judge(document, page, annot, "takes away an annotation", "from")
}

pub(super) fn changed(
    documents: [&Document; 2],
    page: u32,
    was: &Dict,
    is: &Dict,
) -> Result<Change, Refusal> {
    let [old, new] = documents;
    let was = judge(
        old,
        page,
        &Object::Dict(was.clone()),
        "changes an annotation",
        "on",
    )?;
    let is = judge(
        new,
        page,
        &Object::Dict(is.clone()),
        "changes an annotation",
        "on",
    )?;
    Ok(if was.level > is.level { was } else { is })
}

fn judge(
    document: &Document,
    page: u32,
    annot: &Object,
    verb: &str,
    to: &str,
) -> Result<Change, Refusal> {
    let Some(dict) = annot.as_dict() else {
        let text = format!("puts something that is no annotation on page {page}");
        return Ok(Change::refused("annotation_added", text));
    };
    let kind = document.value(dict, b"Subtype")?;
    let kind = kind.as_name().unwrap_or_default();
    let named = String::from_utf8_lossy(kind).into_owned();
    let text = format!("{verb} ({named}) {to} page {page}");
    if is_harmless(document, dict, kind)? {
        return Ok(Change::new(
            Modification::Annotations,
            "annotation_added",
            text,
        ));
    }
    let text = format!("{text}, which may cover or show something else than what was signed");
    Ok(Change::refused("annotation_added", text))
}

/// Whether readers draw the annotation themselves, small or see-through, and nothing happens when it is clicked.
fn is_harmless(document: &Document, dict: &Dict, kind: &[u8]) -> Result<bool, Refusal> {
    let acts = dict.get(b"A").is_some() || dict.get(b"AA").is_some();
    let drawn = dict.get(b"AP").is_some();
    let harmless = match kind {
        b"Popup" | b"Highlight" | b"Underline" | b"Squiggly" | b"StrikeOut" => !drawn,
        b"Text" => is_small(document, dict)?,
        _ => false,
    };
    Ok(harmless && !acts && !dict.repeats())
}

fn is_small(document: &Document, dict: &Dict) -> Result<bool, Refusal> {
    let sides = sides(document, dict)?;
    Ok(matches!(sides, Some((width, height)) if width <= ICON_POINTS && height <= ICON_POINTS))
}

/// Width and height of `/Rect`.
pub(super) fn sides(document: &Document, dict: &Dict) -> Result<Option<(f64, f64)>, Refusal> {
    let rect = document.value(dict, b"Rect")?;
    let mut numbers = Vec::new();
    for item in rect.as_array().unwrap_or_default() {
        numbers.extend(document.resolve(&item.object)?.as_f64());
    }
    Ok(match *numbers {
        [a, b, c, d] => Some(((a - c).abs(), (b - d).abs())),
        _ => None,
    })
}
