//! From places of a text to places of a seal.

use super::Hit;
use crate::page::PageInfo;
use crate::place::Mark;
use crate::refusal::Refusal;

/// A seal of true size for each hit, its middle on the middle of the text, moved where it would leave the page.
///
/// # Errors
/// A [`Refusal`] when a page is smaller than the seal.
pub fn marks(
    hits: &[Hit],
    pages: &[PageInfo],
    width_mm: f64,
    height_mm: f64,
) -> Result<Vec<Mark>, Refusal> {
    let mark = |hit: &Hit| {
        let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
        let out_of_range = Refusal::PageOutOfRange {
            page: hit.page,
            pages: count,
        };
        let page = pages
            .get((hit.page as usize).wrapping_sub(1))
            .ok_or(out_of_range)?;
        let (room_x, room_y) = (page.width_mm - width_mm, page.height_mm - height_mm);
        // Also false for sizes that are no numbers.
        if !(room_x >= 0.0 && room_y >= 0.0) {
            return Err(Refusal::BadMark {
                page: hit.page,
                why: "the seal is larger than the page",
            });
        }
        // Rounded down, to hundredths of a millimetre, so that it stays on the page.
        let at = |middle: f64, size: f64, room: f64| {
            ((middle - size / 2.0).clamp(0.0, room) * 100.0).floor() / 100.0
        };
        Ok(Mark {
            page: hit.page,
            x_mm: at(hit.x_mm + hit.width_mm / 2.0, width_mm, room_x),
            y_mm: at(hit.y_mm + hit.height_mm / 2.0, height_mm, room_y),
            width_mm,
            height_mm,
            slice: None,
        })
    };
    hits.iter().map(mark).collect()
}
