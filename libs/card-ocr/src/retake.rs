//! When a photo should be taken again, and why.

use crate::geometry::Strip;
use crate::line::Line;
use crate::reading::{Expect, Grade, Paper};

/// Why. The first that holds is given, in this order of use to the person with the phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Retake {
    /// No paper with text is to be seen.
    NothingFound,
    /// Another paper, or the other side of the card.
    WrongPaper {
        /// What is to be seen instead.
        found: Expect,
    },
    /// Text runs into the edge of the photo.
    CutOff,
    /// The text is too small.
    TooFar,
    /// The text is not sharp, or light falls on it.
    Unclear,
    /// These required fields were not found, by their names in the paper's type.
    FieldsMissing(Vec<&'static str>),
}

/// Fewer lines are no paper.
const LINES_MIN: usize = 3;
/// Text this near to the edge may go on beyond it.
const EDGE_PX: f32 = 5.0;
/// Half of the boxes are at least this high, margin of the detector included (1.8 times the character).
const HEIGHT_PX_MIN: f32 = 30.0;
/// Half of the lines are at least this sure.
const MEDIAN_MIN: f32 = 0.97;
/// A line below this is lost.
const LOST: f32 = 0.8;
/// More lost lines than this share, and the photo is at fault.
const LOST_SHARE: f32 = 0.2;

/// Judges the photo by what could be read of it.
pub fn judge(lines: &[Line], size: (u32, u32), papers: &[Paper], expect: Expect) -> Option<Retake> {
    let facts = Facts::of(lines, size);
    let Some(paper) = papers.first() else {
        return Some(facts.fault().unwrap_or(Retake::NothingFound));
    };
    if expect != Expect::Any && paper.kind() != expect {
        // With bad light the labels of the right paper may be what was lost.
        return Some(Retake::WrongPaper {
            found: paper.kind(),
        });
    }
    let missing = paper.missing();
    let all_sure = || {
        let fields = paper.fields();
        paper.required().iter().all(|name| {
            fields
                .iter()
                .any(|(it, field)| it == name && field.grade == Grade::Sure)
        })
    };
    if missing.is_empty() {
        // What is read well is read well, from however far.
        return if all_sure() {
            None
        } else {
            facts.fault().filter(|fault| *fault != Retake::CutOff)
        };
    }
    Some(facts.fault().unwrap_or(Retake::FieldsMissing(missing)))
}

struct Facts {
    lines: usize,
    touches_edge: bool,
    height_px: f32,
    median: f32,
    lost_share: f32,
}

impl Facts {
    fn of(lines: &[Line], size: (u32, u32)) -> Self {
        let long: Vec<(&Line, Strip)> = lines
            .iter()
            .map(|line| (line, Strip::from_corners(&line.corners)))
            .filter(|(_, strip)| strip.length > 3.0 * strip.thickness)
            .collect();
        let lost = long
            .iter()
            .filter(|(line, _)| line.confidence() < LOST)
            .count();
        Self {
            lines: lines.len(),
            touches_edge: lines.iter().any(|line| touches_edge(line, size)),
            height_px: median(long.iter().map(|(_, strip)| strip.thickness)),
            median: median(long.iter().map(|(line, _)| line.confidence())),
            lost_share: lost as f32 / long.len().max(1) as f32,
        }
    }

    /// What is wrong with the photo, whatever it shows.
    fn fault(&self) -> Option<Retake> {
        if self.lines < LINES_MIN {
            Some(Retake::NothingFound)
        } else if self.touches_edge {
            Some(Retake::CutOff)
        } else if self.height_px < HEIGHT_PX_MIN {
            Some(Retake::TooFar)
        } else if self.median < MEDIAN_MIN || self.lost_share > LOST_SHARE {
            Some(Retake::Unclear)
        } else {
            None
        }
    }
}

fn touches_edge(line: &Line, (width, height): (u32, u32)) -> bool {
    line.corners.iter().any(|corner| {
        let inside = |at: f32, side: u32| at >= EDGE_PX && at <= side as f32 - EDGE_PX;
        !inside(corner.x, width) || !inside(corner.y, height)
    })
}

fn median(numbers: impl Iterator<Item = f32>) -> f32 {
    let mut numbers: Vec<f32> = numbers.collect();
    numbers.sort_by(f32::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;
    use crate::reading::{Field, IdCardFront};

    /// Ten lines of this height and confidence, the first this far from the left edge.
    fn lines(height: f32, sure: f32, left: f32) -> Vec<Line> {
        let line = |row: i16| {
            let top = 100.0 + 60.0 * f32::from(row);
            let left = if row == 0 { left } else { 300.0 };
            let corner = |x: f32, y: f32| Point::new(left + x, top + y);
            Line::of_text(
                "云山省明月市长河路",
                sure,
                [
                    corner(0.0, 0.0),
                    corner(400.0, 0.0),
                    corner(400.0, height),
                    corner(0.0, height),
                ],
            )
        };
        (0..10).map(line).collect()
    }

    /// A card with this name and number; empty ones are missing, and `?` is to be confirmed.
    fn card(name: &str, number: &str) -> Paper {
        let field = |text: &str| Field {
            text: text.to_owned(),
            grade: match text {
                "" => Grade::Missing,
                "?" => Grade::Confirm,
                _ => Grade::Sure,
            },
            ..Field::missing()
        };
        Paper::IdCardFront(IdCardFront {
            name: field(name),
            number: field(number),
            sex: Field::missing(),
            nation: Field::missing(),
            birth: Field::missing(),
            address: Field::missing(),
        })
    }

    fn check(lines: &[Line], papers: &[Paper], expect: Expect, expected: Option<Retake>) {
        assert_eq!(judge(lines, (1920, 1080), papers, expect), expected);
    }

    #[test]
    fn idv_1_the_reason_to_take_the_photo_again_is_named() {
        let front = Expect::IdCardFront;
        let good = || lines(40.0, 1.0, 300.0);
        let lost = |it: &str| vec![card(it, "")];
        check(&good(), &[card("林若溪", "1")], front, None);
        check(
            &good(),
            &lost("林若溪"),
            front,
            Some(Retake::FieldsMissing(vec!["number"])),
        );
        check(
            &good(),
            &lost(""),
            front,
            Some(Retake::FieldsMissing(vec!["name", "number"])),
        );
        check(&[], &[], front, Some(Retake::NothingFound));
        check(&good(), &[], front, Some(Retake::NothingFound));
        check(
            &lines(20.0, 1.0, 300.0),
            &lost("林若溪"),
            front,
            Some(Retake::TooFar),
        );
        check(
            &lines(40.0, 0.9, 300.0),
            &lost("林若溪"),
            front,
            Some(Retake::Unclear),
        );
        check(
            &lines(40.0, 1.0, 2.0),
            &lost("林若溪"),
            front,
            Some(Retake::CutOff),
        );
        check(
            &good(),
            &[card("林若溪", "1")],
            Expect::IdCardBack,
            Some(Retake::WrongPaper { found: front }),
        );
    }

    #[test]
    fn what_was_read_well_is_not_asked_for_again() {
        let sure = [card("林若溪", "1")];
        check(&lines(20.0, 0.9, 2.0), &sure, Expect::Any, None);
        let doubtful = [card("?", "1")];
        check(
            &lines(20.0, 1.0, 300.0),
            &doubtful,
            Expect::Any,
            Some(Retake::TooFar),
        );
        check(&lines(40.0, 1.0, 2.0), &doubtful, Expect::Any, None);
    }
}
