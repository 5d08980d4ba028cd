//! Where seals go: `--mode`, `--at` and `--size`.

use std::collections::BTreeSet;

use super::refused::{Refused, not_done};

/// `--mode`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mode {
    All,
    /// First and last page of each range, from 1.
    Pages(Vec<(u32, u32)>),
}

impl Mode {
    /// Reads `page:N`, `all` or `pages:1-3,5`.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let bad = || {
            let message = format!("--mode {text}: say page:N, all or pages:1-3,5");
            Refused::new("bad_mode", message)
        };
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        match kind {
            "all" if rest.is_empty() => Ok(Self::All),
            "page" => page(rest)
                .map(|page| Self::Pages(vec![(page, page)]))
                .ok_or_else(bad),
            "pages" => {
                let range = |part: &str| match part.split_once('-') {
                    Some((first, last)) => Some((page(first)?, page(last)?)),
                    None => page(part).map(|page| (page, page)),
                };
                let ranges: Option<Vec<_>> = rest.split(',').take(10_000).map(range).collect();
                ranges
                    .filter(|all| all.iter().all(|(a, b)| a <= b))
                    .map(Self::Pages)
                    .ok_or_else(bad)
            }
            "straddle" => Err(not_done("a seal across the edges (straddle)")),
            "keyword" => Err(not_done("a seal at a keyword")),
            _ => Err(bad()),
        }
    }

    /// The pages of a file that has `count`, in order, each once.
    pub fn pages(&self, count: u32) -> Result<Vec<u32>, Refused> {
        let Self::Pages(ranges) = self else {
            return Ok((1..=count).collect());
        };
        let mut pages = BTreeSet::new();
        for (first, last) in ranges {
            // Checked before the range is walked, so that a large number costs nothing.
            let outside = [first, last]
                .into_iter()
                .find(|page| !(1..=count).contains(page));
            if let Some(page) = outside {
                let message = format!("page {page} does not exist; the file has {count} pages");
                return Err(Refused::new("page_out_of_range", message));
            }
            pages.extend(*first..=*last);
        }
        Ok(pages.into_iter().collect())
    }
}

fn page(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

/// Two numbers of millimetres, `X,Y` or `W,H`.
pub(super) fn pair(option: &str, text: &str) -> Result<(f64, f64), Refused> {
    let number = |text: &str| {
        text.trim()
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
    };
    let both = text
        .split_once(',')
        .and_then(|(a, b)| Some((number(a)?, number(b)?)));
    both.ok_or_else(|| {
        let message = format!("{option} {text}: say two numbers of millimetres, as 120,30");
        Refused::new("bad_place", message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, pages: &[u32]) {
        assert_eq!(
            Mode::parse(text).unwrap().pages(9).unwrap(),
            pages,
            "{text}"
        );
    }

    fn refuse(text: &str, code: &str) {
        let result = Mode::parse(text).and_then(|mode| mode.pages(9));
        assert_eq!(result.unwrap_err().code, code, "{text}");
    }

    #[test]
    fn modes_name_pages() {
        check("page:3", &[3]);
        check("pages:5,1-3,2", &[1, 2, 3, 5]);
        check("all", &[1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }

    #[test]
    fn what_names_no_page_is_refused() {
        for text in [
            "page:",
            "pages:",
            "pages:3-1",
            "every",
            "page:-1",
            "all:1",
            "pages:1-2-3",
        ] {
            refuse(text, "bad_mode");
        }
        for text in ["page:0", "page:10", "pages:1-4294967295"] {
            refuse(text, "page_out_of_range");
        }
        refuse("straddle:right", "not_done_yet");
        refuse("keyword:盖章#first", "not_done_yet");
    }

    #[test]
    fn pairs_are_numbers() {
        assert_eq!(pair("--at", "120, 30.5").unwrap(), (120.0, 30.5));
        for text in ["", "1", "1,b", "NaN,1", "1,2,3"] {
            assert_eq!(pair("--at", text).unwrap_err().code, "bad_place");
        }
    }
}
