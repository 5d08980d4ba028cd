//! PNG: the outlines filled with anti-aliasing on a transparent ground.

use tiny_skia::{FillRule, Paint, PathBuilder, Pixmap, Transform};

use crate::artwork::Artwork;
use crate::error::Error;
use crate::outline::{Point, Segment};

/// The lowest resolution of a picture.
pub const DPI_MIN: u32 = 36;
/// The highest resolution of a picture: 1984 pixels at 42 mm.
pub const DPI_MAX: u32 = 1200;

const UM_PER_INCH: u32 = 25_400;

pub(crate) fn png(artwork: &Artwork, dpi: u32) -> Result<Vec<u8>, Error> {
    if !(DPI_MIN..=DPI_MAX).contains(&dpi) {
        return Err(Error::Dpi(dpi));
    }
    let pixmap = draw(artwork, dpi)?;
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    // The file carries its resolution, so that a program that places it gets the natural size.
    let per_metre = (dpi * 10_000 + 127) / 254;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    let failed = |_| Error::Internal("the PNG writer failed");
    let mut writer = encoder.write_header().map_err(failed)?;
    writer
        .write_image_data(&straight_alpha(&pixmap))
        .map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}

fn draw(artwork: &Artwork, dpi: u32) -> Result<Pixmap, Error> {
    let pixels = |um: u32| (um * dpi).div_ceil(UM_PER_INCH);
    let (width, height) = (pixels(artwork.width_um), pixels(artwork.height_um));
    let mut pixmap = Pixmap::new(width, height).ok_or(Error::Internal("no pixmap of this size"))?;
    let mut builder = PathBuilder::new();
    for segment in artwork
        .outlines
        .iter()
        .flat_map(|outline| &outline.segments)
    {
        match *segment {
            Segment::Move(p) => builder.move_to(at(p).0, at(p).1),
            Segment::Line(p) => builder.line_to(at(p).0, at(p).1),
            Segment::Curve(a, b, p) => {
                builder.cubic_to(at(a).0, at(a).1, at(b).0, at(b).1, at(p).0, at(p).1)
            }
            Segment::Close => builder.close(),
        }
    }
    let path = builder
        .finish()
        .ok_or(Error::Internal("the seal has no outline"))?;
    let [red, green, blue] = artwork.color_rgb;
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, 255);
    paint.anti_alias = true;
    let um = |pixels: u32, um: u32| f64::from(pixels) / f64::from(um);
    // Pictures count y downward; the whole picture is scaled to whole pixels, so no edge is cut.
    let (sx, sy) = (
        single(um(width, artwork.width_um)),
        single(um(height, artwork.height_um)),
    );
    let transform = Transform::from_row(sx, 0.0, 0.0, -sy, 0.0, single(f64::from(height)));
    pixmap.fill_path(&path, &paint, FillRule::Winding, transform, None);
    Ok(pixmap)
}

fn at(p: Point) -> (f32, f32) {
    (single(f64::from(p.x)), single(f64::from(p.y)))
}

#[allow(clippy::cast_possible_truncation)] // Coordinates below 2^24 are exact in f32.
fn single(value: f64) -> f32 {
    value as f32
}

/// PNG wants colours that alpha has not been multiplied into.
fn straight_alpha(pixmap: &Pixmap) -> Vec<u8> {
    let straight = pixmap.pixels().iter().flat_map(|pixel| {
        let color = pixel.demultiply();
        [color.red(), color.green(), color.blue(), color.alpha()]
    });
    straight.collect()
}
