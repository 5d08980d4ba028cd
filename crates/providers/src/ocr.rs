//! Reading papers from photos (IDV-1, UNIT-1, UNIT-6).

mod local;

pub use local::LocalOcr;

use crate::Provider;
use crate::answer::Answer;

/// What a photo is supposed to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// The side of an ID card with the portrait.
    IdCardFront,
    /// The side of an ID card with the emblem.
    IdCardBack,
    /// A business licence.
    BusinessLicence,
    /// A power of attorney.
    PowerOfAttorney,
}

/// A field that was read.
#[derive(Clone, PartialEq, Eq)]
pub struct Field {
    /// Front of an ID card: `name`, `sex`, `nation`, `birth`, `address`, `id_number`; its back: `authority`, `valid_from`,
    /// `valid_to` (`YYYY-MM-DD`, the end also `长期`). Licence: `uscc`, `name`, `kind`, `legal_representative`, `capital`,
    /// `established`, `address`. Power of attorney: `company`, `uscc`, `legal_representative`, `agent`, `agent_id_number`,
    /// `valid_from`, `valid_to`.
    pub name: &'static str,
    /// As it is to be filled in; never empty.
    pub text: String,
    /// Whether it may be taken without a person's look at it.
    pub sure: bool,
}

/// Why a photo should be taken again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retake {
    /// No paper is to be seen.
    NothingFound,
    /// Another paper, or the other side.
    WrongDocument,
    /// The paper runs out of the photo.
    CutOff,
    /// The text is too small.
    TooFar,
    /// Not sharp, or light falls on it.
    Unclear,
    /// Something that must be on it was not found.
    FieldsMissing,
    /// The bytes are no picture that can be read.
    NoPicture,
}

impl Retake {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NothingFound => "nothing_found",
            Self::WrongDocument => "wrong_document",
            Self::CutOff => "cut_off",
            Self::TooFar => "too_far",
            Self::Unclear => "unclear",
            Self::FieldsMissing => "fields_missing",
            Self::NoPicture => "no_picture",
        }
    }
}

/// What a photo said.
#[derive(Clone, PartialEq, Eq)]
pub enum Reading {
    /// These fields.
    Read(Vec<Field>),
    /// Take it again. What was read all the same is given too.
    Retake(Retake, Vec<Field>),
}

/// Reads papers.
pub trait Ocr: Provider {
    /// Reads one photo: JPEG or PNG bytes.
    fn read<'a>(&'a self, document: Document, photo: &'a [u8]) -> Answer<'a, Reading>;
}
