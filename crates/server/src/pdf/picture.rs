//! The seal picture and where it goes by default.

use std::path::Path;

use pdf_seal::{Mark, PageInfo};

use super::key::read_up_to;
use super::refused::{Refused, not_done};

/// The longest picture file.
const PICTURE_BYTES: u64 = 16 << 20;
/// Width of a seal when none is given: what a company seal usually has.
const WIDTH_MM: f64 = 40.0;
/// Distance from the lower right corner when no place is given.
const MARGIN_MM: f64 = 20.0;

/// A PNG with its size in pixels.
pub(super) struct Picture {
    pub bytes: Vec<u8>,
    width: f64,
    height: f64,
}

impl Picture {
    /// Reads a PNG; its pixels are checked when it is drawn.
    pub fn load(path: &Path) -> Result<Self, Refused> {
        let bytes = read_up_to(path, PICTURE_BYTES)?;
        let begin: String = String::from_utf8_lossy(bytes.get(..64).unwrap_or(&bytes))
            .trim_start()
            .to_owned();
        if path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("svg"))
            || begin.starts_with('<')
        {
            return Err(not_done("a seal picture in SVG (give a PNG)"));
        }
        // PNG 5.2 and 11.2.1: signature, then the header chunk with width and height.
        let word = |at: usize| {
            bytes
                .get(at..at + 4)
                .and_then(|word| word.try_into().ok())
                .map(u32::from_be_bytes)
        };
        match (bytes.starts_with(b"\x89PNG\r\n\x1a\n"), word(16), word(20)) {
            (true, Some(width), Some(height)) if width > 0 && height > 0 => {
                let (width, height) = (f64::from(width), f64::from(height));
                Ok(Self {
                    bytes,
                    width,
                    height,
                })
            }
            _ => Err(Refused::new(
                "bad_artwork",
                format!("{}: this is not a PNG picture", path.display()),
            )),
        }
    }

    /// Size in millimetres when none is given: the usual width, in the proportions of the picture.
    pub fn size_mm(&self) -> (f64, f64) {
        (WIDTH_MM, WIDTH_MM * self.height / self.width)
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
