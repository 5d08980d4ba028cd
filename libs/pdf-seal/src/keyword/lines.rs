//! Characters put together to pieces of lines.
//!
//! Writers draw a line in any number of pieces and in any order, so that only the places on the page tell what
//! stands together.

use hayro_interpret::kurbo::Rect;

use super::glyphs::Character;
use super::text;

/// Characters whose base lines differ by less than this share of their size stand on one line.
const SAME_LINE: f64 = 0.35;
/// A gap of more than this many sizes ends a piece, as between the columns of a table. Headings are often spaced by one.
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

/// What stands together on one line: its text as it is compared, and the characters that this comes from.
pub(super) struct Piece<'a> {
    pub text: String,
    characters: Vec<&'a Character>,
    /// For each byte of the text the index of its character.
    origin: Vec<usize>,
    pub angle: i32,
    pub across: f64,
    /// From where to where it runs along its direction.
    pub along: (f64, f64),
    pub size: f64,
}

/// A range of a piece's text on the page.
pub(super) struct Part {
    pub area: Rect,
    /// As the page has it.
    pub text: String,
    pub characters: usize,
}

/// The pieces of a page, those of one direction together, one line after another as they are read.
pub(super) fn pieces(characters: &[Character]) -> Vec<Piece<'_>> {
    let mut placed: Vec<Placed<'_>> = characters.iter().map(place).collect();
    placed.sort_by(|a, b| a.angle.cmp(&b.angle).then(a.across.total_cmp(&b.across)));
    let same_line = |a: &Placed<'_>, b: &Placed<'_>| {
        a.angle == b.angle
            && b.across - a.across < SAME_LINE * a.character.size.min(b.character.size)
    };
    let mut pieces = Vec::new();
    for line in placed.chunk_by_mut(same_line) {
        line.sort_by(|a, b| a.along.total_cmp(&b.along));
        let together = |a: &Placed<'_>, b: &Placed<'_>| {
            b.along - a.along < GAP * a.character.size.max(b.character.size)
        };
        pieces.extend(line.chunk_by(together).filter_map(Piece::new));
    }
    pieces
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

impl<'a> Piece<'a> {
    fn new(placed: &[Placed<'a>]) -> Option<Self> {
        let (first, last) = (placed.first()?, placed.last()?);
        let mut piece = Self {
            text: String::with_capacity(placed.len() * 3),
            characters: placed.iter().map(|placed| placed.character).collect(),
            origin: Vec::with_capacity(placed.len() * 3),
            angle: first.angle,
            across: first.across,
            along: (first.along, last.along + last.character.size),
            size: first.character.size,
        };
        let mut before: Option<&Placed<'_>> = None;
        for (index, placed) in placed.iter().enumerate() {
            let twice = before.is_some_and(|before| {
                placed.along - before.along < BOLD * placed.character.size
                    && before.character.text == placed.character.text
            });
            if !twice {
                text::add_normal(&placed.character.text, &mut piece.text);
                piece.origin.resize(piece.text.len(), index);
            }
            before = Some(placed);
        }
        Some(piece)
    }

    /// Where the bytes from `start` to `end` of the text stand.
    pub fn part(&self, start: usize, end: usize) -> Option<Part> {
        let (first, last) = (
            self.origin.get(start)?,
            self.origin.get(end.checked_sub(1)?)?,
        );
        let characters = self.characters.get(*first..=*last)?;
        let areas = characters.iter().map(|character| character.area);
        Some(Part {
            area: areas.reduce(|a, b| a.union(b))?,
            text: characters
                .iter()
                .map(|character| character.text.as_str())
                .collect(),
            characters: characters.len(),
        })
    }
}
