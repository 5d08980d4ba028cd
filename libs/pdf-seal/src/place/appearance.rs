//! Appearance streams (12.5.5): one picture for the whole seal, one thin form for each way a page is turned
//! and for each slice of a seal that is cut.

use std::collections::BTreeMap;

use super::{Artwork, Picture, Slice};
use crate::object::Ref;
use crate::refusal::Refusal;
use crate::write::{Increment, number};

/// The picture, written once, and the forms that show it.
pub(crate) struct Appearance {
    picture: Ref,
    bbox: [f64; 4],
    matrix: [f64; 4],
    forms: BTreeMap<Shape, Ref>,
}

/// What makes one form differ from another: angle, and for a slice its way and the bits of its ends.
type Shape = (u16, Option<(bool, u64, u64)>);

impl Appearance {
    /// Writes the picture; `None` for an invisible signature.
    pub(crate) fn write(
        artwork: &Artwork<'_>,
        out: &mut Increment<'_>,
    ) -> Result<Option<Self>, Refusal> {
        let made;
        let picture = match artwork {
            Artwork::None => return Ok(None),
            Artwork::Ready(picture) => *picture,
            other => {
                made = Picture::new(*other)?;
                &made
            }
        };
        Ok(Some(Self {
            picture: picture.write(out)?,
            bbox: picture.bbox(),
            matrix: picture.matrix(),
            forms: BTreeMap::new(),
        }))
    }

    /// The form that shows the picture, or a slice of it, on pages that are turned by `rotate` degrees clockwise.
    ///
    /// A reader fits the box of the form, turned by its matrix, into the rectangle of the widget, so that one form
    /// serves pages of every size. Turning it back by the page's angle keeps the seal upright. A slice is the whole
    /// picture moved under a smaller box, which clips it: the picture itself is in the file once.
    pub(crate) fn form(
        &mut self,
        rotate: u16,
        slice: Option<Slice>,
        out: &mut Increment<'_>,
    ) -> Result<Ref, Refusal> {
        let bits = |it: Slice| (it.edge.is_upright(), it.from.to_bits(), it.to.to_bits());
        let shape = (rotate, slice.map(bits));
        if let Some(form) = self.forms.get(&shape) {
            return Ok(*form);
        }
        let form = out.allocate()?;
        let (bbox, [dx, dy]) = self.cut(slice);
        let [left, bottom, right, top] = bbox.map(number);
        let turn = match rotate {
            90 => "/Matrix[0 1 -1 0 0 0]",
            180 => "/Matrix[-1 0 0 -1 0 0]",
            270 => "/Matrix[0 -1 1 0 0 0]",
            _ => "",
        };
        let head = format!(
            "/Type/XObject/Subtype/Form/BBox[{left} {bottom} {right} {top}]{turn}/Resources<</XObject<</Seal {}>>>>",
            self.picture
        );
        let [width, height, x, y] = self.matrix;
        let [width, height, x, y] = [width, height, x - dx, y - dy].map(number);
        let content = format!("q {width} 0 0 {height} {x} {y} cm /Seal Do Q");
        out.stream(form, &head, content.as_bytes());
        self.forms.insert(shape, form);
        Ok(form)
    }

    /// The box that shows `slice`, with the corner of the whole, and how far the picture moves to lie under it.
    fn cut(&self, slice: Option<Slice>) -> ([f64; 4], [f64; 2]) {
        let [left, bottom, right, top] = self.bbox;
        let Some(slice) = slice else {
            return (self.bbox, [0.0, 0.0]);
        };
        let (width, height) = (right - left, top - bottom);
        let part = slice.to - slice.from;
        if slice.edge.is_upright() {
            (
                [left, bottom, left + part * width, top],
                [slice.from * width, 0.0],
            )
        } else {
            // A slice counts from the top of the picture, a box from its bottom.
            (
                [left, bottom, right, bottom + part * height],
                [0.0, (1.0 - slice.to) * height],
            )
        }
    }
}
