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
    let mut walk = Walk {
        document,
        root,
        pages: Vec::new(),
        open: Vec::new(),
        listed: 1,
        lists: HashSet::new(),
    };
    walk.enter(root, Inherited::default())?;
    while let Some(node) = walk.open.last_mut() {
        let inherited = node.inherited;
        match node.kids.next() {
            Some(kid) => walk.enter(kid, inherited)?,
            None => drop(walk.open.pop()),
        }
    }
    mark_shared(&mut walk.pages, &walk.lists);
    Ok(walk.pages)
}

/// The walk through the tree, without recursion.
struct Walk<'a> {
    document: &'a Document,
    root: Ref,
    pages: Vec<PageRecord>,
    /// The nodes from the root to where the walk is; a loop comes back to one of them, a page listed twice does not.
    open: Vec<Node>,
    /// Kids that were seen in lists. They are counted before they are walked, so that lists inside lists stay small.
    listed: usize,
    /// Lists of kids that are objects of their own; one that is a list of annotations too must not grow.
    lists: HashSet<u32>,
}

/// A node with the kids that are still to be walked.
struct Node {
    number: u32,
    kids: std::vec::IntoIter<Ref>,
    inherited: Inherited,
}

impl Walk<'_> {
    fn enter(&mut self, reference: Ref, inherited: Inherited) -> Result<(), Refusal> {
        let loaded = self.document.load(reference)?;
        let Some(dict) = loaded.dict() else {
            // A kid that is null is no page; anything else is no page tree.
            if matches!(loaded.item.object, Object::Null) && loaded.reference != self.root {
                return Ok(());
            }
            return Err(damaged("its page tree holds something that is not a page"));
        };
        let inherited = inherit(self.document, dict, inherited)?;
        if !is_node(dict) {
            let page = page(self.document, loaded.reference, dict, inherited)?;
            self.pages.push(page);
            return Ok(());
        }
        let number = loaded.reference.number;
        if self.open.iter().any(|node| node.number == number) {
            return Err(damaged("its page tree forms a loop"));
        }
        if let Some(Object::Ref(list)) = dict.get(b"Kids") {
            self.lists.insert(list.number);
        }
        let kids = self.document.with_value(dict, b"Kids", kids)??;
        self.listed = self.listed.saturating_add(kids.len());
        if self.listed > limits::TREE_NODES || self.open.len() >= limits::TREE_DEPTH as usize {
            return Err(Refusal::Limits("size of the page tree"));
        }
        self.open.push(Node {
            number,
            kids: kids.into_iter(),
            inherited,
        });
        Ok(())
    }
}

fn kids(list: &Object) -> Result<Vec<Ref>, Refusal> {
    let list = list
        .as_array()
        .ok_or_else(|| damaged("a node of its page tree has no kids"))?;
    let mut kids = Vec::with_capacity(list.len());
    for kid in list {
        match kid.object {
            Object::Ref(kid) => kids.push(kid),
            Object::Null => {}
            _ => return Err(damaged("a page is not an object of its own")),
        }
    }
    Ok(kids)
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
    if let Some(rotate) = document.with_value(dict, b"Rotate", Object::as_f64)? {
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
    let user_unit = document.with_value(dict, b"UserUnit", Object::as_f64)?;
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
    let number = |item: &Item| -> Result<Option<f64>, Refusal> {
        match &item.object {
            Object::Ref(_) => Ok(document.resolve(&item.object)?.as_f64()),
            direct => Ok(direct.as_f64()),
        }
    };
    document.with_value(dict, key, |value| {
        let Some([a, b, c, d]) = value.as_array() else {
            return Ok(None);
        };
        match (number(a)?, number(b)?, number(c)?, number(d)?) {
            (Some(a), Some(b), Some(c), Some(d)) => Ok(Some(Rect::new(a, b, c, d))),
            _ => Ok(None),
        }
    })?
}

fn mark_shared(pages: &mut [PageRecord], kids: &HashSet<u32>) {
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
    let shared: HashSet<u32> = lists
        .filter(|number| !seen.insert(*number) || kids.contains(number))
        .collect();
    for page in pages {
        page.listed_twice = twice.contains(&page.reference.number);
        page.annots_shared =
            matches!(page.annots, Annots::Indirect(list) if shared.contains(&list.number));
    }
}
