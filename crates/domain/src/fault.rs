//! Faults that a phone has kept, and what of them may be told (ACC-9): technical words, and nothing about a person.

/// Most lines of one log.
pub const LINES_MAX: usize = 400;
/// Most characters of one line.
pub const LINE_CHARS_MAX: usize = 400;
/// A run of digits this long may be a part of a number that leads to somebody.
const DIGITS_MAX: usize = 4;
/// A run of letters and digits this long may be a key or a token.
const WORD_MAX: usize = 24;
/// What stands where something was taken out.
const GONE: &str = "#";

/// One line of a log as it may be kept: printable ASCII, without anything that may be a number, an address, a name or a
/// key. Chinese characters go, since names are made of them and technical words are not.
#[must_use]
pub fn clean(line: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let printable = line.chars().take(LINE_CHARS_MAX);
    for c in printable.chain([' ']) {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '+' | '%' | '-') {
            word.push(c);
            continue;
        }
        out.push_str(if is_personal(&word) { GONE } else { &word });
        word.clear();
        match c {
            ' '..='~' => out.push(c),
            _ if !out.ends_with(GONE) => out.push_str(GONE),
            _ => {}
        }
    }
    out.trim_end().to_owned()
}

/// Whether a word may lead to somebody: an address, many digits, or a long run that no program calls anything.
fn is_personal(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    word.contains('@') || digits > DIGITS_MAX || word.len() > WORD_MAX
}

/// Whether a line is already as [`clean`] leaves it.
#[must_use]
pub fn is_clean(line: &str) -> bool {
    clean(line) == line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn acc_9_what_leads_to_somebody_goes() {
        for (line, cleaned) in [
            (
                "TypeError: x is undefined at /units/:id",
                "TypeError: x is undefined at /units/:id",
            ),
            ("failed for 13900000001", "failed for #"),
            ("id 10010119790312001X", "id #"),
            ("139-0000-0001", "#"),
            ("a@b.example wrote", "#.example wrote"),
            ("张样本 failed", "# failed"),
            (
                "Bearer eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.abc",
                "Bearer #.abc",
            ),
            ("status 404, 1234 ms", "status 404, 1234 ms"),
            ("a\u{202e}b\u{0}c", "a#b#c"),
        ] {
            assert_eq!(clean(line), cleaned, "{line}");
        }
    }

    proptest! {
        #[test]
        fn acc_9_nothing_gets_through_and_nothing_panics(line in ".{0,500}") {
            let cleaned = clean(&line);
            prop_assert!(is_clean(&cleaned), "{cleaned}");
            prop_assert!(cleaned.chars().count() <= LINE_CHARS_MAX + 1);
            prop_assert!(cleaned.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
            for run in cleaned.split(|c: char| !c.is_ascii_digit()) {
                prop_assert!(run.len() <= DIGITS_MAX, "{cleaned}");
            }
        }
    }
}
