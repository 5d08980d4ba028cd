//! The number of a Hong Kong identity card.

/// Takes a number with or without its brackets, such as `A123456(3)`; the form without them, when its check character is right.
#[must_use]
pub fn hkid(text: &str) -> Option<String> {
    let plain: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, '(' | ')' | '（' | '）' | ' '))
        .collect();
    let plain = plain.to_ascii_uppercase();
    let letters = plain.bytes().take_while(u8::is_ascii_uppercase).count();
    let (head, check) = plain.split_at_checked(plain.len().checked_sub(1)?)?;
    let digits = head.get(letters..)?;
    let well = (1..=2).contains(&letters)
        && digits.len() == 6
        && digits.bytes().all(|digit| digit.is_ascii_digit());
    if !well {
        return None;
    }
    // A single letter stands in the second place; the first then holds a space, which counts 36.
    let places = std::iter::repeat_n(36, 2 - letters).chain(head.bytes().map(value));
    let sum: u32 = places
        .zip((2..=9).rev())
        .map(|(value, weight)| value * weight)
        .sum();
    let expected = match 11 - sum % 11 {
        10 => 'A',
        11 => '0',
        digit => char::from_digit(digit, 10)?,
    };
    check.starts_with(expected).then_some(plain)
}

/// A digit as itself, A as 10 and so on.
fn value(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        _ => u32::from(byte.wrapping_sub(b'A')) + 10,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::hkid;

    #[test]
    fn idv_3_numbers_of_hong_kong_are_checked() {
        for (text, plain) in [
            ("A123456(3)", "A1234563"),
            ("AB987654(3)", "AB9876543"),
            (" a123456（3） ", "A1234563"),
            ("G123456A", "G123456A"),
        ] {
            assert_eq!(hkid(text).as_deref(), Some(plain), "{text}");
        }
        for wrong in [
            "A123456(4)",
            "A12345(3)",
            "123456(3)",
            "ABC123456(3)",
            "",
            "(",
            "A１23456(3)",
            "A1234563A",
        ] {
            assert_eq!(hkid(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn one_character_checks_and_nothing_panics(text in "[A-Z]{1,2}[0-9]{6}", any in ".{0,14}") {
            let right = "0123456789A".chars().filter(|check| hkid(&format!("{text}{check}")).is_some()).count();
            prop_assert_eq!(right, 1);
            let _ = hkid(&any);
        }
    }
}
