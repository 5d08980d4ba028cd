//! Lines of text from outside: bounded, visible, on one line.

/// The trimmed line, when it has `min..=max` characters and none that a screen would hide or reorder.
pub fn line(text: &str, min: usize, max: usize) -> Option<&str> {
    // Bytes first: counting characters of something huge is work that nobody asked for.
    if text.len() > max.saturating_mul(4).saturating_add(64) {
        return None;
    }
    let trimmed = text.trim();
    let count = trimmed.chars().count();
    (count >= min && count <= max && !trimmed.chars().any(is_hidden)).then_some(trimmed)
}

/// The trimmed text of several lines under the same rule; line breaks are `\n` afterwards.
pub fn paragraphs(text: &str, min: usize, max: usize) -> Option<String> {
    if text.len() > max.saturating_mul(4).saturating_add(64) {
        return None;
    }
    let text = text.trim().replace("\r\n", "\n");
    let count = text.chars().count();
    let visible = !text.chars().any(|c| c != '\n' && is_hidden(c));
    (count >= min && count <= max && visible).then_some(text)
}

/// Control characters, bidirectional controls, zero-width characters, line separators.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{line, paragraphs};

    #[test]
    fn a_line_is_bounded_and_visible() {
        assert_eq!(line("  投标管家 ", 1, 4), Some("投标管家"));
        assert_eq!(line("投标管家 ", 1, 3), None);
        for hidden in ["a\u{202e}b", "a\nb", "a\u{0}b", "a\u{200b}b", "", "   "] {
            assert_eq!(line(hidden, 1, 10), None, "{hidden:?}");
        }
        assert_eq!(line(&"x".repeat(1_000_000), 0, 10), None);
        assert_eq!(paragraphs(" a\r\nb\n", 1, 3).as_deref(), Some("a\nb"));
        assert_eq!(paragraphs("a\u{202e}b", 1, 9), None);
        assert_eq!(paragraphs(&"x".repeat(1_000_000), 0, 10), None);
    }
}
