//! Where text lies: the DB detector's probability map becomes strips.

use image::RgbImage;
use rten_tensor::prelude::*;

use crate::geometry::{Point, Strip, hull, smallest_rectangle};
use crate::models::Network;
use crate::photo::fitted;
use crate::{Error, bands, scale};

/// Long side of what the detector sees.
const LONG_SIDE_PX: u32 = 1152;
/// The detector halves its input five times.
const STEP_PX: u32 = 32;
/// A pixel this likely is text.
const PIXEL_MIN: f32 = 0.3;
/// A region is text when its pixels are this likely on average.
const REGION_MIN: f32 = 0.5;
const REGION_PIXELS_MIN: usize = 12;
const SHORT_SIDE_PX_MIN: f32 = 3.0;
/// How much the detector shrinks a line, as DB was trained.
const UNCLIP: f32 = 1.6;

/// Strips of text in pixels of `photo`.
pub fn strips(network: &Network, photo: &RgbImage) -> Result<Vec<Strip>, Error> {
    let (width, height) = fitted(photo.width(), photo.height(), LONG_SIDE_PX);
    let stepped = |side: u32| side.next_multiple_of(STEP_PX).clamp(STEP_PX, LONG_SIDE_PX);
    let (width, height) = (stepped(width), stepped(height));
    let size = [height as usize, width as usize];
    let picture = scale::scaled(photo, width, height);
    let map = network.at_once(|| bands::probabilities(network, &picture))?;
    let found = match map.shape() {
        [1, 1, rows, columns] if [*rows, *columns] == size => regions(&map.into_data(), size[1]),
        _ => return Err(network.failed()),
    };
    let scale = Point::new(
        photo.width() as f32 / width as f32,
        photo.height() as f32 / height as f32,
    );
    Ok(found
        .into_iter()
        .map(|strip| scaled(strip, scale))
        .collect())
}

/// Both sides were rounded, so the scales differ a little; corners are carried over, not lengths.
fn scaled(strip: Strip, scale: Point) -> Strip {
    let corners = strip
        .corners()
        .map(|it| Point::new((it.x + 0.5) * scale.x, (it.y + 0.5) * scale.y));
    Strip::from_corners(&corners)
}

/// Connected regions of likely pixels, as strips of the map.
fn regions(map: &[f32], width: usize) -> Vec<Strip> {
    let mut left = dilated(map, width);
    let mut strips = Vec::new();
    for start in 0..left.len() {
        if left.get(start).copied().unwrap_or(false) {
            let region = flood(&mut left, width, start);
            strips.extend(strip_of(&region, map, width));
        }
    }
    strips
}

/// Text pixels, each also claiming its right, lower and lower right neighbour, so that thin gaps close.
fn dilated(map: &[f32], width: usize) -> Vec<bool> {
    let mut mask = vec![false; map.len()];
    for (at, _) in map
        .iter()
        .enumerate()
        .filter(|(_, likely)| **likely > PIXEL_MIN)
    {
        let at_edge = at % width + 1 == width;
        for (by, wraps) in [
            (0, false),
            (1, at_edge),
            (width, false),
            (width + 1, at_edge),
        ] {
            if let Some(pixel) = mask.get_mut(at + by).filter(|_| !wraps) {
                *pixel = true;
            }
        }
    }
    mask
}

/// Takes the region around `start` out of the mask; neighbours touch by side or corner.
fn flood(left: &mut [bool], width: usize, start: usize) -> Vec<usize> {
    let mut region = Vec::new();
    let mut waiting = vec![start];
    while let Some(at) = waiting.pop() {
        match left.get_mut(at) {
            Some(pixel) if *pixel => *pixel = false,
            _ => continue,
        }
        region.push(at);
        let column = at % width;
        let before = usize::from(column > 0);
        let after = usize::from(column + 1 < width);
        for row in [at.checked_sub(width), Some(at), Some(at + width)]
            .into_iter()
            .flatten()
        {
            waiting.extend(row - before..=row + after);
        }
    }
    region
}

fn strip_of(region: &[usize], map: &[f32], width: usize) -> Option<Strip> {
    if region.len() < REGION_PIXELS_MIN {
        return None;
    }
    let likely: f32 = region.iter().filter_map(|at| map.get(*at)).sum();
    if likely / (region.len() as f32) < REGION_MIN {
        return None;
    }
    let strip = smallest_rectangle(&hull(ends_of_rows(region, width)))?;
    (strip.thickness >= SHORT_SIDE_PX_MIN).then(|| strip.grown(UNCLIP))
}

/// The first and last pixel of every row: the hull of these is that of all.
fn ends_of_rows(region: &[usize], width: usize) -> Vec<Point> {
    let mut rows = std::collections::BTreeMap::<usize, (usize, usize)>::new();
    for at in region {
        let (row, column) = (at / width, at % width);
        let ends = rows.entry(row).or_insert((column, column));
        *ends = (ends.0.min(column), ends.1.max(column));
    }
    let point = |row: usize, column: usize| Point::new(column as f32, row as f32);
    rows.iter()
        .flat_map(|(row, (first, last))| [point(*row, *first), point(*row, *last)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map with these rectangles (left, top, width, height) at this probability.
    fn map(rectangles: &[(usize, usize, usize, usize, f32)]) -> Vec<f32> {
        let mut map = vec![0.0; 100 * 60];
        for (left, top, width, height, likely) in rectangles {
            for row in *top..top + height {
                map[row * 100 + left..row * 100 + left + width].fill(*likely);
            }
        }
        map
    }

    #[test]
    fn a_line_is_found_and_grown() {
        let strips = regions(&map(&[(20, 30, 40, 8, 0.9)]), 100);
        let [strip] = strips.as_slice() else {
            panic!("{strips:?}")
        };
        // Dilation adds a pixel to both sides: 41 x 9, grown by its area times 1.6 over its outline.
        let by = 41.0 * 9.0 * 1.6 / (2.0 * 50.0);
        assert!((strip.length - 41.0 - 2.0 * by).abs() < 0.01, "{strip:?}");
        assert!((strip.thickness - 9.0 - 2.0 * by).abs() < 0.01, "{strip:?}");
        assert_eq!((strip.centre, strip.angle), (Point::new(40.0, 34.0), 0.0));
    }

    #[test]
    fn what_is_faint_or_small_is_left_out() {
        assert_eq!(regions(&map(&[(20, 30, 40, 8, 0.2)]), 100).len(), 0);
        assert_eq!(regions(&map(&[(20, 30, 40, 8, 0.4)]), 100).len(), 0);
        assert_eq!(regions(&map(&[(20, 30, 2, 2, 0.9)]), 100).len(), 0);
        assert_eq!(regions(&map(&[(20, 30, 40, 1, 0.9)]), 100).len(), 0);
    }

    #[test]
    fn two_lines_stay_two_and_nothing_wraps_round_the_edge() {
        assert_eq!(
            regions(&map(&[(20, 10, 40, 8, 0.9), (20, 30, 40, 8, 0.9)]), 100).len(),
            2
        );
        assert_eq!(
            regions(&map(&[(90, 10, 10, 8, 0.9), (0, 10, 10, 8, 0.9)]), 100).len(),
            2
        );
        assert_eq!(regions(&map(&[(0, 0, 100, 60, 0.9)]), 100).len(), 1);
    }
}
