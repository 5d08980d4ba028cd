//! From millimetres on the page that a reader sees to default user space (8.3.2.3, 14.11.2).

use crate::refusal::Refusal;

/// Points in an inch over millimetres in an inch.
const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// A rectangle with its corners in order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub left: f64,
    pub bottom: f64,
    pub right: f64,
    pub top: f64,
}

impl Rect {
    /// From any two opposite corners (7.9.5).
    pub(crate) fn new(a: f64, b: f64, c: f64, d: f64) -> Self {
        Self {
            left: a.min(c),
            bottom: b.min(d),
            right: a.max(c),
            top: b.max(d),
        }
    }

    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f64 {
        self.top - self.bottom
    }

    fn intersect(&self, other: &Self) -> Option<Self> {
        let both = Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        };
        (both.width() > 0.0 && both.height() > 0.0).then_some(both)
    }
}

/// What a reader shows of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Geometry {
    /// The visible part, in default user space.
    pub visible: Rect,
    /// Degrees clockwise: 0, 90, 180 or 270.
    pub rotate: u16,
    /// Points per unit of user space.
    pub user_unit: f64,
}

impl Geometry {
    pub(crate) fn new(
        media: Option<Rect>,
        crop: Option<Rect>,
        rotate: Option<i64>,
        user_unit: Option<f64>,
    ) -> Self {
        // A page without a usable MediaBox is shown as US Letter by every reader that was looked at.
        let sound = |rect: &Rect| rect.width() > 0.0 && rect.height() > 0.0;
        let media = media.filter(sound).unwrap_or(Rect {
            left: 0.0,
            bottom: 0.0,
            right: 612.0,
            top: 792.0,
        });
        let visible = crop
            .and_then(|crop| crop.intersect(&media))
            .unwrap_or(media);
        let rotate = match rotate.unwrap_or(0).rem_euclid(360) {
            90 => 90,
            180 => 180,
            270 => 270,
            _ => 0,
        };
        let user_unit = user_unit
            .filter(|unit| *unit > 0.0 && unit.is_finite())
            .unwrap_or(1.0);
        Self {
            visible,
            rotate,
            user_unit,
        }
    }

    /// Width and height as seen.
    pub(crate) fn size_mm(&self) -> (f64, f64) {
        let per_unit = self.user_unit / POINTS_PER_MM;
        let (width, height) = (
            self.visible.width() * per_unit,
            self.visible.height() * per_unit,
        );
        if self.rotate.is_multiple_of(180) {
            (width, height)
        } else {
            (height, width)
        }
    }

    /// The rectangle in user space that covers the given place on the page as seen.
    ///
    /// The corner that a reader sees at the lower left is, for a page turned clockwise by 90 degrees, the lower
    /// right one of user space, and so on around.
    pub(crate) fn place(&self, x_mm: f64, y_mm: f64, width_mm: f64, height_mm: f64) -> Rect {
        let scale = POINTS_PER_MM / self.user_unit;
        let (x, y, width, height) = (
            x_mm * scale,
            y_mm * scale,
            width_mm * scale,
            height_mm * scale,
        );
        let map = |dx: f64, dy: f64| match self.rotate {
            90 => (self.visible.right - dy, self.visible.bottom + dx),
            180 => (self.visible.right - dx, self.visible.top - dy),
            270 => (self.visible.left + dy, self.visible.top - dx),
            _ => (self.visible.left + dx, self.visible.bottom + dy),
        };
        let (a, b) = map(x, y);
        let (c, d) = map(x + width, y + height);
        Rect::new(a, b, c, d)
    }

    /// A point of user space in millimetres from the lower left of the page as seen: [`Geometry::place`] turned around.
    pub(crate) fn seen_mm(&self, x: f64, y: f64) -> (f64, f64) {
        let scale = self.user_unit / POINTS_PER_MM;
        let (left, bottom) = (x - self.visible.left, y - self.visible.bottom);
        let (right, top) = (self.visible.right - x, self.visible.top - y);
        let (x, y) = match self.rotate {
            90 => (bottom, right),
            180 => (right, top),
            270 => (top, left),
            _ => (left, bottom),
        };
        (x * scale, y * scale)
    }

    /// Refuses marks that cannot be drawn or that nobody would see.
    pub(crate) fn check(&self, mark: &crate::Mark) -> Result<(), Refusal> {
        let bad = |why| {
            Err(Refusal::BadMark {
                page: mark.page,
                why,
            })
        };
        let numbers = [mark.x_mm, mark.y_mm, mark.width_mm, mark.height_mm];
        if !numbers
            .iter()
            .all(|n| n.is_finite() && n.abs() <= 100_000.0)
        {
            return bad("place or size is out of range");
        }
        if mark.width_mm < 0.1 || mark.height_mm < 0.1 {
            return bad("the seal would be smaller than a tenth of a millimetre");
        }
        let in_order =
            |slice: crate::Slice| 0.0 <= slice.from && slice.from < slice.to && slice.to <= 1.0;
        if !mark.slice.is_none_or(in_order) {
            return bad("the slice of the seal is empty or out of range");
        }
        let (width, height) = self.size_mm();
        let seen = mark.x_mm < width && mark.y_mm < height;
        if !seen || mark.x_mm + mark.width_mm <= 0.0 || mark.y_mm + mark.height_mm <= 0.0 {
            return bad("the seal would lie outside the page");
        }
        Ok(())
    }
}
