//! What the reader would unpack for a page, unpacked here first within a bound: it has none of its own.

use std::collections::HashSet;

use crate::document::Document;
use crate::limits;
use crate::object::{Dict, Object, Ref, decode};
use crate::refusal::Refusal;

/// Streams that were looked at; pages share fonts and drawings, which are looked at once.
#[derive(Default)]
pub(crate) struct Bounds {
    seen: HashSet<u32>,
    /// Pictures are bounded too, by their own size; who reads text does not unpack them.
    pictures: bool,
}

impl Bounds {
    pub(crate) fn of_text() -> Self {
        Self::default()
    }

    #[cfg(feature = "render")]
    pub(crate) fn of_pictures() -> Self {
        Self {
            pictures: true,
            ..Self::default()
        }
    }

    /// Refuses a page whose content, fonts, drawings or appearances unpack to more than is reasonable. Damage is no reason
    /// to refuse here, since the reader may know how to repair it.
    pub(crate) fn page(&mut self, document: &Document, page: Ref) -> Result<(), Refusal> {
        let mut open = Vec::new();
        let mut reference = Some(page);
        let keys: [&[u8]; 3] = [b"Contents", b"Annots", b"Resources"];
        // Resources come from the nodes above the page as well.
        for _ in 0..limits::TREE_DEPTH {
            let Some(node) = reference.take().map(|it| document.load(it)) else {
                break;
            };
            let node = node?;
            let Some(dict) = node.dict() else { break };
            for value in keys.iter().filter_map(|key| dict.get(key)) {
                collect(value, &mut open);
            }
            reference = dict.get(b"Parent").and_then(Object::as_ref);
        }
        while let Some(reference) = open.pop() {
            if !self.seen.insert(reference.number) {
                continue;
            }
            if self.seen.len() > limits::READER_OBJECTS {
                return Err(Refusal::Limits("objects that belong to pages"));
            }
            self.object(document, reference, &mut open)?;
        }
        Ok(())
    }

    fn object(
        &self,
        document: &Document,
        reference: Ref,
        open: &mut Vec<Ref>,
    ) -> Result<(), Refusal> {
        let loaded = match document.load(reference) {
            Err(Refusal::Limits(what)) => return Err(Refusal::Limits(what)),
            Err(_) => return Ok(()),
            Ok(loaded) => loaded,
        };
        // Annotations and their appearances lead to pages, which have bounds of their own.
        if loaded
            .dict()
            .is_some_and(|dict| dict.is(b"Type", b"Page") || dict.is(b"Type", b"Pages"))
        {
            return Ok(());
        }
        collect(&loaded.item.object, open);
        let Some(dict) = loaded.dict() else {
            return Ok(());
        };
        let is_picture = dict.is(b"Subtype", b"Image");
        if is_picture && !self.pictures {
            return Ok(());
        }
        let Ok(Some(data)) = document.stream_bytes(&loaded) else {
            return Ok(());
        };
        let limit = if is_picture {
            picture_bytes(dict)
        } else {
            limits::DECODED_BYTES
        };
        bound(dict, &data, limit)
    }
}

/// Deflate makes at most 1032 bytes of one, so that short streams need no look unless they are packed twice.
fn bound(dict: &Dict, data: &[u8], limit: usize) -> Result<(), Refusal> {
    let twice = matches!(dict.get(b"Filter"), Some(Object::Array(filters)) if filters.len() > 1);
    if !twice && data.len() < limit / 1032 {
        return Ok(());
    }
    match decode(dict, data, limit) {
        Err(Refusal::Limits(what)) => Err(Refusal::Limits(what)),
        _ => Ok(()),
    }
}

/// What the samples of a picture may take, by its own account and as far as it is believed.
fn picture_bytes(dict: &Dict) -> usize {
    let side = |key| dict.int(key).and_then(|side| u64::try_from(side).ok());
    let pixels = side(b"Width")
        .zip(side(b"Height"))
        .map_or(0, |(width, height)| width.saturating_mul(height));
    // Four channels of 16 bits, and a byte before each row.
    let bytes = pixels.min(limits::IMAGE_PIXELS).saturating_mul(8);
    usize::try_from(bytes)
        .unwrap_or(usize::MAX)
        .saturating_add(1 << 20)
}

fn collect(object: &Object, open: &mut Vec<Ref>) {
    match object {
        Object::Ref(reference) => open.push(*reference),
        Object::Array(items) => items.iter().for_each(|item| collect(&item.object, open)),
        Object::Dict(dict) => {
            for key in dict.keys() {
                // Upwards and across lead to other pages and to the form.
                let away: [&[u8]; 6] = [b"Parent", b"P", b"Popup", b"IRT", b"A", b"Dest"];
                if let Some(value) = dict.get(key).filter(|_| !away.contains(&key)) {
                    collect(value, open);
                }
            }
        }
        _ => {}
    }
}
