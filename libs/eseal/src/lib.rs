//! Electronic seal artwork as vector outlines: to SVG, PNG and a PDF form without fonts.
//!
//! [`round_company_seal`] turns a checked text and a style into an [`Artwork`]: one list of closed outlines in whole
//! micrometres, from which every picture of the seal is made. The same input gives the same bytes.
//!
//! Invariant: this crate knows how a seal looks and nothing else: no file, network, clock, randomness or key, nobody's
//! right to a seal, and no structure of a document that carries it. The font is the one compiled in; text from outside
//! leaves as outlines only, never as text.

mod artwork;
mod error;
mod font;
mod outline;
mod pdf;
mod pixels;
mod round;
mod round_layout;
mod svg;
mod text;

pub use artwork::{Artwork, Kind};
pub use error::{CharacterClass, Error, Field};
pub use font::font_file;
pub use outline::{Outline, Part, Point, Segment};
pub use pdf::PdfForm;
pub use pixels::{DPI_MAX, DPI_MIN};
pub use round::{RIM_UM_MAX, RIM_UM_MIN, RoundSeal, Style, round_company_seal};
pub use text::{BOTTOM_TEXT_CHARACTERS_MAX, CODE_DIGITS, NAME_CHARACTERS_MAX, NAME_CHARACTERS_MIN};
