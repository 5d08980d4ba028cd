//! Citizen identification number, GB 11643-1999.

use std::fmt;

use crate::time::Day;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK: &[u8; 11] = b"10X98765432";

/// A citizen identification number whose date exists and whose check character is right.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdCard {
    text: String,
    born: Day,
}

/// Why a text is no citizen identification number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdCardError {
    /// Seventeen digits and a digit or X are expected; the numbers of 15 digits are obsolete.
    #[error("an ID number is 17 digits and a check character")]
    Form,
    /// The date of birth does not exist, is before 1850 or in the future.
    #[error("the date of birth in the ID number is impossible")]
    Date,
    /// The last character does not fit the others.
    #[error("the check character of the ID number is wrong")]
    CheckCharacter,
}

impl IdCard {
    /// Reads a number; a small x counts as X. Divisions are never judged, since old ones stay on valid cards.
    ///
    /// # Errors
    /// [`IdCardError`] says which rule of GB 11643-1999 is broken.
    pub fn parse(text: &str, today: Day) -> Result<Self, IdCardError> {
        let text = text.to_ascii_uppercase();
        let (digits, check) = match text.as_bytes() {
            [digits @ .., check] if digits.len() == 17 => (digits, *check),
            _ => return Err(IdCardError::Form),
        };
        if !digits.iter().all(u8::is_ascii_digit) || !(check.is_ascii_digit() || check == b'X') {
            return Err(IdCardError::Form);
        }
        let born = birth_day(digits)
            .filter(|born| born.year() >= 1850 && *born <= today)
            .ok_or(IdCardError::Date)?;
        let sum: u32 = digits
            .iter()
            .zip(WEIGHTS)
            .map(|(digit, weight)| u32::from(digit - b'0') * weight)
            .sum();
        let expected = usize::try_from(sum % 11).ok().and_then(|at| CHECK.get(at));
        if expected != Some(&check) {
            return Err(IdCardError::CheckCharacter);
        }
        Ok(Self { text, born })
    }

    /// The number as text, with a capital X.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The date of birth.
    #[must_use]
    pub const fn born(&self) -> Day {
        self.born
    }
}

impl fmt::Debug for IdCard {
    /// Personal data stay out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdCard(..)")
    }
}

fn birth_day(digits: &[u8]) -> Option<Day> {
    let number = |from: usize, to: usize| {
        std::str::from_utf8(digits.get(from..to)?)
            .ok()?
            .parse::<i16>()
            .ok()
    };
    Day::new(
        number(6, 10)?,
        i8::try_from(number(10, 12)?).ok()?,
        i8::try_from(number(12, 14)?).ok()?,
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VALID: [&str; 2] = ["11010519491231002X", "440524188001010014"];

    fn today() -> Day {
        Day::new(2026, 1, 1).expect("a day")
    }

    #[test]
    fn known_numbers_pass() {
        for text in VALID {
            assert_eq!(IdCard::parse(text, today()).expect(text).as_str(), text);
        }
        assert_eq!(
            IdCard::parse("11010519491231002x", today())
                .expect("small x")
                .born(),
            Day::new(1949, 12, 31).expect("a day")
        );
    }

    #[test]
    fn wrong_forms_are_named() {
        for text in [
            "",
            "110105491231002",
            "1101051949123100２X",
            "11010519491231002Y",
            "X1010519491231002X",
        ] {
            assert_eq!(
                IdCard::parse(text, today()),
                Err(IdCardError::Form),
                "{text}"
            );
        }
        assert_eq!(
            IdCard::parse("110105194902300021", today()),
            Err(IdCardError::Date)
        );
        assert_eq!(
            IdCard::parse("11010520491231002X", today()),
            Err(IdCardError::Date)
        );
        assert_eq!(
            IdCard::parse("110105194912310021", today()),
            Err(IdCardError::CheckCharacter)
        );
    }

    proptest! {
        #[test]
        fn any_single_change_is_refused(which in 0..VALID.len(), at in 0..18usize, digit in b'0'..=b'9') {
            let mut bytes = VALID[which].as_bytes().to_vec();
            prop_assume!(bytes[at] != digit);
            bytes[at] = digit;
            prop_assert!(IdCard::parse(&String::from_utf8(bytes).expect("ascii"), today()).is_err());
        }

        #[test]
        fn no_text_panics(text in ".{0,24}") {
            let _ = IdCard::parse(&text, today());
        }
    }
}
