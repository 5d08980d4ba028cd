//! Text strings (7.9.2.2).

use std::fmt::Write as _;

/// The bytes of a string object, with its brackets: a literal string for printable ASCII, else UTF-16BE in hex.
pub(crate) fn encode(text: &str) -> Vec<u8> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        let mut out = vec![b'('];
        for byte in text.bytes() {
            if matches!(byte, b'(' | b')' | b'\\') {
                out.push(b'\\');
            }
            out.push(byte);
        }
        out.push(b')');
        return out;
    }
    let mut out = String::from("<FEFF");
    for unit in text.encode_utf16() {
        // Writing to a string cannot fail.
        let _ = write!(out, "{unit:04X}");
    }
    out.push('>');
    out.into_bytes()
}

/// Reads a text string. Bytes of PDFDocEncoding above ASCII are read as Latin-1, which is right for all but a
/// few punctuation marks; names are only compared and shown.
pub(crate) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest
                .as_chunks::<2>()
                .0
                .iter()
                .map(|pair| u16::from_be_bytes(*pair))
                .collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        other => other.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_come_back() {
        for text in ["Seal_1", "a(b)c\\", "互连 公章", "😀"] {
            let bytes = encode(text);
            let item = crate::object::Parser::new(&bytes, 0).object().unwrap();
            assert_eq!(decode(item.object.as_string().unwrap()), text);
        }
    }
}
