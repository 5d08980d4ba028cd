//! Pages: the tree with its inherited attributes, and the geometry of what a reader sees.

mod geometry;
mod tree;

pub(crate) use geometry::{Geometry, Rect};
pub(crate) use tree::{Annots, PageRecord, read_all};

/// What a caller may want to know of a page before a mark is placed on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageInfo {
    /// From 1.
    pub number: u32,
    /// Width in millimetres as the reader sees the page: after `/CropBox`, `/UserUnit` and `/Rotate`.
    pub width_mm: f64,
    /// Height in millimetres as the reader sees the page.
    pub height_mm: f64,
    /// Degrees clockwise: 0, 90, 180 or 270.
    pub rotate: u16,
    /// Whether the page object stands more than once in the page tree, so that a seal on it shows each time.
    pub listed_twice: bool,
}
