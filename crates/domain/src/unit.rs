//! Units: their names, codes and who stands where in them (UNIT-2, UNIT-12, MEM-10).

use crate::country::registration_key;

/// A unit's name as registered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnitName(String);

/// The text is no unit name: 2 to 100 letters, digits and the marks that registered names carry are expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a unit name")]
pub struct UnitNameInvalid;

impl UnitName {
    /// Takes the name as typed; half-width brackets become the full-width ones of the register.
    ///
    /// # Errors
    /// [`UnitNameInvalid`] when a register cannot carry it.
    pub fn parse(text: &str) -> Result<Self, UnitNameInvalid> {
        let name: String = text.trim().chars().map(full_width_bracket).collect();
        let spelled = |c: char| c.is_alphanumeric() || "（）·-—&、，,.《》“”".contains(c);
        if (2..=100).contains(&name.chars().count()) && name.chars().all(spelled) {
            Ok(Self(name))
        } else {
            Err(UnitNameInvalid)
        }
    }

    /// Takes the name of a company registered elsewhere, which may have words between spaces (UNIT-5).
    ///
    /// # Errors
    /// [`UnitNameInvalid`].
    pub fn parse_elsewhere(text: &str) -> Result<Self, UnitNameInvalid> {
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        let name = words.join(" ");
        let spelled = |c: char| c.is_alphanumeric() || " （）()·-—&、，,.'/".contains(c);
        if (2..=100).contains(&name.chars().count())
            && name.chars().any(char::is_alphanumeric)
            && name.chars().all(spelled)
        {
            Ok(Self(name))
        } else {
            Err(UnitNameInvalid)
        }
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What somebody types to find a unit (MEM-1): how its name or its code begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitQuery(String);

/// The text finds nothing: two letters or digits at least are expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too short or with characters that no name or code has")]
pub struct UnitQueryInvalid;

impl UnitQuery {
    /// Characters of a code from which on it is searched for: a shorter beginning is that of half the country.
    pub const CODE_CHARS_MIN: usize = 6;

    /// Takes the text as typed, spelled as the register spells names and codes. What a pattern could mean otherwise
    /// (`%`, `_`) is in neither.
    ///
    /// # Errors
    /// [`UnitQueryInvalid`].
    pub fn parse(text: &str) -> Result<Self, UnitQueryInvalid> {
        UnitName::parse(text)
            .or_else(|UnitNameInvalid| UnitName::parse_elsewhere(text))
            .map(|name| Self(name.0))
            .map_err(|UnitNameInvalid| UnitQueryInvalid)
    }

    /// How a name may begin.
    #[must_use]
    pub fn as_name(&self) -> &str {
        &self.0
    }

    /// What a registration number elsewhere may be (UNIT-12): all of it, since many are short.
    #[must_use]
    pub fn as_registration_key(&self) -> Option<String> {
        let key = registration_key(&self.0);
        (key.len() >= 2 && self.0.is_ascii()).then_some(key)
    }

    /// How a unified social credit code may begin, or a unit code may be, if it is long enough for one.
    #[must_use]
    pub fn as_code(&self) -> Option<String> {
        let is_code = self.0.len() >= Self::CODE_CHARS_MIN
            && self.0.bytes().all(|b| b.is_ascii_alphanumeric());
        is_code.then(|| self.0.to_ascii_uppercase())
    }
}

fn full_width_bracket(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        c => c,
    }
}

/// What a person is in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Buys, approves, lends and recalls for the unit.
    Administrator,
    /// Asks, then uses.
    Member,
}

impl Role {
    /// The word in the database and on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Member => "member",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Administrator, Self::Member]
            .into_iter()
            .find(|role| role.as_str() == text)
    }
}

/// Most register checks that may fail for one person in one Shanghai day (UNIT-3: after more than ten, other ways are offered).
pub const REGISTER_FAILURES_MAX: i64 = 10;

/// A unit code (单位编码) from random bits: ten digits, the first never 0, so that people can read it out.
#[must_use]
pub fn unit_code(random: u64) -> String {
    const FIRST: u64 = 1_000_000_000;
    (FIRST + random % (9 * FIRST)).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn unit_2_names_are_as_the_register_writes_them() {
        let name = UnitName::parse(" 样本(集团)有限公司 ").expect("valid");
        assert_eq!(name.as_str(), "样本（集团）有限公司");
        for wrong in ["", "样", "样本<script>", "样本\n公司", "样 本"] {
            assert_eq!(UnitName::parse(wrong), Err(UnitNameInvalid), "{wrong}");
        }
    }

    #[test]
    fn unit_5_names_elsewhere_have_words() {
        let name = UnitName::parse_elsewhere(" Specimen  Trading (HK) Ltd. ").expect("valid");
        assert_eq!(name.as_str(), "Specimen Trading (HK) Ltd.");
        for wrong in ["", "A", "--", "A<script>", "A\nB", "100% Ltd", "a_b"] {
            assert_eq!(
                UnitName::parse_elsewhere(wrong),
                Err(UnitNameInvalid),
                "{wrong}"
            );
        }
        let query = UnitQuery::parse("Specimen Tra").expect("valid");
        assert_eq!(query.as_name(), "Specimen Tra");
        let key = |text: &str| UnitQuery::parse(text).expect("valid").as_registration_key();
        assert_eq!(key("hrb-12 345").as_deref(), Some("HRB12345"));
        assert_eq!(key("样本12"), None);
    }

    #[test]
    fn words_come_back() {
        assert_eq!(Role::parse("administrator"), Some(Role::Administrator));
        assert_eq!(Role::parse("member"), Some(Role::Member));
        assert_eq!(Role::parse("owner"), None);
    }

    #[test]
    fn mem_1_a_query_is_spelled_as_names_and_codes_are() {
        let query = UnitQuery::parse(" 样本(集团 ").expect("valid");
        assert_eq!(query.as_name(), "样本（集团");
        let code = |text: &str| UnitQuery::parse(text).expect("valid").as_code();
        assert_eq!(code("91990000ma").as_deref(), Some("91990000MA"));
        assert_eq!((code("9199"), code("样本建设工程")), (None, None));
        for wrong in ["", "样", "%%", "样_", "样本\u{0}"] {
            assert_eq!(UnitQuery::parse(wrong), Err(UnitQueryInvalid), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn unit_12_codes_have_ten_digits(random: u64) {
            let code = unit_code(random);
            prop_assert!(code.len() == 10 && code.bytes().all(|b| b.is_ascii_digit()) && !code.starts_with('0'));
        }

        #[test]
        fn no_text_panics(text in ".{0,110}") {
            let _ = UnitName::parse(&text);
        }
    }
}
