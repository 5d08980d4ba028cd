//! Closed outlines in whole micrometres.

use kurbo::{BezPath, PathEl, QuadBez};

/// A point of the picture: micrometres from its lower left corner, y up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// To the right.
    pub x: i32,
    /// Upward.
    pub y: i32,
}

/// One step of an outline. Every outline begins with `Move`, and every contour ends with `Close`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// Begins a contour.
    Move(Point),
    /// A straight line to the point.
    Line(Point),
    /// A cubic Bézier curve: two control points and the end.
    Curve(Point, Point, Point),
    /// Back to where the contour began.
    Close,
}

/// Which part of the seal an outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// The outer ring.
    Rim,
    /// The five-pointed star.
    Star,
    /// A character of the name, counted from 0.
    Name(usize),
    /// A character of the horizontal text, counted from 0.
    BottomText(usize),
    /// A digit of the code, counted from 0.
    Code(usize),
}

/// One figure of the seal, to be filled by the nonzero winding rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// What it is.
    pub part: Part,
    /// Its contours, one after the other.
    pub segments: Vec<Segment>,
}

impl Outline {
    /// Rounds a path in millimetres around the origin to micrometres from the corner of a picture that is
    /// `2 * half_mm` wide.
    ///
    /// Whole micrometres make the bytes the same on every machine: sine and cosine may differ in the last bit between
    /// mathematics libraries, and a hundred-millionth of a micrometre does not survive the rounding.
    pub(crate) fn from_path(part: Part, path: &BezPath, half_mm: f64) -> Self {
        let um = |p: kurbo::Point| Point {
            x: micrometres(p.x + half_mm),
            y: micrometres(p.y + half_mm),
        };
        let mut segments = Vec::with_capacity(path.elements().len());
        let mut last = kurbo::Point::ORIGIN;
        for element in path.elements() {
            segments.push(match *element {
                PathEl::MoveTo(p) => Segment::Move(um(p)),
                PathEl::LineTo(p) => Segment::Line(um(p)),
                PathEl::QuadTo(c, p) => {
                    let cubic = QuadBez::new(last, c, p).raise();
                    Segment::Curve(um(cubic.p1), um(cubic.p2), um(p))
                }
                PathEl::CurveTo(c1, c2, p) => Segment::Curve(um(c1), um(c2), um(p)),
                PathEl::ClosePath => Segment::Close,
            });
            last = element.end_point().unwrap_or(last);
        }
        Self { part, segments }
    }

    /// Every point of the outline, control points included: their hull holds the whole figure.
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        self.segments.iter().flat_map(|segment| {
            let [a, b, c] = match *segment {
                Segment::Move(p) | Segment::Line(p) => [Some(p), None, None],
                Segment::Curve(c1, c2, p) => [Some(c1), Some(c2), Some(p)],
                Segment::Close => [None; 3],
            };
            [a, b, c].into_iter().flatten()
        })
    }
}

#[allow(clippy::cast_possible_truncation)] // A seal is 42 000 micrometres wide at most, and `as` saturates.
fn micrometres(mm: f64) -> i32 {
    (mm * 1000.0).round() as i32
}
