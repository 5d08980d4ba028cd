//! Finding the numbers with check characters on a page.

use crate::check::{Found, IdNumber, Uscc, has_organisation_check};
use crate::page::{Mark, Page};
use crate::reading::{Field, Grade};

const LENGTH: usize = 18;
/// A number whose check holds is still not taken for granted when one of its characters was a guess.
const GUESS: f32 = 0.6;
/// Below this a character of a number whose check fails may be another one.
const DOUBTFUL: f32 = 0.97;

/// An identification number: behind one of these labels, else anywhere by its form.
pub fn id_number(page: &Page, labels: &[&str]) -> (Field, Option<IdNumber>) {
    let read = |window: &[char], doubtful: &[bool]| {
        let (number, found) = IdNumber::read(window, doubtful)?;
        Some((number, found, true))
    };
    find(page, labels, &read, |it| it.as_str())
}

/// A unified social credit code, likewise.
pub fn credit_code(page: &Page, labels: &[&str]) -> Field {
    let read = |window: &[char], doubtful: &[bool]| {
        let (code, found) = Uscc::read(window, doubtful)?;
        let both = has_organisation_check(code.as_str());
        Some((code, found, both))
    };
    find(page, labels, &read, |it| it.as_str()).0
}

/// What a window of characters is: the number, whether it was repaired, and whether all its checks hold.
type Read<'a, T> = &'a dyn Fn(&[char], &[bool]) -> Option<(T, Found, bool)>;

fn find<T>(
    page: &Page,
    labels: &[&str],
    read: Read<'_, T>,
    as_text: fn(&T) -> &str,
) -> (Field, Option<T>) {
    let behind = page.after(labels, &[]).into_iter();
    let lines = (0..page.lines.len()).map(|line| page.marks_of(line));
    let runs: Vec<(bool, Vec<Mark>)> = behind
        .map(|run| (true, run))
        .chain(lines.map(|run| (false, run)))
        .flat_map(|(labelled, run)| {
            runs_of(&run)
                .into_iter()
                .map(move |run| (labelled, run))
                .collect::<Vec<_>>()
        })
        .collect();
    // As read before repaired: a number elsewhere that holds is better than one that had to be changed.
    for wanted in [Found::AsRead, Found::Repaired] {
        for (labelled, run) in &runs {
            // Inside a longer run one window in eleven or so holds by chance: only a label makes it worth a look.
            let whole = run.len() == LENGTH;
            if !(whole || (*labelled && wanted == Found::AsRead)) {
                continue;
            }
            for window in run.windows(LENGTH) {
                let characters: Vec<char> = window.iter().map(|it| it.character).collect();
                let doubtful: Vec<bool> = window.iter().map(|it| it.sure < DOUBTFUL).collect();
                match read(&characters, &doubtful) {
                    Some((number, found, all_hold))
                        if found == wanted && (all_hold || *labelled) =>
                    {
                        let as_read = found == Found::AsRead;
                        let mut field = super::to_confirm(page, window);
                        if as_read && all_hold && whole && field.confidence >= GUESS {
                            field.grade = Grade::Sure;
                        }
                        as_text(&number).clone_into(&mut field.text);
                        field.repaired = !as_read;
                        return (field, Some(number));
                    }
                    _ => {}
                }
            }
        }
    }
    (Field::missing(), None)
}

/// Stretches of characters that a number may be made of.
fn runs_of(marks: &[Mark]) -> Vec<Vec<Mark>> {
    marks
        .split(|it| !(it.character.is_ascii_alphanumeric() || matches!(it.character, '|' | '×')))
        .filter(|run| run.len() >= LENGTH)
        .map(<[Mark]>::to_vec)
        .collect()
}
