//! Numbers as PDF wants them: no exponent, no more digits than matter.

use crate::object::Ref;

/// A number with at most four digits after the point, which is a few hundred nanometres on paper.
pub(crate) fn number(value: f64) -> String {
    // Written as a whole number of ten-thousandths: exact decimals of a float take the most time of a seal otherwise.
    let scaled = (value * 1e4).round();
    if scaled.abs() >= 1e15 {
        return format!("{value:.0}");
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be far below 2^63"
    )]
    let whole = scaled as i64;
    let (before, after) = (whole.unsigned_abs() / 10_000, whole.unsigned_abs() % 10_000);
    let mut text = String::with_capacity(16);
    if whole < 0 {
        text.push('-');
    }
    text.push_str(itoa::Buffer::new().format(before));
    if after > 0 {
        // The one in front keeps the zeros behind the point.
        let mut buffer = itoa::Buffer::new();
        let digits = buffer.format(after + 10_000).trim_end_matches('0');
        text.push('.');
        text.push_str(digits.get(1..).unwrap_or_default());
    }
    text
}

/// Digits behind what is there; widgets, heads of objects and tables of offsets are mostly digits.
pub(crate) fn digits(out: &mut Vec<u8>, value: impl itoa::Integer) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// As [`digits`], filled up to as many as there are `zeros`.
pub(crate) fn filled(out: &mut Vec<u8>, value: impl itoa::Integer, zeros: &[u8]) {
    let mut buffer = itoa::Buffer::new();
    let text = buffer.format(value).as_bytes();
    out.extend_from_slice(zeros.get(text.len()..).unwrap_or_default());
    out.extend_from_slice(text);
}

/// `key` with a reference as its value.
pub(crate) fn reference(out: &mut Vec<u8>, key: &str, to: Ref) {
    out.extend_from_slice(key.as_bytes());
    digits(out, to.number);
    out.push(b' ');
    digits(out, to.generation);
    out.extend_from_slice(b" R");
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_short_and_plain() {
        let check = |value: f64, text: &str| assert_eq!(number(value), text);
        check(0.0, "0");
        check(-0.000_01, "0");
        check(100.0, "100");
        check(1.5, "1.5");
        check(-12.345_67, "-12.3457");
        check(1e-7, "0");
        check(-0.5, "-0.5");
        check(841.889_76, "841.8898");
        check(1e20, "100000000000000000000");
    }
}
