//! Which dialling areas a deployment serves: the four that are known by heart, and those that its operator adds (ACC-2).

use super::phone::{Area, CallingCode, Phone, PhoneError};

/// The areas from which people may sign in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Areas {
    more: Vec<CallingCode>,
}

/// An area cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AreasInvalid {
    /// A plus sign and one to three digits, the first of them no 0, are expected.
    #[error("{0} is no calling code such as +81")]
    Form(String),
    /// It is served already, begins as another one does, or is the beginning of one: two numbers would be one.
    #[error("{0} cannot be told apart from another area")]
    Ambiguous(String),
}

impl Areas {
    /// The four areas and these.
    ///
    /// # Errors
    /// [`AreasInvalid`] names the first that cannot be added.
    pub fn with(codes: &[String]) -> Result<Self, AreasInvalid> {
        let mut areas = Self::default();
        for text in codes {
            let code =
                CallingCode::parse(text).ok_or_else(|| AreasInvalid::Form(text.to_owned()))?;
            let clash = |served: &String| {
                served.starts_with(text.as_str()) || text.starts_with(served.as_str())
            };
            if areas.codes().iter().any(clash) {
                return Err(AreasInvalid::Ambiguous(text.to_owned()));
            }
            areas.more.push(code);
        }
        Ok(areas)
    }

    /// All codes with their plus signs, the four first.
    #[must_use]
    pub fn codes(&self) -> Vec<String> {
        let more = self.more.iter().map(|code| Area::Other(*code));
        Area::KNOWN
            .into_iter()
            .chain(more)
            .map(Area::code)
            .collect()
    }

    /// Reads a number as people type it.
    ///
    /// # Errors
    /// [`PhoneError`] when the area is not served or the number is not a mobile number of it.
    pub fn phone(&self, area: &str, number: &str) -> Result<Phone, PhoneError> {
        let phone = Phone::accepted(area, number)?;
        match phone.area() {
            Area::Other(code) if !self.more.contains(&code) => Err(PhoneError::Area),
            _ => Ok(phone),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn with(codes: &[&str]) -> Result<Areas, AreasInvalid> {
        let codes: Vec<_> = codes.iter().map(|code| (*code).to_owned()).collect();
        Areas::with(&codes)
    }

    #[test]
    fn acc_2_an_operator_adds_areas_and_others_stay_shut() {
        let four = Areas::default();
        assert_eq!(four.codes(), ["+86", "+852", "+853", "+886"]);
        assert_eq!(four.phone("+81", "9012345678"), Err(PhoneError::Area));
        let more = with(&["+81", "+1"]).expect("added");
        assert_eq!(more.codes()[4..], ["+81", "+1"]);
        let phone = more.phone("+81", "090-1234-5678").expect("a number");
        assert_eq!(
            (phone.e164(), phone.masked()),
            ("+819012345678".to_owned(), "90***45678".to_owned())
        );
        for number in ["12345", "1234567890123", "９012345678", ""] {
            assert_eq!(
                more.phone("+81", number),
                Err(PhoneError::Number),
                "{number}"
            );
        }
        // The four keep their own rules.
        assert_eq!(more.phone("+86", "12800138000"), Err(PhoneError::Number));
        assert_eq!(more.phone("+44", "7400123456"), Err(PhoneError::Area));
    }

    #[test]
    fn acc_2_areas_that_could_be_taken_for_one_another_are_refused() {
        for code in ["81", "+", "+0", "+012", "+1234", "+8a", "＋81", ""] {
            assert_eq!(with(&[code]), Err(AreasInvalid::Form(code.to_owned())));
        }
        for codes in [
            &["+86"][..],
            &["+8"],
            &["+861"],
            &["+81", "+81"],
            &["+1", "+12"],
        ] {
            assert!(
                matches!(with(codes), Err(AreasInvalid::Ambiguous(_))),
                "{codes:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn acc_2_a_number_in_full_is_of_one_area_only(
            one in 1_u16..1000, other in 1_u16..1000, first in "[1-9][0-9]{5,9}", second in "[1-9][0-9]{5,9}",
        ) {
            let codes = [format!("+{one}"), format!("+{other}")];
            if let Ok(areas) = Areas::with(&codes) {
                let phones = (areas.phone(&codes[0], &first), areas.phone(&codes[1], &second));
                if let (Ok(one), Ok(other)) = phones {
                    prop_assert_ne!(one.e164(), other.e164());
                }
            }
        }
    }
}
