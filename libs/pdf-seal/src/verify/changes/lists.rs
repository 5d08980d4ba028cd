//! Lists that may only grow: the fields of the form, the annotations of a page.

use super::same::same;
use crate::object::{Item, Object};

/// How one list became another.
pub(super) struct Growth<'a> {
    pub added: Vec<&'a Object>,
    pub removed: Vec<&'a Object>,
}

/// What was put in and what was taken out; what only changed its place counts as both.
pub(super) fn growth<'a>(was: &'a [Item], is: &'a [Item]) -> Growth<'a> {
    let mut added = Vec::new();
    let mut kept = was.iter().peekable();
    for item in is {
        match kept.peek() {
            Some(next) if same(&next.object, &item.object) => {
                kept.next();
            }
            _ => added.push(&item.object),
        }
    }
    Growth {
        added,
        removed: kept.map(|item| &item.object).collect(),
    }
}
