//! Where seals go: `--mode`, `--at` and `--size`.

use std::collections::BTreeSet;

use pdf_seal::Edge;
use pdf_seal::keyword::Occurrence;

use super::refused::Refused;

/// `--mode`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Pages(Pages),
    Straddle(Vec<Edge>, Pages),
    Keyword(String, Occurrence),
}

/// Which pages.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pages {
    All,
    /// First and last page of each range, from 1.
    Ranges(Vec<(u32, u32)>),
}

impl Mode {
    /// Reads `page:N`, `all`, `pages:1-3,5`, `straddle:right+left:1-9` or `keyword:TEXT#first`.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let bad = || {
            let message = format!(
                "--mode {text}: say page:N, all, pages:1-3,5, straddle:right+left or keyword:TEXT#first"
            );
            Refused::new("bad_mode", message)
        };
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        let mode = match kind {
            "all" if rest.is_empty() => Some(Self::Pages(Pages::All)),
            "page" => page(rest).map(|page| Self::Pages(Pages::Ranges(vec![(page, page)]))),
            "pages" => Pages::parse(rest).map(Self::Pages),
            "straddle" => straddle(rest),
            "keyword" => keyword(rest),
            _ => None,
        };
        mode.ok_or_else(bad)
    }
}

/// `EDGES[:RANGES]`; the right edge of all pages when nothing is said.
fn straddle(text: &str) -> Option<Mode> {
    let (edges, pages) = text.split_once(':').unwrap_or((text, ""));
    let edges = if edges.is_empty() { "right" } else { edges };
    let edge = |word: &str| Edge::ALL.into_iter().find(|edge| edge.name() == word);
    let edges: Vec<Edge> = edges.split('+').take(5).map(edge).collect::<Option<_>>()?;
    let pages = if pages.is_empty() {
        Pages::All
    } else {
        Pages::parse(pages)?
    };
    Some(Mode::Straddle(edges, pages))
}

/// `TEXT[#first|#all|#N]`. A sign `#` in the text itself, as in `1#楼`, is told by what follows it: a word in ASCII after
/// the last one says which places are wanted.
fn keyword(text: &str) -> Option<Mode> {
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let (text, which) = match text.rsplit_once('#') {
        Some((text, word)) if is_word(word) => (text, occurrence(word)?),
        _ => (text, Occurrence::All),
    };
    let once_more = text.rsplit_once('#').and_then(|(_, word)| occurrence(word));
    (!text.trim().is_empty() && once_more.is_none()).then(|| Mode::Keyword(text.to_owned(), which))
}

fn occurrence(text: &str) -> Option<Occurrence> {
    match text {
        "first" => Some(Occurrence::First),
        "all" => Some(Occurrence::All),
        number => page(number)
            .filter(|number| *number > 0)
            .map(Occurrence::Nth),
    }
}

impl Pages {
    fn parse(text: &str) -> Option<Self> {
        let range = |part: &str| match part.split_once('-') {
            Some((first, last)) => Some((page(first)?, page(last)?)),
            None => page(part).map(|page| (page, page)),
        };
        let ranges: Option<Vec<_>> = text.split(',').take(10_000).map(range).collect();
        ranges
            .filter(|all| all.iter().all(|(a, b)| a <= b))
            .map(Self::Ranges)
    }

    /// The pages of a file that has `count`, in order, each once.
    pub fn list(&self, count: u32) -> Result<Vec<u32>, Refused> {
        let Self::Ranges(ranges) = self else {
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
        let Mode::Pages(found) = Mode::parse(text).unwrap() else {
            panic!("{text}");
        };
        assert_eq!(found.list(9).unwrap(), pages, "{text}");
    }

    fn refuse(text: &str, code: &str) {
        let result = Mode::parse(text).and_then(|mode| match mode {
            Mode::Pages(pages) | Mode::Straddle(_, pages) => pages.list(9),
            Mode::Keyword(..) => Ok(Vec::new()),
        });
        assert_eq!(result.unwrap_err().code, code, "{text}");
    }

    #[test]
    fn modes_name_pages() {
        check("page:3", &[3]);
        check("pages:5,1-3,2", &[1, 2, 3, 5]);
        check("all", &[1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }

    #[test]
    fn scan_5_modes_of_edges_and_words() {
        let straddle = |text: &str| match Mode::parse(text).unwrap() {
            Mode::Straddle(edges, pages) => (edges, pages.list(4).unwrap()),
            other => panic!("{other:?}"),
        };
        assert_eq!(straddle("straddle"), (vec![Edge::Right], vec![1, 2, 3, 4]));
        assert_eq!(
            straddle("straddle:left+right+top+bottom:2-3"),
            (
                vec![Edge::Left, Edge::Right, Edge::Top, Edge::Bottom],
                vec![2, 3]
            )
        );
        for (text, which) in [
            ("keyword:投标人（盖章）", Occurrence::All),
            ("keyword:投标人（盖章）#all", Occurrence::All),
            ("keyword:投标人（盖章）#first", Occurrence::First),
            ("keyword:投标人（盖章）#3", Occurrence::Nth(3)),
        ] {
            let expected = Mode::Keyword("投标人（盖章）".to_owned(), which);
            assert_eq!(Mode::parse(text).unwrap(), expected, "{text}");
        }
        for (text, word, which) in [
            ("keyword:1#楼", "1#楼", Occurrence::All),
            ("keyword:1#楼#2", "1#楼", Occurrence::Nth(2)),
            ("keyword:3##first", "3#", Occurrence::First),
            ("keyword:盖章:处", "盖章:处", Occurrence::All),
        ] {
            let expected = Mode::Keyword(word.to_owned(), which);
            assert_eq!(Mode::parse(text).unwrap(), expected, "{text}");
        }
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
            "straddle:middle",
            "straddle:left+",
            "straddle:left:x",
            "keyword:",
            "keyword: #first",
            "keyword:章#0",
            "keyword:章#last",
            "keyword:章#first#all",
        ] {
            refuse(text, "bad_mode");
        }
        for text in [
            "page:0",
            "page:10",
            "pages:1-4294967295",
            "straddle:right:9-10",
        ] {
            refuse(text, "page_out_of_range");
        }
    }

    #[test]
    fn pairs_are_numbers() {
        assert_eq!(pair("--at", "120, 30.5").unwrap(), (120.0, 30.5));
        for text in ["", "1", "1,b", "NaN,1", "1,2,3"] {
            assert_eq!(pair("--at", text).unwrap_err().code, "bad_place");
        }
    }
}
