//! Mobile numbers, kept in the form of ITU-T E.164: of the four areas that are known by heart, and of areas that an operator adds.

use std::fmt;

/// A dialling area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    /// +86
    Mainland,
    /// +852
    HongKong,
    /// +853
    Macau,
    /// +886
    Taiwan,
    /// Elsewhere.
    Other(CallingCode),
}

/// A calling code of an area that is not known by heart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CallingCode(u16);

impl CallingCode {
    /// Reads `+81`: one to three digits, the first of them no 0.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?;
        let form = (1..=3).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0');
        form.then(|| digits.parse().ok()).flatten().map(Self)
    }
}

/// Digits of a national number elsewhere: with a calling code it has at most the fifteen of E.164.
const ELSEWHERE_DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// A mobile number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone {
    area: Area,
    national: String,
}

/// Why a text is no mobile number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// The area is not served.
    #[error("the area is not served")]
    Area,
    /// The number is not a mobile number of its area.
    #[error("not a mobile number of its area")]
    Number,
}

impl Area {
    /// The four that every deployment serves.
    pub const KNOWN: [Self; 4] = [Self::Mainland, Self::HongKong, Self::Macau, Self::Taiwan];

    /// Reads `+86`, `+852`, `+853` or `+886`.
    ///
    /// # Errors
    /// [`PhoneError::Area`] for anything else.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        match text {
            "+86" => Ok(Self::Mainland),
            "+852" => Ok(Self::HongKong),
            "+853" => Ok(Self::Macau),
            "+886" => Ok(Self::Taiwan),
            _ => Err(PhoneError::Area),
        }
    }

    /// The code with its plus sign.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Mainland => "+86".to_owned(),
            Self::HongKong => "+852".to_owned(),
            Self::Macau => "+853".to_owned(),
            Self::Taiwan => "+886".to_owned(),
            Self::Other(CallingCode(code)) => format!("+{code}"),
        }
    }

    /// Whether people write a 0 before the national number that is dialled at home only.
    fn has_trunk_zero(self) -> bool {
        matches!(self, Self::Taiwan | Self::Other(_))
    }

    fn allows(self, national: &[u8]) -> bool {
        match (self, national) {
            (Self::Mainland, [b'1', b'3'..=b'9', rest @ ..]) => rest.len() == 9,
            (Self::HongKong, [b'4'..=b'9', rest @ ..]) | (Self::Macau, [b'6', rest @ ..]) => {
                rest.len() == 7
            }
            (Self::Taiwan, [b'9', rest @ ..]) => rest.len() == 8,
            (Self::Other(_), [b'1'..=b'9', ..]) => ELSEWHERE_DIGITS.contains(&national.len()),
            _ => false,
        }
    }
}

impl Phone {
    /// Reads a number of one of the four areas as people type it: spaces and hyphens are dropped, and so is the leading 0 in
    /// Taiwan.
    ///
    /// # Errors
    /// [`PhoneError`] when the area is none of the four or the number is not a mobile number of it.
    pub fn parse(area: &str, number: &str) -> Result<Self, PhoneError> {
        Self::of(Area::parse(area)?, number)
    }

    /// Reads a number of whatever area, as one that was accepted before; what is typed goes through
    /// [`Areas::phone`](super::Areas::phone), which knows the areas that are served.
    ///
    /// # Errors
    /// [`PhoneError`] when the area is none or the number is not a mobile number of it.
    pub fn accepted(area: &str, number: &str) -> Result<Self, PhoneError> {
        let known = Area::parse(area).ok();
        let other = || CallingCode::parse(area).map(Area::Other);
        Self::of(known.or_else(other).ok_or(PhoneError::Area)?, number)
    }

    fn of(area: Area, number: &str) -> Result<Self, PhoneError> {
        let mut national: String = number.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        if area.has_trunk_zero() && national.starts_with('0') {
            national.remove(0);
        }
        if !national.bytes().all(|byte| byte.is_ascii_digit()) || !area.allows(national.as_bytes())
        {
            return Err(PhoneError::Number);
        }
        Ok(Self { area, national })
    }

    /// The area.
    #[must_use]
    pub const fn area(&self) -> Area {
        self.area
    }

    /// The national number, digits only.
    #[must_use]
    pub fn national(&self) -> &str {
        &self.national
    }

    /// Plus sign, area and number without any separator.
    #[must_use]
    pub fn e164(&self) -> String {
        format!("{}{}", self.area.code(), self.national)
    }

    /// The number with its middle hidden, for screens: `138****0001`.
    #[must_use]
    pub fn masked(&self) -> String {
        let hidden = self.national.len().saturating_sub(7).max(3);
        let head = if self.area == Area::Mainland { 3 } else { 2 };
        self.national
            .chars()
            .enumerate()
            .map(|(at, c)| {
                if (head..head + hidden).contains(&at) {
                    '*'
                } else {
                    c
                }
            })
            .collect()
    }
}

impl fmt::Debug for Phone {
    /// Personal data stay out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({}..)", self.area.code())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_become_e164() {
        for (area, number, e164) in [
            ("+86", "138 0013 8000", "+8613800138000"),
            ("+852", "9123-4567", "+85291234567"),
            ("+853", "66123456", "+85366123456"),
            ("+886", "0912345678", "+886912345678"),
            ("+886", "912345678", "+886912345678"),
        ] {
            assert_eq!(Phone::parse(area, number).expect(number).e164(), e164);
        }
    }

    #[test]
    fn numbers_of_no_mobile_are_refused() {
        for (area, number) in [
            ("+86", "12800138000"),
            ("+86", "1380013800"),
            ("+86", "013800138000"),
            ("+852", "21234567"),
            ("+853", "28123456"),
            ("+886", "0212345678"),
            ("+86", "１3800138000"),
            ("+86", ""),
        ] {
            assert_eq!(
                Phone::parse(area, number),
                Err(PhoneError::Number),
                "{area} {number}"
            );
        }
        assert_eq!(Phone::parse("+1", "2025550100"), Err(PhoneError::Area));
    }

    #[test]
    fn the_middle_is_hidden() {
        assert_eq!(
            Phone::parse("+86", "13800138000").expect("valid").masked(),
            "138****8000"
        );
        assert_eq!(
            Phone::parse("+852", "91234567").expect("valid").masked(),
            "91***567"
        );
    }

    proptest! {
        #[test]
        fn no_text_panics(area in "\\+[0-9]{1,3}", number in ".{0,16}") {
            if let Ok(phone) = Phone::parse(&area, &number) {
                let _ = phone.masked();
            }
        }
    }
}
