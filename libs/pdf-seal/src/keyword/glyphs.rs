//! Characters and where they stand.

use std::panic::resume_unwind;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, RenderContent, SoftMask, interpret_page,
};

use crate::document::Document;
use crate::limits;
use crate::page::Geometry;
use crate::reader::{Bounds, guarded};
use crate::refusal::Refusal;

/// What a line of type takes below and above its base line, in thousandths of its size; right for ideographs, which
/// fill it, and close enough for other letters.
const BOX_BOTTOM: f64 = -120.0;
const BOX_TOP: f64 = 880.0;

/// A step that may open a drawing inside the drawing costs as much as this many characters.
const NESTING: u64 = 100;

/// A character, or several under one glyph, in millimetres of the page as the reader sees it.
#[derive(Debug, Clone)]
pub(super) struct Character {
    pub text: String,
    /// The box around it.
    pub area: Rect,
    /// Where it stands on its line, and the way to the next one, of length 1.
    pub anchor: Point,
    pub way: Vec2,
    /// The size of the type.
    pub size: f64,
}

/// Calls `look` with number, size and characters of each of `pages`, as long as it answers true; `steps_left` bounds the
/// steps of drawing.
pub(super) fn each_page(
    document: &Document,
    pdf: &Pdf,
    pages: &[u32],
    mut steps_left: u64,
    mut look: impl FnMut(u32, (f64, f64), &[Character]) -> Result<bool, Refusal>,
) -> Result<(), Refusal> {
    let settings = InterpreterSettings {
        render_content: RenderContent::PAGE,
        ..InterpreterSettings::default()
    };
    let mut cache = InterpreterCache::new();
    let mut bounds = Bounds::of_text();
    for number in pages {
        let index = (*number as usize).wrapping_sub(1);
        let (Some(page), Some(record)) = (pdf.pages().get(index), document.pages.get(index)) else {
            return Err(Refusal::TextUnreadable);
        };
        bounds.page(document, record.reference)?;
        // What was kept for earlier pages is dropped now and then, so that memory does not grow with the file.
        if number % limits::TEXT_CACHE_PAGES == 0 {
            cache = InterpreterCache::new();
        }
        let mut reader = Reader {
            geometry: record.geometry,
            characters: Vec::new(),
            steps_left,
        };
        guarded(
            || interpret(page, pdf, &cache, &settings, &mut reader),
            None,
        )?;
        steps_left = reader.steps_left + limits::TEXT_STEPS_FOR_PAGE;
        if !look(*number, record.geometry.size_mm(), &reader.characters)? {
            return Ok(());
        }
    }
    Ok(())
}

fn interpret<'a>(
    page: &Page<'a>,
    pdf: &'a Pdf,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
    reader: &mut Reader,
) {
    let everything = Rect::new(-1e6, -1e6, 1e6, 1e6);
    let mut context = Context::new(
        Affine::IDENTITY,
        everything,
        cache,
        pdf.xref(),
        settings.clone(),
    );
    interpret_page(page, &mut context, reader);
}

/// Takes down the characters and lets everything else pass.
struct Reader {
    geometry: Geometry,
    characters: Vec<Character>,
    steps_left: u64,
}

impl Reader {
    /// Counts the cost of a step of drawing and leaves the reader when there were too many.
    fn step(&mut self, cost: u64) {
        let full = self.characters.len() >= limits::PAGE_CHARACTERS;
        match self.steps_left.checked_sub(cost) {
            Some(left) if !full => self.steps_left = left,
            _ => resume_unwind(Box::new(Refusal::Limits("text to read"))),
        }
    }

    fn seen(&self, point: Point) -> Point {
        self.geometry.seen_mm(point.x, point.y).into()
    }

    fn take(&mut self, glyph: &Glyph<'_>, to_user: Affine, mode: WritingMode) {
        let text = match glyph.as_unicode() {
            None => return,
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
        };
        // A vertical font goes down by its advance; its characters are as wide as they are high.
        let advance = match (mode, glyph) {
            (WritingMode::Vertical, _) => Some(1000.0),
            (_, Glyph::Outline(outline)) => outline.advance_width(),
            (_, Glyph::Type3(drawing)) => drawing.advance_width(),
        };
        let advance = advance
            .map(f64::from)
            .filter(|advance| (1.0..10_000.0).contains(advance))
            .unwrap_or(500.0);
        let at = |x: f64, y: f64| self.seen(to_user * Point::new(x, y));
        let area = Rect::from_points(at(0.0, BOX_BOTTOM), at(advance, BOX_TOP));
        let (anchor, next) = match mode {
            WritingMode::Horizontal => (at(0.0, 0.0), at(1000.0, 0.0)),
            WritingMode::Vertical => (
                at(advance / 2.0, BOX_TOP),
                at(advance / 2.0, BOX_TOP - 1000.0),
            ),
        };
        let size = (next - anchor).hypot();
        let (width, height) = self.geometry.size_mm();
        let middle = area.center();
        let seen = (0.0..=width).contains(&middle.x) && (0.0..=height).contains(&middle.y);
        // Type that is smaller than a hundredth of a millimetre is not meant to be read.
        if seen && size.is_finite() && size > 0.01 && text.len() <= limits::GLYPH_TEXT_BYTES {
            self.characters.push(Character {
                text,
                area,
                anchor,
                way: (next - anchor) / size,
                size,
            });
        }
    }
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.step(1);
            self.take(
                glyph,
                props.transform * glyph.transform(),
                run.writing_mode(),
            );
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.step(1);
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

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.step(NESTING);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
