//! A document information dictionary (14.3.3) that names a key twice: put in order before the first seal.
//!
//! Strict readers refuse the whole file for it, and it is read whenever a file is judged.

use crate::document::Document;
use crate::object::{Object, Ref};
use crate::refusal::Refusal;
use crate::write::Increment;

/// Writes the dictionary with each key once, when it names one twice; what counted before counts still.
pub(crate) fn in_order(document: &Document, out: &mut Increment<'_>) -> Result<(), Refusal> {
    if let Some((reference, body)) = repeating(document) {
        out.object(reference, &body);
    }
    Ok(())
}

fn repeating(document: &Document) -> Option<(Ref, Vec<u8>)> {
    let trailer = document.tail.trailer_with(b"Info")?;
    let Object::Ref(reference) = trailer.dict.get(b"Info")? else {
        return None;
    };
    let loaded = document.load(*reference).ok()?;
    let dict = loaded.dict()?;
    // With a type it is something else as well, and no business of ours.
    if !dict.repeats() || loaded.is_stream() || dict.get(b"Type").is_some() {
        return None;
    }
    let mut body = b"<<".to_vec();
    for (key, start, end) in dict.raw_entries() {
        let counts = dict.item(key).is_some_and(|item| item.span.end == end);
        if counts {
            body.extend_from_slice(loaded.text().get(start as usize..end as usize)?);
            body.push(b' ');
        }
    }
    body.extend_from_slice(b">>");
    Some((loaded.reference, body))
}
