//! The character classes and the two tokens that need decoding: names and strings.

use crate::limits;
use crate::refusal::{Refusal, damaged};

pub(crate) const fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

pub(super) const fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

pub(super) const fn is_regular(byte: u8) -> bool {
    !is_white(byte) && !is_delimiter(byte)
}

/// The position of the first byte at or after `pos` that is neither white space nor part of a comment.
pub(crate) fn skip_white(text: &[u8], mut pos: usize) -> usize {
    while let Some(&byte) = text.get(pos) {
        if is_white(byte) {
            pos += 1;
        } else if byte == b'%' {
            while text.get(pos).is_some_and(|b| !matches!(b, b'\r' | b'\n')) {
                pos += 1;
            }
        } else {
            break;
        }
    }
    pos
}

/// The end of the run of regular characters that begins at `pos`.
pub(super) fn regular_end(text: &[u8], mut pos: usize) -> usize {
    while text.get(pos).is_some_and(|b| is_regular(*b)) {
        pos += 1;
    }
    pos
}

pub(super) const fn hex_value(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// Decodes the `#xx` of a name (7.3.5); a `#` that is not followed by two digits stands for itself.
pub(super) fn name(raw: &[u8]) -> Box<[u8]> {
    if !raw.contains(&b'#') {
        return raw.into();
    }
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&byte, tail)) = rest.split_first() {
        if let (b'#', [high, low, after @ ..]) = (byte, tail)
            && let (Some(high), Some(low)) = (hex_value(*high), hex_value(*low))
        {
            out.push(high << 4 | low);
            rest = after;
            continue;
        }
        out.push(byte);
        rest = tail;
    }
    out.into()
}

/// Reads a literal string whose `(` stands at `pos`; gives the value and the position after `)`.
pub(super) fn literal(text: &[u8], pos: usize) -> Result<(Box<[u8]>, usize), Refusal> {
    let mut out = Vec::new();
    let mut pos = pos + 1;
    let mut depth = 1_u32;
    loop {
        let &byte = text
            .get(pos)
            .ok_or_else(|| damaged("a string does not end"))?;
        if out.len() > limits::STRING_BYTES {
            return Err(Refusal::Limits("length of a string"));
        }
        pos += 1;
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Ok((out.into(), pos));
                }
            }
            b'\\' => {
                pos = escape(text, pos, &mut out);
                continue;
            }
            _ => {}
        }
        out.push(byte);
    }
}

/// Decodes what follows a backslash at `pos` (7.3.4.2, table 3); gives the position after it.
fn escape(text: &[u8], pos: usize, out: &mut Vec<u8>) -> usize {
    let Some(&byte) = text.get(pos) else {
        return pos;
    };
    match byte {
        b'n' => out.push(b'\n'),
        b'r' => out.push(b'\r'),
        b't' => out.push(b'\t'),
        b'b' => out.push(8),
        b'f' => out.push(12),
        b'\r' if text.get(pos + 1) == Some(&b'\n') => return pos + 2,
        b'\r' | b'\n' => {}
        b'0'..=b'7' => {
            let mut end = pos;
            let mut value = 0_u32;
            while end < pos + 3
                && let Some(digit @ b'0'..=b'7') = text.get(end)
            {
                value = value << 3 | u32::from(digit - b'0');
                end += 1;
            }
            out.push((value & 0xff) as u8);
            return end;
        }
        other => out.push(other),
    }
    pos + 1
}

/// Reads a hexadecimal string whose `<` stands at `pos`; gives the value and the position after `>`.
pub(super) fn hex(text: &[u8], pos: usize) -> Result<(Box<[u8]>, usize), Refusal> {
    let rest = text.get(pos + 1..).unwrap_or_default();
    // Two digits too many for the longest string, so that no more is looked at than may be read.
    let near = rest
        .get(..rest.len().min(2 * limits::STRING_BYTES + 2))
        .unwrap_or_default();
    let len = match near.iter().position(|byte| *byte == b'>') {
        Some(len) => len,
        None if near.len() == rest.len() => return Err(damaged("a string does not end")),
        None => return Err(Refusal::Limits("length of a string")),
    };
    let mut out = Vec::with_capacity(len.div_ceil(2));
    let mut half: Option<u8> = None;
    for &byte in near.get(..len).unwrap_or_default() {
        match hex_value(byte) {
            Some(value) => match half.take() {
                Some(high) => out.push(high << 4 | value),
                None => half = Some(value),
            },
            None if is_white(byte) => {}
            None => return Err(damaged("a hexadecimal string holds another character")),
        }
    }
    out.extend(half.map(|high| high << 4));
    Ok((out.into(), pos + 1 + len + 1))
}
