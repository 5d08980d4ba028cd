//! Characters put together to lines, and the text found in them.
//!
//! Writers draw a line in any number of pieces and in any order, so that only the places on the page tell what
//! stands together.

use hayro_interpret::kurbo::Rect;

use super::Hit;
use super::glyphs::Character;
use super::text::normal;

/// Characters whose base lines differ by less than this share of their size stand on one line.
const SAME_LINE: f64 = 0.35;
/// A gap of more than this many sizes ends a line, as between the columns of a table. Headings are often spaced by one.
const GAP: f64 = 3.0;
/// The same character again within this share of its size is drawn twice to look bold.
const BOLD: f64 = 0.2;

/// A character with its place along and across its own direction.
struct Placed<'a> {
    character: &'a Character,
    /// Degrees of its direction, so that only what runs the same way comes together.
    angle: i32,
    along: f64,
    across: f64,
}

/// Every place of `wanted`, which is normalised, from top to bottom and from left to right.
pub(super) fn hits(characters: &[Character], wanted: &str, size_mm: (f64, f64)) -> Vec<Hit> {
    let mut placed: Vec<Placed<'_>> = characters.iter().map(place).collect();
    placed.sort_by(|a, b| a.angle.cmp(&b.angle).then(a.across.total_cmp(&b.across)));
    let same_line = |a: &Placed<'_>, b: &Placed<'_>| {
        a.angle == b.angle
            && b.across - a.across < SAME_LINE * a.character.size.min(b.character.size)
    };
    let mut found = Vec::new();
    for line in placed.chunk_by_mut(same_line) {
        line.sort_by(|a, b| a.along.total_cmp(&b.along));
        for piece in
            line.chunk_by(|a, b| b.along - a.along < GAP * a.character.size.max(b.character.size))
        {
            find(piece, wanted, size_mm, &mut found);
        }
    }
    // Boxes of one line differ in height by a hair; half a millimetre is taken for the same height.
    let row = |hit: &Hit| -((hit.y_mm + hit.height_mm) * 2.0).round();
    found.sort_by(|a, b| row(a).total_cmp(&row(b)).then(a.x_mm.total_cmp(&b.x_mm)));
    found
}

fn place(character: &Character) -> Placed<'_> {
    let (way, anchor) = (character.way, character.anchor.to_vec2());
    #[expect(clippy::cast_possible_truncation, reason = "an angle in degrees")]
    let angle = way.atan2().to_degrees().round() as i32;
    // Half a turn to the left is half a turn to the right.
    let angle = if angle == -180 { 180 } else { angle };
    Placed {
        character,
        angle,
        along: way.dot(anchor),
        across: -way.cross(anchor),
    }
}

/// Finds `wanted` in a piece of a line.
fn find(piece: &[Placed<'_>], wanted: &str, (width, height): (f64, f64), found: &mut Vec<Hit>) {
    let mut text = String::new();
    // For each byte of the text the character that it comes from.
    let mut origin: Vec<usize> = Vec::new();
    let mut before: Option<&Placed<'_>> = None;
    for (index, placed) in piece.iter().enumerate() {
        let twice = before.is_some_and(|before| {
            before.character.text == placed.character.text
                && (placed.along - before.along) < BOLD * placed.character.size
        });
        if !twice {
            text.push_str(&normal(&placed.character.text));
            origin.resize(text.len(), index);
        }
        before = Some(placed);
    }
    for (start, matched) in text.match_indices(wanted) {
        let ends = (origin.get(start), origin.get(start + matched.len() - 1));
        let (Some(first), Some(last)) = ends else {
            continue;
        };
        let Some(characters) = piece.get(*first..=*last) else {
            continue;
        };
        let areas = characters.iter().map(|placed| placed.character.area);
        let Some(area) = areas.reduce(|a, b| a.union(b)) else {
            continue;
        };
        let area = area.intersect(Rect::new(0.0, 0.0, width, height));
        found.push(Hit {
            page: 0,
            x_mm: round(area.x0),
            y_mm: round(area.y0),
            width_mm: round(area.width()),
            height_mm: round(area.height()),
            text: characters
                .iter()
                .map(|placed| placed.character.text.as_str())
                .collect(),
        });
    }
}

/// Hundredths of a millimetre; finer is not meant.
fn round(mm: f64) -> f64 {
    (mm * 100.0).round() / 100.0
}
