//! One line of text cut out of the photo at its full resolution, turned upright and brought to the height of a network.

use image::RgbImage;

use crate::geometry::{Point, Strip};

/// Numbers of one line: blue, green, red planes from -1 to 1.
pub struct Crop {
    pub width: usize,
    pub numbers: Vec<f32>,
    /// The share of pixels that are clearly red, as seals are.
    pub red: f32,
}

/// How a pixel's colours become numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// As they are.
    All,
    /// Only the red channel, in which the ink of seals is as light as paper.
    WithoutRed,
}

/// Cuts `strip` out as `width` x `height` pixels.
pub fn cut(photo: &RgbImage, strip: &Strip, width: usize, height: usize, ink: Ink) -> Crop {
    let [origin, right, _, below] = strip.corners();
    let step = |to: Point, count: usize| {
        Point::new(
            (to.x - origin.x) / count as f32,
            (to.y - origin.y) / count as f32,
        )
    };
    let (along, across) = (step(right, width), step(below, height));
    let area = width * height;
    let mut planes = [vec![0.0; area], vec![0.0; area], vec![0.0; area]];
    let samples = samples_per_side(along, across);
    let mut red = 0usize;
    for at in 0..area {
        let (column, row) = ((at % width) as f32, (at / width) as f32);
        let mut sum = [0.0f32; 3];
        for sample in 0..samples * samples {
            let x = column + ((sample % samples) as f32 + 0.5) / samples as f32;
            let y = row + ((sample / samples) as f32 + 0.5) / samples as f32;
            let place = Point::new(
                origin.x + along.x * x + across.x * y,
                origin.y + along.y * x + across.y * y,
            );
            let colour = bilinear(photo, place);
            sum.iter_mut().zip(colour).for_each(|(sum, it)| *sum += it);
        }
        let [r, g, b] = sum.map(|it| it / (samples * samples) as f32);
        red += usize::from(r > 110.0 && r - g.max(b) > 50.0);
        let bgr = if ink == Ink::All { [b, g, r] } else { [r; 3] };
        for (plane, value) in planes.iter_mut().zip(bgr) {
            if let Some(pixel) = plane.get_mut(at) {
                *pixel = value / 127.5 - 1.0;
            }
        }
    }
    Crop {
        width,
        numbers: planes.concat(),
        red: red as f32 / area.max(1) as f32,
    }
}

/// More than one look at each pixel where the photo is finer than the crop.
fn samples_per_side(along: Point, across: Point) -> usize {
    let step = along.x.hypot(along.y).max(across.x.hypot(across.y));
    match step {
        step if step > 2.2 => 3,
        step if step > 1.2 => 2,
        _ => 1,
    }
}

/// The colour between four pixels; beyond the edge the edge goes on.
fn bilinear(photo: &RgbImage, at: Point) -> [f32; 3] {
    let most = |side: u32| side.saturating_sub(1) as f32;
    let x = (at.x - 0.5).clamp(0.0, most(photo.width()));
    let y = (at.y - 0.5).clamp(0.0, most(photo.height()));
    let (left, top) = (x.floor(), y.floor());
    let (part_x, part_y) = (x - left, y - top);
    let (left, top) = (left as u32, top as u32);
    let right = (left + 1).min(photo.width().saturating_sub(1));
    let below = (top + 1).min(photo.height().saturating_sub(1));
    let pixel = |x: u32, y: u32| photo.get_pixel_checked(x, y).map_or([0; 3], |it| it.0);
    let weighted = [
        (pixel(left, top), (1.0 - part_x) * (1.0 - part_y)),
        (pixel(right, top), part_x * (1.0 - part_y)),
        (pixel(left, below), (1.0 - part_x) * part_y),
        (pixel(right, below), part_x * part_y),
    ];
    let mut sum = [0.0; 3];
    for (colour, weight) in weighted {
        sum.iter_mut()
            .zip(colour)
            .for_each(|(sum, it)| *sum += f32::from(it) * weight);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::{FRAC_PI_2, PI};

    /// Black with a white right half of the strip's place.
    fn photo() -> RgbImage {
        RgbImage::from_fn(100, 100, |x, y| {
            let white = (50..90).contains(&x) && (40..60).contains(&y);
            image::Rgb([if white { 255 } else { 0 }; 3])
        })
    }

    /// Whether the left and the right half of the cut are white.
    fn check(angle: f32, length: f32, thickness: f32, expected: (bool, bool)) {
        let strip = Strip {
            centre: Point::new(50.0, 50.0),
            length,
            thickness,
            angle,
        };
        let crop = cut(&photo(), &strip, 16, 8, Ink::All);
        let is_white = |at: usize| crop.numbers[at] > 0.9;
        assert_eq!(
            (is_white(4 * 16 + 3), is_white(4 * 16 + 12)),
            expected,
            "{angle}"
        );
        assert_eq!(crop.numbers.len(), 3 * 16 * 8);
    }

    #[test]
    fn a_strip_is_read_where_it_points() {
        check(0.0, 80.0, 20.0, (false, true));
        check(PI, 80.0, 20.0, (true, false));
        check(FRAC_PI_2, 20.0, 80.0, (false, false));
    }

    #[test]
    fn places_outside_the_photo_are_its_edge() {
        let photo = RgbImage::from_pixel(1, 1, image::Rgb([9, 9, 9]));
        assert_eq!(bilinear(&photo, Point::new(-50.0, 1e9)), [9.0; 3]);
        assert_eq!(bilinear(&photo, Point::new(f32::NAN, 0.0)).len(), 3);
    }

    #[test]
    fn a_seal_vanishes_without_red() {
        let photo = RgbImage::from_pixel(40, 40, image::Rgb([230, 40, 40]));
        let strip = Strip {
            centre: Point::new(20.0, 20.0),
            length: 30.0,
            thickness: 10.0,
            angle: 0.0,
        };
        let crop = cut(&photo, &strip, 8, 4, Ink::WithoutRed);
        assert!(crop.red > 0.99 && crop.numbers.iter().all(|it| *it > 0.7));
    }
}
