//! Placing one signature on many pages: appearance, widgets, annotation lists and the form.
//!
//! ISO 32000-2 means one widget for a signature. A company seal stands on every page, though, and readers judge
//! every page's widget for itself. The forms here are those that stayed one valid signature in pyHanko, pdfsig and
//! mutool after further seals; page content and stamp annotations are never used, since they make every earlier
//! seal illegal.

mod annots;
mod appearance;
mod form;
mod info;
mod metadata;
mod picture;
mod png;
pub mod straddle;
mod widgets;

pub(crate) use annots::add as add_annots;
pub(crate) use appearance::Appearance;
pub(crate) use form::add as add_to_form;
pub(crate) use info::in_order as info_in_order;
pub(crate) use metadata::in_order as metadata_in_order;
pub use picture::Picture;
pub(crate) use widgets::{Placed, write as write_widgets};

/// The seal picture.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Artwork<'a> {
    /// Vector drawing: a content stream that needs no resources, and the box it draws in.
    Form {
        /// Left, bottom, right, top in the units of the content.
        bbox: [f32; 4],
        /// The content stream, not compressed.
        content: &'a [u8],
    },
    /// A PNG file; its transparency is kept.
    Png(&'a [u8]),
    /// Either of them, made ready before; for sealing one file after another with it.
    Ready(&'a Picture),
    /// Nothing to see: an invisible signature.
    None,
}

/// How one signature is tied to its widgets on several pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum MultiPage {
    /// [`MultiPage::KidsV`] up to 200 widgets, [`MultiPage::KidsV1`] above.
    #[default]
    Auto,
    /// One field, its widgets as kids, `/FT` and `/V` repeated in every kid: one signature for readers that judge
    /// fields, valid for those that judge widgets.
    KidsV,
    /// As `KidsV`, `/V` repeated in the first kid only: for long files, where some readers hash the whole file
    /// once for every widget that they take for a signature.
    KidsV1,
    /// One field for every widget, all with the same signature dictionary: readers list one signature for each
    /// page. For readers that cannot show the other two.
    SharedV,
}

/// Above this many widgets [`MultiPage::Auto`] becomes `KidsV1`.
pub(crate) const KIDS_V_WIDGETS: usize = 200;

/// Where a seal goes: millimetres from the lower left of the page as the reader sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// From 1.
    pub page: u32,
    /// Left edge of the seal.
    pub x_mm: f64,
    /// Lower edge of the seal.
    pub y_mm: f64,
    /// Width of the seal.
    pub width_mm: f64,
    /// Height of the seal.
    pub height_mm: f64,
    /// Which part of the picture fills the place; `None` for the whole.
    pub slice: Option<Slice>,
}

/// A part of the picture that stands at an edge of the page, with the full length of the picture along the edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slice {
    /// The edge of the page as the reader sees it.
    pub edge: Edge,
    /// Where the part begins, from 0 to 1: from the left of the picture for upright edges, from its top for others.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// An edge of a page as the reader sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Edge {
    /// The left edge.
    Left,
    /// The right edge, where most straddle seals stand.
    Right,
    /// The upper edge.
    Top,
    /// The lower edge.
    Bottom,
}

impl Edge {
    /// Every edge.
    pub const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Top, Self::Bottom];

    /// The word in modes and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Top => "top",
            Self::Bottom => "bottom",
        }
    }

    /// Whether the picture is cut by upright lines.
    #[must_use]
    pub const fn is_upright(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }
}
