//! Equality of values, wherever they stand.

use std::collections::HashMap;

use crate::object::{Dict, Item, Object};

/// Whether two values are equal.
pub(super) fn same(was: &Object, is: &Object) -> bool {
    match (was, is) {
        (Object::Null, Object::Null) => true,
        (Object::Bool(a), Object::Bool(b)) => a == b,
        (Object::Int(a), Object::Int(b)) => a == b,
        (Object::Real(a), Object::Real(b)) => a.to_bits() == b.to_bits(),
        (Object::String(a), Object::String(b)) | (Object::Name(a), Object::Name(b)) => a == b,
        (Object::Ref(a), Object::Ref(b)) => a == b,
        (Object::Array(a), Object::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.object, &b.object))
        }
        (Object::Dict(a), Object::Dict(b)) => same_except(a, b, &[]),
        _ => false,
    }
}

/// As [`same`] for values that may be absent.
pub(super) fn same_value(was: Option<&Object>, is: Option<&Object>) -> bool {
    match (was, is) {
        (None, None) => true,
        (Some(was), Some(is)) => same(was, is),
        _ => false,
    }
}

/// Whether both have the same entries, the named ones apart. A key that stands twice is never the same.
pub(super) fn same_except(was: &Dict, is: &Dict, keys: &[&[u8]]) -> bool {
    !was.repeats() && !is.repeats() && difference(was, is, keys).is_none()
}

/// The first key, the named ones apart, whose values differ.
pub(super) fn difference<'a>(was: &'a Dict, is: &'a Dict, keys: &[&[u8]]) -> Option<&'a [u8]> {
    // Looked up in maps, since a hostile dictionary has hundreds of thousands of keys.
    let old: HashMap<&[u8], &Item> = was.items().collect();
    let new: HashMap<&[u8], &Item> = is.items().collect();
    was.keys()
        .chain(is.keys())
        .filter(|key| !keys.contains(key))
        .find(|key| match (old.get(key), new.get(key)) {
            (Some(was), Some(is)) => !same(&was.object, &is.object),
            _ => true,
        })
}

/// What differs, for people: the key, or that one stands twice.
pub(super) fn told(was: &Dict, is: &Dict, keys: &[&[u8]]) -> String {
    match difference(was, is, keys) {
        Some(key) => format!("/{}", String::from_utf8_lossy(key)),
        None => "a key that stands there twice".to_owned(),
    }
}
