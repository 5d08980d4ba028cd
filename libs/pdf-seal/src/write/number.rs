//! Numbers as PDF wants them: no exponent, no more digits than matter.

/// A number with at most four digits after the point, which is a few hundred nanometres on paper.
pub(crate) fn number(value: f64) -> String {
    let mut text = format!("{value:.4}");
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
    }
}
