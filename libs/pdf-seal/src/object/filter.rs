//! The filters that cross-reference streams and object streams use (7.4), with a bound on what comes out.

use std::io::Read as _;

use super::lexer::{hex_value, is_white};
use super::{Dict, Object};
use crate::refusal::{Refusal, damaged};

/// Decodes `data` by the `/Filter` and `/DecodeParms` of `dict` into at most `limit` bytes.
pub(crate) fn decode(dict: &Dict, data: &[u8], limit: usize) -> Result<Vec<u8>, Refusal> {
    let filters = listed(dict.get(b"Filter").or_else(|| dict.get(b"F")));
    let parameters = listed(dict.get(b"DecodeParms").or_else(|| dict.get(b"DP")));
    if filters.len() > 8 {
        return Err(Refusal::Limits("filters of a stream"));
    }
    let mut current: Option<Vec<u8>> = None;
    for (index, filter) in filters.iter().enumerate() {
        let input = current.as_deref().unwrap_or(data);
        let filter = filter
            .as_name()
            .ok_or_else(|| damaged("a stream filter is not a name"))?;
        let parameters = parameters.get(index).and_then(|p| p.as_dict());
        let output = match filter {
            b"FlateDecode" | b"Fl" => predict(inflate(input, limit)?, parameters)?,
            b"ASCIIHexDecode" | b"AHx" => ascii_hex(input),
            b"ASCII85Decode" | b"A85" => ascii_85(input, limit)?,
            // Undone before, where the keys are.
            b"Crypt" => input.to_vec(),
            _ => return Err(damaged("a structural stream uses an unusual filter")),
        };
        if output.len() > limit {
            return Err(Refusal::Limits("decoded length of a stream"));
        }
        current = Some(output);
    }
    match current {
        Some(output) => Ok(output),
        None if data.len() > limit => Err(Refusal::Limits("decoded length of a stream")),
        None => Ok(data.to_vec()),
    }
}

fn listed(object: Option<&Object>) -> Vec<&Object> {
    match object {
        None => Vec::new(),
        Some(Object::Array(items)) => items.iter().map(|item| &item.object).collect(),
        Some(one) => vec![one],
    }
}

fn inflate(input: &[u8], limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    let mut reader = flate2::read::ZlibDecoder::new(input).take(limit as u64 + 1);
    reader
        .read_to_end(&mut out)
        .map_err(|_| damaged("a compressed stream cannot be read"))?;
    Ok(out)
}

fn ascii_hex(input: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = input
        .iter()
        .take_while(|b| **b != b'>')
        .filter_map(|b| hex_value(*b))
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair.first().map_or(0, |h| h << 4) | pair.get(1).copied().unwrap_or(0))
        .collect()
}

fn ascii_85(input: &[u8], limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::with_capacity((input.len() / 5 * 4 + 4).min(limit));
    let mut group: Vec<u32> = Vec::with_capacity(5);
    for &byte in input.iter().take_while(|b| **b != b'~') {
        match byte {
            // One letter for four zeros: the only filter of text that unpacks.
            b'z' if out.len() > limit => break,
            b'z' if group.is_empty() => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            white if is_white(white) => {}
            _ => return Err(damaged("an ASCII85 stream cannot be read")),
        }
        if group.len() == 5 {
            out.extend_from_slice(&base_85(&group).to_be_bytes());
            group.clear();
        }
    }
    if group.len() > 1 {
        let count = group.len() - 1;
        group.resize(5, 84);
        out.extend(base_85(&group).to_be_bytes().into_iter().take(count));
    }
    Ok(out)
}

fn base_85(group: &[u32]) -> u32 {
    group.iter().fold(0_u32, |sum, digit| {
        sum.wrapping_mul(85).wrapping_add(*digit)
    })
}

/// Undoes the predictor of `/DecodeParms` (7.4.4.4); only PNG predictors stand in structural streams.
fn predict(data: Vec<u8>, parameters: Option<&Dict>) -> Result<Vec<u8>, Refusal> {
    let Some(parameters) = parameters else {
        return Ok(data);
    };
    let predictor = parameters.int(b"Predictor").unwrap_or(1);
    if predictor <= 1 {
        return Ok(data);
    }
    if predictor < 10 {
        return Err(damaged("a structural stream uses an unusual predictor"));
    }
    let number = |key: &[u8], default: i64, max: i64| match parameters.int(key).unwrap_or(default) {
        value if (1..=max).contains(&value) => {
            usize::try_from(value).map_err(|_| damaged("predictor"))
        }
        _ => Err(damaged("the predictor of a stream is out of range")),
    };
    let (colors, bits) = (
        number(b"Colors", 1, 32)?,
        number(b"BitsPerComponent", 8, 16)?,
    );
    let columns = number(b"Columns", 1, 1 << 20)?;
    let step = (colors * bits).div_ceil(8);
    // A row that is longer than the data is as good as one of its length, and needs no room of its own.
    let width = (colors * bits * columns).div_ceil(8).min(data.len());
    let mut out = Vec::with_capacity(data.len());
    let mut above = vec![0_u8; width];
    for row in data.chunks(width + 1) {
        let Some((kind, row)) = row.split_first() else {
            break;
        };
        let mut line = vec![0_u8; width];
        for (index, byte) in row.iter().enumerate() {
            let at = |line: &[u8], back: usize| {
                index
                    .checked_sub(back)
                    .and_then(|i| line.get(i))
                    .copied()
                    .unwrap_or(0)
            };
            let (left, up, corner) = (at(&line, step), at(&above, 0), at(&above, step));
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => paeth(left, up, corner),
                _ => return Err(damaged("the predictor of a stream is unknown")),
            };
            if let Some(slot) = line.get_mut(index) {
                *slot = byte.wrapping_add(guess);
            }
        }
        out.extend(line.iter().take(row.len()));
        above = line;
    }
    Ok(out)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |value: u8| (estimate - i16::from(value)).abs();
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}
