//! The side of an ID card with the emblem.

use super::{date, field_as, labelled};
use crate::page::{Mark, Page, text};
use crate::reading::{Field, Grade, IdCardBack};

pub const LABELS: [&str; 3] = ["居民身份证", "签发机关", "有效期限"];
const STOPS: [&str; 2] = ["签发机关", "有效期"];
/// Years for which cards are made out; 长期 from the age of 46.
const YEARS: [u32; 3] = [5, 10, 20];

pub fn read(page: &Page) -> IdCardBack {
    let mut authority = labelled(page, &["签发机关", "发机关", "机关"], &STOPS, 2);
    if authority.is_missing() {
        let line = (0..page.lines.len())
            .map(|line| page.marks_of(line))
            .find(|marks| text(marks).contains("公安"));
        authority = line.map_or_else(Field::missing, |marks| super::field(page, &marks));
    }
    let behind = page
        .after(&["有效期限", "效期限", "期限"], &STOPS)
        .into_iter();
    let lines = (0..page.lines.len()).map(|line| page.row_from(line));
    let (valid_from, valid_to) = behind
        .chain(lines)
        .find_map(|marks| term(page, &marks))
        .unwrap_or((Field::missing(), Field::missing()));
    IdCardBack {
        authority,
        valid_from,
        valid_to,
    }
}

/// `YYYY.MM.DD-YYYY.MM.DD`, or 长期 for the second.
fn term(page: &Page, marks: &[Mark]) -> Option<(Field, Field)> {
    let (from_text, start, end) = date::first(marks)?;
    let rest = marks.get(end..)?;
    let mut from = field_as(page, marks.get(start..end)?, from_text);
    let mut to = if let Some((text, start, end)) = date::first(rest) {
        field_as(page, rest.get(start..end)?, text)
    } else {
        let at = crate::page::position(rest, "长期")?;
        field_as(page, rest.get(at..at + 2)?, "长期".to_owned())
    };
    // What no office prints was misread, however clearly.
    if !is_plausible(&from.text, &to.text) {
        for it in [&mut from, &mut to] {
            if it.grade == Grade::Sure {
                it.grade = Grade::Confirm;
            }
        }
    }
    Some((from, to))
}

fn is_plausible(from: &str, to: &str) -> bool {
    let split = |date: &str| {
        Some((
            date.get(..4)?.parse::<u32>().ok()?,
            date.get(4..)?.to_owned(),
        ))
    };
    match (split(from), split(to)) {
        (Some((first, day)), Some((last, other))) => {
            YEARS.contains(&last.saturating_sub(first)) && day == other
        }
        _ => to == "长期",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idv_1_terms_are_those_of_the_law() {
        for (from, to, expected) in [
            ("2020-01-31", "2040-01-31", true),
            ("2020-01-31", "2025-01-31", true),
            ("2020-01-31", "长期", true),
            ("2020-01-31", "2041-01-31", false),
            ("2020-01-31", "2030-01-30", false),
            ("2020-01-31", "2010-01-31", false),
        ] {
            assert_eq!(is_plausible(from, to), expected, "{from} {to}");
        }
    }
}
