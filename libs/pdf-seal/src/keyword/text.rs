//! Texts as they are compared.

use unicode_normalization::UnicodeNormalization as _;

/// NFKC without white space, controls and characters that nobody sees.
///
/// NFKC makes full and half width forms equal, among them brackets, colons and digits, and turns the Kangxi radicals
/// that some fonts give for ideographs into these.
pub(super) fn normal(text: &str) -> String {
    text.nfkc().filter(|c| is_seen(*c)).collect()
}

fn is_seen(c: char) -> bool {
    let hidden = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffd}');
    !(c.is_whitespace() || c.is_control() || hidden)
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn texts_are_made_equal() {
        let check = |text: &str, expected: &str| assert_eq!(normal(text), expected);
        check("投标人（盖章）：", "投标人(盖章):");
        check(" 投　标 人\n(盖章)", "投标人(盖章)");
        check("１２ＡＢ", "12AB");
        check("\u{2f42}\u{200b}件", "文件");
        check("ﬁn", "fin");
        check(" \u{3000}\t", "");
    }
}
