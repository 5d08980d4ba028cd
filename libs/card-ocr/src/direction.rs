//! Which way the page is up: lines agree on an angle, then vote on which of its two ends is the beginning.

use std::f32::consts::PI;

use image::RgbImage;
use rten_tensor::prelude::*;

use crate::Error;
use crate::crop::{Ink, cut};
use crate::geometry::Strip;
use crate::models::Network;

const WIDTH_PX: usize = 192;
const HEIGHT_PX: usize = 48;
/// A few long lines decide as well as all.
const VOTERS: usize = 12;
/// Width of a bin of the histogram of angles.
const BIN: f32 = PI / 30.0;
/// Lines this near to the fullest bin make the page's angle.
const NEAR: f32 = PI / 18.0;

/// The page's angle as lines have it, up to a half turn.
pub fn page_angle(strips: &[Strip]) -> f32 {
    // A line without its direction has an angle modulo π; the histogram is a ring.
    let bins = (PI / BIN).round() as usize;
    let bin_of = |strip: &Strip| ((strip.angle.rem_euclid(PI)) / BIN) as usize % bins;
    let mut weights = vec![0.0f32; bins];
    for strip in strips.iter().filter(|it| it.length > 2.0 * it.thickness) {
        if let Some(weight) = weights.get_mut(bin_of(strip)) {
            *weight += strip.length;
        }
    }
    // Neighbours count too, or an angle between two bins would lose to a lesser one inside its bin.
    let smooth = |at: usize| -> f32 {
        [at + bins - 1, at, at + 1]
            .iter()
            .filter_map(|it| weights.get(it % bins))
            .sum()
    };
    let fullest = (0..bins)
        .max_by(|a, b| smooth(*a).total_cmp(&smooth(*b)))
        .unwrap_or(0);
    let guess = (fullest as f32 + 0.5) * BIN;
    let (mut sin, mut cos) = (0.0, 0.0);
    for strip in strips
        .iter()
        .filter(|it| it.length > 2.0 * it.thickness && off(it.angle, guess).abs() <= NEAR)
    {
        let (s, c) = (2.0 * strip.angle).sin_cos();
        (sin, cos) = (sin + s * strip.length, cos + c * strip.length);
    }
    if sin == 0.0 && cos == 0.0 {
        guess
    } else {
        sin.atan2(cos) / 2.0
    }
}

/// `a - b` of directions without an arrow, in (-π/2, π/2].
pub fn off(a: f32, b: f32) -> f32 {
    let off = (a - b).rem_euclid(PI);
    if off > PI / 2.0 { off - PI } else { off }
}

/// Whether the lines, all given along one direction of the page, stand on their heads. Single lines are often
/// misjudged, the page hardly ever.
pub fn upside_down(network: &Network, photo: &RgbImage, strips: &[Strip]) -> Result<bool, Error> {
    let mut voters: Vec<&Strip> = strips
        .iter()
        .filter(|it| it.length > 2.0 * it.thickness)
        .collect();
    voters.sort_by(|a, b| b.length.total_cmp(&a.length));
    voters.truncate(VOTERS);
    let mut vote: f32 = 0.0;
    for (asked, strip) in voters.iter().enumerate() {
        // Nobody's vote weighs more than one: those who are left cannot turn the result.
        if vote.abs() > (voters.len() - asked) as f32 {
            break;
        }
        let natural = (HEIGHT_PX as f32 * strip.length / strip.thickness).ceil() as usize;
        let width = natural.clamp(1, WIDTH_PX);
        let crop = cut(photo, strip, width, HEIGHT_PX, Ink::All);
        let output = network.run([1, 3, HEIGHT_PX, WIDTH_PX], padded(&crop.numbers, width))?;
        let likely = match output.to_vec().as_slice() {
            [_, turned] => *turned,
            _ => return Err(network.failed()),
        };
        vote += if likely > 0.5 { likely } else { likely - 1.0 };
    }
    Ok(vote > 0.0)
}

/// Rows of `width` numbers brought to the network's width with grey.
fn padded(numbers: &[f32], width: usize) -> Vec<f32> {
    let grey = std::iter::repeat_n(0.0, WIDTH_PX - width);
    numbers
        .chunks(width)
        .flat_map(|row| row.iter().copied().chain(grey.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;
    use proptest::prelude::*;

    fn line(angle: f32, length: f32) -> Strip {
        Strip {
            centre: Point::new(0.0, 0.0),
            length,
            thickness: 10.0,
            angle,
        }
    }

    proptest! {
        #[test]
        fn most_of_the_text_decides(angle in -1.57f32..1.57, tilt in -0.02f32..0.02) {
            // A slanted watermark is shorter than all the lines together.
            let mut strips: Vec<Strip> = (0..8).map(|_| line(angle + tilt, 100.0)).collect();
            strips.push(line(angle + 0.8, 300.0));
            strips.push(line(angle - tilt + PI, 50.0));
            prop_assert!(off(page_angle(&strips), angle).abs() < 0.03);
        }
    }

    #[test]
    fn no_line_is_no_angle_to_trip_over() {
        assert!(page_angle(&[]).is_finite());
        assert_eq!(padded(&[1.0; 6], 2).len(), 3 * WIDTH_PX);
    }
}
