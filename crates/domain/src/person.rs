//! A person's name, and what may be shown of a name and an ID number (IDV-1, IDV-5).

use std::fmt;

use crate::check_digit::IdCard;

/// A person's name in the spelling of a mainland document.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName(String);

/// The text is no name: 2 to 50 Chinese characters, with single middle dots between them, are expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a name of a mainland document")]
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
    let text = number.as_str();
    text.chars()
        .enumerate()
        .map(|(at, c)| if (4..15).contains(&at) { '*' } else { c })
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
    fn idv_5_only_the_edges_are_shown() {
        let name = PersonName::parse("欧阳样本").expect("valid");
        let today = Day::new(2026, 7, 1).expect("a day");
        let number = IdCard::parse("11010519491231002X", today).expect("valid");
        assert_eq!(name.masked(), "欧***");
        assert_eq!(masked_id_number(&number), "1101***********02X");
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
