//! Bytes that want to harm: no panic, and the size is judged before anything is decoded.

use std::io::Cursor;

use card_ocr::{Error, Expect, limits};
use image::{ImageFormat, RgbImage, imageops};
use proptest::prelude::*;

use crate::reader;

/// A card, small enough that many can be read.
fn small(format: ImageFormat) -> Vec<u8> {
    let path = format!("{}/tests/photos/id-front.jpg", env!("CARGO_MANIFEST_DIR"));
    let photo = image::load_from_memory(&std::fs::read(path).unwrap())
        .unwrap()
        .into_rgb8();
    let small: RgbImage = imageops::thumbnail(&photo, 160, 120);
    let mut bytes = Cursor::new(Vec::new());
    small.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Reads whatever it is; an error is an answer too.
fn read(bytes: &[u8]) {
    if let Ok(reading) = reader().read(bytes, Expect::Any) {
        assert!(reading.lines.len() <= limits::LINES_MAX);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn damaged_pictures_do_no_harm(
        is_png in any::<bool>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = small(if is_png { ImageFormat::Png } else { ImageFormat::Jpeg });
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        read(&bytes);
    }

    #[test]
    fn any_bytes_do_no_harm(mut bytes in proptest::collection::vec(any::<u8>(), 0..400), start in 0..3usize) {
        let starts: [&[u8]; 3] = [b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b""];
        bytes.splice(0..0, starts[start].iter().copied());
        read(&bytes);
    }
}

#[test]
fn a_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded() {
    // The header's sizes are set to 30,000 x 30,000, as a decompression bomb would have them.
    let side = 30_000u32.to_be_bytes();
    let mut png = small(ImageFormat::Png);
    png.splice(16..24, [side, side].concat());
    let sum = crc(&png[12..29]);
    png.splice(29..33, sum.to_be_bytes());
    assert!(matches!(
        reader().read(&png, Expect::Any),
        Err(Error::TooManyPixels { .. })
    ));
    let mut jpeg = small(ImageFormat::Jpeg);
    let frame = jpeg
        .windows(2)
        .position(|it| it[0] == 0xff && (0xc0..=0xc2).contains(&it[1]))
        .unwrap();
    jpeg.splice(frame + 5..frame + 9, [side[2], side[3], side[2], side[3]]);
    assert!(matches!(
        reader().read(&jpeg, Expect::Any),
        Err(Error::TooManyPixels { .. })
    ));
}

/// CRC-32 as PNG has it, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                sum >> 1 ^ 0xedb8_8320
            } else {
                sum >> 1
            };
        }
    }
    !sum
}

#[test]
fn pictures_of_odd_shapes_are_read_as_nothing() {
    for (width, height) in [(1, 1), (1, 900), (3000, 2), (33, 31)] {
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::new(width, height)
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        let reading = reader().read(&bytes.into_inner(), Expect::Any).unwrap();
        assert_eq!(
            (reading.papers.len(), reading.retake),
            (0, Some(card_ocr::Retake::NothingFound))
        );
    }
}
