//! Appearance streams (12.5.5): one picture for the whole seal, one thin form for each way a page is turned.

use std::collections::BTreeMap;

use super::{Artwork, png};
use crate::object::Ref;
use crate::refusal::Refusal;
use crate::write::{Increment, deflate, number};

/// The largest vector drawing that is taken.
const CONTENT_BYTES: usize = 4 << 20;

/// The picture, written once, and the forms that show it.
pub(crate) struct Appearance {
    picture: Ref,
    bbox: [f64; 4],
    content: &'static str,
    matrix: [f64; 4],
    turned: BTreeMap<u16, Ref>,
}

impl Appearance {
    /// Writes the picture; `None` for an invisible signature.
    pub(crate) fn write(
        artwork: &Artwork<'_>,
        out: &mut Increment<'_>,
    ) -> Result<Option<Self>, Refusal> {
        match artwork {
            Artwork::None => Ok(None),
            Artwork::Form { bbox, content } => form(bbox.map(f64::from), content, out).map(Some),
            Artwork::Png(bytes) => {
                let image = png::decode(bytes)?;
                let (width, height) = (f64::from(image.width), f64::from(image.height));
                let picture = png::write(&image, out)?;
                let bbox = [0.0, 0.0, width, height];
                let matrix = [width, height, 0.0, 0.0];
                Ok(Some(Self {
                    picture,
                    bbox,
                    content: "Do",
                    matrix,
                    turned: BTreeMap::new(),
                }))
            }
        }
    }

    /// The form for pages that are turned by `rotate` degrees clockwise.
    ///
    /// A reader fits the box of the form, turned by its matrix, into the rectangle of the widget, so that one form
    /// serves pages of every size. Turning it back by the page's angle keeps the seal upright.
    pub(crate) fn form(&mut self, rotate: u16, out: &mut Increment<'_>) -> Result<Ref, Refusal> {
        if let Some(form) = self.turned.get(&rotate) {
            return Ok(*form);
        }
        let form = out.allocate()?;
        let [left, bottom, right, top] = self.bbox.map(number);
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
        let [width, height, x, y] = self.matrix.map(number);
        let content = format!("q {width} 0 0 {height} {x} {y} cm /Seal {} Q", self.content);
        out.stream(form, &head, content.as_bytes());
        self.turned.insert(rotate, form);
        Ok(form)
    }
}

fn form(bbox: [f64; 4], content: &[u8], out: &mut Increment<'_>) -> Result<Appearance, Refusal> {
    let [left, bottom, right, top] = bbox;
    let sound = bbox.iter().all(|n| n.is_finite() && n.abs() < 1e6)
        && right - left > 1e-3
        && top - bottom > 1e-3;
    if !sound {
        return Err(Refusal::BadArtwork(
            "its box is empty or out of range".to_owned(),
        ));
    }
    if content.is_empty() || content.len() > CONTENT_BYTES {
        return Err(Refusal::BadArtwork(
            "its drawing is empty or too large".to_owned(),
        ));
    }
    let picture = out.allocate()?;
    let [l, b, r, t] = bbox.map(number);
    let head = format!(
        "/Type/XObject/Subtype/Form/BBox[{l} {b} {r} {t}]/Resources<<>>/Filter/FlateDecode"
    );
    out.stream(picture, &head, &deflate(content));
    Ok(Appearance {
        picture,
        bbox,
        content: "Do",
        matrix: [1.0, 1.0, 0.0, 0.0],
        turned: BTreeMap::new(),
    })
}
