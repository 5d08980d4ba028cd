//! The field tree as the comparison needs it: read once for the first revision, then carried on.

use std::collections::HashMap;
use std::rc::Rc;

use crate::document::Document;
use crate::form::decode_text;
use crate::limits;
use crate::object::{Dict, Object, Ref};
use crate::refusal::Refusal;

/// A field or a widget of one.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Full name; a widget has that of its field.
    pub name: Rc<str>,
    /// Whether `/FT`, its own or inherited (12.7.4.1), is that of signatures.
    pub is_signature: bool,
    pub parent: Option<u32>,
    /// Whether it is a widget of the field above and no field itself.
    pub is_widget: bool,
}

/// Every field and widget by its object number.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    pub nodes: HashMap<u32, Node>,
    /// Nodes that had to be read, for the account of what a verification costs.
    pub read: usize,
}

struct Visit {
    reference: Ref,
    prefix: Rc<str>,
    is_signature: bool,
    parent: Option<u32>,
}

impl Fields {
    /// Adds what the form of `document` leads to and is not known yet; gives the numbers of those, in order.
    pub(super) fn extend(&mut self, document: &Document) -> Result<Vec<u32>, Refusal> {
        let mut added = Vec::new();
        let mut stack: Vec<Visit> = roots(document)?
            .into_iter()
            .rev()
            .filter(|root| !self.nodes.contains_key(&root.number))
            .map(|reference| Visit {
                reference,
                prefix: Rc::from(""),
                is_signature: false,
                parent: None,
            })
            .collect();
        while let Some(visit) = stack.pop() {
            let number = visit.reference.number;
            if self.nodes.contains_key(&number) {
                continue;
            }
            if self.nodes.len() >= limits::FIELDS {
                return Err(Refusal::Limits("form fields"));
            }
            let loaded = document.load(visit.reference)?;
            let Some(dict) = loaded.dict() else { continue };
            self.read += 1;
            let node = node(document, dict, &visit)?;
            let kids = references(document, dict, b"Kids")?;
            if stack.len().saturating_add(kids.len()) > limits::FIELDS {
                return Err(Refusal::Limits("form fields"));
            }
            for reference in kids.into_iter().rev() {
                stack.push(Visit {
                    reference,
                    prefix: Rc::clone(&node.name),
                    is_signature: node.is_signature,
                    parent: Some(number),
                });
            }
            self.nodes.insert(number, node);
            added.push(number);
        }
        Ok(added)
    }

    /// The node and those above it, from below.
    pub(super) fn line(&self, number: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(number), |below| self.nodes.get(below)?.parent)
            .take(limits::TREE_DEPTH as usize)
    }
}

fn node(document: &Document, dict: &Dict, visit: &Visit) -> Result<Node, Refusal> {
    let own = document.value(dict, b"T")?.as_string().map(decode_text);
    let is_signature = match document.value(dict, b"FT")? {
        Object::Name(kind) => *kind == *b"Sig",
        _ => visit.is_signature,
    };
    let is_widget = own.is_none() && visit.parent.is_some();
    // A hostile chain of long names is cut.
    let cut = |name: String| name.chars().take(1024).collect::<String>().into();
    let name = match own {
        None => Rc::clone(&visit.prefix),
        Some(own) if visit.prefix.is_empty() => cut(own),
        Some(own) => cut(format!("{}.{own}", visit.prefix)),
    };
    Ok(Node {
        name,
        is_signature,
        parent: visit.parent,
        is_widget,
    })
}

/// The fields at the top of the form.
pub(super) fn roots(document: &Document) -> Result<Vec<Ref>, Refusal> {
    let catalog = document.catalog()?;
    let form = match catalog.dict() {
        Some(dict) => document.value(dict, b"AcroForm")?,
        None => Object::Null,
    };
    match form.as_dict() {
        Some(form) => references(document, form, b"Fields"),
        None => Ok(Vec::new()),
    }
}

/// The references in the list under `key`; what is no reference there is passed over.
pub(super) fn references(
    document: &Document,
    dict: &Dict,
    key: &[u8],
) -> Result<Vec<Ref>, Refusal> {
    let list = document.value(dict, key)?;
    let items = list.as_array().unwrap_or_default().iter();
    Ok(items.filter_map(|item| item.object.as_ref()).collect())
}
