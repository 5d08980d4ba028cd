//! The seal picture and where it goes by default.

use std::path::Path;

use pdf_seal::{Mark, PageInfo};
use resvg::tiny_skia::Pixmap;

use super::in_time;
use super::key::read_up_to;
use super::refused::Refused;
use super::svg::Drawing;

/// The longest picture file.
const PICTURE_BYTES: u64 = 16 << 20;
/// Width of a seal when none is given: what a company seal usually has.
const WIDTH_MM: f64 = 40.0;
/// Distance from the lower right corner when no place is given.
const MARGIN_MM: f64 = 20.0;

/// The seal picture: a PNG, or a drawing that becomes one when its size on paper is known.
pub(super) enum Picture {
    Png {
        bytes: Vec<u8>,
        /// Height over width.
        proportion: f64,
    },
    Svg(Box<Drawing>),
}

impl Picture {
    /// Reads a PNG or an SVG, told apart by their first bytes; the pixels of a PNG are checked when it is drawn.
    pub fn load(path: &Path) -> Result<Self, Refused> {
        let bytes = read_up_to(path, PICTURE_BYTES)?;
        let bad = |why: &str| Refused::new("bad_artwork", format!("{}: {why}", path.display()));
        if bytes.starts_with(b"\xff\xd8\xff") {
            return Err(bad(
                "this is a JPEG, whose white ground would hide what is under the seal; give a PNG or an SVG",
            ));
        }
        if bytes.starts_with(b"\x1f\x8b") {
            return Err(bad("this is a packed SVG; unpack it first"));
        }
        if is_markup(&bytes) {
            return Drawing::read(&bytes)
                .map(|drawing| Self::Svg(Box::new(drawing)))
                .map_err(|why| bad(&why));
        }
        // PNG 5.2 and 11.2.1: signature, then the header chunk with width and height.
        let word = |at: usize| {
            bytes
                .get(at..at + 4)
                .and_then(|word| word.try_into().ok())
                .map(u32::from_be_bytes)
        };
        match (bytes.starts_with(b"\x89PNG\r\n\x1a\n"), word(16), word(20)) {
            (true, Some(width), Some(height)) if width > 0 && height > 0 => Ok(Self::Png {
                proportion: f64::from(height) / f64::from(width),
                bytes,
            }),
            _ => Err(bad("this is neither a PNG nor an SVG")),
        }
    }

    /// Size in millimetres when none is given: what the drawing says, else the usual width, in its proportions.
    pub fn size_mm(&self) -> (f64, f64) {
        match self {
            Self::Png { proportion, .. } => (WIDTH_MM, WIDTH_MM * proportion),
            Self::Svg(drawing) => drawing
                .natural_mm
                .unwrap_or((WIDTH_MM, WIDTH_MM * drawing.proportion())),
        }
    }

    /// The PNG that shows it at a size of `width_mm` by `height_mm`.
    pub fn into_png(
        self,
        path: &Path,
        (width_mm, height_mm): (f64, f64),
    ) -> Result<Vec<u8>, Refused> {
        let drawing = match self {
            Self::Png { bytes, .. } => return Ok(bytes),
            Self::Svg(drawing) => drawing,
        };
        let bad = |why: &str| Refused::new("bad_artwork", format!("{}: {why}", path.display()));
        let drawn = in_time(move || drawing.draw(width_mm, height_mm).and_then(|it| png(&it)));
        let drawn = drawn.ok_or_else(|| {
            bad("the SVG takes too long to draw; save it in a simpler form or as a PNG")
        })?;
        drawn.map_err(|why| bad(&why))
    }
}

fn is_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"<")
}

fn png(pixmap: &Pixmap) -> Result<Vec<u8>, String> {
    let failed = |error: png::EncodingError| error.to_string();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    // PNG wants colours that alpha has not been multiplied into.
    let straight = pixmap.pixels().iter().flat_map(|pixel| {
        let color = pixel.demultiply();
        [color.red(), color.green(), color.blue(), color.alpha()]
    });
    let pixels: Vec<u8> = straight.collect();
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}

/// `size`, made smaller in its proportions where the page is.
pub(super) fn fitting(page: &PageInfo, (width_mm, height_mm): (f64, f64)) -> (f64, f64) {
    let room = (page.width_mm / width_mm).min(page.height_mm / height_mm);
    if room < 1.0 {
        (width_mm * room, height_mm * room)
    } else {
        (width_mm, height_mm)
    }
}

/// A mark on `page`, at its lower right when no place is given.
pub(super) fn mark(
    page: &PageInfo,
    at: Option<(f64, f64)>,
    (width_mm, height_mm): (f64, f64),
) -> Mark {
    let corner = || {
        let x = (page.width_mm - width_mm - MARGIN_MM).max(0.0);
        let y = MARGIN_MM.min((page.height_mm - height_mm).max(0.0));
        (x, y)
    };
    let (x_mm, y_mm) = at.unwrap_or_else(corner);
    Mark {
        page: page.number,
        x_mm,
        y_mm,
        width_mm,
        height_mm,
        slice: None,
    }
}
