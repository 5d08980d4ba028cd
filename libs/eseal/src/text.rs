//! Text from outside: trimmed, bounded and refused before anything is drawn.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::error::{CharacterClass, Error, Field};

/// The fewest characters of a name.
pub const NAME_CHARACTERS_MIN: usize = 2;
/// The most characters of a name.
pub const NAME_CHARACTERS_MAX: usize = 40;
/// The most characters of the horizontal text below the star.
pub const BOTTOM_TEXT_CHARACTERS_MAX: usize = 12;
/// Digits of the code on the rim.
pub const CODE_DIGITS: usize = 13;

/// The name on the arc: trimmed, 2 to 40 characters, none of a forbidden class.
pub(crate) fn name(text: &str) -> Result<Vec<char>, Error> {
    line(text, Field::Name, NAME_CHARACTERS_MIN, NAME_CHARACTERS_MAX)
}

/// The horizontal text: trimmed, 1 to 12 characters, none of a forbidden class.
pub(crate) fn bottom_text(text: &str) -> Result<Vec<char>, Error> {
    line(text, Field::BottomText, 1, BOTTOM_TEXT_CHARACTERS_MAX)
}

/// The code on the rim: 13 ASCII digits, nothing else (full-width digits would look alike and compare unequal).
pub(crate) fn code(text: &str) -> Result<Vec<char>, Error> {
    let digits: Vec<char> = text.trim().chars().take(CODE_DIGITS + 1).collect();
    if digits.len() == CODE_DIGITS && digits.iter().all(char::is_ascii_digit) {
        Ok(digits)
    } else {
        Err(Error::Code)
    }
}

fn line(text: &str, field: Field, min: usize, max: usize) -> Result<Vec<char>, Error> {
    // One character more than allowed is enough to know; a text of megabytes is never copied.
    let characters: Vec<char> = text.trim().chars().take(max + 1).collect();
    if characters.len() > max {
        return Err(Error::TooLong { field, max });
    }
    if characters.len() < min {
        return Err(Error::TooShort {
            field,
            characters: characters.len(),
            min,
        });
    }
    for (index, &character) in characters.iter().enumerate() {
        if let Some(class) = forbidden(character) {
            return Err(Error::Forbidden {
                field,
                position: index + 1,
                character,
                class,
            });
        }
    }
    Ok(characters)
}

fn forbidden(character: char) -> Option<CharacterClass> {
    use GeneralCategory as Category;
    // Bidi_Control of Unicode's PropList: ALM, LRM, RLM, embeddings, overrides and isolates.
    if matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    {
        return Some(CharacterClass::BidiControl);
    }
    match character.general_category() {
        Category::Control | Category::LineSeparator | Category::ParagraphSeparator => {
            Some(CharacterClass::Control)
        }
        Category::Format => Some(CharacterClass::Format),
        Category::PrivateUse => Some(CharacterClass::PrivateUse),
        Category::Unassigned | Category::Surrogate => Some(CharacterClass::Unassigned),
        _ => None,
    }
}
