//! The signature dictionary (12.8.1) with its hole, and our own record in it.

use super::{Request, format_date};
use crate::form::encode_text;

/// Ten digits for each number, as many as a cross-reference table has for an offset.
const RANGE_WIDTH: usize = 10 * 4 + 3;

/// The dictionary and where its two blanks are.
pub(crate) struct Contents {
    pub body: Vec<u8>,
    /// Where the numbers of `/ByteRange` begin inside the body, after `[`.
    pub range_at: usize,
    /// The hole: the hexadecimal string with its brackets.
    pub hole: std::ops::Range<usize>,
}

/// Writes the dictionary for a base of `base_len` bytes.
pub(super) fn write(request: &Request<'_>, base_len: u64) -> Contents {
    let mut body = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(".to_vec();
    body.extend(format_date(request.time_unix).bytes());
    body.push(b')');
    texts(
        &mut body,
        [
            ("/Name", &request.signer_name),
            ("/Reason", &request.reason),
        ],
    );
    body.extend(format!("/HLSeal<</V 1/Base {base_len}").bytes());
    if let Some(tag) = &request.seal_tag {
        body.extend_from_slice(b"/Tag<");
        body.extend(
            tag.iter()
                .flat_map(|byte| format!("{byte:02X}").into_bytes()),
        );
        body.push(b'>');
    }
    texts(
        &mut body,
        [("/Name", &request.seal_name), ("/Kind", &request.seal_kind)],
    );
    body.extend_from_slice(b">>");
    with_blanks(body, request.contents_bytes)
}

/// The dictionary of a document time stamp (12.8.5), with room for a token of `contents_bytes`.
pub(crate) fn of_stamp(contents_bytes: usize) -> Contents {
    let body = b"<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161".to_vec();
    with_blanks(body, contents_bytes)
}

/// Ends a dictionary with its two blanks.
fn with_blanks(mut body: Vec<u8>, contents_bytes: usize) -> Contents {
    body.extend_from_slice(b"/ByteRange[");
    let range_at = body.len();
    body.extend(std::iter::repeat_n(b' ', RANGE_WIDTH));
    body.extend_from_slice(b"]/Contents");
    let start = body.len();
    body.push(b'<');
    body.extend(std::iter::repeat_n(b'0', contents_bytes * 2));
    body.push(b'>');
    let hole = start..body.len();
    body.extend_from_slice(b">>");
    Contents {
        body,
        range_at,
        hole,
    }
}

fn texts(body: &mut Vec<u8>, entries: [(&str, &Option<String>); 2]) {
    for (key, text) in entries {
        if let Some(text) = text {
            body.extend_from_slice(key.as_bytes());
            body.extend(encode_text(text));
        }
    }
}

/// The numbers of `/ByteRange`, filled up with blanks to their fixed width; `None` when they do not fit.
pub(super) fn range(range: [u64; 4]) -> Option<Vec<u8>> {
    let [a, b, c, d] = range;
    let text = format!("{a} {b} {c} {d}");
    (text.len() <= RANGE_WIDTH).then(|| format!("{text:<RANGE_WIDTH$}").into_bytes())
}
