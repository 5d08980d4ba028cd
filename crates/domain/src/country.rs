//! Where a company is registered that is not registered on the mainland (UNIT-5).

/// ISO 3166-1 alpha-2 without the mainland, which has a register of its own.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY \
    BZ CA CC CD CF CG CH CI CK CL CM CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM \
    FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS \
    IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML \
    MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN \
    PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG \
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// A country or region elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

/// The text is no code of a country or region elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a country or region elsewhere")]
pub struct CountryInvalid;

impl Country {
    /// Reads a code of two capital letters.
    ///
    /// # Errors
    /// [`CountryInvalid`], also for the mainland.
    pub fn parse(text: &str) -> Result<Self, CountryInvalid> {
        let found = CODES.split(' ').find(|code| *code == text);
        let code = found.and_then(|code| code.as_bytes().try_into().ok());
        code.map(Self).ok_or(CountryInvalid)
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Two capital letters are text.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// The number under which a company elsewhere is registered, as written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationNumber {
    text: String,
    key: String,
}

/// The text is no registration number: 2 to 40 letters, digits, and the marks between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a registration number")]
pub struct RegistrationNumberInvalid;

impl RegistrationNumber {
    /// Takes the number as typed.
    ///
    /// # Errors
    /// [`RegistrationNumberInvalid`].
    pub fn parse(text: &str) -> Result<Self, RegistrationNumberInvalid> {
        let text = text.trim().to_uppercase();
        let spelled = |c: char| c.is_ascii_alphanumeric() || " -/.".contains(c);
        let key = registration_key(&text);
        if text.len() <= 40 && key.len() >= 2 && text.chars().all(spelled) {
            Ok(Self { text, key })
        } else {
            Err(RegistrationNumberInvalid)
        }
    }

    /// As it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As it is compared: without the marks between.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// What of a text is compared with registration numbers.
#[must_use]
pub fn registration_key(text: &str) -> String {
    let kept = text.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn unit_5_countries_and_regions_elsewhere_are_known() {
        for code in ["HK", "MO", "TW", "US", "VG", "KY"] {
            assert_eq!(Country::parse(code).expect("known").as_str(), code);
        }
        for other in ["CN", "hk", "XX", "", "A", "USA", "AD AE", " "] {
            assert_eq!(Country::parse(other), Err(CountryInvalid), "{other}");
        }
        assert!(CODES.split(' ').all(|code| code.len() == 2));
    }

    #[test]
    fn unit_12_numbers_are_compared_without_their_marks() {
        let number = RegistrationNumber::parse(" hrb-12/345 b ").expect("valid");
        assert_eq!(
            (number.as_str(), number.key()),
            ("HRB-12/345 B", "HRB12345B")
        );
        for wrong in ["", "-", "1", "12_3", "12%", "号12", &"1".repeat(41)] {
            assert!(RegistrationNumber::parse(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,60}") {
            let _ = (Country::parse(&text), RegistrationNumber::parse(&text));
        }
    }
}
