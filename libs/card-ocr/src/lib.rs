//! Reads Chinese ID cards, business licences and powers of attorney from phone photos, offline and in pure Rust.
//!
//! [`Reader::embedded`] loads the models once; [`Reader::read`] turns the bytes of a JPEG or PNG file into a [`Reading`]:
//! papers with typed fields, each with its [`Grade`], or a [`Retake`] with the reason. Numbers are checked by their check
//! characters. Nothing here proves that a paper is genuine.
//!
//! Invariant: this crate knows pictures and papers and nothing else: no file, network, clock or randomness, nobody's
//! account, and it keeps nothing of what it read. Bytes are bounded before they are decoded, and no bytes make it panic.

mod bands;
mod check;
mod crop;
mod detect;
mod direction;
mod error;
mod fields;
mod geometry;
pub mod limits;
mod line;
mod models;
mod page;
mod photo;
mod reader;
mod reading;
mod recognise;
mod retake;
mod scale;
mod share;
mod variants;
mod weights;

pub use error::Error;
pub use geometry::Point;
pub use line::{Glyph, Line, normal_text};
pub use reader::{Models, Reader, understand};
pub use reading::{
    BusinessLicence, Expect, Field, Grade, IdCardBack, IdCardFront, Paper, PowerOfAttorney, Reading,
};
pub use retake::Retake;
