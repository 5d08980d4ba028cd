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

/// Whether both have the same entries, the named ones apart. A key that stands twice is never the same.
pub(super) fn same_except(was: &Dict, is: &Dict, keys: &[&[u8]]) -> bool {
    let kept = |dict: &Dict| dict.keys().filter(|key| !keys.contains(key)).count();
    if was.repeats() || is.repeats() || kept(was) != kept(is) {
        return false;
    }
    // Looked up in a map, since a hostile dictionary has hundreds of thousands of keys.
    let is: HashMap<&[u8], &Item> = is.items().collect();
    was.items()
        .filter(|(key, _)| !keys.contains(key))
        .all(|(key, was)| is.get(key).is_some_and(|is| same(&was.object, &is.object)))
}
