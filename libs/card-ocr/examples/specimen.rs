//! Writes the photos of `tests/photos`: `specimen FOLDER`. They are of tuning seeds, small, and need no font to be read.

#![allow(clippy::print_stdout, clippy::panic, reason = "a tool for maintainers")]

use card_ocr_specimens::{Condition, Fonts, Kind, Seed, draw, shoot_at};

const PHOTOS: [(&str, Kind, Condition, u32); 6] = [
    ("id-front", Kind::IdCardFront, Condition::InHand, 1280),
    ("id-back", Kind::IdCardBack, Condition::UpsideDown, 1280),
    (
        "id-front-noted",
        Kind::IdCardFront,
        Condition::NotedSideways,
        1280,
    ),
    ("licence-wide", Kind::WideLicence, Condition::InHand, 2000),
    (
        "licence-upright",
        Kind::UprightLicence,
        Condition::Sideways,
        2000,
    ),
    ("attorney", Kind::PowerOfAttorney, Condition::InHand, 2000),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(folder) = std::env::args().nth(1) else {
        panic!("specimen FOLDER")
    };
    let fonts = Fonts::installed().ok_or("no fonts: apt-get install fonts-noto-cjk")?;
    for (number, (name, kind, condition, long)) in (100..).zip(PHOTOS) {
        let seed = Seed::tuning(number);
        let specimen = draw(kind, seed, &fonts);
        std::fs::write(
            format!("{folder}/{name}.jpg"),
            shoot_at(&specimen, condition, seed, long),
        )?;
        println!("{name}: {:?}", specimen.truth);
    }
    Ok(())
}
