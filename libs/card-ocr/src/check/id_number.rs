//! Citizen identification number, GB 11643-1999: region, date of birth, serial, check character.

use super::Found;
use super::confusion::{Search, unique_repair};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK: &[u8; 11] = b"10X98765432";
/// First two digits: provinces, municipalities, regions, and 81 to 83 for residents of Hong Kong, Macau and Taiwan; and 10,
/// which is no division, so that specimens can have numbers that are nobody's.
const PROVINCES: [u8; 36] = [
    10, 11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51,
    52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
];

/// A number of 18 characters whose region and date exist and whose check character is right.
#[derive(Clone, PartialEq, Eq)]
pub struct IdNumber(String);

impl IdNumber {
    /// Takes 17 digits and a digit or X.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let (digits, check) = match text {
            [digits @ .., check] if digits.len() == 17 => (digits, check),
            _ => return None,
        };
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let number = std::str::from_utf8(digits).ok()?;
        let part = |from: usize, to: usize| number.get(from..to)?.parse::<u32>().ok();
        let province = u8::try_from(part(0, 2)?).ok()?;
        if !PROVINCES.contains(&province)
            || !date_exists(part(6, 10)?, part(10, 12)?, part(12, 14)?)
        {
            return None;
        }
        let sum: u32 = digits
            .iter()
            .zip(WEIGHTS)
            .map(|(it, weight)| u32::from(it - b'0') * weight)
            .sum();
        if CHECK.get((sum % 11) as usize) != Some(check) {
            return None;
        }
        String::from_utf8(text.to_vec()).ok().map(Self)
    }

    /// Takes what a recogniser made of a number; letters that look like digits are digits.
    pub fn read(text: &[char], doubtful: &[bool]) -> Option<(Self, Found)> {
        let mapped = mapped(text)?;
        if let Some(number) = Self::parse(&mapped) {
            return Some((number, Found::AsRead));
        }
        let search = Search {
            doubtful,
            alphabet: b"0123456789X",
            passes: &|it| Self::parse(it).is_some(),
        };
        // One in eleven wrong numbers passes, so no more than one character is touched.
        let repaired = unique_repair(&mapped, &search, 1)?;
        Some((Self::parse(&repaired)?, Found::Repaired))
    }

    /// The 18 characters, with a capital X.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `YYYY-MM-DD`.
    pub fn birth(&self) -> String {
        let part = |from: usize, to: usize| self.0.get(from..to).unwrap_or_default();
        format!("{}-{}-{}", part(6, 10), part(10, 12), part(12, 14))
    }

    /// By the parity of the 17th digit.
    pub fn is_male(&self) -> bool {
        self.0.as_bytes().get(16).is_some_and(|it| it % 2 == 1)
    }
}

/// The 18 characters as digits, or nothing where one can be no digit.
fn mapped(text: &[char]) -> Option<Vec<u8>> {
    if text.len() != 18 {
        return None;
    }
    text.iter()
        .enumerate()
        .map(|(at, character)| match (at, character) {
            (_, '0'..='9') => u8::try_from(*character).ok(),
            (17, 'X' | 'x' | '×') => Some(b'X'),
            (_, 'O' | 'o' | 'D' | 'Q') => Some(b'0'),
            (_, 'I' | 'l' | '|') => Some(b'1'),
            (_, 'Z') => Some(b'2'),
            (_, 'S') => Some(b'5'),
            (_, 'B') => Some(b'8'),
            (_, 'G') => Some(b'6'),
            _ => None,
        })
        .collect()
}

/// A day of the Gregorian calendar on which somebody with a card may have been born.
pub fn date_exists(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1850..=2200).contains(&year) && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const VALID: [&str; 2] = ["11010519491231002X", "440524188001010014"];

    fn read(text: &str) -> Option<(String, Found)> {
        let characters: Vec<char> = text.chars().collect();
        IdNumber::read(&characters, &[true; 18]).map(|(it, found)| (it.as_str().to_owned(), found))
    }

    #[test]
    fn idv_1_numbers_pass_by_their_check_character() {
        for text in VALID {
            assert_eq!(read(text), Some((text.to_owned(), Found::AsRead)));
        }
        assert_eq!(read("11010519491231002x").unwrap().0, VALID[0]);
        assert_eq!(
            read("IIO1O519491Z31002X"),
            Some((VALID[0].to_owned(), Found::AsRead))
        );
        let number = IdNumber::parse(VALID[0].as_bytes()).unwrap();
        assert_eq!(
            (number.birth().as_str(), number.is_male()),
            ("1949-12-31", false)
        );
        // Region 00, 30 February, month 13, 17 characters, a letter inside.
        for text in [
            "000105194912310021",
            "110105194902300021",
            "110105194913310021",
            "1101051949123100X",
            "1101051949A231002X",
        ] {
            assert!(IdNumber::parse(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn idv_1_a_repair_is_marked_and_only_made_when_it_is_the_only_one() {
        // 3 read as 8 in the day: 82 is no day, and of the likely characters only 3 fits.
        assert_eq!(
            read("11010519491281002X"),
            Some((VALID[0].to_owned(), Found::Repaired))
        );
        assert_eq!(read("99010519491281002X"), None);
    }

    proptest! {
        #[test]
        fn idv_1_no_single_error_passes(which in 0..VALID.len(), at in 0..18usize, digit in b'0'..=b'9') {
            let mut bytes = VALID[which].as_bytes().to_vec();
            prop_assume!(bytes[at] != digit);
            bytes[at] = digit;
            prop_assert!(IdNumber::parse(&bytes).is_none());
        }

        #[test]
        fn whatever_is_read_holds(text in "[0-9XxOIlZSBG]{17,19}") {
            if let Some((number, _)) = read(&text) {
                prop_assert!(IdNumber::parse(number.as_bytes()).is_some());
            }
        }
    }
}
