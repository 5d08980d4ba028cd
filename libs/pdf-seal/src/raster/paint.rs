//! The drawing itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use hayro::hayro_interpret::font::FontQuery;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, interpret_page,
};
use hayro::kurbo::{Affine, Rect};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

use super::look::{Look, Missing};
use super::{FontSource, Picture, Wish};
use crate::document::Document;
use crate::page::Geometry;
use crate::reader::{self, guarded};
use crate::refusal::Refusal;

/// The colour of the boxes that stand for characters.
const GRAY: u8 = 0x60;

/// Draws the page into `size` pixels.
pub(super) fn page(
    document: &Document,
    number: u32,
    geometry: Geometry,
    size: (u16, u16),
    wish: &Wish,
) -> Result<Picture, Refusal> {
    let unreadable = || Refusal::PageUnreadable(number);
    let pdf = reader::open(document).ok_or_else(unreadable)?;
    let page = pdf.pages().get((number as usize).wrapping_sub(1));
    let page = page.ok_or_else(unreadable)?;
    let troubles = Arc::new(Troubles::default());
    let settings = settings(wish.cjk_font.clone(), &troubles);
    let transform = transform(&geometry, wish.dpi, size.1);
    let stand_in = wish.cjk_font.as_ref().map(|font| (**font).as_ref());
    let mut look = Look::new(stand_in);
    guarded(
        || walk(page, &pdf, &settings, transform, size, &mut look),
        Some(unreadable()),
    )?;
    troubles.reset();
    let pixmap = guarded(
        || paint(page, &settings, transform, size),
        Some(unreadable()),
    )?;
    let mut picture = Picture {
        width: u32::from(size.0),
        height: u32::from(size.1),
        rgb: rgb(&pixmap),
        missing_characters: u32::try_from(look.missing.len()).unwrap_or(u32::MAX),
        notes: troubles.told(),
    };
    // Boxes upon boxes over the whole page would take for ever and show nothing.
    let mut dots_left = 8 * (picture.rgb.len() / 3);
    for missing in &look.missing {
        dots_left = dots_left.saturating_sub(outline(&mut picture, missing));
        if dots_left == 0 {
            break;
        }
    }
    if picture.missing_characters > 0 {
        picture.notes.push(format!(
            "{} character(s) are drawn as boxes, since no font has them",
            picture.missing_characters
        ));
    }
    Ok(picture)
}

/// From user space to pixels, which count from the top.
fn transform(geometry: &Geometry, dpi: u32, height: u16) -> Affine {
    let scale = f64::from(dpi) / 25.4;
    let at = |x: f64, y: f64| {
        let (x, y) = geometry.seen_mm(x, y);
        (x * scale, y * scale)
    };
    let ((x0, y0), (x1, y1), (x2, y2)) = (at(0.0, 0.0), at(1.0, 0.0), at(0.0, 1.0));
    // The upper edge of the page is the upper edge of the picture, as in every other program.
    let top = geometry.size_mm().1 * scale;
    debug_assert!(top <= f64::from(height));
    Affine::new([x1 - x0, y0 - y1, x2 - x0, y0 - y2, x0, top - y0])
}

fn walk<'a>(
    page: &Page<'a>,
    pdf: &'a Pdf,
    settings: &InterpreterSettings,
    transform: Affine,
    (width, height): (u16, u16),
    look: &mut Look<'_>,
) {
    let target = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let cache = InterpreterCache::new();
    let mut context = Context::new(transform, target, &cache, pdf.xref(), settings.clone());
    interpret_page(page, &mut context, look);
}

fn paint<'a>(
    page: &'a Page<'a>,
    settings: &InterpreterSettings,
    transform: Affine,
    (width, height): (u16, u16),
) -> Pixmap {
    let mut context = RenderContext::new(width, height);
    let cache = RenderCache::new();
    let how = RenderSettings::default();
    render_into(page, &cache, settings, &how, &mut context, transform);
    context.flush();
    let mut pixmap = Pixmap::new(width, height);
    let ground = RasterizerSettings {
        target_init: TargetInit::Clear(WHITE),
        ..RasterizerSettings::default()
    };
    context.render_with(&mut pixmap, &mut Resources::default(), ground);
    pixmap
}

/// The ground is white, so that every pixel is opaque.
fn rgb(pixmap: &Pixmap) -> Vec<u8> {
    let pixels = pixmap.data();
    let mut rgb = Vec::with_capacity(pixels.len() * 3);
    for pixel in pixels {
        rgb.extend_from_slice(&[pixel.r, pixel.g, pixel.b]);
    }
    rgb
}

fn settings(cjk_font: Option<FontSource>, troubles: &Arc<Troubles>) -> InterpreterSettings {
    let sink = Arc::clone(troubles);
    let usual = InterpreterSettings::default();
    let standard = usual.font_resolver.clone();
    InterpreterSettings {
        font_resolver: Arc::new(move |query| match (query, &cjk_font) {
            // Only composite fonts have a character collection; those without their own glyphs are Asian ones.
            (FontQuery::Fallback(wanted), Some(font)) if wanted.character_collection.is_some() => {
                Some((Arc::clone(font), 0))
            }
            _ => standard(query),
        }),
        warning_sink: Arc::new(move |warning| sink.note(&warning)),
        ..usual
    }
}

/// The edge of a box, as wide as a pixel, on white ground where another character would show; gives the dots it took.
fn outline(picture: &mut Picture, missing: &Missing) -> usize {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let within = |value: f64, end: usize| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to the picture"
        )]
        let pixel = value.round().clamp(0.0, end.saturating_sub(1) as f64) as usize;
        pixel
    };
    let place = missing.place;
    let (left, right) = (within(place.x0, width), within(place.x1, width));
    let (top, bottom) = (within(place.y0, height), within(place.y1, height));
    for y in top..=bottom {
        for x in left..=right {
            let is_edge = [left, right].contains(&x) || [top, bottom].contains(&y);
            let at = (y * width + x) * 3;
            if (is_edge || missing.is_wrong)
                && let Some(pixel) = picture.rgb.get_mut(at..at + 3)
            {
                pixel.fill(if is_edge { GRAY } else { u8::MAX });
            }
        }
    }
    (right - left + 1) * (bottom - top + 1)
}

/// What the drawing could not do.
#[derive(Default)]
struct Troubles {
    fonts: AtomicU32,
    pictures: AtomicU32,
    annotations: AtomicU32,
}

impl Troubles {
    fn note(&self, warning: &InterpreterWarning) {
        let count = match warning {
            InterpreterWarning::UnsupportedFont => &self.fonts,
            InterpreterWarning::ImageDecodeFailure => &self.pictures,
            InterpreterWarning::UnresolvedAnnotationAppearance => &self.annotations,
            _ => return,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }

    fn reset(&self) {
        for count in [&self.fonts, &self.pictures, &self.annotations] {
            count.store(0, Ordering::Relaxed);
        }
    }

    fn told(&self) -> Vec<String> {
        let told = |count: &AtomicU32, what: &str| {
            let count = count.load(Ordering::Relaxed);
            (count > 0).then(|| what.to_owned())
        };
        let all = [
            told(&self.fonts, "a font cannot be read; its text is not drawn"),
            told(&self.pictures, "a picture cannot be read and is not drawn"),
            told(&self.annotations, "an annotation cannot be drawn"),
        ];
        all.into_iter().flatten().collect()
    }
}
