//! Where seals go: a mode becomes a list of places.

mod mode;

use std::path::PathBuf;
use std::sync::Arc;

use pdf_seal::keyword::{self, Found, Occurrence};
use pdf_seal::straddle::{self, Along, Straddle};
use pdf_seal::{Document as Pdf, Mark, PageInfo};
use protocol::MarkWire;
use serde::Serialize;

use crate::error::{Error, Kind};
use crate::files;
pub(crate) use mode::{Mode, occurrence};

/// Most places of one seal, as the server has it.
const MARKS_MAX: usize = 5000;

/// A seal's size and, for modes that need one, its lower left corner, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shape {
    pub at: Option<(f64, f64)>,
    pub width_mm: f64,
    pub height_mm: f64,
}

/// What seals are placed on.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    pub pages: Arc<[PageInfo]>,
    /// The revision, which is read when a keyword is looked for.
    pub file: PathBuf,
}

/// What will be stamped.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Plan {
    /// As they travel.
    pub marks: Vec<MarkWire>,
    pub slices: Option<Vec<Slice>>,
    /// As they are drawn.
    #[serde(skip)]
    pub drawn: Vec<Mark>,
}

/// The part of a seal that one page shows in straddle mode.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Slice {
    pub page: u32,
    pub from: f64,
    pub to: f64,
    pub edge: &'static str,
}

impl Paper {
    /// Where a text stands.
    pub fn search(&self, text: &str, which: Occurrence) -> Result<Found, Error> {
        let pdf = Pdf::open(files::map(&self.file)?)?;
        Ok(keyword::search(&pdf, text, None, which)?)
    }

    /// Every place that the seal gets. A keyword is looked for in the whole file, which takes its time.
    pub fn plan(&self, mode: &Mode, shape: Shape) -> Result<Plan, Error> {
        let drawn = match mode {
            Mode::Page(page) => self.whole(&[(*page, *page)], shape)?,
            Mode::All => self.whole(&[(1, self.count())], shape)?,
            Mode::Pages(ranges) => self.whole(ranges, shape)?,
            Mode::Straddle(edges, ranges) => {
                let all = vec![(1, self.count())];
                let pages = self.numbers(ranges.as_ref().unwrap_or(&all))?;
                let middle = Along::Fraction(0.5);
                let (x, y) = shape.at.map_or((middle, middle), |(x, y)| {
                    (Along::Mm(hundredths(x)), Along::Mm(hundredths(y)))
                });
                let wish = Straddle {
                    edges,
                    pages: &pages,
                    width_mm: shape.width_mm,
                    height_mm: shape.height_mm,
                    x,
                    y,
                };
                straddle::plan(&self.pages, &wish)?
            }
            Mode::Keyword(text, which) => {
                let found = self.search(text, *which)?;
                if found.hits.is_empty() {
                    let code = match found.is_without_text() {
                        true => "pages_without_text",
                        false => "keyword_not_found",
                    };
                    return Err(Error::new(Kind::Unprocessable, code).with("text", text.as_str()));
                }
                let (width, height) = (shape.width_mm, shape.height_mm);
                keyword::marks(&found.hits, &self.pages, width, height)?
            }
        };
        if drawn.len() > MARKS_MAX {
            return Err(Error::invalid("too_many_marks").with("most", MARKS_MAX));
        }
        Ok(Plan::of(drawn))
    }

    fn count(&self) -> u32 {
        u32::try_from(self.pages.len()).unwrap_or(u32::MAX)
    }

    /// The seal at the same place of each page.
    fn whole(&self, ranges: &[(u32, u32)], shape: Shape) -> Result<Vec<Mark>, Error> {
        let (x, y) = shape.at.ok_or_else(|| Error::invalid("place_required"))?;
        let mark = |page| Mark {
            page,
            x_mm: hundredths(x),
            y_mm: hundredths(y),
            width_mm: shape.width_mm,
            height_mm: shape.height_mm,
            slice: None,
        };
        Ok(self.numbers(ranges)?.into_iter().map(mark).collect())
    }

    fn numbers(&self, ranges: &[(u32, u32)]) -> Result<Vec<u32>, Error> {
        let (last, count) = (ranges.last().map_or(0, |range| range.1), self.count());
        // Looked at before it is walked, so that a large number costs nothing.
        if last > count {
            let refused = Error::invalid("page_out_of_range");
            return Err(refused.with("page", last).with("pages", count));
        }
        Ok(ranges
            .iter()
            .flat_map(|&(first, last)| first..=last)
            .collect())
    }
}

impl Plan {
    fn of(drawn: Vec<Mark>) -> Self {
        let wire = |mark: &Mark| MarkWire {
            page: mark.page,
            x_mm: mark.x_mm,
            y_mm: mark.y_mm,
            width_mm: mark.width_mm,
            height_mm: mark.height_mm,
        };
        let slice = |mark: &Mark| {
            mark.slice.map(|slice| Slice {
                page: mark.page,
                from: slice.from,
                to: slice.to,
                edge: slice.edge.name(),
            })
        };
        let slices: Vec<Slice> = drawn.iter().filter_map(slice).collect();
        Self {
            marks: drawn.iter().map(wire).collect(),
            slices: (!slices.is_empty()).then_some(slices),
            drawn,
        }
    }
}

/// Places travel with two decimals at most.
fn hundredths(mm: f64) -> f64 {
    (mm * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(count: u32) -> Paper {
        let page = |number| PageInfo {
            number,
            width_mm: 210.0,
            height_mm: 297.0,
            rotate: 0,
            listed_twice: false,
        };
        Paper {
            pages: (1..=count).map(page).collect(),
            file: PathBuf::new(),
        }
    }

    fn plan(mode: &str, count: u32) -> Result<Plan, String> {
        let shape = Shape {
            at: Some((100.004, 40.0)),
            width_mm: 40.0,
            height_mm: 40.0,
        };
        Mode::parse(mode)
            .and_then(|mode| paper(count).plan(&mode, shape))
            .map_err(|error| error.told().0)
    }

    fn pages(mode: &str, count: u32) -> Result<Vec<u32>, String> {
        let marks = plan(mode, count)?.marks;
        Ok(marks.iter().map(|mark| mark.page).collect())
    }

    #[test]
    fn scan_5_modes_name_pages() {
        assert_eq!(pages("page:3", 9), Ok(vec![3]));
        assert_eq!(pages("all", 3), Ok(vec![1, 2, 3]));
        assert_eq!(pages("pages:1-3,5", 9), Ok(vec![1, 2, 3, 5]));
        assert_eq!(plan("page:1", 1).unwrap().marks[0].x_mm, 100.0);
    }

    #[test]
    fn scan_5_straddle_is_a_slice_for_each_page_and_edge() {
        assert_eq!(pages("straddle:right", 3), Ok(vec![1, 2, 3]));
        assert_eq!(pages("straddle:left+right:2-3", 3), Ok(vec![2, 2, 3, 3]));
        let plan = plan("straddle:right", 4).unwrap();
        let width: f64 = plan.marks.iter().map(|mark| mark.width_mm).sum();
        assert!((width - 40.0).abs() < 1e-9);
        assert_eq!(plan.slices.unwrap().len(), 4);
        assert_eq!(pages("straddle:right", 1), Err("pdf_refused".to_owned()));
    }

    #[test]
    fn what_names_no_page_is_refused() {
        let long = format!("keyword:{}", "长".repeat(61));
        for mode in [
            "",
            "page:",
            "page:0",
            "page:+1",
            "pages:3-1",
            "pages:5,1",
            "pages:",
            "all:1",
            "all:",
            "straddle:",
            "straddle:middle",
            "straddle:left+left",
            "straddle:left:",
            "keyword:",
            "keyword: ",
            "keyword:a#0",
            "keyword:a#b#all",
            &long,
        ] {
            assert_eq!(pages(mode, 9), Err("mode_not_offered".to_owned()), "{mode}");
        }
        for mode in ["page:10", "pages:1-4294967295", "straddle:right:9-10"] {
            assert_eq!(
                pages(mode, 9),
                Err("page_out_of_range".to_owned()),
                "{mode}"
            );
        }
    }
}
