//! Unified social credit code, GB 32100-2015; the organisation code inside it, GB 11714-1997.

use std::fmt;

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Powers of 3 modulo 31.
const WEIGHTS: [u32; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];
const INNER_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A unified social credit code whose check character is right.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Uscc(String);

/// Why a text is no unified social credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UsccError {
    /// Eighteen characters are expected.
    #[error("a unified social credit code has 18 characters")]
    Length,
    /// I, O, S, V, Z, lower case letters and everything else outside the alphabet.
    #[error("a character is outside the alphabet of GB 32100")]
    Character,
    /// The last character does not fit the others.
    #[error("the check character is wrong")]
    CheckCharacter,
}

impl Uscc {
    /// Reads a code in upper case.
    ///
    /// # Errors
    /// [`UsccError`] says which rule of GB 32100-2015 is broken.
    pub fn parse(text: &str) -> Result<Self, UsccError> {
        if text.chars().count() != 18 {
            return Err(UsccError::Length);
        }
        let values = text
            .bytes()
            .map(value)
            .collect::<Option<Vec<_>>>()
            .ok_or(UsccError::Character)?;
        let sum: u32 = values
            .iter()
            .zip(WEIGHTS)
            .map(|(value, weight)| value * weight)
            .sum();
        if values.last() != Some(&((31 - sum % 31) % 31)) {
            return Err(UsccError::CheckCharacter);
        }
        Ok(Self(text.to_owned()))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the organisation code in positions 9 to 17 has the check character of GB 11714. Some old codes do not:
    /// that is worth a warning and never a refusal.
    #[must_use]
    pub fn inner_check_holds(&self) -> bool {
        let inner: Vec<u8> = self.0.bytes().skip(8).take(9).collect();
        let sum: u32 = inner
            .iter()
            .zip(INNER_WEIGHTS)
            .map(|(&byte, weight)| inner_value(byte) * weight)
            .sum();
        let expected = match 11 - sum % 11 {
            10 => b'X',
            11 => b'0',
            digit => b'0' + u8::try_from(digit).unwrap_or(0),
        };
        inner.last() == Some(&expected)
    }
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn value(byte: u8) -> Option<u32> {
    ALPHABET
        .iter()
        .position(|&letter| letter == byte)
        .and_then(|at| u32::try_from(at).ok())
}

fn inner_value(byte: u8) -> u32 {
    char::from(byte).to_digit(36).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VALID: [&str; 5] = [
        "91350100M000100Y43",
        "91110000802100433B",
        "91440300708461136T",
        "9144030071526726XG",
        "91330100799655058B",
    ];

    #[test]
    fn known_codes_pass_both_checks() {
        for text in VALID {
            assert!(Uscc::parse(text).expect(text).inner_check_holds(), "{text}");
        }
    }

    #[test]
    fn wrong_forms_are_named() {
        assert_eq!(Uscc::parse("9135"), Err(UsccError::Length));
        assert_eq!(
            Uscc::parse("91350100M000100Y4３"),
            Err(UsccError::Character)
        );
        assert_eq!(Uscc::parse("91350100m000100Y43"), Err(UsccError::Character));
        assert_eq!(
            Uscc::parse("91350100M000100Y44"),
            Err(UsccError::CheckCharacter)
        );
    }

    #[test]
    fn a_wrong_inner_check_only_warns() {
        // The inner check character raised by one, the outer one made to fit.
        let code = ALPHABET
            .iter()
            .find_map(|&c| Uscc::parse(&format!("91110000802100434{}", char::from(c))).ok());
        assert!(!code.expect("one check character fits").inner_check_holds());
    }

    proptest! {
        #[test]
        fn any_single_change_is_refused(which in 0..VALID.len(), at in 0..18usize, letter in 0..31usize) {
            let mut bytes = VALID[which].as_bytes().to_vec();
            prop_assume!(bytes[at] != ALPHABET[letter]);
            bytes[at] = ALPHABET[letter];
            prop_assert_eq!(Uscc::parse(&String::from_utf8(bytes).expect("ascii")), Err(UsccError::CheckCharacter));
        }

        #[test]
        fn no_text_panics(text in ".{0,24}") {
            let _ = Uscc::parse(&text);
        }
    }
}
