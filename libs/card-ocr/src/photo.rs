//! A file becomes an upright picture: bounds first, then decoding, then the orientation that the camera noted.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, Limits, RgbImage};

use crate::limits::{DECODED_BYTES_MAX, FILE_BYTES_MAX, LONG_SIDE_PX_MAX, PIXELS_MAX};
use crate::{Error, scale};

pub fn decode(bytes: &[u8]) -> Result<RgbImage, Error> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Error::FileTooLarge {
            found: bytes.len(),
            most: FILE_BYTES_MAX,
        });
    }
    match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => {
            upright(JpegDecoder::new(Cursor::new(bytes)).map_err(Error::Decode)?)
        }
        Ok(ImageFormat::Png) => {
            let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits());
            upright(decoder.map_err(Error::Decode)?)
        }
        _ => Err(Error::Format),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(2 * DECODED_BYTES_MAX);
    limits
}

fn upright(mut decoder: impl ImageDecoder) -> Result<RgbImage, Error> {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 || pixels > PIXELS_MAX || decoder.total_bytes() > DECODED_BYTES_MAX {
        return Err(Error::TooManyPixels { width, height });
    }
    decoder.set_limits(limits()).map_err(Error::Decode)?;
    let orientation = decoder.orientation().map_err(Error::Decode)?;
    let full = DynamicImage::from_decoder(decoder).map_err(Error::Decode)?;
    // Made smaller before it is turned, so that two full pictures never lie in memory.
    let (width, height) = fitted(full.width(), full.height(), LONG_SIDE_PX_MAX);
    let full = full.into_rgb8();
    let mut picture = DynamicImage::ImageRgb8(if full.dimensions() == (width, height) {
        full
    } else {
        scale::scaled(&full, width, height)
    });
    picture.apply_orientation(orientation);
    Ok(picture.into_rgb8())
}

/// The size with the same proportions whose long side is at most `most`.
pub fn fitted(width: u32, height: u32, most: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= most {
        return (width, height);
    }
    let scaled = |side: u32| {
        let side = u64::from(side) * u64::from(most) / u64::from(long);
        u32::try_from(side).unwrap_or(most).max(1)
    };
    (scaled(width), scaled(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_pictures_keep_their_proportions() {
        assert_eq!(fitted(8000, 4000, 4000), (4000, 2000));
        assert_eq!(fitted(300, 4000, 4000), (300, 4000));
        assert_eq!(fitted(1, 8000, 4000), (1, 4000));
    }

    #[test]
    fn what_is_no_picture_is_named() {
        assert!(matches!(decode(b""), Err(Error::Format)));
        assert!(matches!(decode(b"GIF89a......"), Err(Error::Format)));
        let long = vec![0; FILE_BYTES_MAX + 1];
        assert!(matches!(decode(&long), Err(Error::FileTooLarge { .. })));
    }
}
