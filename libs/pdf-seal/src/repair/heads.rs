//! Where objects begin: every `N G obj` of a file, in order.

use crate::object::{Ref, is_white};

/// The beginning of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub reference: Ref,
    /// Where its number stands.
    pub start: usize,
    /// Behind `obj`.
    pub body: usize,
}

/// The first head at or after `from`.
pub(super) fn next(data: &[u8], from: usize) -> Option<Head> {
    let mut pos = from;
    loop {
        let at = find(data, b"obj", pos)?;
        if let Some(head) = head_before(data, at, from) {
            return Some(head);
        }
        pos = at + 3;
    }
}

/// The first `word` at or after `from`.
pub(super) fn find(data: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let rest = data.get(from..)?;
    rest.windows(word.len())
        .position(|window| window == word)
        .map(|at| from + at)
}

/// Number and generation that stand before the `obj` at `at`, neither of them before `from`.
fn head_before(data: &[u8], at: usize, from: usize) -> Option<Head> {
    let generation_end = white_before(data, at, from)?;
    let (generation, start) = digits_before(data, generation_end, from)?;
    let number_end = white_before(data, start, from)?;
    let (number, start) = digits_before(data, number_end, from)?;
    let reference = Ref {
        number: u32::try_from(number).ok()?,
        generation: u16::try_from(generation).ok()?,
    };
    Some(Head {
        reference,
        start,
        body: at + 3,
    })
}

/// Where the white space ends (seen backwards) that must stand before `end`.
fn white_before(data: &[u8], end: usize, from: usize) -> Option<usize> {
    let mut pos = end;
    // A few blanks are enough; more would make a file of blanks costly.
    while pos > from && end - pos < 16 && data.get(pos - 1).is_some_and(|byte| is_white(*byte)) {
        pos -= 1;
    }
    (pos < end).then_some(pos)
}

/// The number that ends at `end`, and where it begins.
fn digits_before(data: &[u8], end: usize, from: usize) -> Option<(u64, usize)> {
    let mut pos = end;
    while pos > from && end - pos < 10 && data.get(pos - 1).is_some_and(u8::is_ascii_digit) {
        pos -= 1;
    }
    let digits = data.get(pos..end).filter(|digits| !digits.is_empty())?;
    let number = digits
        .iter()
        .fold(0_u64, |sum, digit| sum * 10 + u64::from(digit - b'0'));
    Some((number, pos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_told_from_other_words() {
        let text = b"endobj 7 0 R obj x12 0 obj<<>>endobj3 1  obj\nnull 99999999999 0 obj";
        let mut found = Vec::new();
        let mut pos = 0;
        while let Some(head) = next(text, pos) {
            found.push((head.reference.number, head.reference.generation));
            pos = head.body;
        }
        assert_eq!(found, [(12, 0), (3, 1)]);
    }
}
