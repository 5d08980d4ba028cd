//! Numbers as PDF wants them: no exponent, no more digits than matter.

/// A number with at most four digits after the point, which is a few hundred nanometres on paper.
pub(crate) fn number(value: f64) -> String {
    // Written as a whole number of ten-thousandths: exact decimals of a float take the most time of a seal otherwise.
    let scaled = (value * 1e4).round();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be far below 2^63"
    )]
    let mut text = if scaled.abs() < 1e15 {
        let whole = scaled as i64;
        let sign = if whole < 0 { "-" } else { "" };
        let digits = whole.unsigned_abs();
        format!("{sign}{}.{:04}", digits / 10_000, digits % 10_000)
    } else {
        format!("{value:.4}")
    };
    let keep = text.trim_end_matches('0').trim_end_matches('.').len();
    text.truncate(keep);
    if text == "-0" || text.is_empty() {
        "0".to_owned()
    } else {
        text
    }
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
