//! Where a seal goes: modes, pages and places.

/// A mode as asked for (SCAN-5): which pages of the document carry the seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One page, counted from 1.
    Page(u32),
    /// Every page.
    All,
    /// Listed pages: inclusive ranges, ascending and apart.
    Pages(Vec<(u32, u32)>),
}

/// The kinds of mode that a platform declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ModeKind {
    /// `page:N`
    Page,
    /// `all`
    All,
    /// `pages:…`
    Pages,
}

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
    /// The text is not one of `page:N`, `all`, `pages:1-3,5`.
    #[error("the mode is not understood")]
    Mode,
    /// A page outside the document.
    #[error("a page is outside the document")]
    Page,
    /// The places are not one for each page of the mode.
    #[error("the places do not match the pages of the mode")]
    Pages,
    /// A number that is not finite, negative, too large or finer than a hundredth of a millimetre.
    #[error("a place is not a number of millimetres with at most two decimals")]
    Place,
    /// The seal is shown at its true size or not at all.
    #[error("a place has not the size of the seal")]
    Size,
}

/// Most places in one signature, and most pages of a document.
pub const MARKS_MAX: usize = 5000;
/// Most ranges in one list of pages.
const RANGES_MAX: usize = 500;
/// No page that a reader shows is larger (200 inches, ISO 32000-1 annex C).
const PLACE_MAX_MM: f64 = 5080.0;

impl Mode {
    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, MarkError> {
        if text == "all" {
            return Ok(Self::All);
        }
        if let Some(page) = text.strip_prefix("page:") {
            return Ok(Self::Page(page_number(page)?));
        }
        let list = text.strip_prefix("pages:").ok_or(MarkError::Mode)?;
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for item in list.split(',') {
            let (from, to) = match item.split_once('-') {
                Some((from, to)) => (page_number(from)?, page_number(to)?),
                None => (page_number(item)?, page_number(item)?),
            };
            let apart = ranges.last().is_none_or(|&(_, last)| from > last);
            if from > to || !apart || ranges.len() == RANGES_MAX {
                return Err(MarkError::Mode);
            }
            ranges.push((from, to));
        }
        Ok(Self::Pages(ranges))
    }

    /// Which declared kind this is.
    pub fn kind(&self) -> ModeKind {
        match self {
            Self::Page(_) => ModeKind::Page,
            Self::All => ModeKind::All,
            Self::Pages(_) => ModeKind::Pages,
        }
    }

    /// The pages of a document of `page_count` pages, ascending.
    pub fn pages(&self, page_count: u32) -> Result<Vec<u32>, MarkError> {
        if page_count == 0 || page_count as usize > MARKS_MAX {
            return Err(MarkError::Page);
        }
        let pages: Vec<u32> = match self {
            Self::Page(page) => vec![*page],
            Self::All => (1..=page_count).collect(),
            Self::Pages(ranges) => {
                if ranges.iter().any(|&(_, to)| to > page_count) {
                    return Err(MarkError::Page);
                }
                ranges.iter().flat_map(|&(from, to)| from..=to).collect()
            }
        };
        match pages.last() {
            Some(&last) if last <= page_count => Ok(pages),
            _ => Err(MarkError::Page),
        }
    }
}

impl std::fmt::Display for Mode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Page(page) => write!(f, "page:{page}"),
            Self::All => f.write_str("all"),
            Self::Pages(ranges) => {
                let list: Vec<String> = ranges
                    .iter()
                    .map(|&(from, to)| {
                        if from == to {
                            from.to_string()
                        } else {
                            format!("{from}-{to}")
                        }
                    })
                    .collect();
                write!(f, "pages:{}", list.join(","))
            }
        }
    }
}

impl ModeKind {
    /// The word that storage and wire use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::All => "all",
            Self::Pages => "pages",
        }
    }
}

/// Plain decimal digits without sign or leading zero, so that one page has one spelling.
fn page_number(text: &str) -> Result<u32, MarkError> {
    let plain = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    if !plain || text.starts_with('0') {
        return Err(MarkError::Mode);
    }
    text.parse().map_err(|_| MarkError::Mode)
}

/// Checks that the places are exactly one for each page of the mode, at the seal's true size.
pub fn check(
    mode: &Mode,
    page_count: u32,
    marks: &[Mark],
    seal_width_mm: f64,
    seal_height_mm: f64,
) -> Result<(), MarkError> {
    let pages = mode.pages(page_count)?;
    if pages.len() != marks.len()
        || pages
            .iter()
            .zip(marks)
            .any(|(&page, mark)| page != mark.page)
    {
        return Err(MarkError::Pages);
    }
    for mark in marks {
        let places = [mark.x_mm, mark.y_mm, mark.width_mm, mark.height_mm];
        if !places.iter().all(|&place| is_hundredths(place)) {
            return Err(MarkError::Place);
        }
        let close = |a: f64, b: f64| (a - b).abs() <= 0.1;
        if !close(mark.width_mm, seal_width_mm) || !close(mark.height_mm, seal_height_mm) {
            return Err(MarkError::Size);
        }
    }
    Ok(())
}

fn is_hundredths(place: f64) -> bool {
    place.is_finite()
        && (0.0..=PLACE_MAX_MM).contains(&place)
        && ((place * 100.0).round() / 100.0 - place).abs() < 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(page: u32) -> Mark {
        Mark {
            page,
            x_mm: 120.5,
            y_mm: 30.25,
            width_mm: 40.0,
            height_mm: 40.0,
        }
    }

    #[test]
    fn scan_5_modes_are_read_in_one_spelling_only() {
        for (text, pages) in [
            ("page:3", vec![3]),
            ("all", (1..=9).collect()),
            ("pages:1-3,5,7-8", vec![1, 2, 3, 5, 7, 8]),
        ] {
            let mode = Mode::parse(text).expect(text);
            assert_eq!(mode.to_string(), text);
            assert_eq!(mode.pages(9).expect(text), pages);
        }
        for text in [
            "",
            "page:",
            "page:0",
            "page:01",
            "page:+1",
            "page:1 ",
            "pages:",
            "pages:3-1",
            "pages:1,1",
            "pages:2,1",
            "pages:1-2,2",
            "ALL",
            "straddle",
        ] {
            assert_eq!(Mode::parse(text), Err(MarkError::Mode), "{text}");
        }
    }

    #[test]
    fn scan_12_places_are_one_for_each_page_of_the_mode_at_true_size() {
        let mode = Mode::parse("pages:2-3").expect("mode");
        assert_eq!(check(&mode, 3, &[mark(2), mark(3)], 40.0, 40.0), Ok(()));
        assert_eq!(
            check(&mode, 3, &[mark(2)], 40.0, 40.0),
            Err(MarkError::Pages)
        );
        assert_eq!(
            check(&mode, 3, &[mark(2), mark(2)], 40.0, 40.0),
            Err(MarkError::Pages)
        );
        assert_eq!(
            check(&mode, 2, &[mark(2), mark(3)], 40.0, 40.0),
            Err(MarkError::Page)
        );
        assert_eq!(
            check(&mode, 3, &[mark(2), mark(3)], 42.0, 42.0),
            Err(MarkError::Size)
        );
        for bad in [f64::NAN, f64::INFINITY, -0.01, 1.001, 6000.0] {
            let marks = [
                Mark {
                    x_mm: bad,
                    ..mark(2)
                },
                mark(3),
            ];
            assert_eq!(
                check(&mode, 3, &marks, 40.0, 40.0),
                Err(MarkError::Place),
                "{bad}"
            );
        }
    }

    proptest! {
        #[test]
        fn scan_5_no_text_panics_and_pages_stay_inside(text in ".{0,40}", count in 0u32..6000) {
            if let Ok(pages) = Mode::parse(&text).and_then(|mode| mode.pages(count)) {
                    prop_assert!(!pages.is_empty());
                    prop_assert!(pages.windows(2).all(|w| w[0] < w[1]));
                    prop_assert!(pages.iter().all(|&p| p >= 1 && p <= count));
            }
        }
    }
}
