//! Specimens of ID cards, business licences and powers of attorney, drawn by code and photographed by code.
//!
//! Names, addresses and firms are invented; numbers pass their checks and belong to nobody; every paper bears 样本.
//! A [`Seed`] decides everything, and seeds on which thresholds are chosen are never those of the figures.
//!
//! Invariant: this crate knows how papers and bad photos look, and nothing of how they are read. It is for tests and
//! figures and ships with nothing.

mod attorney;
mod camera;
mod dice;
mod facts;
mod id_card;
mod ink;
mod licence;

pub use camera::{Condition, ORDINARY, shoot, shoot_at};
pub use dice::Seed;
pub use ink::Fonts;

use image::RgbImage;

/// What to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The side of an ID card with the portrait.
    IdCardFront,
    /// The side with the emblem.
    IdCardBack,
    /// A business licence in the wide form of 2019.
    WideLicence,
    /// A business licence in the upright form of 2014.
    UprightLicence,
    /// A power of attorney.
    PowerOfAttorney,
}

/// All of them.
pub const KINDS: [Kind; 5] = [
    Kind::IdCardFront,
    Kind::IdCardBack,
    Kind::WideLicence,
    Kind::UprightLicence,
    Kind::PowerOfAttorney,
];

/// A paper, flat and well lit, and what is written on it.
#[derive(Debug, Clone)]
pub struct Specimen {
    /// What it is.
    pub kind: Kind,
    /// The paper without anything around it.
    pub picture: RgbImage,
    /// Fields by name.
    pub truth: Vec<(&'static str, String)>,
}

/// Draws one paper.
#[must_use]
pub fn draw(kind: Kind, seed: Seed, fonts: &Fonts) -> Specimen {
    let mut dice = seed.dice();
    let (picture, truth) = match kind {
        Kind::IdCardFront => id_card::front(&mut dice, fonts),
        Kind::IdCardBack => id_card::back(&mut dice, fonts),
        Kind::WideLicence => licence::wide(&mut dice, fonts),
        Kind::UprightLicence => licence::upright(&mut dice, fonts),
        Kind::PowerOfAttorney => attorney::draw(&mut dice, fonts),
    };
    Specimen {
        kind,
        picture,
        truth,
    }
}
