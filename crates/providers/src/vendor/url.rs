//! Queries and forms, written in the one way that both sides sign: RFC 3986, unreserved characters as they are.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');
/// Most parameters that are looked at in a query from outside.
const PARAMETERS_MAX: usize = 64;

pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The pairs sorted by name, encoded and joined; the same text is sent and signed.
pub(super) fn canonical(pairs: &[(&str, &str)]) -> String {
    let mut sorted = pairs.to_vec();
    sorted.sort_unstable();
    let written: Vec<String> = sorted
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    written.join("&")
}

/// The pairs of a query from outside, decoded; what is no UTF-8 is left out.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_decode_str(&spaced)
            .decode_utf8()
            .map(std::borrow::Cow::into_owned)
    };
    query
        .split('&')
        .take(PARAMETERS_MAX)
        .filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name).ok()?, decode(value).ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ops_2_queries_are_written_in_one_way_and_read_in_any() {
        let written = canonical(&[("b", "测 试+*~"), ("a", "-._")]);
        assert_eq!(written, "a=-._&b=%E6%B5%8B%20%E8%AF%95%2B%2A~");
        let read = pairs("b=%E6%B5%8B+x&a&c=%FF&d=%zz");
        let expected = [("b", "测 x"), ("a", ""), ("d", "%zz")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(read, expected);
    }
}
