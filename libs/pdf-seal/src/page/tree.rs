//! The page tree (7.7.3): every page in order with what it inherits, without recursion.

use std::collections::HashSet;

use super::{Geometry, PageInfo, Rect};
use crate::document::Document;
use crate::limits;
use crate::object::{Dict, Item, Object, Ref};
use crate::refusal::{Refusal, damaged};

/// Where the annotations of a page are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Annots {
    Absent,
    Inline,
    Indirect(Ref),
}

/// A page as the writer needs it.
#[derive(Debug, Clone)]
pub(crate) struct PageRecord {
    pub reference: Ref,
    pub geometry: Geometry,
    pub annots: Annots,
    /// The page object, or its list of annotations, also belongs to another place in the tree.
    pub listed_twice: bool,
    pub annots_shared: bool,
}

impl PageRecord {
    pub(crate) fn info(&self, number: u32) -> PageInfo {
        let (width_mm, height_mm) = self.geometry.size_mm();
        let rotate = self.geometry.rotate;
        PageInfo {
            number,
            width_mm,
            height_mm,
            rotate,
            listed_twice: self.listed_twice,
        }
    }
}

/// What pages inherit from the nodes above them (table 31).
#[derive(Debug, Clone, Copy, Default)]
struct Inherited {
    media: Option<Rect>,
    crop: Option<Rect>,
    rotate: Option<i64>,
}

/// Reads the whole page tree.
pub(crate) fn read_all(document: &Document) -> Result<Vec<PageRecord>, Refusal> {
    let catalog = document.catalog()?;
    let root = catalog
        .dict()
        .and_then(|dict| dict.get(b"Pages"))
        .and_then(Object::as_ref);
    let root = root.ok_or_else(|| damaged("it has no page tree"))?;
    let mut pages = Vec::new();
    // A node is put on the path again when it is left, so that a loop is told from a page that is listed twice.
    let mut path: HashSet<u32> = HashSet::new();
    let mut stack = vec![Visit::Enter(root, Inherited::default())];
    let mut nodes = 0_usize;
    while let Some(visit) = stack.pop() {
        let (reference, inherited) = match visit {
            Visit::Leave(number) => {
                path.remove(&number);
                continue;
            }
            Visit::Enter(reference, inherited) => (reference, inherited),
        };
        nodes += 1;
        if nodes > limits::TREE_NODES || path.len() > limits::TREE_DEPTH as usize {
            return Err(Refusal::Limits("size of the page tree"));
        }
        let loaded = document.load(reference)?;
        let Some(dict) = loaded.dict() else {
            // A kid that is null is no page; anything else is no page tree.
            if matches!(loaded.item.object, Object::Null) && loaded.reference != root {
                continue;
            }
            return Err(damaged("its page tree holds something that is not a page"));
        };
        let inherited = inherit(document, dict, inherited)?;
        if !is_node(dict) {
            pages.push(page(document, loaded.reference, dict, inherited)?);
            continue;
        }
        if !path.insert(loaded.reference.number) {
            return Err(damaged("its page tree forms a loop"));
        }
        stack.push(Visit::Leave(loaded.reference.number));
        let kids = document.value(dict, b"Kids")?;
        let kids = kids
            .as_array()
            .ok_or_else(|| damaged("a node of its page tree has no kids"))?;
        for kid in kids.iter().rev() {
            match kid.object {
                Object::Ref(kid) => stack.push(Visit::Enter(kid, inherited)),
                Object::Null => {}
                _ => return Err(damaged("a page is not an object of its own")),
            }
        }
    }
    mark_shared(&mut pages);
    Ok(pages)
}

enum Visit {
    Enter(Ref, Inherited),
    Leave(u32),
}

fn is_node(dict: &Dict) -> bool {
    dict.is(b"Type", b"Pages") || (!dict.is(b"Type", b"Page") && dict.get(b"Kids").is_some())
}

fn inherit(
    document: &Document,
    dict: &Dict,
    mut inherited: Inherited,
) -> Result<Inherited, Refusal> {
    if let Some(rect) = rect(document, dict, b"MediaBox")? {
        inherited.media = Some(rect);
    }
    if let Some(rect) = rect(document, dict, b"CropBox")? {
        inherited.crop = Some(rect);
    }
    if let Some(rotate) = document.value(dict, b"Rotate")?.as_f64() {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "saturates, and only multiples of 90 count"
        )]
        let rotate = rotate as i64;
        inherited.rotate = Some(rotate);
    }
    Ok(inherited)
}

fn page(
    document: &Document,
    reference: Ref,
    dict: &Dict,
    inherited: Inherited,
) -> Result<PageRecord, Refusal> {
    let user_unit = document.value(dict, b"UserUnit")?.as_f64();
    let geometry = Geometry::new(inherited.media, inherited.crop, inherited.rotate, user_unit);
    let annots = match dict.get(b"Annots") {
        None => Annots::Absent,
        Some(Object::Array(_)) => Annots::Inline,
        Some(Object::Ref(list)) => {
            let list = document.load(*list)?;
            match list.item.object {
                Object::Array(_) => Annots::Indirect(list.reference),
                // Readers show no annotations where there is no list; the page gets one.
                _ => Annots::Absent,
            }
        }
        Some(_) => Annots::Absent,
    };
    Ok(PageRecord {
        reference,
        geometry,
        annots,
        listed_twice: false,
        annots_shared: false,
    })
}

fn rect(document: &Document, dict: &Dict, key: &[u8]) -> Result<Option<Rect>, Refusal> {
    let value = document.value(dict, key)?;
    let Some([a, b, c, d]) = value.as_array() else {
        return Ok(None);
    };
    let number = |item: &Item| -> Result<Option<f64>, Refusal> {
        Ok(document.resolve(&item.object)?.as_f64())
    };
    match (number(a)?, number(b)?, number(c)?, number(d)?) {
        (Some(a), Some(b), Some(c), Some(d)) => Ok(Some(Rect::new(a, b, c, d))),
        _ => Ok(None),
    }
}

fn mark_shared(pages: &mut [PageRecord]) {
    let mut seen = HashSet::new();
    let twice: HashSet<u32> = pages
        .iter()
        .map(|page| page.reference.number)
        .filter(|number| !seen.insert(*number))
        .collect();
    let mut seen = HashSet::new();
    let lists = pages.iter().filter_map(|page| match page.annots {
        Annots::Indirect(list) => Some(list.number),
        _ => None,
    });
    let shared: HashSet<u32> = lists.filter(|number| !seen.insert(*number)).collect();
    for page in pages {
        page.listed_twice = twice.contains(&page.reference.number);
        page.annots_shared =
            matches!(page.annots, Annots::Indirect(list) if shared.contains(&list.number));
    }
}
