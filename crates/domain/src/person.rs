//! A person's name, and what may be shown of a name and an ID number (IDV-1, IDV-5).

use std::fmt;

use crate::check_digit::IdCard;

/// A person's name in the spelling of a document.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName(String);

/// The text is no name: of the mainland, 2 to 50 Chinese characters, with single middle dots between them, are expected; of
/// elsewhere, 2 to 80 letters with spaces, hyphens, apostrophes, points and commas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a name that a document can carry")]
pub struct NameInvalid;

impl PersonName {
    /// Takes the name as typed. The middle dots that keyboards offer are one (U+00B7).
    ///
    /// # Errors
    /// [`NameInvalid`] when a document cannot carry it.
    pub fn parse(text: &str) -> Result<Self, NameInvalid> {
        let name: String = text
            .trim()
            .chars()
            .map(|c| {
                if matches!(c, '•' | '・' | '．') {
                    '·'
                } else {
                    c
                }
            })
            .collect();
        let dots_well = !name.starts_with('·') && !name.ends_with('·') && !name.contains("··");
        let spelled = name.chars().all(|c| c == '·' || is_han(c));
        if (2..=50).contains(&name.chars().count()) && dots_well && spelled {
            Ok(Self(name))
        } else {
            Err(NameInvalid)
        }
    }

    /// Takes the name of a document from elsewhere: letters of any script, with what stands between them in names.
    ///
    /// # Errors
    /// [`NameInvalid`] when no document carries it.
    pub fn parse_foreign(text: &str) -> Result<Self, NameInvalid> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let spelled =
            |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.' | ',' | '·');
        let begins = name.chars().next().is_some_and(char::is_alphabetic);
        if (2..=80).contains(&name.chars().count()) && begins && name.chars().all(spelled) {
            Ok(Self(name))
        } else {
            Err(NameInvalid)
        }
    }

    /// A name that was found to be one before, of whatever document.
    ///
    /// # Errors
    /// [`NameInvalid`] when it is none.
    pub fn known(text: &str) -> Result<Self, NameInvalid> {
        Self::parse(text).or_else(|_| Self::parse_foreign(text))
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What screens show: the first character.
    #[must_use]
    pub fn masked(&self) -> String {
        self.0
            .chars()
            .enumerate()
            .map(|(at, c)| if at == 0 { c } else { '*' })
            .collect()
    }
}

impl fmt::Debug for PersonName {
    /// Personal data stay out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(..)")
    }
}

/// What screens show of an ID number: the first four and the last three characters.
#[must_use]
pub fn masked_id_number(number: &IdCard) -> String {
    masked_number(number.as_str())
}

/// What screens show of a document's number: of a long one as of an ID number, of a short one the last three characters.
#[must_use]
pub fn masked_number(number: &str) -> String {
    let count = number.chars().count();
    let shown = if count > 12 { 4 } else { 0 };
    let masked = |at: usize| (shown..count.saturating_sub(3)).contains(&at);
    let characters = number.chars().enumerate();
    characters
        .map(|(at, c)| if masked(at) { '*' } else { c })
        .collect()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' | '〇')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Day;

    #[test]
    fn idv_1_names_are_of_chinese_characters() {
        for right in [
            "张三",
            "阿卜杜拉·买买提",
            "阿卜杜拉•买买提",
            " 欧阳样本 ",
            "䶮〇",
        ] {
            assert!(PersonName::parse(right).is_ok(), "{right}");
        }
        for wrong in [
            "张",
            "",
            "John",
            "张三1",
            "·张三",
            "张··三",
            "张 三",
            "张三<b>",
            &"张".repeat(51),
        ] {
            assert_eq!(PersonName::parse(wrong), Err(NameInvalid), "{wrong}");
        }
    }

    #[test]
    fn idv_3_names_of_elsewhere_are_latin_or_chinese() {
        for right in [
            "Chan Tai Man",
            "  CHAN,  Tai-Man ",
            "陳大文",
            "O'Brien",
            "José Núñez",
        ] {
            assert!(PersonName::parse_foreign(right).is_ok(), "{right}");
        }
        for wrong in [
            "",
            "A",
            "- Chan",
            "Chan 2",
            "Chan<b>",
            "Chan\u{202e}",
            &"a".repeat(81),
        ] {
            assert_eq!(
                PersonName::parse_foreign(wrong),
                Err(NameInvalid),
                "{wrong}"
            );
        }
        let name = PersonName::parse_foreign(" Chan  Tai Man").expect("valid");
        assert_eq!(
            (name.as_str(), name.masked().as_str()),
            ("Chan Tai Man", "C***********")
        );
    }

    #[test]
    fn idv_5_only_the_edges_are_shown() {
        let name = PersonName::parse("欧阳样本").expect("valid");
        let today = Day::new(2026, 7, 1).expect("a day");
        let number = IdCard::parse("11010519491231002X", today).expect("valid");
        assert_eq!(name.masked(), "欧***");
        assert_eq!(masked_id_number(&number), "1101***********02X");
        assert_eq!(masked_number("H12345678"), "******678");
        assert_eq!(format!("{name:?}"), "PersonName(..)");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,60}") {
            if let Ok(name) = PersonName::parse(&text) {
                let _ = name.masked();
            }
        }
    }
}
