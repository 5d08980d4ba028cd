//! Which characters stand in a line: CTC, greedy.

use image::RgbImage;
use rten_tensor::prelude::*;

use crate::Error;
use crate::crop::{Crop, Ink, cut};
use crate::geometry::Strip;
use crate::limits::LINE_WIDTH_PX_MAX;
use crate::line::Glyph;
use crate::models::Network;

const HEIGHT_PX: usize = 48;
/// A line below this with a seal over it is read once more without red.
const SURE: f32 = 0.97;
const RED_MIN: f32 = 0.01;

/// The recogniser and its dictionary.
pub struct Recogniser {
    pub network: Network,
    /// Class 0 is "no character"; the last class, one after the dictionary's end, is the space.
    pub dictionary: Vec<char>,
}

/// One character a line; some of them are white space themselves, so nothing is trimmed.
pub fn dictionary(text: &str) -> Vec<char> {
    text.split_terminator('\n')
        .map(|line| line.chars().next().unwrap_or(' '))
        .collect()
}

impl Recogniser {
    /// The characters of one strip.
    pub fn read(&self, photo: &RgbImage, strip: &Strip) -> Result<Vec<Glyph>, Error> {
        let crop = line(photo, strip, Ink::All);
        let red = crop.red;
        let glyphs = self.recognise(crop)?;
        if red < RED_MIN || mean(&glyphs) >= SURE {
            return Ok(glyphs);
        }
        let again = self.recognise(line(photo, strip, Ink::WithoutRed))?;
        Ok(if mean(&again) > mean(&glyphs) {
            again
        } else {
            glyphs
        })
    }

    fn recognise(&self, crop: Crop) -> Result<Vec<Glyph>, Error> {
        let output = self
            .network
            .run([1, 3, HEIGHT_PX, crop.width], crop.numbers)?;
        let classes = self.dictionary.len() + 2;
        match output.shape() {
            // Not copied: a long line has 300 steps of 18,710 numbers.
            [1, _, found] if *found == classes => {
                Ok(greedy(&output.into_data(), classes, &self.dictionary))
            }
            _ => Err(self.network.failed()),
        }
    }
}

fn line(photo: &RgbImage, strip: &Strip, ink: Ink) -> Crop {
    let natural = (HEIGHT_PX as f32 * strip.length / strip.thickness.max(1.0)).ceil() as usize;
    let width = natural.next_multiple_of(8).clamp(8, LINE_WIDTH_PX_MAX);
    cut(photo, strip, width, HEIGHT_PX, ink)
}

fn mean(glyphs: &[Glyph]) -> f32 {
    let sum: f32 = glyphs.iter().map(|it| it.sure).sum();
    if glyphs.is_empty() {
        0.0
    } else {
        sum / glyphs.len() as f32
    }
}

/// The likeliest class of each step; repeats and "no character" fall away.
fn greedy(likely: &[f32], classes: usize, dictionary: &[char]) -> Vec<Glyph> {
    let steps = likely.len() / classes.max(1);
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut before = 0;
    for (step, row) in likely.chunks_exact(classes).enumerate() {
        let (class, sure) = best(row);
        let is_new = class != before;
        before = class;
        if class == 0 {
            continue;
        }
        if !is_new {
            if let Some(last) = glyphs.last_mut() {
                last.sure = last.sure.max(sure);
            }
            continue;
        }
        let character = dictionary.get(class - 1).copied().unwrap_or(' ');
        let at = (step as f32 + 0.5) / steps as f32;
        glyphs.push(Glyph {
            character,
            sure,
            at,
        });
    }
    glyphs
}

fn best(row: &[f32]) -> (usize, f32) {
    let mut best = (0, f32::MIN);
    for (class, likely) in row.iter().enumerate() {
        if *likely > best.1 {
            best = (class, *likely);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps given as (class, probability) over the dictionary "甲乙".
    fn check(steps: &[(usize, f32)], expected: &str) -> Vec<Glyph> {
        let mut likely = Vec::new();
        for (class, sure) in steps {
            let mut row = [0.0; 4];
            row[*class] = *sure;
            likely.extend(row);
        }
        let glyphs = greedy(&likely, 4, &['甲', '乙']);
        assert_eq!(
            glyphs.iter().map(|it| it.character).collect::<String>(),
            expected
        );
        glyphs
    }

    #[test]
    fn repeats_are_one_character_unless_a_blank_parts_them() {
        check(
            &[(1, 0.9), (1, 0.9), (0, 0.9), (1, 0.9), (2, 0.9)],
            "甲甲乙",
        );
        check(&[(0, 0.9), (3, 0.9), (0, 0.9)], " ");
        check(&[], "");
    }

    #[test]
    fn a_character_is_as_sure_as_its_best_step() {
        let glyphs = check(&[(1, 0.5), (1, 0.8), (0, 0.9), (0, 0.9)], "甲");
        assert_eq!((glyphs[0].sure, glyphs[0].at), (0.8, 0.125));
    }

    #[test]
    fn the_dictionary_keeps_its_white_space() {
        assert_eq!(dictionary("甲\n\u{3000}\n乙\n"), ['甲', '\u{3000}', '乙']);
    }
}
