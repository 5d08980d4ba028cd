//! Equality of values, wherever they stand.

use crate::object::{Dict, Object};

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
    let equal = |key: &[u8]| match (was.item(key), is.item(key)) {
        (Some(was), Some(is)) => same(&was.object, &is.object),
        _ => false,
    };
    !was.repeats()
        && !is.repeats()
        && kept(was) == kept(is)
        && was.keys().filter(|key| !keys.contains(key)).all(equal)
}
