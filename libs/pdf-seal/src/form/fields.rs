//! The field tree, walked once, with loops and repetitions left out.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use super::{Form, decode_text};
use crate::document::{Document, Loaded};
use crate::limits;
use crate::object::{Dict, Object, Ref};
use crate::refusal::Refusal;

/// What makes two fields share one signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum SigId {
    /// The number of the signature dictionary.
    Object(u32),
    /// The number of the field that holds it directly.
    InField(u32),
}

/// A signed field.
pub(crate) struct SigField {
    /// Full name, levels separated by full stops.
    pub name: String,
    /// The object that holds the signature dictionary.
    pub holder: Arc<Loaded>,
    /// The signature dictionary; without entries when what stands there is none.
    pub value: Dict,
    pub id: SigId,
    /// `/Lock` of the field.
    pub lock: Option<Dict>,
}

struct Node {
    object: Object,
    /// Shared by all kids of a field, which may be many.
    prefix: Rc<str>,
    is_signature: bool,
    depth: u32,
}

pub(super) fn read(document: &Document, form: &Dict, out: &mut Form) -> Result<(), Refusal> {
    let fields = match document.value(form, b"Fields")? {
        Object::Array(fields) => fields,
        // Without a list there are no fields.
        _ => return Ok(()),
    };
    let node = |object: Object| Node {
        object,
        prefix: Rc::from(""),
        is_signature: false,
        depth: 0,
    };
    let mut stack: Vec<Node> = fields
        .into_iter()
        .rev()
        .map(|item| node(item.object))
        .collect();
    let mut seen: HashSet<u32> = HashSet::new();
    let mut values: HashSet<SigId> = HashSet::new();
    let mut count = 0_usize;
    while let Some(node) = stack.pop() {
        count += 1;
        if count > limits::FIELDS || node.depth > limits::TREE_DEPTH {
            return Err(Refusal::Limits("form fields"));
        }
        // A field that is no object of its own breaks 12.7.4.1 and cannot be signed; it is passed over.
        let Object::Ref(reference) = node.object else {
            continue;
        };
        if !seen.insert(reference.number) {
            continue;
        }
        let field = Arc::new(document.load(reference)?);
        let Some(dict) = field.dict() else { continue };
        let own_name = document.value(dict, b"T")?.as_string().map(decode_text);
        if let (0, Some(name)) = (node.depth, &own_name) {
            out.names.insert(name.clone());
        }
        let name = full_name(&node.prefix, own_name);
        let is_signature = match document.value(dict, b"FT")? {
            Object::Name(kind) => *kind == *b"Sig",
            _ => node.is_signature,
        };
        if is_signature
            && let Some(signed) = signed(document, &field, reference, &name)?
            && values.insert(signed.id)
        {
            out.signed.push(signed);
        }
        let above = Node {
            object: Object::Null,
            prefix: name.into(),
            is_signature,
            depth: node.depth + 1,
        };
        push_kids(document, dict, &above, &mut stack)?;
    }
    Ok(())
}

/// Puts the kids of a field on the stack; they are counted before they are walked.
fn push_kids(
    document: &Document,
    dict: &Dict,
    above: &Node,
    stack: &mut Vec<Node>,
) -> Result<(), Refusal> {
    let Object::Array(kids) = document.value(dict, b"Kids")? else {
        return Ok(());
    };
    if stack.len().saturating_add(kids.len()) > limits::FIELDS {
        return Err(Refusal::Limits("form fields"));
    }
    let kid = |object: Object| Node {
        object,
        prefix: Rc::clone(&above.prefix),
        ..*above
    };
    stack.extend(kids.into_iter().rev().map(|item| kid(item.object)));
    Ok(())
}

fn full_name(prefix: &str, own: Option<String>) -> String {
    match own {
        None => prefix.to_owned(),
        Some(own) if prefix.is_empty() => own,
        Some(own) => {
            // Names are for people and for messages; a hostile chain of long names is cut.
            let mut name = format!("{prefix}.{own}");
            if name.len() > 4096 {
                name = name.chars().take(1024).collect();
            }
            name
        }
    }
}

fn signed(
    document: &Document,
    field: &Arc<Loaded>,
    reference: Ref,
    name: &str,
) -> Result<Option<SigField>, Refusal> {
    let Some(dict) = field.dict() else {
        return Ok(None);
    };
    let nothing = || {
        (
            Arc::clone(field),
            Dict::empty(),
            SigId::InField(reference.number),
        )
    };
    let (holder, value, id) = match dict.get(b"V") {
        None => return Ok(None),
        Some(Object::Dict(value)) => (
            Arc::clone(field),
            value.clone(),
            SigId::InField(reference.number),
        ),
        Some(Object::Ref(value)) => match document.load(*value) {
            Ok(holder) => match &holder.item.object {
                Object::Null => return Ok(None),
                Object::Dict(value) => {
                    let (value, id) = (value.clone(), SigId::Object(holder.reference.number));
                    (Arc::new(holder), value, id)
                }
                _ => nothing(),
            },
            // A signature that cannot be read is one that does not hold, not a reason to tell nothing of the others.
            Err(Refusal::Damaged(_)) => nothing(),
            Err(other) => return Err(other),
        },
        Some(_) => nothing(),
    };
    let lock = document.value(dict, b"Lock")?.as_dict().cloned();
    Ok(Some(SigField {
        name: name.to_owned(),
        holder,
        value,
        id,
        lock,
    }))
}
