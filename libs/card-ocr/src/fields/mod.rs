//! From lines to fields: one file a paper.

mod attorney;
mod date;
mod id_back;
mod id_front;
mod kinds;
mod licence;
mod number;

pub use kinds::papers;

use crate::page::{Mark, Page, text};
use crate::reading::{Field, Grade};

/// From here on a field is taken as it is.
const SURE_MIN: f32 = 0.9;
/// Below, a short field is left empty.
const CONFIRM_MIN: f32 = 0.6;
/// Long texts are not thrown away for one bad character; the person looks at them anyway.
const LONG: usize = 9;

/// A field of these characters as they are.
fn field(page: &Page, marks: &[Mark]) -> Field {
    field_as(page, marks, text(marks))
}

/// A field read from these characters that is written as `text`.
fn field_as(page: &Page, marks: &[Mark], text: String) -> Field {
    let confidence = least_sure(marks);
    let grade = if confidence >= SURE_MIN {
        Grade::Sure
    } else if confidence >= CONFIRM_MIN || marks.len() >= LONG {
        Grade::Confirm
    } else {
        Grade::Missing
    };
    if text.is_empty() || grade == Grade::Missing {
        return Field::missing();
    }
    Field {
        text,
        grade,
        ..to_confirm(page, marks)
    }
}

/// The characters as they are, however faint, for the person to look at.
fn to_confirm(page: &Page, marks: &[Mark]) -> Field {
    Field {
        text: text(marks),
        grade: Grade::Confirm,
        confidence: least_sure(marks),
        place: page.bounds(marks),
        repaired: false,
    }
}

fn least_sure(marks: &[Mark]) -> f32 {
    marks.iter().map(|it| it.sure).fold(1.0, f32::min)
}

/// A field after its label, over at most so many lines.
fn labelled(page: &Page, labels: &[&str], stops: &[&str], lines_most: usize) -> Field {
    let value = page
        .after(labels, stops)
        .map(|value| page.continued(value, stops, lines_most));
    value.map_or_else(Field::missing, |value| field(page, trimmed(&value)))
}

/// Without what stands around a value: marks, and the ticks and squares that a recogniser sees in a frame's edge.
fn trimmed(marks: &[Mark]) -> &[Mark] {
    let inner = |it: &Mark| it.character.is_alphanumeric() || matches!(it.character, '（' | '）');
    let from = marks.iter().position(inner).unwrap_or(0);
    let to = marks.iter().rposition(inner).map_or(0, |it| it + 1);
    marks.get(from..to).unwrap_or_default()
}

/// A person's name: Chinese characters, with a dot inside for names of other languages, else Latin letters.
fn name(page: &Page, marks: &[Mark]) -> Field {
    let latin = marks
        .first()
        .is_some_and(|it| it.character.is_ascii_alphabetic());
    let is_part = |it: &&Mark| match it.character {
        '·' => true,
        ' ' => latin,
        other if latin => other.is_ascii_alphabetic(),
        other => is_chinese(other),
    };
    let marks: Vec<Mark> = trimmed(marks).iter().take_while(is_part).copied().collect();
    let count = marks.len();
    if !(2..=50).contains(&count) {
        return Field::missing();
    }
    field(page, &marks)
}

/// A Chinese character, also of the extensions and the compatibility block.
const fn is_chinese(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}
