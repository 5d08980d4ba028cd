//! The detector's first layers, run on one band of the picture after another.
//!
//! These layers work at half the picture's size, where every step holds 30 to 60 MB: on the whole picture at once they
//! alone decided how much memory a photo takes. They look at neighbours only, so a band with a margin gives what the
//! whole picture gives but for rounding; the layers after them work at a quarter of the size and less.

use std::ops::Range;

use image::RgbImage;
use rten_tensor::Tensor;
use rten_tensor::prelude::*;

use crate::Error;
use crate::models::Network;

/// The last value that depends on neighbours only, in the network of this crate.
const LAST: &str = "p2o.pd_op.relu.3.0";
/// Rows and columns of the picture for one of that value.
const SHRINKS: usize = 4;
/// Rows of that value in one band.
const BAND: usize = 40;
/// Rows of it that the picture's rows beyond a band reach into: what lies there is thrown away.
const MARGIN: usize = 1;

/// How likely each pixel is text. The picture's sides are multiples of 32.
pub fn probabilities(network: &Network, picture: &RgbImage) -> Result<Tensor<f32>, Error> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    if !network.knows(LAST) {
        return network.run([1, 3, height, width], planes(picture, 0..height));
    }
    let (columns, rows) = (width / SHRINKS, height / SHRINKS);
    let mut whole = Vec::new();
    let mut channels = 0;
    for from in (0..rows).step_by(BAND) {
        let to = rows.min(from + BAND);
        let (above, below) = (from.saturating_sub(MARGIN), rows.min(to + MARGIN));
        let numbers = planes(picture, SHRINKS * above..SHRINKS * below);
        let band = network.run_up_to(LAST, [1, 3, SHRINKS * (below - above), width], numbers)?;
        channels = match *band.shape() {
            [1, channels, found, across] if [found, across] == [below - above, columns] => channels,
            _ => return Err(network.failed()),
        };
        whole.resize(channels * rows * columns, 0.0);
        let places = whole.chunks_exact_mut(rows * columns);
        for (place, part) in places.zip(band.into_data().chunks_exact((below - above) * columns)) {
            let place = place.get_mut(from * columns..to * columns);
            let part = part.get((from - above) * columns..(to - above) * columns);
            if let Some((place, part)) = place.zip(part) {
                place.copy_from_slice(part);
            }
        }
    }
    network.run_from(LAST, [1, channels, rows, columns], whole)
}

/// Blue, green and red of some rows one after the other, each from -1 to 1.
fn planes(picture: &RgbImage, rows: Range<usize>) -> Vec<f32> {
    let row = 3 * picture.width() as usize;
    let rgb = picture.as_raw().get(rows.start * row..rows.end * row);
    let rgb = rgb.unwrap_or_default();
    let channel = |which: usize| {
        rgb.iter()
            .skip(which)
            .step_by(3)
            .map(|it| f32::from(*it) / 127.5 - 1.0)
    };
    channel(2).chain(channel(1)).chain(channel(0)).collect()
}

#[cfg(all(test, feature = "ocr-embedded"))]
mod tests {
    use super::*;
    use rten::Model;

    #[test]
    fn channels_are_laid_out_blue_first() {
        let pixel = |x: u32, _| image::Rgb(if x == 0 { [255, 0, 0] } else { [0, 0, 255] });
        let picture = RgbImage::from_fn(2, 1, pixel);
        assert_eq!(planes(&picture, 0..1), [-1.0, 1.0, -1.0, -1.0, 1.0, -1.0]);
    }

    #[test]
    fn bands_give_what_the_whole_picture_gives() {
        let model = Model::load_static_slice(include_bytes!("../models/det.onnx"));
        let network = Network::of(model, None, "text detection").unwrap();
        assert!(network.knows(LAST));
        // Three bands, the last of them a short one.
        let pixel =
            |x: u32, y: u32| image::Rgb([x * 7, y * 5, (x / 9) * (y / 7) * 31].map(|it| it as u8));
        let picture = RgbImage::from_fn(64, 352, pixel);
        let whole = network
            .run([1, 3, 352, 64], planes(&picture, 0..352))
            .unwrap();
        let banded = probabilities(&network, &picture).unwrap();
        assert_eq!(banded.shape(), whole.shape());
        let (banded, whole) = (banded.into_data(), whole.into_data());
        assert!(banded.iter().zip(&whole).all(|(a, b)| (a - b).abs() < 1e-5));
    }
}
