//! The document security store (ISO 32000-2, 12.8.4.3): validation data that grows after signing.

use super::change::{Change, Modification};
use super::lists::growth;
use super::same::{same, same_value};
use super::step::Step;
use crate::document::Document;
use crate::object::{Dict, Object, Ref};
use crate::refusal::Refusal;

const KEYS: [&[u8]; 5] = [b"Type", b"VRI", b"Certs", b"CRLs", b"OCSPs"];
const VRI_KEYS: [&[u8]; 6] = [b"Type", b"Cert", b"CRL", b"OCSP", b"TU", b"TS"];

/// The store of the newer revision, against that of the older: it holds nothing but validation data, and what was
/// kept for a signature stays.
pub(super) fn judge(step: &Step<'_>) -> Result<Change, Refusal> {
    let refused = |what: &str| {
        Change::refused(
            "store_changed",
            format!("{what} the store of validation data"),
        )
    };
    let Some(is) = store(step.new)? else {
        return Ok(refused("replaces"));
    };
    let was = store(step.old)?;
    // What stood there when it was signed may stay, whatever it is.
    let old = was.clone().unwrap_or_else(Dict::empty);
    let stays = |key: &[u8]| same_value(old.get(key), is.get(key));
    if !is.keys().all(|key| KEYS.contains(&key) || stays(key)) || is.repeats() {
        return Ok(refused("puts something else into"));
    }
    for key in [b"Certs".as_slice(), b"CRLs", b"OCSPs"] {
        if !adds_streams(step, &old, &is, key)? {
            return Ok(refused("puts something else into"));
        }
    }
    let kept = match &was {
        Some(was) => step.old.value(was, b"VRI")?,
        None => Object::Null,
    };
    let now = step.new.value(&is, b"VRI")?;
    if let Some(kept) = kept.as_dict() {
        let is_kept = |key: &[u8]| {
            let now = now.as_dict().and_then(|now| now.get(key));
            kept.get(key)
                .zip(now)
                .is_some_and(|(was, is)| same(was, is))
        };
        if !kept.keys().all(is_kept) {
            return Ok(refused("takes something out of"));
        }
    }
    if let Some(now) = now.as_dict() {
        let was_there = |key: &[u8]| kept.as_dict().is_some_and(|kept| kept.get(key).is_some());
        for key in now.keys().filter(|key| !was_there(key)) {
            let entry = step.new.value(now, key)?;
            let sound = entry
                .as_dict()
                .is_some_and(|entry| entry.keys().all(|key| VRI_KEYS.contains(&key)));
            if !sound {
                return Ok(refused("puts something else into"));
            }
        }
    }
    let text = "adds validation data";
    Ok(Change::new(Modification::LongTerm, "store_changed", text))
}

fn store(document: &Document) -> Result<Option<Dict>, Refusal> {
    let catalog = document.catalog()?;
    let store = match catalog.dict() {
        Some(catalog) => document.value(catalog, b"DSS")?,
        None => Object::Null,
    };
    Ok(store.as_dict().cloned())
}

/// Whether everything in a list that was not there before is a stream.
fn adds_streams(step: &Step<'_>, old: &Dict, new: &Dict, key: &[u8]) -> Result<bool, Refusal> {
    let list = step.new.value(new, key)?;
    let before = step.old.value(old, key)?;
    let items = match &list {
        Object::Array(items) => items,
        // Validation data may go again, as PAdES allows.
        Object::Null => return Ok(true),
        other => return Ok(same(&before, other)),
    };
    for item in growth(before.as_array().unwrap_or_default(), items).added {
        let Some(target) = item.as_ref() else {
            return Ok(false);
        };
        if !step.new.load(target)?.is_stream() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Where the parts of the older store stand: each object with the object that alone may refer to it.
pub(super) fn parts(document: &Document) -> Result<Vec<(u32, u32)>, Refusal> {
    let catalog = document.catalog()?;
    let Some(dict) = catalog.dict() else {
        return Ok(Vec::new());
    };
    let number = |target: Option<&Object>| {
        target
            .and_then(Object::as_ref)
            .map(|Ref { number, .. }| number)
    };
    let root = document.root.number;
    let mut parts: Vec<(u32, u32)> = Vec::new();
    let own = number(dict.get(b"DSS"));
    parts.extend(own.map(|own| (own, root)));
    if let Some(store) = store(document)? {
        let lists = [b"Certs".as_slice(), b"CRLs", b"OCSPs", b"VRI"];
        parts.extend(
            lists
                .into_iter()
                .filter_map(|key| Some((number(store.get(key))?, own.unwrap_or(root)))),
        );
    }
    Ok(parts)
}
