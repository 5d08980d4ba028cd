//! Where seals go: a mode becomes a list of places.

use pdf_seal::PageInfo;
use protocol::MarkWire;
use serde::Serialize;

use crate::error::Error;

/// Most places of one seal, as the server has it.
pub(crate) const MARKS_MAX: usize = 5000;
/// Most ranges in one list of pages.
const RANGES_MAX: usize = 500;

/// A seal's size and, for modes that need one, its lower left corner, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shape {
    pub at: Option<(f64, f64)>,
    pub width_mm: f64,
    pub height_mm: f64,
}

/// What will be stamped.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Plan {
    pub marks: Vec<MarkWire>,
    pub slices: Option<Vec<Slice>>,
}

/// The part of a seal that one page shows in straddle mode.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Slice {
    pub page: u32,
    pub from: f64,
    pub to: f64,
    pub edge: &'static str,
}

/// A mode as asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mode {
    Page(u32),
    All,
    Pages(Vec<(u32, u32)>),
}

impl Mode {
    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let refused = || Error::invalid("mode_not_offered");
        if text == "all" {
            return Ok(Self::All);
        }
        if let Some(page) = text.strip_prefix("page:") {
            return number(page).map(Self::Page).ok_or_else(refused);
        }
        let list = text.strip_prefix("pages:").ok_or_else(refused)?;
        ranges(list).map(Self::Pages).ok_or_else(refused)
    }

    fn pages(&self, count: u32) -> Result<Vec<u32>, Error> {
        let (pages, last): (Vec<u32>, u32) = match self {
            Self::Page(page) => (vec![*page], *page),
            Self::All => ((1..=count).collect(), count),
            Self::Pages(ranges) => {
                let last = ranges.last().map_or(0, |range| range.1);
                // Looked at before it is walked, so that a large number costs nothing.
                let inside = ranges.iter().filter(|range| range.1 <= count);
                let pages = inside.flat_map(|range| range.0..=range.1).collect();
                (pages, last)
            }
        };
        if last > count {
            let refused = Error::invalid("page_out_of_range");
            return Err(refused.with("page", last).with("pages", count));
        }
        Ok(pages)
    }

    /// Every place that the seal gets.
    pub fn plan(&self, shape: Shape, pages: &[PageInfo]) -> Result<Plan, Error> {
        let (x, y) = shape.at.ok_or_else(|| Error::invalid("place_required"))?;
        let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
        let pages = self.pages(count)?;
        if pages.len() > MARKS_MAX {
            return Err(Error::invalid("too_many_marks").with("most", MARKS_MAX));
        }
        let mark = |page| MarkWire {
            page,
            x_mm: hundredths(x),
            y_mm: hundredths(y),
            width_mm: shape.width_mm,
            height_mm: shape.height_mm,
        };
        let marks = pages.into_iter().map(mark).collect();
        Ok(Plan {
            marks,
            slices: None,
        })
    }
}

/// Places travel with two decimals at most.
fn hundredths(mm: f64) -> f64 {
    (mm * 100.0).round() / 100.0
}

fn number(text: &str) -> Option<u32> {
    // Digits only: `+1` and ` 1` are other texts, and the mode is compared as text.
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = digits && !text.starts_with('0');
    canonical.then(|| text.parse().ok()).flatten()
}

/// `1-3,5`: ascending and apart.
fn ranges(list: &str) -> Option<Vec<(u32, u32)>> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for item in list.split(',') {
        let (from, to) = match item.split_once('-') {
            Some((from, to)) => (number(from)?, number(to)?),
            None => (number(item)?, number(item)?),
        };
        let apart = ranges.last().is_none_or(|&(_, last)| from > last);
        if from > to || !apart || ranges.len() == RANGES_MAX {
            return None;
        }
        ranges.push((from, to));
    }
    Some(ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(mode: &str, count: u32) -> Result<Vec<u32>, String> {
        Mode::parse(mode)
            .and_then(|mode| mode.pages(count))
            .map_err(|error| error.told().0)
    }

    #[test]
    fn scan_5_modes_name_pages() {
        assert_eq!(pages("page:3", 9), Ok(vec![3]));
        assert_eq!(pages("all", 3), Ok(vec![1, 2, 3]));
        assert_eq!(pages("pages:1-3,5", 9), Ok(vec![1, 2, 3, 5]));
    }

    #[test]
    fn what_names_no_page_is_refused() {
        for mode in [
            "",
            "page:",
            "page:0",
            "page:+1",
            "pages:3-1",
            "pages:5,1",
            "pages:",
            "all:1",
        ] {
            assert_eq!(pages(mode, 9), Err("mode_not_offered".to_owned()), "{mode}");
        }
        for mode in ["page:10", "pages:1-4294967295"] {
            assert_eq!(
                pages(mode, 9),
                Err("page_out_of_range".to_owned()),
                "{mode}"
            );
        }
    }
}
