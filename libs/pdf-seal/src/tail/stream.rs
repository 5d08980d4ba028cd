//! A cross-reference stream (7.5.8).

use super::Trailer;
use super::entries::{Entries, Place};
use crate::limits;
use crate::object::{Dict, Object, decode, parse_indirect, stream_data};
use crate::refusal::{Refusal, damaged};

/// Reads the stream whose object begins at `position`.
pub(super) fn read(
    data: &[u8],
    position: usize,
    entries: &mut Entries,
) -> Result<Trailer, Refusal> {
    let text = data.get(position..).unwrap_or_default();
    let object = parse_indirect(text)?;
    entries.spend(object.consumed)?;
    let (Object::Dict(dict), Some(start)) = (object.item.object, object.data_start) else {
        return Err(damaged(
            "no cross-reference section stands where one should",
        ));
    };
    if !dict.is(b"Type", b"XRef") {
        return Err(damaged(
            "no cross-reference section stands where one should",
        ));
    }
    let length = dict
        .int(b"Length")
        .and_then(|length| usize::try_from(length).ok());
    let length =
        length.ok_or_else(|| damaged("a cross-reference stream does not tell its length"))?;
    let raw = stream_data(text, start, length)?;
    let bytes = decode(
        &dict,
        text.get(raw).unwrap_or_default(),
        limits::DECODED_BYTES,
    )?;
    entries.spend(bytes.len().saturating_add(length))?;
    fill(&dict, &bytes, entries)?;
    Ok(Trailer {
        dict,
        base: position,
    })
}

fn fill(dict: &Dict, bytes: &[u8], entries: &mut Entries) -> Result<(), Refusal> {
    let widths = numbers(dict.get(b"W"));
    let [kind, second, third] = widths.as_slice() else {
        return Err(damaged("a cross-reference stream has no widths"));
    };
    let (kind, second, third) = (*kind as usize, *second as usize, *third as usize);
    if kind > 8 || second > 8 || third > 8 || second == 0 {
        return Err(damaged("a cross-reference stream has odd widths"));
    }
    let mut index = numbers(dict.get(b"Index"));
    if index.is_empty() {
        index = vec![
            0,
            u64::try_from(dict.int(b"Size").unwrap_or(0)).unwrap_or(0),
        ];
    }
    let mut rows = bytes.chunks_exact(kind + second + third);
    for pair in index.chunks_exact(2) {
        let &[first, count] = pair else { break };
        for number in first..first.saturating_add(count) {
            // Fewer rows than announced: readers take the missing objects for absent, and so do we.
            let Some(row) = rows.next() else {
                return Ok(());
            };
            let number = u32::try_from(number).map_err(|_| Refusal::Limits("object number"))?;
            let (head, rest) = row.split_at_checked(kind).unwrap_or_default();
            let (second, third) = rest.split_at_checked(second).unwrap_or_default();
            let kind = if head.is_empty() { 1 } else { big_endian(head) };
            if let Some(place) = place(kind, big_endian(second), big_endian(third)) {
                entries.push(number, place)?;
            }
        }
    }
    Ok(())
}

/// Table 18; types that are not known yet mean null and are not entered.
fn place(kind: u64, second: u64, third: u64) -> Option<Place> {
    match kind {
        0 => Some(Place::Free),
        1 if second == 0 => Some(Place::Free),
        1 => Some(Place::Offset(second, u16::try_from(third).ok()?)),
        2 => Some(Place::InStream(
            u32::try_from(second).ok()?,
            u32::try_from(third).ok()?,
        )),
        _ => None,
    }
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

fn numbers(object: Option<&Object>) -> Vec<u64> {
    let items = object.and_then(Object::as_array).unwrap_or_default();
    items
        .iter()
        .map_while(|item| item.object.as_int().and_then(|n| u64::try_from(n).ok()))
        .collect()
}
