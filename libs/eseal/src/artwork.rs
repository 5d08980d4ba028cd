//! The finished seal.

use crate::error::Error;
use crate::outline::Outline;
use crate::pdf::PdfForm;

/// What kind of seal an artwork is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// 公章: round, with a star.
    Company,
}

/// A seal as outlines in one colour; every picture is made from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artwork {
    pub(crate) kind: Kind,
    pub(crate) width_um: u32,
    pub(crate) height_um: u32,
    pub(crate) color_rgb: [u8; 3],
    pub(crate) outlines: Vec<Outline>,
}

impl Artwork {
    /// What kind of seal this is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Width of the imprint in millimetres; the picture has no margin.
    #[must_use]
    pub fn width_mm(&self) -> f64 {
        f64::from(self.width_um) / 1000.0
    }

    /// Height of the imprint in millimetres; the picture has no margin.
    #[must_use]
    pub fn height_mm(&self) -> f64 {
        f64::from(self.height_um) / 1000.0
    }

    /// The one colour of the seal.
    #[must_use]
    pub fn color_rgb(&self) -> [u8; 3] {
        self.color_rgb
    }

    /// The figures, to be filled by the nonzero winding rule; none has a stroke.
    #[must_use]
    pub fn outlines(&self) -> &[Outline] {
        &self.outlines
    }

    /// A stand-alone SVG 1.1 document of the natural size: paths only, none of the text that was given.
    #[must_use]
    pub fn to_svg(&self) -> String {
        crate::svg::document(self)
    }

    /// A PNG picture of the natural size at `dpi` dots per inch, on a transparent ground.
    ///
    /// # Errors
    /// [`Error::Dpi`] outside [`crate::DPI_MIN`]`..=`[`crate::DPI_MAX`].
    pub fn to_png(&self, dpi: u32) -> Result<Vec<u8>, Error> {
        crate::pixels::png(self, dpi)
    }

    /// The content of a PDF form XObject of the natural size.
    #[must_use]
    pub fn to_pdf_form(&self) -> PdfForm {
        crate::pdf::form(self)
    }
}
