//! A page as a picture (feature `render`).
//!
//! For people who want to see where a seal stands. The picture is made by `hayro`, which repairs what it can; it is not
//! what a signature covers and decides nothing. Annotations are drawn with their appearance streams (12.5.5), seals among
//! them.

mod look;
mod paint;

use std::sync::Arc;

use crate::document::Document;
use crate::limits;
use crate::page::Geometry;
use crate::reader::{self, Bounds};
use crate::refusal::Refusal;

/// A font file that lends its bytes.
pub type FontSource = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Lowest and highest resolution.
pub const DPI: std::ops::RangeInclusive<u32> = 8..=1200;

/// How a page is drawn.
#[derive(Clone)]
pub struct Wish {
    /// Pixels per inch, within [`DPI`].
    pub dpi: u32,
    /// An OpenType font for Chinese, Japanese and Korean text whose font is not in the file. Without it, and for
    /// characters that it does not have, a box is drawn for each character.
    pub cjk_font: Option<FontSource>,
}

impl std::fmt::Debug for Wish {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wish")
            .field("dpi", &self.dpi)
            .field("cjk_font", &self.cjk_font.is_some())
            .finish()
    }
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            dpi: 150,
            cjk_font: None,
        }
    }
}

/// A page on white ground, without transparency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green and blue of each pixel, row by row from the top.
    pub rgb: Vec<u8>,
    /// Characters that no font had and that a box stands for.
    pub missing_characters: u32,
    /// Plain sentences on what the picture lacks.
    pub notes: Vec<String>,
}

/// Draws page `number`, from 1, as a reader sees it: turned, cropped and in its true size.
///
/// Time and memory are bounded by the steps of drawing and by the pixels of the page and of its pictures, but a caller
/// that must answer in time should watch the clock as well: one step can be a large one.
///
/// # Errors
/// A [`Refusal`]: `page_out_of_range`, `bad_request` for a resolution out of range, `limits`, `page_unreadable`.
pub fn draw(document: &Document, number: u32, wish: &Wish) -> Result<Picture, Refusal> {
    if !DPI.contains(&wish.dpi) {
        return Err(Refusal::BadRequest(
            "the resolution is 8 to 1200 dots per inch",
        ));
    }
    let pages = u32::try_from(document.pages.len()).unwrap_or(u32::MAX);
    let record = document.pages.get((number as usize).wrapping_sub(1));
    let record = record.ok_or(Refusal::PageOutOfRange {
        page: number,
        pages,
    })?;
    let size = pixels(&record.geometry, wish.dpi)?;
    let failed = Refusal::PageUnreadable(number);
    reader::on_thread(failed.clone(), || {
        Bounds::of_pictures().page(document, record.reference)?;
        paint::page(document, number, record.geometry, size, wish).map_err(
            |refusal| match refusal {
                Refusal::TextUnreadable => failed,
                other => other,
            },
        )
    })
}

/// Width and height of the picture; a pixel that the page only touches counts.
fn pixels(geometry: &Geometry, dpi: u32) -> Result<(u16, u16), Refusal> {
    let (width, height) = geometry.size_mm();
    let side = |mm: f64| {
        let pixels = (mm * f64::from(dpi) / 25.4 - 1e-6).ceil().max(1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked just here"
        )]
        (pixels <= f64::from(limits::RASTER_SIDE)).then_some(pixels as u16)
    };
    let too_large = Refusal::Limits("pixels of a page: ask for fewer dots per inch");
    let (Some(width), Some(height)) = (side(width), side(height)) else {
        return Err(too_large);
    };
    if u32::from(width) * u32::from(height) > limits::RASTER_PIXELS {
        return Err(too_large);
    }
    Ok((width, height))
}

impl Picture {
    /// The picture as a PNG that carries its resolution.
    ///
    /// # Errors
    /// `limits`, when the writer of PNG files refuses.
    pub fn to_png(&self, dpi: u32) -> Result<Vec<u8>, Refusal> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let per_metre = (dpi * 10_000 + 127) / 254;
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: per_metre,
            yppu: per_metre,
            unit: png::Unit::Meter,
        }));
        let failed = |_| Refusal::Limits("size of a picture");
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(&self.rgb).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(file)
    }
}
