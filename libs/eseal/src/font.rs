//! Glyph outlines of the compiled-in font; `fonts/cut.py` says what it holds.

use kurbo::{BezPath, Rect, Shape};
use ttf_parser::{Face, GlyphId, OutlineBuilder};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::error::{Error, Field};

/// "Hulian Seal Song": Noto Serif CJK SC Bold, cut, under OFL-1.1.
static FONT: &[u8] = include_bytes!("../fonts/HulianSealSong.otf");

/// The compiled-in OpenType font "Hulian Seal Song" (SIL OFL 1.1): 23 722 characters, all ideographs of the basic block
/// among them. For programs that show Chinese text without a font of their own.
#[must_use]
pub fn font_file() -> &'static [u8] {
    FONT
}

/// Units of the em; the font was cut from one with a thousand.
pub(crate) const EM: f64 = 1000.0;
/// The middle of the ideographic em box above the base line (it runs from -120 to 880).
pub(crate) const EM_MIDDLE: f64 = 380.0;

/// One character, ready to be placed.
pub(crate) struct Glyph {
    /// In units of the em, base line at 0, y up.
    pub path: BezPath,
    /// The horizontal middle to place, in units of the em.
    pub middle: f64,
    /// The room it takes on a line, as a share of an ideograph's.
    pub weight: f64,
}

pub(crate) struct Font<'a>(Face<'a>);

impl Font<'static> {
    pub(crate) fn open() -> Result<Self, Error> {
        Face::parse(FONT, 0)
            .map(Self)
            .map_err(|_| Error::Internal("the seal font does not parse"))
    }

    /// Every character of a checked line, or the first one that the font does not have.
    pub(crate) fn line(&self, characters: &[char], field: Field) -> Result<Vec<Glyph>, Error> {
        let glyphs = characters.iter().enumerate().map(|(index, &character)| {
            self.glyph(character).ok_or(Error::MissingGlyph {
                field,
                position: index + 1,
                character,
            })
        });
        glyphs.collect()
    }

    fn glyph(&self, character: char) -> Option<Glyph> {
        let id = self
            .0
            .glyph_index(character)
            .filter(|id| *id != GlyphId(0))?;
        let mut pen = Pen(BezPath::new());
        // A space has no outline and no box, which is what is wanted of it.
        self.0.outline_glyph(id, &mut pen);
        let ink = if pen.0.is_empty() {
            Rect::ZERO
        } else {
            pen.0.bounding_box()
        };
        let path = pen.0;
        if character.general_category() == GeneralCategory::OtherLetter {
            return Some(Glyph {
                path,
                middle: EM / 2.0,
                weight: 1.0,
            });
        }
        // Latin letters, digits, brackets and dots stand by their ink: a full-width bracket fills half of its box
        // only, and left in the box it would tear a hole into the even spacing of the arc.
        let weight = ((ink.width() + 140.0) / EM).clamp(0.4, 1.0);
        Some(Glyph {
            path,
            middle: ink.center().x,
            weight,
        })
    }
}

struct Pen(BezPath);

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to((f64::from(x), f64::from(y)));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to((f64::from(x), f64::from(y)));
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0
            .quad_to((f64::from(x1), f64::from(y1)), (f64::from(x), f64::from(y)));
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.curve_to(
            (f64::from(x1), f64::from(y1)),
            (f64::from(x2), f64::from(y2)),
            (f64::from(x), f64::from(y)),
        );
    }
    fn close(&mut self) {
        self.0.close_path();
    }
}
