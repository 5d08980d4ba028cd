//! Where everything of a round seal stands: millimetres around the centre, y up.
//!
//! The numbers below are for a diameter of 40 mm and scale with it; only the rim keeps its thickness.

use kurbo::Affine;

use crate::font::{EM, EM_MIDDLE, Glyph};
use crate::round::Style;

/// White between rim and name.
const NAME_GAP: f64 = 0.95;
/// Largest box of a character of the name; names up to about nine characters have it.
const NAME_WIDTH_MAX: f64 = 5.3;
const NAME_HEIGHT_MAX: f64 = 6.3;
/// A character is engraved at most this many times as high as wide; then it gets smaller instead of narrower.
const NAME_SLENDERNESS_MAX: f64 = 2.1;
/// The share of the room between two neighbours' middles, at the foot, that a character's box may take.
const NAME_FILL: f64 = 0.97;
/// Degrees between the middles of neighbours in a short name.
const NAME_PITCH_MAX: f64 = 32.0;
/// Degrees of the circle that a long name takes: alone, above a code, above a horizontal text.
const NAME_EXTENT: f64 = 284.0;
const NAME_EXTENT_ABOVE_CODE: f64 = 266.0;
const NAME_EXTENT_ABOVE_TEXT: f64 = 228.0;
/// The horizontal text: its middle line, its largest character, the longest line.
const TEXT_MIDDLE: f64 = -10.0;
const TEXT_WIDTH_MAX: f64 = 3.9;
const TEXT_HEIGHT_MAX: f64 = 4.6;
const TEXT_SLENDERNESS_MAX: f64 = 1.8;
const TEXT_LINE_MAX: f64 = 18.4;
/// The code: base line's distance from the rim, scale of its digits, degrees between them.
const CODE_GAP: f64 = 0.6;
const CODE_WIDTH: f64 = 1.75;
const CODE_HEIGHT: f64 = 2.05;
const CODE_PITCH: f64 = 5.6;
/// Diameter of the star: 14 mm in a seal of 42 mm.
const STAR_SHARE: f64 = 14.0 / 42.0;

pub(crate) struct Layout {
    /// Outer radius of the rim.
    pub radius: f64,
    /// Inner radius of the rim.
    pub inner: f64,
    /// Radius of the circle through the star's points.
    pub star: f64,
    scale: f64,
    name_extent: f64,
}

impl Layout {
    pub(crate) fn new(style: &Style, has_bottom_text: bool, has_code: bool) -> Self {
        let radius = f64::from(style.diameter_mm) / 2.0;
        let name_extent = match (has_bottom_text, has_code) {
            (true, _) => NAME_EXTENT_ABOVE_TEXT,
            (false, true) => NAME_EXTENT_ABOVE_CODE,
            (false, false) => NAME_EXTENT,
        };
        let inner = radius - f64::from(style.rim_um) / 1000.0;
        Self {
            radius,
            inner,
            star: radius * STAR_SHARE,
            scale: radius / 20.0,
            name_extent,
        }
    }

    /// Characters along the upper arc, tops outward, centred on the vertical axis, at even angles.
    pub(crate) fn name(&self, glyphs: &[Glyph]) -> Vec<Affine> {
        let total: f64 = glyphs.iter().map(|glyph| glyph.weight).sum();
        let pitch = NAME_PITCH_MAX
            .min(self.name_extent / total.max(1.0))
            .to_radians();
        let top = self.inner - NAME_GAP * self.scale;
        // The box is `room * (top - height)` wide at its foot, and at most `slenderness` times as high as wide.
        let room = 2.0 * (pitch / 2.0).tan() * NAME_FILL;
        let slender = NAME_SLENDERNESS_MAX * room;
        let height = (NAME_HEIGHT_MAX * self.scale).min(slender * top / (1.0 + slender));
        let width = (NAME_WIDTH_MAX * self.scale).min(room * (top - height));
        // The upper corners of the box touch the circle, not the middle of its upper edge.
        let middle = (top * top - width * width / 4.0).sqrt() - height / 2.0;
        let mut angle = -total * pitch / 2.0;
        let places = glyphs.iter().map(|glyph| {
            let at = angle + glyph.weight * pitch / 2.0;
            angle += glyph.weight * pitch;
            Affine::rotate(-at) * Affine::translate((0.0, middle)) * boxed(glyph, width, height)
        });
        places.collect()
    }

    /// A horizontal line below the star.
    pub(crate) fn bottom_text(&self, glyphs: &[Glyph]) -> Vec<Affine> {
        let total: f64 = glyphs.iter().map(|glyph| glyph.weight).sum();
        let width = self.scale * TEXT_WIDTH_MAX.min(TEXT_LINE_MAX / total.max(1.0));
        let height = (TEXT_HEIGHT_MAX * self.scale).min(TEXT_SLENDERNESS_MAX * width);
        let mut left = -total * width / 2.0;
        let places = glyphs.iter().map(|glyph| {
            let at = left + glyph.weight * width / 2.0;
            left += glyph.weight * width;
            Affine::translate((at, TEXT_MIDDLE * self.scale)) * boxed(glyph, width * 0.96, height)
        });
        places.collect()
    }

    /// Digits along the lower rim, feet outward, read from left to right.
    pub(crate) fn code(&self, glyphs: &[Glyph]) -> Vec<Affine> {
        let pitch = CODE_PITCH.to_radians();
        let base = self.inner - CODE_GAP * self.scale;
        let (sx, sy) = (CODE_WIDTH * self.scale / EM, CODE_HEIGHT * self.scale / EM);
        // Thirteen digits: six stand on either side of the lowest point.
        let mut turn = -6.0 * pitch;
        let places = glyphs.iter().map(|glyph| {
            let at: f64 = turn;
            turn += pitch;
            let digit = Affine::scale_non_uniform(sx, sy) * Affine::translate((-glyph.middle, 0.0));
            Affine::rotate(at) * Affine::translate((0.0, -base)) * digit
        });
        places.collect()
    }
}

/// The em box of a glyph as a box of this size around the origin.
fn boxed(glyph: &Glyph, width: f64, height: f64) -> Affine {
    Affine::scale_non_uniform(width / EM, height / EM)
        * Affine::translate((-glyph.middle, -EM_MIDDLE))
}
