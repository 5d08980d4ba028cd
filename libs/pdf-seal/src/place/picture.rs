//! A seal picture made ready once, for any number of seals: checked and compressed.

use super::{Artwork, png};
use crate::object::Ref;
use crate::refusal::Refusal;
use crate::write::{Increment, deflate, number};

/// The largest vector drawing that is taken.
const CONTENT_BYTES: usize = 4 << 20;

/// A seal picture that was checked and compressed, so that sealing one file after another with it costs neither again.
///
/// Give it as [`Artwork::Ready`]. It holds nothing of any file and may be shared between threads.
#[derive(Clone)]
pub struct Picture {
    bbox: [f64; 4],
    /// What makes the unit square of an image as large as the box: width, height, and where it begins.
    matrix: [f64; 4],
    head: String,
    data: Vec<u8>,
    /// Head and data of the soft mask.
    mask: Option<(String, Vec<u8>)>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture")
            .field("bbox", &self.bbox)
            .finish_non_exhaustive()
    }
}

impl Picture {
    /// Checks and compresses `artwork`.
    ///
    /// # Errors
    /// [`Refusal::BadArtwork`] when it cannot be used, and for [`Artwork::None`], which is no picture.
    pub fn new(artwork: Artwork<'_>) -> Result<Self, Refusal> {
        match artwork {
            Artwork::Form { bbox, content } => form(bbox.map(f64::from), content),
            Artwork::Png(bytes) => Ok(image(&png::decode(bytes)?)),
            Artwork::Ready(picture) => Ok(picture.clone()),
            Artwork::None => Err(Refusal::BadArtwork("there is none".to_owned())),
        }
    }

    pub(super) fn bbox(&self) -> [f64; 4] {
        self.bbox
    }

    pub(super) fn matrix(&self) -> [f64; 4] {
        self.matrix
    }

    /// Writes the picture as an object of its own.
    pub(super) fn write(&self, out: &mut Increment<'_>) -> Result<Ref, Refusal> {
        let mut head = self.head.clone();
        if let Some((mask_head, data)) = &self.mask {
            let reference = out.allocate()?;
            out.stream(reference, mask_head, data);
            head.push_str(&format!("/SMask {reference}"));
        }
        let reference = out.allocate()?;
        out.stream(reference, &head, &self.data);
        Ok(reference)
    }
}

fn form(bbox: [f64; 4], content: &[u8]) -> Result<Picture, Refusal> {
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
    let [l, b, r, t] = bbox.map(number);
    Ok(Picture {
        bbox,
        matrix: [1.0, 1.0, 0.0, 0.0],
        head: format!(
            "/Type/XObject/Subtype/Form/BBox[{l} {b} {r} {t}]/Resources<<>>/Filter/FlateDecode"
        ),
        data: deflate(content),
        mask: None,
    })
}

/// An image XObject with a soft mask (8.9.5, 11.6.5.3).
fn image(image: &png::Image) -> Picture {
    let head = |space: &str| {
        format!(
            "/Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace/{space}/BitsPerComponent 8/Filter/FlateDecode",
            image.width, image.height
        )
    };
    let (width, height) = (f64::from(image.width), f64::from(image.height));
    Picture {
        bbox: [0.0, 0.0, width, height],
        matrix: [width, height, 0.0, 0.0],
        head: head(if image.gray {
            "DeviceGray"
        } else {
            "DeviceRGB"
        }),
        data: deflate(&image.color),
        mask: image
            .alpha
            .as_ref()
            .map(|alpha| (head("DeviceGray"), deflate(alpha))),
    }
}
