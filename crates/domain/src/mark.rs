//! Where a seal goes: modes, pages and places.

mod mode;

pub use mode::{Edge, Mode, ModeKind, Occurrence, Ranges};

/// One place: millimetres from the lower left corner of the page as a reader sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Page, counted from 1.
    pub page: u32,
    /// Left edge of the seal in millimetres.
    pub x_mm: f64,
    /// Lower edge of the seal in millimetres.
    pub y_mm: f64,
    /// Width in millimetres.
    pub width_mm: f64,
    /// Height in millimetres.
    pub height_mm: f64,
}

/// Why a mode or its places cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarkError {
    /// The text is none of the five forms.
    #[error("the mode is not understood")]
    Mode,
    /// A page outside the document.
    #[error("a page is outside the document")]
    Page,
    /// The places are not those that the mode asks for.
    #[error("the places do not match the pages of the mode")]
    Pages,
    /// A number that is not finite, negative, too large or finer than a hundredth of a millimetre.
    #[error("a place is not a number of millimetres with at most two decimals")]
    Place,
    /// The seal is shown at its true size or not at all.
    #[error("a place has not the size of the seal")]
    Size,
    /// The slices along an edge do not make up whole seals.
    #[error("the slices do not add up to the seal")]
    Slices,
}

/// Most places in one signature, and most pages of a document.
pub const MARKS_MAX: usize = 5000;
/// No page that a reader shows is larger (200 inches, ISO 32000-1 annex C).
const PLACE_MAX_MM: f64 = 5080.0;
/// How far a size may be off, in hundredths of a millimetre.
const TOLERANCE: i64 = 10;
/// A thinner slice is a line. It is wider than the tolerance, so that a group of slices ends where it ends.
const SLICE_MIN: i64 = 100;

/// A size in hundredths of a millimetre.
#[derive(Clone, Copy)]
struct Size {
    width: i64,
    height: i64,
}

/// Checks that the places are those of the mode: one for each page at true size, for a straddling seal one slice for each
/// page and edge (pages ascending, edges in the mode's order), for a keyword any number at true size, pages ascending.
pub fn check(
    mode: &Mode,
    page_count: u32,
    marks: &[Mark],
    seal_width_mm: f64,
    seal_height_mm: f64,
) -> Result<(), MarkError> {
    let pages = mode.pages(page_count)?;
    if marks.is_empty() || marks.len() > MARKS_MAX {
        return Err(MarkError::Pages);
    }
    let mut sizes = Vec::with_capacity(marks.len());
    for mark in marks {
        let places = [mark.x_mm, mark.y_mm, mark.width_mm, mark.height_mm];
        if !places.iter().all(|&place| is_hundredths(place)) {
            return Err(MarkError::Place);
        }
        sizes.push(size(mark.width_mm, mark.height_mm));
    }
    let seal = size(seal_width_mm, seal_height_mm);
    let expected: Vec<u32> = match mode {
        Mode::Keyword { occurrence, .. } => {
            return keyword(*occurrence, page_count, marks, &sizes, seal);
        }
        Mode::Straddle { edges, .. } => pages
            .iter()
            .flat_map(|page| std::iter::repeat_n(*page, edges.len()))
            .collect(),
        Mode::Page(_) | Mode::All | Mode::Pages(_) => pages,
    };
    if !marks.iter().map(|mark| mark.page).eq(expected) {
        return Err(MarkError::Pages);
    }
    match mode {
        Mode::Straddle { edges, .. } => straddle(edges, &sizes, seal),
        _ => true_size(&sizes, seal),
    }
}

fn keyword(
    occurrence: Occurrence,
    page_count: u32,
    marks: &[Mark],
    sizes: &[Size],
    seal: Size,
) -> Result<(), MarkError> {
    if marks
        .iter()
        .any(|mark| !(1..=page_count).contains(&mark.page))
    {
        return Err(MarkError::Page);
    }
    let right_count = occurrence == Occurrence::All || marks.len() == 1;
    if !right_count || !marks.is_sorted_by_key(|mark| mark.page) {
        return Err(MarkError::Pages);
    }
    true_size(sizes, seal)
}

fn true_size(sizes: &[Size], seal: Size) -> Result<(), MarkError> {
    let whole = |size: &Size| close(size.width, seal.width) && close(size.height, seal.height);
    sizes.iter().all(whole).then_some(()).ok_or(MarkError::Size)
}

/// Along each edge the slices keep the seal's full length, and groups of at least two of them add up to its other side.
fn straddle(edges: &[Edge], sizes: &[Size], seal: Size) -> Result<(), MarkError> {
    for (index, edge) in edges.iter().enumerate() {
        let (whole, full) = if edge.is_upright() {
            (seal.width, seal.height)
        } else {
            (seal.height, seal.width)
        };
        let (mut sum, mut count) = (0, 0);
        for size in sizes.iter().skip(index).step_by(edges.len()) {
            let (slice, length) = if edge.is_upright() {
                (size.width, size.height)
            } else {
                (size.height, size.width)
            };
            if !close(length, full) {
                return Err(MarkError::Size);
            }
            sum += slice;
            count += 1;
            if slice < SLICE_MIN || sum > whole + TOLERANCE {
                return Err(MarkError::Slices);
            }
            if close(sum, whole) {
                if count < 2 {
                    return Err(MarkError::Slices);
                }
                (sum, count) = (0, 0);
            }
        }
        if count != 0 {
            return Err(MarkError::Slices);
        }
    }
    Ok(())
}

fn close(a: i64, b: i64) -> bool {
    (a - b).abs() <= TOLERANCE
}

/// Callers have bounded the numbers, or they are those of a seal, which is a few centimetres wide.
fn size(width_mm: f64, height_mm: f64) -> Size {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a few thousand millimetres at most"
    )]
    let hundredths = |mm: f64| (mm * 100.0).round() as i64;
    Size {
        width: hundredths(width_mm),
        height: hundredths(height_mm),
    }
}

fn is_hundredths(place: f64) -> bool {
    place.is_finite()
        && (0.0..=PLACE_MAX_MM).contains(&place)
        && ((place * 100.0).round() / 100.0 - place).abs() < 1e-9
}

#[cfg(test)]
mod tests;
