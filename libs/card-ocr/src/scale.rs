//! Pictures made smaller in one pass over their pixels.

use std::ops::Range;

use image::RgbImage;
use image::imageops::thumbnail;

/// The picture at this size, each pixel the mean of those that fall into it: the same as `image`'s `thumbnail`, which
/// asks for every pixel by its coordinates and takes ten times as long.
pub fn scaled(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    if picture.width() < width || picture.height() < height {
        return thumbnail(picture, width, height);
    }
    let columns: Vec<Range<usize>> = blocks(picture.width(), width).collect();
    let row_bytes = 3 * picture.width() as usize;
    let mut sums = vec![0u32; row_bytes];
    let mut bytes = Vec::with_capacity(3 * width as usize * height as usize);
    for rows in blocks(picture.height(), height) {
        sums.fill(0);
        let block = picture
            .as_raw()
            .get(rows.start * row_bytes..rows.end * row_bytes);
        for row in block.unwrap_or_default().chunks_exact(row_bytes) {
            sums.iter_mut()
                .zip(row)
                .for_each(|(sum, it)| *sum += u32::from(*it));
        }
        for block in &columns {
            let count = (block.len() * rows.len()) as u32;
            let mut colour = [count / 2; 3];
            let sums = sums.get(3 * block.start..3 * block.end);
            for pixel in sums.unwrap_or_default().chunks_exact(3) {
                colour
                    .iter_mut()
                    .zip(pixel)
                    .for_each(|(sum, it)| *sum += it);
            }
            bytes.extend(colour.map(|it| (it / count.max(1)) as u8));
        }
    }
    RgbImage::from_raw(width, height, bytes).unwrap_or_default()
}

/// `from` pixels in a row shared out among `to` fewer ones.
fn blocks(from: u32, to: u32) -> impl Iterator<Item = Range<usize>> {
    let ratio = from as f32 / to as f32;
    let end = move |at: f32| (at.ceil() as u32).min(from);
    (0..to).map(move |at| {
        let start = at as f32 * ratio;
        end(start).min(from - 1) as usize..end(start + ratio) as usize
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_what_the_slow_way_gives(from in (1u32..90, 1u32..90), to in (1u32..90, 1u32..90), seed in any::<u32>()) {
            let pixel = |x: u32, y: u32| image::Rgb([x, y, x ^ y].map(|it| (it.wrapping_mul(seed | 1) >> 7) as u8));
            let picture = RgbImage::from_fn(from.0, from.1, pixel);
            // Enlarging both ways is another algorithm, and not for comparing with itself.
            let to = (to.0.min(from.0), to.1.min(from.1));
            prop_assert!(scaled(&picture, to.0, to.1) == thumbnail(&picture, to.0, to.1));
        }
    }

    #[test]
    fn a_picture_may_also_grow() {
        let picture = RgbImage::from_pixel(3, 40, image::Rgb([9, 8, 7]));
        assert_eq!(scaled(&picture, 32, 32).dimensions(), (32, 32));
    }
}
