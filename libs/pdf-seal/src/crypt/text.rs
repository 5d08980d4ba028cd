//! The strings of one object: found in its text, and put back in another form.

use crate::object::{Dict, Item, Object, Span};

/// A text in which strings were replaced, and where they stood before.
pub(crate) struct Replaced {
    pub bytes: Vec<u8>,
    /// For each string its place here and its place in the old text, in order.
    moved: Vec<(Span, Span)>,
}

impl Replaced {
    /// Writes `text` with every string of `item` that can be encrypted turned by `turn`, which is given a number that is
    /// different for each. `None` when there is no such string.
    pub(super) fn new(
        text: &[u8],
        item: &Item,
        mut turn: impl FnMut(u32, &[u8]) -> Vec<u8>,
    ) -> Option<Self> {
        let mut found = Vec::new();
        strings(item, &mut found);
        if found.is_empty() {
            return None;
        }
        let mut bytes =
            Vec::with_capacity(text.len().min(item.span.end as usize) + 32 * found.len());
        let mut moved = Vec::with_capacity(found.len());
        let mut pos = 0;
        for (number, (value, span)) in (0_u32..).zip(found) {
            bytes.extend_from_slice(text.get(pos..span.start as usize).unwrap_or_default());
            let start = position(bytes.len());
            bytes.push(b'<');
            for byte in turn(number, value) {
                bytes.extend([byte >> 4, byte & 15].map(hex_digit));
            }
            bytes.push(b'>');
            let end = position(bytes.len());
            moved.push((Span { start, end }, span));
            pos = span.end as usize;
        }
        bytes.extend_from_slice(text.get(pos..item.span.end as usize).unwrap_or_default());
        Some(Self { bytes, moved })
    }

    /// Where `span` of the new text stood in the old one.
    pub(crate) fn before(&self, span: Span) -> Span {
        let last = |is_before: &dyn Fn(&Span) -> bool| {
            self.moved
                .iter()
                .take_while(|(new, _)| is_before(new))
                .last()
        };
        let start = match last(&|new| new.start <= span.start) {
            Some((new, old)) if span.start < new.end => old.start,
            Some((new, old)) => old.end + (span.start - new.end),
            None => span.start,
        };
        let end = match last(&|new| new.start < span.end) {
            Some((new, old)) if span.end <= new.end => old.end,
            Some((new, old)) => old.end + (span.end - new.end),
            None => span.end,
        };
        Span { start, end }
    }

    /// Where the place `at` of the old text is in the new one; `at` does not lie inside a string that was turned.
    pub(crate) fn after(&self, at: usize) -> usize {
        let last = self
            .moved
            .iter()
            .take_while(|(_, old)| old.end as usize <= at)
            .last();
        last.map_or(at, |(new, old)| new.end as usize + (at - old.end as usize))
    }
}

/// Every string of `item` in the order of the text. The contents of a signature are never encrypted (7.6.2).
fn strings<'a>(item: &'a Item, found: &mut Vec<(&'a [u8], Span)>) {
    match &item.object {
        Object::String(value) => found.push((value, item.span)),
        Object::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Object::Dict(dict) => {
            let is_signature = is_signature(dict);
            for (key, value) in dict.items() {
                if !(is_signature && key == b"Contents") {
                    strings(value, found);
                }
            }
        }
        _ => {}
    }
}

/// A signature dictionary may leave out its type, but not the range that it covers.
fn is_signature(dict: &Dict) -> bool {
    dict.is(b"Type", b"Sig")
        || dict.is(b"Type", b"DocTimeStamp")
        || dict.get(b"ByteRange").is_some()
}

/// Texts are kept below 4 GiB by the limits on objects.
fn position(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

const fn hex_digit(value: u8) -> u8 {
    if value < 10 {
        b'0' + value
    } else {
        b'A' + value - 10
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Parser;

    fn replaced(text: &[u8]) -> Option<Replaced> {
        let item = Parser::new(text, 0).object().unwrap();
        Replaced::new(text, &item, |number, value| {
            [value, &[u8::try_from(number).unwrap()]].concat()
        })
    }

    #[test]
    fn strings_are_turned_and_places_are_found_again() {
        let text = b"<</A(a)/B[<4142>/N 1]/C<</D()>>/E 2>>";
        let new = replaced(text).unwrap();
        assert_eq!(new.bytes, b"<</A<6100>/B[<414201>/N 1]/C<</D<02>>>/E 2>>");
        let item = Parser::new(&new.bytes, 0).object().unwrap();
        let place = |key: &[u8]| {
            let span = new.before(item.object.as_dict().unwrap().item(key).unwrap().span);
            &text[span.start as usize..span.end as usize]
        };
        assert_eq!(place(b"A"), b"(a)");
        assert_eq!(place(b"B"), b"[<4142>/N 1]");
        assert_eq!(place(b"C"), b"<</D()>>");
        assert_eq!(place(b"E"), b"2");
        let at =
            |text: &[u8], what: &[u8]| text.windows(what.len()).position(|w| w == what).unwrap();
        for what in [b"/A".as_slice(), b"/B", b"/N", b"/C", b"/E"] {
            assert_eq!(new.after(at(text, what)), at(&new.bytes, what));
        }
    }

    #[test]
    fn contents_of_signatures_stay_and_those_of_notes_do_not() {
        assert!(replaced(b"<</Type/Sig/Contents<00>>>").is_none());
        assert!(replaced(b"<</Type/DocTimeStamp/Contents<00>>>").is_none());
        assert!(replaced(b"<</ByteRange[0 1 2 3]/Contents<00>>>").is_none());
        assert!(replaced(b"<</V<</ByteRange[0 1 2 3]/Contents<00>>>>>").is_none());
        assert!(replaced(b"<</Subtype/Text/Contents<00>>>").is_some());
        assert!(replaced(b"[1 2 /Name null]").is_none());
    }
}
