//! A walk over the page before it is drawn: counts the steps, and finds characters that no font has.

use std::panic::resume_unwind;

use hayro::hayro_interpret::font::{Glyph, GlyphRun, OutlineGlyph};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};
use hayro::kurbo::{Affine, BezPath, Rect};
use ttf_parser::Face;

use crate::limits;
use crate::refusal::Refusal;

/// A step that may open a drawing inside the drawing, or that fills a layer of its own.
const NESTING: u64 = 100;

/// What the walk found.
pub(super) struct Look<'f> {
    steps_left: u64,
    /// The font that stands in for others, and where its bytes are.
    stand_in: Option<(Face<'f>, *const u8)>,
    /// Characters that no font has.
    pub missing: Vec<Missing>,
}

/// A character that is not drawn as what it is.
pub(super) struct Missing {
    /// Its box in pixels.
    pub place: Rect,
    /// Whether another one would be drawn in its place.
    pub is_wrong: bool,
}

impl<'f> Look<'f> {
    pub(super) fn new(stand_in: Option<&'f [u8]>) -> Self {
        let face = |bytes: &'f [u8]| Some((Face::parse(bytes, 0).ok()?, bytes.as_ptr()));
        Self {
            steps_left: limits::RASTER_STEPS,
            stand_in: stand_in.and_then(face),
            missing: Vec::new(),
        }
    }

    fn step(&mut self, cost: u64) {
        match self.steps_left.checked_sub(cost) {
            Some(left) => self.steps_left = left,
            None => resume_unwind(Box::new(Refusal::Limits("steps to draw a page"))),
        }
    }

    fn check(&mut self, glyph: &Glyph<'_>, transform: Affine) {
        let Glyph::Outline(outline) = glyph else {
            return;
        };
        let text = outline.as_unicode();
        let is_seen = match &text {
            Some(BfString::Char(c)) => is_seen(*c),
            Some(BfString::String(text)) => text.chars().any(is_seen),
            None => false,
        };
        let is_empty = || outline.outline().elements().is_empty();
        let is_wrong = self.is_wrong(outline, text.as_ref()) && !is_empty();
        if is_wrong || (is_seen && is_empty()) {
            let advance = f64::from(outline.advance_width().unwrap_or(1000.0)).clamp(200.0, 2000.0);
            let body = Rect::new(0.08 * advance, -80.0, 0.92 * advance, 840.0);
            let place = transform.transform_rect_bbox(body);
            self.missing.push(Missing { place, is_wrong });
        }
    }

    /// For a character that the stand-in does not have, the reader takes the glyph whose number is that of the
    /// character in the font that is not there: some glyph, but not this one.
    fn is_wrong(&self, outline: &OutlineGlyph, text: Option<&BfString>) -> bool {
        let Some((face, bytes)) = &self.stand_in else {
            return false;
        };
        let data = outline.font_data();
        if data.is_none_or(|font| (*font.data).as_ref().as_ptr() != *bytes) {
            return false;
        }
        let right = match text {
            Some(BfString::Char(c)) => face.glyph_index(*c),
            _ => None,
        };
        right.is_none_or(|right| u32::from(right.0) != outline.glyph_id().to_u32())
    }
}

fn is_seen(c: char) -> bool {
    !(c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{fffd}'
        ))
}

impl<'a> Device<'a> for Look<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        for glyph in run.glyphs() {
            self.step(1);
            if !matches!(mode, DrawMode::Invisible) {
                self.check(glyph, props.transform * glyph.transform());
            }
        }
    }

    fn draw_path(&mut self, path: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.step(1 + path.elements().len() as u64 / 16);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step(NESTING);
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.step(NESTING);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step(NESTING);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, _: ImageDrawProps<'a>) {
        let (width, height) = match &image {
            Image::Stencil(image) => (image.width(), image.height()),
            Image::Raster(image) => (image.width(), image.height()),
        };
        let pixels = u64::from(width) * u64::from(height);
        if pixels > limits::IMAGE_PIXELS {
            resume_unwind(Box::new(Refusal::Limits("pixels of a picture")));
        }
        // A picture of a million pixels costs as much as ten thousand characters.
        self.step(NESTING + pixels / 100);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
