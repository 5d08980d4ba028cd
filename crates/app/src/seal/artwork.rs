//! The picture of a seal, as drawn once and kept.

use domain::id::SealId;
use eseal::Artwork;
use protocol::Base64Url;
use serde::{Deserialize, Serialize};
use store::seal::Seal;

use crate::{App, Error, Result};

/// A picture in the two forms that screens and documents need.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Picture {
    /// For screens.
    pub svg: String,
    /// Bounding box of the PDF form, in points.
    pub bbox: [f32; 4],
    /// Content stream of the PDF form: fills only.
    pub content: Base64Url,
}

impl Picture {
    pub(super) fn of(artwork: &Artwork) -> Self {
        let form = artwork.to_pdf_form();
        Self {
            svg: artwork.to_svg(),
            bbox: form.bbox,
            content: Base64Url(form.content),
        }
    }

    pub(super) fn wrap(&self, app: &App, id: SealId) -> Result<Vec<u8>> {
        let bytes = serde_json::to_vec(self).map_err(|_| Error::internal("seal.artwork"))?;
        Ok(app.vault.wrap("seal.artwork", id.as_bytes(), &bytes)?)
    }
}

/// The picture of a seal, as it was when the seal was made.
///
/// # Errors
/// Internal, when the row cannot be opened.
pub fn picture(app: &App, seal: &Seal) -> Result<Picture> {
    let bytes = app
        .vault
        .unwrap("seal.artwork", seal.id.as_bytes(), &seal.artwork)?;
    serde_json::from_slice(&bytes).map_err(|_| Error::internal("seal.artwork"))
}
