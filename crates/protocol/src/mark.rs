//! Places as they travel and as they are digested.

use crate::{NotCanonical, sha256};
use serde::{Deserialize, Serialize};

/// One place of a seal; millimetres with at most two decimals from the lower left corner as a reader sees the page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkWire {
    /// Page, counted from 1.
    pub page: u32,
    /// Left edge.
    pub x_mm: f64,
    /// Lower edge.
    pub y_mm: f64,
    /// Width.
    pub width_mm: f64,
    /// Height.
    pub height_mm: f64,
}

/// SHA-256 over the canonical form of the list of places.
pub fn marks_sha256(marks: &[MarkWire]) -> Result<[u8; 32], NotCanonical> {
    serde_jcs::to_vec(marks)
        .map(|bytes| sha256(&bytes))
        .map_err(|_| NotCanonical)
}
