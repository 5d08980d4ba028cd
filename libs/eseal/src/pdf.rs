//! PDF: the content of a form XObject (ISO 32000-1, 8.10) that needs no resources.

use core::fmt::Write;

use crate::artwork::Artwork;
use crate::outline::Segment;

/// Points of PDF (1/72 inch) in a micrometre.
const POINTS_PER_UM: f64 = 72.0 / 25_400.0;

/// A form XObject's `/BBox` and content stream, not compressed.
///
/// The content holds path construction, `f` (nonzero winding), `rg`, `cm`, `q` and `Q`; no font, image, shading or
/// graphics state, so `/Resources` may be empty, also under PDF/A. It is balanced and sets its own matrix, so a slice
/// of the seal is the same form under `q x y w h re W n 1 0 0 1 dx dy cm /Name Do Q`.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfForm {
    /// Left, bottom, right and top in points; left and bottom are 0.
    pub bbox: [f32; 4],
    /// The operators, ASCII.
    pub content: Vec<u8>,
}

pub(crate) fn form(artwork: &Artwork) -> PdfForm {
    let [red, green, blue] = artwork.color_rgb.map(|level| f64::from(level) / 255.0);
    // Coordinates are whole micrometres under one matrix: half the bytes of decimals in points.
    let mut content = format!(
        "q\n{POINTS_PER_UM:.10} 0 0 {POINTS_PER_UM:.10} 0 0 cm\n{red:.4} {green:.4} {blue:.4} rg\n"
    );
    for outline in artwork
        .outlines
        .iter()
        .filter(|outline| !outline.segments.is_empty())
    {
        for segment in &outline.segments {
            // Writing to a String cannot fail.
            let _ = match *segment {
                Segment::Move(p) => writeln!(content, "{} {} m", p.x, p.y),
                Segment::Line(p) => writeln!(content, "{} {} l", p.x, p.y),
                Segment::Curve(a, b, p) => {
                    writeln!(content, "{} {} {} {} {} {} c", a.x, a.y, b.x, b.y, p.x, p.y)
                }
                Segment::Close => writeln!(content, "h"),
            };
        }
        content.push_str("f\n");
    }
    content.push_str("Q\n");
    PdfForm {
        bbox: [
            0.0,
            0.0,
            points(artwork.width_um),
            points(artwork.height_um),
        ],
        content: content.into_bytes(),
    }
}

#[allow(clippy::cast_possible_truncation)] // A hundred points in f32 are exact to a hundred-thousandth.
fn points(um: u32) -> f32 {
    (f64::from(um) * POINTS_PER_UM) as f32
}
