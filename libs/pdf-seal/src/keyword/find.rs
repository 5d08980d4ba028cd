//! A text in the pieces of a page: within one of them, or broken at the end of a line.

use hayro_interpret::kurbo::Rect;

use super::Hit;
use super::glyphs::Character;
use super::lines::{Part, Piece, pieces};

/// How far the next line may be, and how much its type may differ, in sizes of type.
const LINE_DISTANCE: std::ops::RangeInclusive<f64> = 0.5..=2.6;
const LINE_SIZES: std::ops::RangeInclusive<f64> = 0.7..=1.4;
/// Pieces that are looked at to find the next line: columns of a wide table, not a page that is made to be slow.
const LOOK_AHEAD: usize = 64;
/// Hits whose tops differ by less than this many millimetres are told from left to right.
const ROW_MM: f64 = 0.5;

/// Every place of `wanted`, which is normalised, from top to bottom and from left to right.
pub(super) fn hits(characters: &[Character], wanted: &str, size_mm: (f64, f64)) -> Vec<Hit> {
    let pieces = pieces(characters);
    let mut found = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        for (start, matched) in piece.text.match_indices(wanted) {
            found.extend(
                piece
                    .part(start, start + matched.len())
                    .map(|part| hit(vec![part], size_mm)),
            );
        }
        for (cut, _) in wanted.char_indices().skip(1) {
            let begins = wanted
                .get(..cut)
                .is_some_and(|begin| piece.text.ends_with(begin));
            if begins && let Some(parts) = broken(&pieces, index, wanted, cut) {
                found.push(hit(parts, size_mm));
            }
        }
    }
    in_reading_order(found)
}

/// The parts of `wanted`, whose first `cut` bytes end the piece at `index`, when the following lines go on with it.
fn broken(pieces: &[Piece<'_>], mut index: usize, wanted: &str, cut: usize) -> Option<Vec<Part>> {
    let first = pieces.get(index)?;
    let mut parts = vec![first.part(first.text.len() - cut, first.text.len())?];
    let mut rest = wanted.get(cut..)?;
    while !rest.is_empty() {
        index = next_line(pieces, index)?;
        let piece = pieces.get(index)?;
        if piece.text.is_empty() {
            return None;
        }
        let taken = if piece.text.starts_with(rest) {
            rest.len()
        } else if rest.starts_with(&piece.text) {
            piece.text.len()
        } else {
            return None;
        };
        parts.push(piece.part(0, taken)?);
        rest = rest.get(taken..)?;
    }
    Some(parts)
}

/// The piece that is read after the one at `index`: the nearest below it, or beside it where columns run down.
fn next_line(pieces: &[Piece<'_>], index: usize) -> Option<usize> {
    let piece = pieces.get(index)?;
    let follows = |other: &Piece<'_>| {
        let distance = (other.across - piece.across) / piece.size;
        let overlaps = other.along.0 < piece.along.1 && piece.along.0 < other.along.1;
        LINE_DISTANCE.contains(&distance)
            && LINE_SIZES.contains(&(other.size / piece.size))
            && overlaps
    };
    let after = pieces.get(index + 1..)?.iter().take(LOOK_AHEAD);
    after
        .take_while(|other| other.angle == piece.angle)
        .position(follows)
        .map(|offset| index + 1 + offset)
}

/// A text over two lines stands where the longer of its parts does: a seal on the middle of a box around both would
/// stand on neither.
fn hit(parts: Vec<Part>, (width, height): (f64, f64)) -> Hit {
    let text = parts.iter().map(|part| part.text.as_str()).collect();
    let longest = parts
        .iter()
        .rev()
        .max_by_key(|part| part.characters)
        .map_or(Rect::ZERO, |part| part.area);
    let area = longest.intersect(Rect::new(0.0, 0.0, width, height));
    Hit {
        page: 0,
        x_mm: round(area.x0),
        y_mm: round(area.y0),
        width_mm: round(area.width()),
        height_mm: round(area.height()),
        text,
    }
}

fn in_reading_order(mut found: Vec<Hit>) -> Vec<Hit> {
    let top = |hit: &Hit| hit.y_mm + hit.height_mm;
    found.sort_by(|a, b| top(b).total_cmp(&top(a)));
    // Boxes of one line differ in height by a hair.
    for row in found.chunk_by_mut(|a, b| top(a) - top(b) < ROW_MM) {
        row.sort_by(|a, b| a.x_mm.total_cmp(&b.x_mm));
    }
    found
}

/// Hundredths of a millimetre; finer is not meant.
fn round(mm: f64) -> f64 {
    (mm * 100.0).round() / 100.0
}
