//! A cross-reference table and its trailer (7.5.4, 7.5.5).

use super::Trailer;
use super::entries::{Entries, Place};
use crate::object::{Parser, skip_white};
use crate::refusal::{Refusal, damaged};

/// A table, its entries split so that a hybrid file's stream can be asked between them.
pub(super) struct Table {
    pub free: Vec<u32>,
    pub trailer: Trailer,
}

/// Reads the table whose `xref` stands at `position`; entries in use go to `entries` at once.
pub(super) fn read(data: &[u8], position: usize, entries: &mut Entries) -> Result<Table, Refusal> {
    let mut pos = position + 4;
    let mut free = Vec::new();
    loop {
        let mut parser = Parser::new(data.get(pos..).unwrap_or_default(), 0);
        if parser.keyword(b"trailer") {
            parser.skip_white();
            let base = pos + parser.pos;
            let trailer = trailer(data, base)?;
            entries.spend(base - position + trailer.dict.span.end as usize)?;
            return Ok(Table { free, trailer });
        }
        let head = parser.unsigned().zip(parser.unsigned());
        let (first, count) = head.ok_or_else(|| damaged("the cross-reference table breaks off"))?;
        let first = u32::try_from(first).map_err(|_| Refusal::Limits("object number"))?;
        pos += parser.pos;
        // Every entry takes at least 18 bytes, so a false count cannot run longer than the file.
        for index in 0..count {
            let (offset, generation, used, end) = entry(data, pos)?;
            pos = end;
            let number = u32::try_from(index)
                .ok()
                .and_then(|index| first.checked_add(index));
            let number = number.ok_or(Refusal::Limits("object number"))?;
            match used {
                // Some writers mark unused numbers by an offset of 0 instead of `f`; no object can stand there.
                true if offset != 0 => entries.push(number, Place::Offset(offset, generation))?,
                _ => free.push(number),
            }
        }
    }
}

/// One entry: ten digits, five digits, `n` or `f`. White space is taken as it comes, digits are not.
fn entry(data: &[u8], pos: usize) -> Result<(u64, u16, bool, usize), Refusal> {
    let start = skip_white(data, pos);
    let parse = || {
        let line = data.get(start..start + 18)?;
        let offset = digits(line.get(..10)?)?;
        let generation = u16::try_from(digits(line.get(11..16)?)?).ok()?;
        let blanks = line.get(10) == Some(&b' ') && line.get(16) == Some(&b' ');
        let used = match line.get(17)? {
            b'n' => true,
            b'f' => false,
            _ => return None,
        };
        blanks.then_some((offset, generation, used, start + 18))
    };
    parse().ok_or_else(|| damaged("an entry of the cross-reference table is malformed"))
}

fn digits(text: &[u8]) -> Option<u64> {
    text.iter().try_fold(0_u64, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + u64::from(byte - b'0'))
    })
}

fn trailer(data: &[u8], base: usize) -> Result<Trailer, Refusal> {
    let item = Parser::new(data.get(base..).unwrap_or_default(), 0).object()?;
    match item.object {
        crate::object::Object::Dict(dict) => Ok(Trailer { dict, base }),
        _ => Err(damaged("the trailer is not a dictionary")),
    }
}
