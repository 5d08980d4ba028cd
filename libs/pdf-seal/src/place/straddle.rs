//! Seals across the edges of consecutive pages (骑缝章): each page carries a slice, a group of them is the whole seal.
//!
//! All cuts lie on hundredths of a millimetre, so that the slices of a group add up to the seal to the digit, and
//! so that places survive a wire that carries two decimals.

use super::{Edge, Mark, Slice};
use crate::limits;
use crate::page::PageInfo;
use crate::refusal::Refusal;

/// No slice is thinner: it must survive a printer's margin of error and still be told from a line.
pub const SLICE_MIN_MM: f64 = 3.0;

/// Where along an edge the seal stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Along {
    /// Millimetres from the bottom (left and right edges) or from the left (top and bottom edges) of the first
    /// page; pages of another size have it at the same proportion.
    Mm(f64),
    /// A share of the room that is left: 0 is the bottom or the left, 1 the top or the right.
    Fraction(f64),
}

/// A wish for [`plan`].
#[derive(Debug, Clone, Copy)]
pub struct Straddle<'a> {
    /// The edges that carry slices, each named once.
    pub edges: &'a [Edge],
    /// The pages, from 1, ascending.
    pub pages: &'a [u32],
    /// Width of the whole seal.
    pub width_mm: f64,
    /// Height of the whole seal.
    pub height_mm: f64,
    /// Place along top and bottom edges.
    pub x: Along,
    /// Place along left and right edges.
    pub y: Along,
}

/// Lays the slices: one mark for each page and edge, in the order of the pages and then of the edges.
///
/// Pages are taken in groups of about the same length, as long as every slice stays at least [`SLICE_MIN_MM`]
/// wide. On left and right edges the first page of a group has the leftmost part of the seal, on top and bottom
/// edges the uppermost one. The seal keeps its true size on pages of every size.
///
/// # Errors
/// A [`Refusal`] when there are fewer than two pages, when the seal is too narrow to be cut, or when it does not
/// fit a page.
pub fn plan(all: &[PageInfo], wish: &Straddle<'_>) -> Result<Vec<Mark>, Refusal> {
    let pages = pick(all, wish)?;
    let times = |edge: &Edge| wish.edges.iter().filter(|other| *other == edge).count();
    if wish.edges.is_empty() || wish.edges.iter().any(|edge| times(edge) > 1) {
        return Err(Refusal::BadRequest("name one edge or several, each once"));
    }
    let mut marks = Vec::with_capacity(pages.len() * wish.edges.len());
    for edge in wish.edges {
        marks.extend(along_edge(&pages, *edge, wish)?);
    }
    // Stable, so that the edges of a page keep their order.
    marks.sort_by_key(|mark| mark.page);
    Ok(marks)
}

fn pick<'a>(all: &'a [PageInfo], wish: &Straddle<'_>) -> Result<Vec<&'a PageInfo>, Refusal> {
    if wish.pages.len() > limits::MARKS / Edge::ALL.len() {
        return Err(Refusal::Limits("marks of one seal"));
    }
    if wish.pages.len() < 2 {
        return Err(Refusal::BadRequest(
            "a seal across the edges needs at least two pages",
        ));
    }
    if !wish.pages.is_sorted_by(|a, b| a < b) {
        return Err(Refusal::BadRequest(
            "pages must be named in order, each once",
        ));
    }
    let out_of_range = |page| Refusal::PageOutOfRange {
        page,
        pages: u32::try_from(all.len()).unwrap_or(u32::MAX),
    };
    let pick = |number: &u32| {
        let page = all
            .get((*number as usize).wrapping_sub(1))
            .ok_or(out_of_range(*number))?;
        if page.listed_twice {
            Err(Refusal::PageListedTwice(*number))
        } else {
            Ok(page)
        }
    };
    wish.pages.iter().map(pick).collect()
}

fn along_edge(pages: &[&PageInfo], edge: Edge, wish: &Straddle<'_>) -> Result<Vec<Mark>, Refusal> {
    let (across, length, along) = if edge.is_upright() {
        (wish.width_mm, wish.height_mm, wish.y)
    } else {
        (wish.height_mm, wish.width_mm, wish.x)
    };
    let (across, length) = (hundredths(across)?, hundredths(length)?);
    let share = share(pages, edge, length, along)?;
    let mut marks = Vec::with_capacity(pages.len());
    for group in groups(pages, across)? {
        let cuts = cuts(across, group.len());
        for (page, (from, to)) in group.iter().zip(cuts.iter().zip(cuts.iter().skip(1))) {
            marks.push(slice(page, edge, share, length, (*from, *to, across))?);
        }
    }
    Ok(marks)
}

fn hundredths(mm: f64) -> Result<u32, Refusal> {
    if !(mm.is_finite() && (0.1..=5080.0).contains(&mm)) {
        return Err(Refusal::BadRequest("the size of the seal is out of range"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked just above"
    )]
    Ok((mm * 100.0).round() as u32)
}

/// Groups whose lengths differ by one page at most.
fn groups<'a, 'b>(
    pages: &'a [&'b PageInfo],
    across: u32,
) -> Result<impl Iterator<Item = &'a [&'b PageInfo]>, Refusal> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a constant of three millimetres"
    )]
    let most = (across / (SLICE_MIN_MM * 100.0) as u32) as usize;
    let count = pages.len().div_ceil(most.max(1));
    if pages.len() < 2 * count {
        return Err(Refusal::BadRequest(
            "the seal is too small to be cut: each of its slices must be at least 3 millimetres wide",
        ));
    }
    let (each, longer) = (pages.len() / count, pages.len() % count);
    Ok((0..count).filter_map(move |group| {
        let start = group * each + group.min(longer);
        pages.get(start..start + each + usize::from(group < longer))
    }))
}

/// Where a seal of `across` is cut into `parts`, ends included.
fn cuts(across: u32, parts: usize) -> Vec<u32> {
    let cut = |part: usize| {
        let at = u64::from(across) * part as u64 / parts.max(1) as u64;
        u32::try_from(at).unwrap_or(across)
    };
    (0..=parts).map(cut).collect()
}

/// The place along the edge as a share of the room that the first page has.
fn share(pages: &[&PageInfo], edge: Edge, length: u32, along: Along) -> Result<f64, Refusal> {
    match along {
        Along::Fraction(share) if (0.0..=1.0).contains(&share) => Ok(share),
        Along::Fraction(_) => Err(Refusal::BadRequest(
            "the place along the edge is a share between 0 and 1",
        )),
        Along::Mm(mm) => {
            let first = pages.first().ok_or(Refusal::NoPages)?;
            let room = room(first, edge, length)?;
            // A tenth of a millimetre is forgiven: people type what a screen rounded.
            if !(0.0..=room + 0.1).contains(&mm) {
                return Err(Refusal::BadMark {
                    page: first.number,
                    why: "the seal would reach beyond the end of the edge",
                });
            }
            Ok(if room > 0.0 {
                (mm / room).min(1.0)
            } else {
                0.0
            })
        }
    }
}

/// What the edge of `page` is longer than the seal.
fn room(page: &PageInfo, edge: Edge, length: u32) -> Result<f64, Refusal> {
    let edge_mm = if edge.is_upright() {
        page.height_mm
    } else {
        page.width_mm
    };
    let room = edge_mm - f64::from(length) / 100.0;
    if room < 0.0 {
        return Err(Refusal::BadMark {
            page: page.number,
            why: "the seal is longer than the edge of the page",
        });
    }
    Ok(room)
}

fn slice(
    page: &PageInfo,
    edge: Edge,
    share: f64,
    length: u32,
    (from, to, across): (u32, u32, u32),
) -> Result<Mark, Refusal> {
    let along = floor(room(page, edge, length)? * share);
    let (thick, long) = (f64::from(to - from) / 100.0, f64::from(length) / 100.0);
    let depth = if edge.is_upright() {
        page.width_mm
    } else {
        page.height_mm
    };
    if thick > depth {
        return Err(Refusal::BadMark {
            page: page.number,
            why: "the slice is wider than the page",
        });
    }
    // Rounded down, so that no slice ever hangs over the edge; it is a hundredth of a millimetre at most.
    let far = floor(depth - thick);
    let (x_mm, y_mm) = match edge {
        Edge::Left => (0.0, along),
        Edge::Right => (far, along),
        Edge::Top => (along, far),
        Edge::Bottom => (along, 0.0),
    };
    let (width_mm, height_mm) = if edge.is_upright() {
        (thick, long)
    } else {
        (long, thick)
    };
    let part = |cut: u32| f64::from(cut) / f64::from(across);
    let slice = Some(Slice {
        edge,
        from: part(from),
        to: part(to),
    });
    Ok(Mark {
        page: page.number,
        x_mm,
        y_mm,
        width_mm,
        height_mm,
        slice,
    })
}

fn floor(mm: f64) -> f64 {
    (mm * 100.0 + 1e-6).floor() / 100.0
}
