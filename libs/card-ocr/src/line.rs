//! Lines of text as they stand in the photo.

use unicode_normalization::UnicodeNormalization as _;

use crate::geometry::Point;

/// One character of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The character.
    pub character: char,
    /// How sure the recogniser is, from 0 to 1.
    pub sure: f32,
    /// Where it stands, from 0 at the line's beginning to 1 at its end.
    pub at: f32,
}

/// One line of text in the upright photo.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// From left to right.
    pub glyphs: Vec<Glyph>,
    /// Corners in pixels, from the text's upper left one clockwise.
    pub corners: [Point; 4],
}

impl Line {
    /// A line that something else has read: all its characters are as sure as the line.
    #[must_use]
    pub fn of_text(text: &str, sure: f32, corners: [Point; 4]) -> Self {
        let count = text.chars().count() as f32;
        let glyph = |(index, character)| Glyph {
            character,
            sure,
            at: (index as f32 + 0.5) / count,
        };
        Self {
            glyphs: text.chars().enumerate().map(glyph).collect(),
            corners,
        }
    }

    /// The characters as text.
    #[must_use]
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|it| it.character).collect()
    }

    /// Mean over the characters, from 0 to 1.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        let sum: f32 = self.glyphs.iter().map(|it| it.sure).sum();
        if self.glyphs.is_empty() {
            0.0
        } else {
            sum / self.glyphs.len() as f32
        }
    }
}

/// One form for what is written in several: NFKC, Chinese brackets and marks, one middle dot, and no spaces except
/// between Latin letters.
pub fn normalised(glyphs: &[Glyph]) -> Vec<Glyph> {
    let mut out: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut space = false;
    for glyph in glyphs {
        if glyph.character.is_whitespace() {
            space = true;
            continue;
        }
        for character in std::iter::once(glyph.character).nfkc().map(usual) {
            let is_word = |it: char| it.is_ascii_alphabetic();
            let before = out.last().map(|it| it.character);
            if space && is_word(character) && before.is_some_and(is_word) {
                out.push(Glyph {
                    character: ' ',
                    ..*glyph
                });
            }
            space = false;
            out.push(Glyph {
                character,
                ..*glyph
            });
        }
    }
    out
}

const fn usual(character: char) -> char {
    match character {
        '(' | '[' | '【' | '〔' => '（',
        ')' | ']' | '】' | '〕' => '）',
        ':' => '：',
        ';' => '；',
        ',' => '，',
        '・' | '•' | '‧' | '∙' | '⋅' => '·',
        other => other,
    }
}

/// The text in the form of [`normalised`], for comparisons.
#[must_use]
pub fn normal_text(text: &str) -> String {
    let glyphs: Vec<Glyph> = text
        .chars()
        .map(|character| Glyph {
            character,
            sure: 1.0,
            at: 0.0,
        })
        .collect();
    normalised(&glyphs).iter().map(|it| it.character).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_one_form() {
        assert_eq!(
            normal_text("北京（中国） 有限 公司"),
            "北京（中国）有限公司"
        );
        assert_eq!(normal_text("北京(中国):ＡＢ　Ｃ"), "北京（中国）：AB C");
        assert_eq!(normal_text("阿依古丽•买买提"), "阿依古丽·买买提");
        assert_eq!(normal_text("1 2 3"), "123");
    }
}
