//! Where revisions end, and the file as it was at the end of each.

use crate::document::Document;
use crate::object::skip_white;
use crate::tail::Tail;

/// How far after `startxref` and its number the mark of the end may stand.
const END_BYTES: usize = 64;

/// How many cross-reference sections stand behind `len`.
pub(super) fn later(document: &Document, len: usize) -> usize {
    let sections = document.tail.sections.iter();
    sections.filter(|section| section.position >= len).count()
}

/// Whether `earlier` is the file before its last `later` sections: all older sections are just those of `earlier`, and
/// the later ones follow each other in the file as they do in time.
pub(super) fn continues(document: &Document, earlier: &Tail, later: usize) -> bool {
    let sections = &document.tail.sections;
    let older = sections.iter().skip(later).map(|section| section.position);
    let newer = sections.iter().take(later).map(|section| section.position);
    older.eq(earlier.sections.iter().map(|section| section.position))
        && newer.is_sorted_by(|newer, older| newer > older)
        && earlier.origin == document.tail.origin
}

/// Where the revision ends whose section is the one of this index, counted from the newest; the last ends the file.
pub(super) fn end(document: &Document, index: usize) -> Option<usize> {
    let data = document.data();
    let Some(newer) = index.checked_sub(1) else {
        return Some(data.len());
    };
    let begin = document.tail.sections.get(index)?.position;
    let limit = document.tail.sections.get(newer)?.position;
    let word = b"startxref";
    let mut from = begin;
    // The number after the word tells the end of this revision from a word that stands in some stream.
    while let Some(found) = data
        .get(from..limit)?
        .windows(word.len())
        .position(|window| window == word)
    {
        let number_at = skip_white(data, from + found + word.len());
        let digits: Vec<u8> = data
            .get(number_at..limit)?
            .iter()
            .take(19)
            .take_while(|byte| byte.is_ascii_digit())
            .copied()
            .collect();
        let after = number_at + digits.len();
        let number = std::str::from_utf8(&digits).ok()?.parse::<usize>().ok();
        let position = number.and_then(|number| number.checked_add(document.tail.origin));
        if position.is_some_and(|position| skip_white(data, position) == begin) {
            let edge = data.get(after..limit.min(after + END_BYTES))?;
            let mark = edge.windows(5).position(|window| window == b"%%EOF");
            return Some(mark.map_or(after, |mark| after + mark + 5));
        }
        from = after.max(from + found + word.len());
    }
    None
}
