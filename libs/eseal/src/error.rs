//! What can be wrong with the wish for a seal.

use core::fmt;

/// Which text of the seal an [`Error`] speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The name on the upper arc.
    Name,
    /// The horizontal text below the star.
    BottomText,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "name",
            Self::BottomText => "bottom text",
        })
    }
}

/// Why a character can stand in no seal, whatever the font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CharacterClass {
    /// A control character, or a line or paragraph separator.
    Control,
    /// A bidirectional control: it would make the text read otherwise than it is stored.
    BidiControl,
    /// Another invisible format character (zero-width space, joiner, tag, soft hyphen).
    Format,
    /// A private-use character: its picture is whatever the last font says.
    PrivateUse,
    /// A code point without a character, noncharacters included.
    Unassigned,
}

impl fmt::Display for CharacterClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Control => "control",
            Self::BidiControl => "bidirectional control",
            Self::Format => "invisible format",
            Self::PrivateUse => "private-use",
            Self::Unassigned => "unassigned",
        })
    }
}

/// Why no seal, or no picture of it, was made. [`Error::code`] is stable; the words may change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Fewer characters than a seal needs, after trimming.
    #[error("the {field} has {characters} characters, fewer than {min}")]
    TooShort {
        /// The text in question.
        field: Field,
        /// Characters (Unicode scalar values) after trimming.
        characters: usize,
        /// The fewest that are allowed.
        min: usize,
    },
    /// More characters than a seal can hold, after trimming.
    #[error("the {field} has more than {max} characters")]
    TooLong {
        /// The text in question.
        field: Field,
        /// The most that are allowed.
        max: usize,
    },
    /// A character that may stand in no seal.
    #[error("character {position} of the {field}, U+{:04X}, is a {class} character", u32::from(*character))]
    Forbidden {
        /// The text in question.
        field: Field,
        /// Counted in characters from 1, after trimming.
        position: usize,
        /// The character; do not print it as it is.
        character: char,
        /// Why it is refused.
        class: CharacterClass,
    },
    /// A character that the font does not have.
    #[error("character {position} of the {field}, {character:?} (U+{:04X}), is not in the seal font", u32::from(*character))]
    MissingGlyph {
        /// The text in question.
        field: Field,
        /// Counted in characters from 1, after trimming.
        position: usize,
        /// The character.
        character: char,
    },
    /// The code on the rim is not 13 ASCII digits.
    #[error("the code on the rim is not 13 digits")]
    Code,
    /// The diameter is none of 38, 40 and 42 mm.
    #[error("a round seal of {0} mm is not made; 38, 40 and 42 mm are")]
    Diameter(u8),
    /// The rim is thinner or thicker than a rim may be.
    #[error("a rim of {0} um is outside 800 to 1600")]
    Rim(u32),
    /// The resolution is outside [`crate::DPI_MIN`]`..=`[`crate::DPI_MAX`].
    #[error("{0} dpi is outside 36 to 1200")]
    Dpi(u32),
    /// The compiled-in font or the picture writer failed, which no input causes.
    #[error("internal: {0}")]
    Internal(&'static str),
}

impl Error {
    /// A stable word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooShort { .. } => "seal_text_too_short",
            Self::TooLong { .. } => "seal_text_too_long",
            Self::Forbidden { class, .. } => match class {
                CharacterClass::Control => "seal_text_control",
                CharacterClass::BidiControl => "seal_text_bidi_control",
                CharacterClass::Format => "seal_text_format",
                CharacterClass::PrivateUse => "seal_text_private_use",
                CharacterClass::Unassigned => "seal_text_unassigned",
            },
            Self::MissingGlyph { .. } => "seal_text_missing_glyph",
            Self::Code => "seal_code",
            Self::Diameter(_) => "seal_diameter",
            Self::Rim(_) => "seal_rim",
            Self::Dpi(_) => "seal_dpi",
            Self::Internal(_) => "seal_internal",
        }
    }
}
