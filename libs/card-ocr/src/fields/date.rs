//! Dates as Chinese papers print them.

use crate::check::date_exists;
use crate::page::Mark;

/// The first date in these characters, `2020.01.31`, `2020年1月31日` or `2020-01-31`, as `YYYY-MM-DD`, and how many
/// characters it took from the beginning.
pub fn first(marks: &[Mark]) -> Option<(String, usize, usize)> {
    (0..marks.len()).find_map(|from| {
        let (text, length) = date_at(marks.get(from..)?)?;
        Some((text, from, from + length))
    })
}

fn date_at(marks: &[Mark]) -> Option<(String, usize)> {
    let mut at = 0;
    let year = digits(marks, &mut at, 4)?;
    separator(marks, &mut at, "年.-/·")?;
    let month = digits(marks, &mut at, 2)?;
    separator(marks, &mut at, "月.-/·")?;
    let day = digits(marks, &mut at, 2)?;
    if marks.get(at).is_some_and(|it| it.character == '日') {
        at += 1;
    }
    date_exists(year, month, day).then(|| (format!("{year:04}-{month:02}-{day:02}"), at))
}

/// At most `most` digits, and all four of a year.
fn digits(marks: &[Mark], at: &mut usize, most: usize) -> Option<u32> {
    let mut number = 0;
    let mut count = 0;
    while count < most {
        let digit = match marks.get(*at).map(|it| it.character) {
            Some('O' | 'o') => 0,
            Some('l' | 'I') => 1,
            Some(other) => match other.to_digit(10) {
                Some(digit) => digit,
                None => break,
            },
            None => break,
        };
        number = number * 10 + digit;
        (count, *at) = (count + 1, *at + 1);
    }
    (count == most || (most == 2 && count == 1)).then_some(number)
}

/// One of these marks, perhaps printed twice.
fn separator(marks: &[Mark], at: &mut usize, allowed: &str) -> Option<()> {
    let before = *at;
    while marks
        .get(*at)
        .is_some_and(|it| allowed.contains(it.character))
        && *at < before + 2
    {
        *at += 1;
    }
    (*at > before).then_some(())
}
