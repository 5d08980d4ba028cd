//! A QR code in the terminal: two modules a character, with the quiet zone that cameras need.

use qrcodegen::{QrCode, QrCodeEcc};

const QUIET: i32 = 2;

/// The picture, or nothing when the text is too long for one.
pub fn of(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let size = code.size();
    let mut picture = String::new();
    let mut y = -QUIET;
    while y < size + QUIET {
        picture.push_str("  ");
        for x in -QUIET..size + QUIET {
            // Terminals are dark more often than not, so light modules are the drawn ones.
            let (upper, lower) = (!code.get_module(x, y), !code.get_module(x, y + 1));
            picture.push(match (upper, lower) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        picture.push('\n');
        y += 2;
    }
    picture.pop();
    Some(picture)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_line_is_as_wide_as_the_code_with_its_quiet_zone() {
        let picture = super::of("http://localhost:8601").unwrap();
        let widths: Vec<usize> = picture.lines().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
        assert!(
            picture
                .lines()
                .next()
                .unwrap()
                .trim()
                .chars()
                .all(|it| it == '█')
        );
    }
}
