//! Unified social credit code, GB 32100-2015: two independent check characters.

use super::Found;
use super::confusion::{Search, unique_repair};

/// No I, O, S, V or Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];
/// Of the organisation code inside, GB 11714.
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
/// First characters: who registers (GB 32100 table 1; new letters may come).
const REGISTRARS: &[u8] = b"123456789ANY";

/// A code of 18 characters whose last one is right.
#[derive(Clone, PartialEq, Eq)]
pub struct Uscc(String);

impl Uscc {
    /// Takes 18 characters of the alphabet with digits for the region.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let (body, check) = match text {
            [body @ .., check] if body.len() == 17 => (body, check),
            _ => return None,
        };
        let region = body.get(2..8)?;
        if !body.first().is_some_and(|it| REGISTRARS.contains(it))
            || !region.iter().all(u8::is_ascii_digit)
        {
            return None;
        }
        let mut sum = 0;
        for (character, weight) in body.iter().zip(WEIGHTS) {
            sum += ALPHABET.iter().position(|it| it == character)? * weight;
        }
        if ALPHABET.get((31 - sum % 31) % 31) != Some(check) {
            return None;
        }
        String::from_utf8(text.to_vec()).ok().map(Self)
    }

    /// Takes what a recogniser made of a code. A repaired one passes both checks.
    pub fn read(text: &[char], doubtful: &[bool]) -> Option<(Self, Found)> {
        let mapped = mapped(text)?;
        if let Some(code) = Self::parse(&mapped) {
            return Some((code, Found::AsRead));
        }
        let passes =
            |it: &[u8]| Self::parse(it).is_some_and(|code| has_organisation_check(code.as_str()));
        let search = Search {
            doubtful,
            alphabet: ALPHABET,
            passes: &passes,
        };
        let repaired = unique_repair(&mapped, &search, 2)?;
        Some((Self::parse(&repaired)?, Found::Repaired))
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether characters 9 to 17, the organisation code, hold by their own check character.
pub fn has_organisation_check(code: &str) -> bool {
    let Some([body @ .., check]) = code.as_bytes().get(8..17) else {
        return false;
    };
    let value = |byte: &u8| char::from(*byte).to_digit(36).unwrap_or(0);
    let sum: u32 = body
        .iter()
        .zip(ORGANISATION_WEIGHTS)
        .map(|(it, weight)| value(it) * weight)
        .sum();
    let expected = match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    };
    *check == expected
}

/// The 18 characters within the alphabet, or nothing where one can be none of it.
fn mapped(text: &[char]) -> Option<Vec<u8>> {
    if text.len() != 18 {
        return None;
    }
    text.iter()
        .enumerate()
        .map(|(at, character)| {
            let byte = match u8::try_from(*character).ok()?.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'|' => b'1',
                b'Z' => b'2',
                b'S' => b'5',
                b'V' => b'U',
                other => other,
            };
            let byte = match (at, byte) {
                (2..=7, b'B') => b'8',
                (2..=7, b'G') => b'6',
                (2..=7, b'D' | b'Q') => b'0',
                (2..=7, b'A') => b'4',
                (_, other) => other,
            };
            ALPHABET.contains(&byte).then_some(byte)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// From the standard and published examples.
    const VALID: [&str; 5] = [
        "91350100M000100Y43",
        "91110000802100433B",
        "91440300708461136T",
        "9144030071526726XG",
        "91330100799655058B",
    ];

    fn read(text: &str) -> Option<(String, Found)> {
        let characters: Vec<char> = text.chars().collect();
        Uscc::read(&characters, &[true; 18]).map(|(it, found)| (it.as_str().to_owned(), found))
    }

    #[test]
    fn unit_6_codes_pass_by_their_last_character() {
        for text in VALID {
            assert_eq!(read(text), Some((text.to_owned(), Found::AsRead)));
            assert!(has_organisation_check(text));
        }
        assert_eq!(
            read("9I35OI00M00OI00Y43"),
            Some((VALID[0].to_owned(), Found::AsRead))
        );
        for text in [
            "91350100M000100Y44",
            "91350100M000100Y4",
            "9135A100M000100Y43",
            "0135010AM000100Y43",
        ] {
            assert!(Uscc::parse(text.as_bytes()).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn unit_6_no_single_error_passes(code in 0..VALID.len(), at in 0..18usize, which in 0..31usize) {
            let mut bytes = VALID[code].as_bytes().to_vec();
            prop_assume!(bytes[at] != ALPHABET[which]);
            bytes[at] = ALPHABET[which];
            prop_assert!(Uscc::parse(&bytes).is_none());
        }

        #[test]
        fn whatever_is_read_holds(text in "9[12][0-9BGQ]{6}[0-9A-Z]{10}") {
            if let Some((code, found)) = read(&text) {
                prop_assert!(Uscc::parse(code.as_bytes()).is_some());
                prop_assert!(found == Found::AsRead || has_organisation_check(&code));
            }
        }
    }
}
