//! Header, `startxref` and the walk along `/Prev`.

use super::entries::{Entries, Place};
use super::{Section, Tail, Trailer, XrefKind, stream, table};
use crate::limits;
use crate::object::{Object, Parser, is_white, skip_white};
use crate::refusal::{Refusal, damaged};

/// Reads header, `startxref` and every cross-reference section of `data`.
pub(crate) fn read(data: &[u8]) -> Result<Tail, Refusal> {
    let (header, version) = header(data)?;
    let startxref = startxref(data)?;
    // Offsets count from the header. Where junk stands before it some writers counted from the beginning of the
    // file; whichever of the two leads to a section is meant, since it cannot be both.
    match walk(data, header, startxref, &version) {
        Err(Refusal::Damaged(_)) if header > 0 && walk(data, 0, startxref, &version).is_ok() => {
            walk(data, 0, startxref, &version)
        }
        result => result,
    }
}

/// The version that the header tells.
pub(crate) fn version(data: &[u8]) -> Option<String> {
    header(data).ok().map(|(_, version)| version)
}

fn header(data: &[u8]) -> Result<(usize, String), Refusal> {
    let edge = data
        .get(..data.len().min(limits::EDGE_BYTES))
        .unwrap_or_default();
    let position = edge
        .windows(5)
        .position(|window| window == b"%PDF-")
        .ok_or(Refusal::NotPdf)?;
    let rest = data.get(position + 5..).unwrap_or_default();
    let version = rest
        .iter()
        .take(8)
        .take_while(|b| b.is_ascii_digit() || **b == b'.')
        .map(|b| char::from(*b));
    Ok((position, version.collect()))
}

/// The number after the last `startxref`, which stands in the last 1024 bytes that are not white.
fn startxref(data: &[u8]) -> Result<u64, Refusal> {
    let end = data
        .iter()
        .rposition(|byte| !is_white(*byte))
        .map_or(0, |last| last + 1);
    let start = end.saturating_sub(limits::EDGE_BYTES);
    let edge = data.get(start..end).unwrap_or_default();
    let word = edge.windows(9).rposition(|window| window == b"startxref");
    let word = word.ok_or_else(|| damaged("its end is missing"))?;
    let mut parser = Parser::new(edge, word + 9);
    parser
        .unsigned()
        .ok_or_else(|| damaged("startxref is not followed by a number"))
}

fn walk(data: &[u8], origin: usize, startxref: u64, version: &str) -> Result<Tail, Refusal> {
    let mut tail = Tail {
        origin,
        startxref,
        sections: Vec::new(),
        trailers: Vec::new(),
        entries: Entries::new(data.len()),
        newest_begin: None,
        next_number: 1,
        version: version.to_owned(),
    };
    let mut next = Some(startxref);
    while let Some(offset) = next {
        if tail.sections.len() >= limits::SECTIONS {
            return Err(Refusal::Limits("revisions"));
        }
        let position = position(data, origin, offset)?;
        if tail
            .sections
            .iter()
            .any(|section| section.position == position)
        {
            return Err(damaged("its cross-reference sections form a loop"));
        }
        let (kind, trailer) = section(data, origin, position, &mut tail.entries)?;
        if tail.sections.is_empty() {
            tail.newest_begin = tail.entries.lowest_offset();
        }
        next = previous(&trailer)?;
        tail.next_number = tail.next_number.max(size(&trailer)?);
        tail.sections.push(Section { position, kind });
        tail.trailers.push(trailer);
    }
    tail.entries.finish();
    tail.next_number = tail.next_number.max(tail.entries.highest() + 1);
    Ok(tail)
}

fn position(data: &[u8], origin: usize, offset: u64) -> Result<usize, Refusal> {
    let position = usize::try_from(offset)
        .ok()
        .and_then(|offset| offset.checked_add(origin));
    let position = position.filter(|position| *position < data.len());
    let position =
        position.ok_or_else(|| damaged("startxref or /Prev points beyond the end of the file"))?;
    // Some writers point at the line end before the section.
    Ok(skip_white(data, position))
}

fn section(
    data: &[u8],
    origin: usize,
    position: usize,
    entries: &mut Entries,
) -> Result<(XrefKind, Trailer), Refusal> {
    if data.get(position..position + 4) != Some(b"xref") {
        return Ok((XrefKind::Stream, stream::read(data, position, entries)?));
    }
    let table = table::read(data, position, entries)?;
    let mut kind = XrefKind::Table;
    // 7.5.8.4: what the table of a hybrid file hides as free is looked for in the stream before older sections.
    if let Some(offset) = offset(&table.trailer, b"XRefStm")? {
        kind = XrefKind::Hybrid;
        stream::read(data, self::position(data, origin, offset)?, entries)?;
    }
    for number in table.free {
        entries.push(number, Place::Free)?;
    }
    Ok((kind, table.trailer))
}

fn previous(trailer: &Trailer) -> Result<Option<u64>, Refusal> {
    // Some writers say /Prev 0 for "none"; no section can stand before the header.
    Ok(offset(trailer, b"Prev")?.filter(|offset| *offset != 0))
}

fn offset(trailer: &Trailer, key: &[u8]) -> Result<Option<u64>, Refusal> {
    match trailer.dict.get(key) {
        None => Ok(None),
        // Written as a real number by some; what counts is that it is a whole one.
        Some(Object::Real(x)) if *x >= 0.0 && x.fract() == 0.0 && *x < 1e15 =>
        {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked above"
            )]
            Ok(Some(*x as u64))
        }
        Some(object) => match object
            .as_int()
            .and_then(|offset| u64::try_from(offset).ok())
        {
            Some(offset) => Ok(Some(offset)),
            None => Err(damaged("an offset in the trailer is not a number")),
        },
    }
}

fn size(trailer: &Trailer) -> Result<u32, Refusal> {
    let size = trailer
        .dict
        .int(b"Size")
        .ok_or_else(|| damaged("the trailer does not tell its size"))?;
    let size = u32::try_from(size)
        .ok()
        .filter(|size| *size <= limits::OBJECT_NUMBER);
    size.ok_or(Refusal::Limits("object number"))
}
