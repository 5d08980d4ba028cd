//! SVG: one path per figure, in micrometres.

use core::fmt::Write;

use crate::artwork::Artwork;
use crate::outline::{Outline, Point, Segment};

pub(crate) fn document(artwork: &Artwork) -> String {
    let [red, green, blue] = artwork.color_rgb;
    let (width, height) = (artwork.width_um, artwork.height_um);
    let (width_mm, height_mm) = (artwork.width_mm(), artwork.height_mm());
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width_mm}mm\" height=\"{height_mm}mm\" \
         viewBox=\"0 0 {width} {height}\">\n<g fill=\"#{red:02x}{green:02x}{blue:02x}\">\n"
    );
    for outline in artwork
        .outlines
        .iter()
        .filter(|outline| !outline.segments.is_empty())
    {
        path(&mut svg, outline, i64::from(height));
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn path(svg: &mut String, outline: &Outline, height: i64) {
    // SVG counts y downward.
    let at = |p: Point| (p.x, height - i64::from(p.y));
    svg.push_str("<path d=\"");
    for segment in &outline.segments {
        // Writing to a String cannot fail.
        let _ = match *segment {
            Segment::Move(p) => write!(svg, "M{} {}", at(p).0, at(p).1),
            Segment::Line(p) => write!(svg, "L{} {}", at(p).0, at(p).1),
            Segment::Curve(a, b, p) => {
                let (a, b, p) = (at(a), at(b), at(p));
                write!(svg, "C{} {} {} {} {} {}", a.0, a.1, b.0, b.1, p.0, p.1)
            }
            Segment::Close => write!(svg, "Z"),
        };
    }
    svg.push_str("\"/>\n");
}
