//! Lines in the frame of the page: x along the text, y from line to line, whichever way the paper lay.

use std::f32::consts::PI;

use crate::geometry::{Point, Strip, difference};
use crate::line::{Glyph, Line, normalised};
use crate::variants::simplified;

/// Slanted watermarks run across the page's lines.
const TILT_MAX: f32 = PI / 15.0;
/// A value on a label's row lies this near to it, in line heights.
const ROW: f32 = 0.55;
/// A wider gap than this between two boxes ends a value, in line heights.
const GAP: f32 = 2.0;

/// One line in the frame.
pub struct Placed {
    pub glyphs: Vec<Glyph>,
    pub strip: Strip,
    pub left: f32,
    pub right: f32,
    pub middle: f32,
    pub height: f32,
    /// How much the line sinks on its way to the right.
    slope: f32,
}

/// All lines of a photo that belong to the paper, from top to bottom.
pub struct Page {
    pub lines: Vec<Placed>,
}

/// One character of a value and where it comes from.
#[derive(Clone, Copy)]
pub struct Mark {
    pub character: char,
    pub sure: f32,
    pub line: usize,
    pub at: f32,
    /// Distance from the character before when that stands in another box, in line heights.
    gap: f32,
}

impl Page {
    pub fn of(lines: &[Line]) -> Self {
        let strips: Vec<Strip> = lines
            .iter()
            .map(|line| Strip::from_corners(&line.corners))
            .collect();
        let angle = main_angle(&strips);
        let mut placed: Vec<Placed> = lines
            .iter()
            .zip(strips)
            .filter(|(_, strip)| {
                difference(strip.angle, angle).abs() <= TILT_MAX
                    || strip.length < 2.0 * strip.thickness
            })
            .map(|(line, strip)| place(line, strip, angle))
            .filter(|line| !is_watermark(&line.glyphs))
            .collect();
        placed.sort_by(|a, b| a.middle.total_cmp(&b.middle));
        Self { lines: placed }
    }

    /// Every line's own characters.
    pub fn marks_of(&self, line: usize) -> Vec<Mark> {
        let mark = |glyph: &Glyph| Mark {
            character: glyph.character,
            sure: glyph.sure,
            line,
            at: glyph.at,
            gap: 0.0,
        };
        self.lines
            .get(line)
            .map_or_else(Vec::new, |it| it.glyphs.iter().map(mark).collect())
    }

    /// The characters of a line and of what follows it to the right.
    pub fn row_from(&self, line: usize) -> Vec<Mark> {
        let mut marks = self.marks_of(line);
        let mut current = line;
        while let Some((next, gap)) = self.right_of(current) {
            let mut more = self.marks_of(next);
            // Where two boxes overlap, both may show the character at the seam.
            let seam = |last: &Mark, first: &Mark| gap < 0.0 && last.character == first.character;
            if marks
                .last()
                .zip(more.first())
                .is_some_and(|(last, first)| seam(last, first))
            {
                marks.pop();
            }
            if let Some(first) = more.first_mut() {
                first.gap = gap;
            }
            marks.extend(more);
            current = next;
        }
        marks
    }

    /// The nearest line that goes on where this one ends, and the gap in line heights.
    fn right_of(&self, line: usize) -> Option<(usize, f32)> {
        let from = self.lines.get(line)?;
        let mut best: Option<(usize, f32, f32)> = None;
        for (index, to) in self.lines.iter().enumerate() {
            let gap = (to.left - from.right) / from.height;
            let off = off_row(from, to);
            if index == line || gap < -0.8 || to.left <= from.left || off > ROW {
                continue;
            }
            let far = gap.max(0.0) + 2.0 * off;
            if best.is_none_or(|it| far < it.2) {
                best = Some((index, gap, far));
            }
        }
        best.map(|(index, gap, _)| (index, gap))
    }

    /// Whether a label stands in the same row to the left, which makes what lies here another field's value.
    fn is_labelled(&self, line: usize, labels: &[&str]) -> bool {
        let Some(to) = self.lines.get(line) else {
            return false;
        };
        self.lines.iter().enumerate().any(|(index, from)| {
            let near = from.left < to.left && (to.left - from.right) / to.height < 6.0;
            index != line && near && off_row(from, to) <= ROW && {
                let row = text(&self.row_from(index));
                labels.iter().any(|label| row.starts_with(label))
            }
        })
    }

    /// What stands behind the first of these labels that is there, up to a label of another field or a wide gap.
    /// Labels at the beginning of a line are better than those glued to the end of something else, and a whole label is
    /// better than its last character alone, which is what is left when the first one was lost.
    pub fn after(&self, labels: &[&str], stops: &[&str]) -> Option<Vec<Mark>> {
        let is_whole = |label: &&str| label.chars().count() > 1;
        for (whole, glued) in [(true, false), (true, true), (false, false)] {
            for label in labels.iter().filter(|label| is_whole(label) == whole) {
                for line in 0..self.lines.len() {
                    let Some(value) = self.value_behind(line, label, glued) else {
                        continue;
                    };
                    let value = until(value, stops);
                    if !value.is_empty() {
                        return Some(value);
                    }
                }
            }
        }
        None
    }

    fn value_behind(&self, line: usize, label: &str, glued: bool) -> Option<Vec<Mark>> {
        let own = self.lines.get(line)?.glyphs.len();
        let row = self.row_from(line);
        let at = position(&row, label).filter(|at| {
            if glued {
                *at > 0 && *at < own
            } else {
                *at == 0
            }
        })?;
        let value = row.get(at + label.chars().count()..)?.to_vec();
        let start = value
            .iter()
            .position(|mark| !is_punctuation(mark.character))?;
        value.get(start..).map(<[Mark]>::to_vec)
    }

    /// Adds the lines below a value that are its continuation: they begin where the value begins and have no label.
    pub fn continued(&self, mut value: Vec<Mark>, stops: &[&str], lines_most: usize) -> Vec<Mark> {
        let Some(left) = value.first().and_then(|mark| self.x_of(mark)) else {
            return value;
        };
        for _ in 1..lines_most {
            let Some(next) = value
                .last()
                .and_then(|mark| self.below(mark.line, left, stops))
            else {
                break;
            };
            let more = until(self.row_from(next), stops);
            if more.is_empty() {
                break;
            }
            value.extend(more);
        }
        value
    }

    fn below(&self, line: usize, left: f32, stops: &[&str]) -> Option<usize> {
        let from = self.lines.get(line)?;
        let (next, _) = self
            .lines
            .iter()
            .enumerate()
            .filter(|(_, to)| (to.left - left).abs() < 1.3 * from.height)
            .map(|(index, to)| (index, (to.middle - at_column(from, to)) / from.height))
            .filter(|(_, down)| (0.45..1.9).contains(down))
            .min_by(|a, b| a.1.total_cmp(&b.1))?;
        let row = text(&self.row_from(next));
        let is_other =
            stops.iter().any(|stop| row.starts_with(stop)) || self.is_labelled(next, stops);
        (!is_other).then_some(next)
    }

    /// Where a character stands along the text.
    fn x_of(&self, mark: &Mark) -> Option<f32> {
        let line = self.lines.get(mark.line)?;
        // Half a character back: the first character's left edge, not its middle.
        let step = (line.right - line.left) / line.glyphs.len().max(1) as f32;
        Some((line.left + mark.at * (line.right - line.left) - step / 2.0).max(line.left))
    }

    /// The text of all rows, for looking labels up.
    pub fn whole_text(&self) -> String {
        (0..self.lines.len())
            .map(|line| text(&self.row_from(line)) + "\n")
            .collect()
    }

    /// All characters in the order in which a free text is read.
    pub fn reading_order(&self) -> Vec<Mark> {
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        // Boxes of one row differ a little in height; the row is decided by the first of them.
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for line in order.drain(..) {
            let joins = rows.last().and_then(|row| row.first()).and_then(|first| {
                Some(off_row(self.lines.get(*first)?, self.lines.get(line)?) <= ROW / 2.0)
            });
            match rows.last_mut() {
                Some(row) if joins == Some(true) => row.push(line),
                _ => rows.push(vec![line]),
            }
        }
        let left = |line: &usize| self.lines.get(*line).map_or(0.0, |it| it.left);
        for row in &mut rows {
            row.sort_by(|a, b| left(a).total_cmp(&left(b)));
        }
        rows.concat()
            .into_iter()
            .flat_map(|line| self.marks_of(line))
            .collect()
    }
}

/// The direction of most of the text; here lines have arrows.
fn main_angle(strips: &[Strip]) -> f32 {
    let long = |strip: &&Strip| strip.length > 2.0 * strip.thickness;
    let guess = strips
        .iter()
        .filter(long)
        .max_by(|a, b| agreeing(strips, a.angle).total_cmp(&agreeing(strips, b.angle)))
        .map_or(0.0, |it| it.angle);
    let near = strips
        .iter()
        .filter(long)
        .filter(|it| difference(it.angle, guess).abs() < TILT_MAX / 2.0);
    let (sin, cos) = near.fold((0.0, 0.0), |sum, it| {
        (
            sum.0 + it.angle.sin() * it.length,
            sum.1 + it.angle.cos() * it.length,
        )
    });
    if sin == 0.0 && cos == 0.0 {
        guess
    } else {
        f32::atan2(sin, cos)
    }
}

fn agreeing(strips: &[Strip], angle: f32) -> f32 {
    let near = strips
        .iter()
        .filter(|it| difference(it.angle, angle).abs() < TILT_MAX / 3.0);
    near.map(|it| it.length).sum()
}

fn place(line: &Line, strip: Strip, angle: f32) -> Placed {
    let centre = strip.centre.turned(-angle);
    Placed {
        glyphs: simplified(normalised(&line.glyphs)),
        left: centre.x - strip.length / 2.0,
        right: centre.x + strip.length / 2.0,
        middle: centre.y,
        height: strip.thickness.max(1.0),
        slope: difference(strip.angle, angle)
            .clamp(-TILT_MAX, TILT_MAX)
            .tan(),
        strip,
    }
}

/// The height at which the row of `from` passes `to`. The longer of the two tells how rows run here.
fn at_column(from: &Placed, to: &Placed) -> f32 {
    let middle = |it: &Placed| (it.left + it.right) / 2.0;
    let length = |it: &Placed| it.right - it.left;
    let longer = if length(from) > length(to) { from } else { to };
    let slope = if length(longer) > 4.0 * longer.height {
        longer.slope
    } else {
        0.0
    };
    from.middle + slope * (middle(to) - middle(from))
}

fn off_row(from: &Placed, to: &Placed) -> f32 {
    (to.middle - at_column(from, to)).abs() / from.height.max(to.height)
}

fn is_watermark(glyphs: &[Glyph]) -> bool {
    let text: String = glyphs.iter().map(|it| it.character).collect();
    let text = text.trim_matches(is_punctuation);
    let repeats = |word: &str| !text.is_empty() && text.replace(word, "").is_empty();
    repeats("样本")
        || repeats("复印件")
        || repeats("SPECIMEN")
        || (text.starts_with("仅供") && text.ends_with("使用"))
}

/// Marks that stand around values, never in them.
pub fn is_punctuation(character: char) -> bool {
    matches!(
        character,
        '：' | '；'
            | '，'
            | '。'
            | '、'
            | '.'
            | '_'
            | '-'
            | '|'
            | '"'
            | '\''
            | '“'
            | '”'
            | ' '
            | '*'
    )
}

/// Up to a label of another field or a gap between columns.
fn until(value: Vec<Mark>, stops: &[&str]) -> Vec<Mark> {
    let stop = stops
        .iter()
        .filter_map(|stop| position(&value, stop))
        .min()
        .unwrap_or(value.len());
    let gap = value
        .iter()
        .skip(1)
        .position(|mark| mark.gap > GAP)
        .map_or(value.len(), |at| at + 1);
    value.into_iter().take(stop.min(gap)).collect()
}

/// Where a text begins in marks, counted in characters.
pub fn position(marks: &[Mark], wanted: &str) -> Option<usize> {
    let wanted: Vec<char> = wanted.chars().collect();
    if wanted.is_empty() {
        return None;
    }
    marks.windows(wanted.len()).position(|window| {
        window
            .iter()
            .zip(&wanted)
            .all(|(mark, it)| mark.character == *it)
    })
}

pub fn text(marks: &[Mark]) -> String {
    marks.iter().map(|it| it.character).collect()
}

impl Page {
    /// The upright rectangle in the photo that holds these characters: left, top, right, bottom.
    pub fn bounds(&self, marks: &[Mark]) -> Option<[f32; 4]> {
        let mut bounds: Option<[f32; 4]> = None;
        for mark in marks {
            let Some(line) = self.lines.get(mark.line) else {
                continue;
            };
            let strip = &line.strip;
            let half =
                (strip.length / line.glyphs.len().max(1) as f32 / 2.0).max(strip.thickness / 4.0);
            let along = (mark.at - 0.5) * strip.length;
            for (x, y) in [(-half, -0.5), (half, -0.5), (half, 0.5), (-half, 0.5)] {
                let corner = Point::new(along + x, y * strip.thickness).turned(strip.angle);
                let (x, y) = (strip.centre.x + corner.x, strip.centre.y + corner.y);
                let [left, top, right, bottom] = bounds.unwrap_or([x, y, x, y]);
                bounds = Some([left.min(x), top.min(y), right.max(x), bottom.max(y)]);
            }
        }
        bounds
    }
}

#[cfg(test)]
mod tests;
