//! Which object is the catalog of a file whose end cannot be believed.

use super::scan::Found;
use crate::object::{Dict, Object, Ref};

/// How many catalogs are looked at; a file has as many as revisions.
const CANDIDATES: usize = 16;

/// The catalog: what the newest trailer names that leads to a page tree, else the last object that says it is one.
pub(super) fn find(found: &Found<'_>) -> Option<Ref> {
    let named = found
        .trailers
        .iter()
        .rev()
        .filter_map(|(_, dict)| dict.get(b"Root")?.as_ref());
    let usable = |reference: &Ref| {
        found
            .dict(reference.number)
            .is_some_and(|dict| leads_to_pages(found, &dict))
    };
    named.take(CANDIDATES).find(usable).or_else(|| any(found))
}

/// The newest trailer entry `key` that is a reference to something that is there.
pub(super) fn reference(found: &Found<'_>, key: &[u8]) -> Option<Ref> {
    let all = found
        .trailers
        .iter()
        .rev()
        .filter_map(|(_, dict)| dict.get(key)?.as_ref());
    let mut all = all.filter(|reference| found.objects.contains_key(&reference.number));
    all.next()
}

/// Whether some trailer says that the file is encrypted.
pub(super) fn is_encrypted(found: &Found<'_>) -> bool {
    let mut all = found.trailers.iter();
    all.any(|(_, dict)| dict.get(b"Encrypt").is_some())
}

/// The first half of the newest `/ID`.
pub(super) fn first_id(found: &Found<'_>) -> Option<Vec<u8>> {
    let ids = found.trailers.iter().rev();
    let mut ids = ids.filter_map(|(_, dict)| match dict.get(b"ID")?.as_array()? {
        [first, ..] => first.object.as_string().map(<[u8]>::to_vec),
        [] => None,
    });
    ids.next()
}

fn any(found: &Found<'_>) -> Option<Ref> {
    let usable = |number: &&u32| {
        found
            .dict(**number)
            .is_some_and(|dict| leads_to_pages(found, &dict))
    };
    let newest = found.catalogs.iter().rev().take(CANDIDATES).find(usable)?;
    Some(Ref {
        number: *newest,
        generation: found.generation(*newest),
    })
}

fn leads_to_pages(found: &Found<'_>, catalog: &Dict) -> bool {
    let Some(Object::Ref(pages)) = catalog.get(b"Pages") else {
        return false;
    };
    found
        .dict(pages.number)
        .is_some_and(|pages| pages.get(b"Kids").is_some())
}
