//! What an object is to a reader, in words.

use std::collections::HashSet;

use super::fields::Fields;
use super::web::references;
use crate::document::Document;
use crate::object::{Dict, Object, Ref};
use crate::refusal::Refusal;

/// Objects that are looked through for one answer.
const OBJECTS: usize = 20_000;

/// Changes that are looked for a name for; nobody reads more.
const NAMED: usize = 10;

/// What the object with this number is, as "the content of page 3 (object 17)", when so many changes were told before.
pub(super) fn of(document: &Document, number: u32, before: usize) -> Result<String, Refusal> {
    let what = match before {
        ..NAMED => place(document, number)?,
        _ => None,
    };
    let what = what.unwrap_or_else(|| "what was signed".to_owned());
    Ok(format!("{what} (object {number})"))
}

fn place(document: &Document, number: u32) -> Result<Option<String>, Refusal> {
    if number == document.root.number {
        return Ok(Some("the catalog".to_owned()));
    }
    let mut pages = (1_u32..).zip(&document.pages);
    if let Some((page, _)) = pages.find(|(_, page)| page.reference.number == number) {
        return Ok(Some(format!("page {page}")));
    }
    let mut fields = Fields::default();
    fields.extend(document)?;
    if let Some(node) = fields.nodes.get(&number) {
        return Ok(Some(format!("the field \"{}\"", node.name)));
    }
    let mut seen = HashSet::new();
    for (page, record) in (1_u32..).zip(&document.pages) {
        let loaded = document.load(record.reference)?;
        let Some(dict) = loaded.dict() else { continue };
        for part in parts(document, dict)? {
            if leads(document, &part.object, number, &mut seen)? {
                return Ok(Some(format!("{} page {page}", part.name)));
            }
        }
        if seen.len() > OBJECTS {
            return Ok(None);
        }
    }
    let catalog = document.load(document.root)?;
    for key in catalog.dict().iter().flat_map(|dict| dict.keys()) {
        let value = catalog.dict().and_then(|dict| dict.get(key));
        if let Some(value) = value
            && leads(document, value, number, &mut seen)?
        {
            let key = String::from_utf8_lossy(key);
            return Ok(Some(format!("what the catalog has under /{key}")));
        }
    }
    Ok(None)
}

/// A part of a page, with the words that lead up to the page.
struct Part {
    name: &'static str,
    object: Object,
}

fn parts(document: &Document, page: &Dict) -> Result<Vec<Part>, Refusal> {
    let mut parts = Vec::new();
    let mut add = |name, object: Option<&Object>| {
        parts.extend(object.cloned().map(|object| Part { name, object }));
    };
    add("the content of", page.get(b"Contents"));
    let resources = document.value(page, b"Resources")?;
    if let Some(resources) = resources.as_dict() {
        add("a font of", resources.get(b"Font"));
        add("a picture or drawing on", resources.get(b"XObject"));
    }
    add("the resources of", page.get(b"Resources"));
    add("an annotation on", page.get(b"Annots"));
    for key in page.keys() {
        let other: &[&[u8]] = &[b"Contents", b"Resources", b"Annots", b"Parent"];
        if !other.contains(&key) {
            add("something of", page.get(key));
        }
    }
    Ok(parts)
}

/// Whether `object` leads to the number, not going up again to pages or fields.
fn leads(
    document: &Document,
    object: &Object,
    number: u32,
    seen: &mut HashSet<u32>,
) -> Result<bool, Refusal> {
    let mut stack: Vec<Ref> = Vec::new();
    references(object, &mut |target| stack.push(target));
    while let Some(target) = stack.pop() {
        if target.number == number {
            return Ok(true);
        }
        if !seen.insert(target.number) || seen.len() > OBJECTS {
            continue;
        }
        let Ok(loaded) = document.load(target) else {
            continue;
        };
        let is_page = loaded
            .dict()
            .is_some_and(|dict| dict.is(b"Type", b"Page") || dict.is(b"Type", b"Pages"));
        if is_page {
            continue;
        }
        match loaded.dict() {
            Some(dict) => {
                for key in dict.keys().filter(|key| !matches!(*key, b"Parent" | b"P")) {
                    if let Some(value) = dict.get(key) {
                        references(value, &mut |target| stack.push(target));
                    }
                }
            }
            None => references(&loaded.item.object, &mut |target| stack.push(target)),
        }
    }
    Ok(false)
}
