//! Plane geometry of text boxes: hulls, smallest rectangles, strips of text with a direction. The y axis points down.

use std::f32::consts::{FRAC_PI_2, PI};

/// A point in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    pub(crate) const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Turned about the origin.
    pub(crate) fn turned(self, angle: f32) -> Self {
        let (sin, cos) = angle.sin_cos();
        Self::new(self.x * cos - self.y * sin, self.x * sin + self.y * cos)
    }
}

/// A rectangle that holds one line of text: `angle` is where the text runs to, in radians from the x axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Strip {
    pub centre: Point,
    pub length: f32,
    pub thickness: f32,
    pub angle: f32,
}

impl Strip {
    /// From the text's upper left corner clockwise.
    pub fn corners(&self) -> [Point; 4] {
        let (half_length, half_thickness) = (self.length / 2.0, self.thickness / 2.0);
        [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(along, across): (f32, f32)| {
            let corner =
                Point::new(along * half_length, across * half_thickness).turned(self.angle);
            Point::new(self.centre.x + corner.x, self.centre.y + corner.y)
        })
    }

    /// The same rectangle read along the page's direction: short boxes may have been taken for lines across it.
    pub fn along(mut self, page: f32) -> Self {
        let mut off = difference(self.angle, page);
        if off.abs() > PI / 4.0 && off.abs() < PI * 3.0 / 4.0 {
            (self.length, self.thickness) = (self.thickness, self.length);
            self.angle += FRAC_PI_2;
            off = difference(self.angle, page);
        }
        if off.abs() > FRAC_PI_2 {
            self.angle += PI;
        }
        self.angle = difference(self.angle, 0.0);
        self
    }

    /// Grown on all sides by `ratio` of area over outline, which undoes how the detector shrinks text.
    pub fn grown(mut self, ratio: f32) -> Self {
        let by = self.length * self.thickness * ratio / (2.0 * (self.length + self.thickness));
        self.length += 2.0 * by;
        self.thickness += 2.0 * by;
        self
    }

    /// From corners in the order of [`Self::corners`].
    pub fn from_corners(corners: &[Point; 4]) -> Self {
        let [a, b, c, d] = *corners;
        let middle = |p: Point, q: Point| Point::new((p.x + q.x) / 2.0, (p.y + q.y) / 2.0);
        let (left, right, top, bottom) = (middle(a, d), middle(b, c), middle(a, b), middle(d, c));
        Self {
            centre: middle(left, right),
            length: (right.x - left.x).hypot(right.y - left.y),
            thickness: (bottom.x - top.x).hypot(bottom.y - top.y),
            angle: (right.y - left.y).atan2(right.x - left.x),
        }
    }
}

/// `a - b` brought into (-π, π].
pub(crate) fn difference(a: f32, b: f32) -> f32 {
    let off = (a - b).rem_euclid(2.0 * PI);
    if off > PI { off - 2.0 * PI } else { off }
}

/// The convex hull, counter-clockwise from the leftmost point (Andrew's monotone chain).
pub(crate) fn hull(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let mut hull = half_hull(points.iter().copied());
    let upper = half_hull(points.iter().rev().copied());
    // Each half ends where the other begins.
    hull.pop();
    hull.extend(upper);
    hull.pop();
    hull
}

fn half_hull(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut chain: Vec<Point> = Vec::new();
    for point in points {
        while let [.., a, b] = chain.as_slice() {
            if (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0.0 {
                break;
            }
            chain.pop();
        }
        chain.push(point);
    }
    chain
}

/// The rectangle of least area around a convex outline of pixel centres, long side first; one side lies on an edge of
/// the outline.
pub(crate) fn smallest_rectangle(hull: &[Point]) -> Option<Strip> {
    let first = *hull.first()?;
    let next = hull.iter().skip(1).chain(std::iter::once(&first));
    let mut best: Option<Strip> = None;
    for (from, to) in hull.iter().zip(next) {
        let angle = (to.y - from.y).atan2(to.x - from.x);
        let strip = rectangle_at(hull, angle);
        if best.is_none_or(|it| strip.length * strip.thickness < it.length * it.thickness) {
            best = Some(strip);
        }
    }
    best.map(long_side_first)
}

fn rectangle_at(hull: &[Point], angle: f32) -> Strip {
    let (mut least, mut most) = (
        Point::new(f32::MAX, f32::MAX),
        Point::new(f32::MIN, f32::MIN),
    );
    for point in hull {
        let turned = point.turned(-angle);
        least = Point::new(least.x.min(turned.x), least.y.min(turned.y));
        most = Point::new(most.x.max(turned.x), most.y.max(turned.y));
    }
    let middle = Point::new((least.x + most.x) / 2.0, (least.y + most.y) / 2.0);
    Strip {
        centre: middle.turned(angle),
        // A pixel is a square, not its centre.
        length: most.x - least.x + 1.0,
        thickness: most.y - least.y + 1.0,
        angle,
    }
}

fn long_side_first(strip: Strip) -> Strip {
    let mut strip = strip;
    if strip.length < strip.thickness {
        (strip.length, strip.thickness) = (strip.thickness, strip.length);
        strip.angle += FRAC_PI_2;
    }
    // A line has two directions; the one in (-90°, 90°] until something says otherwise.
    let off = difference(strip.angle, 0.0);
    strip.angle = if off > FRAC_PI_2 {
        off - PI
    } else if off <= -FRAC_PI_2 {
        off + PI
    } else {
        off
    };
    strip
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(a: f32, b: f32, by: f32) -> bool {
        (a - b).abs() <= by
    }

    #[test]
    fn a_hull_has_no_inner_points() {
        let square = [(0, 0), (4, 0), (4, 4), (0, 4), (2, 2), (2, 0), (1, 3)];
        let points = square.map(|(x, y)| Point::new(x as f32, y as f32)).to_vec();
        assert_eq!(hull(points).len(), 4);
        assert_eq!(hull(vec![Point::new(1.0, 1.0); 9]).len(), 1);
        assert!(smallest_rectangle(&[]).is_none());
    }

    proptest! {
        #[test]
        fn a_turned_rectangle_is_found_again(angle in -1.5f32..1.5, length in 40f32..400.0, thickness in 6f32..30.0) {
            let strip = Strip { centre: Point::new(300.0, 200.0), length, thickness, angle };
            let found = smallest_rectangle(&hull(strip.corners().to_vec())).unwrap();
            prop_assert!(close(found.length, length + 1.0, 0.1) && close(found.thickness, thickness + 1.0, 0.1));
            prop_assert!(close(difference(found.angle, angle), 0.0, 0.01));
            prop_assert!(close(found.centre.x, 300.0, 0.1) && close(found.centre.y, 200.0, 0.1));
        }

        #[test]
        fn a_hull_holds_all_its_points(raw in proptest::collection::vec((0i16..60, 0i16..60), 1..60)) {
            let points: Vec<Point> = raw.iter().map(|(x, y)| Point::new(f32::from(*x), f32::from(*y))).collect();
            let found = smallest_rectangle(&hull(points.clone())).unwrap();
            for point in points {
                let inside = Point::new(point.x - found.centre.x, point.y - found.centre.y).turned(-found.angle);
                prop_assert!(inside.x.abs() <= found.length / 2.0 + 0.01);
                prop_assert!(inside.y.abs() <= found.thickness / 2.0 + 0.01);
            }
        }

        #[test]
        fn a_strip_follows_the_page(angle in -3.0f32..3.0, page in -3.0f32..3.0) {
            let strip = Strip { centre: Point::new(0.0, 0.0), length: 50.0, thickness: 30.0, angle };
            let along = strip.along(page);
            prop_assert!(difference(along.angle, page).abs() <= PI / 4.0 + 0.001);
            prop_assert!(close(along.length * along.thickness, 1500.0, 0.1));
        }

        #[test]
        fn corners_and_back(angle in -3.0f32..3.0, length in 1f32..400.0, thickness in 1f32..30.0) {
            let strip = Strip { centre: Point::new(30.0, 20.0), length, thickness, angle };
            let back = Strip::from_corners(&strip.corners());
            prop_assert!(close(back.length, length, 0.01) && close(back.thickness, thickness, 0.01));
            prop_assert!(close(difference(back.angle, angle), 0.0, 0.01));
        }
    }
}
