//! The modes' text form, as the protocol has it.

use pdf_seal::Edge;
use pdf_seal::keyword::Occurrence;

use crate::error::Error;

/// Most ranges in one list of pages.
const RANGES_MAX: usize = 500;
/// Longest keyword, in characters.
const KEYWORD_CHARACTERS: usize = 60;

/// First and last page of each range, ascending and apart.
pub(crate) type Ranges = Vec<(u32, u32)>;

/// A mode as asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mode {
    Page(u32),
    All,
    Pages(Ranges),
    /// Without ranges: all pages.
    Straddle(Vec<Edge>, Option<Ranges>),
    Keyword(String, Occurrence),
}

impl Mode {
    /// Reads `page:N`, `all`, `pages:1-3,5`, `straddle:EDGES[:RANGES]`, `keyword:TEXT[#first|#all|#N]`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        let mode = match kind {
            "all" if text == "all" => Some(Self::All),
            "page" => number(rest).map(Self::Page),
            "pages" => ranges(rest).map(Self::Pages),
            "straddle" => straddle(rest),
            "keyword" => keyword(rest),
            _ => None,
        };
        mode.ok_or_else(|| Error::invalid("mode_not_offered"))
    }
}

/// Digits only, so that one number has one spelling: modes are compared as texts.
pub(crate) fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = digits && !text.starts_with('0');
    canonical.then(|| text.parse().ok()).flatten()
}

fn ranges(list: &str) -> Option<Ranges> {
    let mut ranges = Ranges::new();
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

fn straddle(rest: &str) -> Option<Mode> {
    let (names, pages) = match rest.split_once(':') {
        Some((names, list)) => (names, Some(ranges(list)?)),
        None => (rest, None),
    };
    let mut edges = Vec::new();
    for name in names.split('+') {
        let edge = Edge::ALL.into_iter().find(|edge| edge.name() == name)?;
        if edges.contains(&edge) {
            return None;
        }
        edges.push(edge);
    }
    Some(Mode::Straddle(edges, pages))
}

fn keyword(rest: &str) -> Option<Mode> {
    let (text, which) = rest.split_once('#').unwrap_or((rest, "all"));
    let length = text.chars().take(KEYWORD_CHARACTERS + 1).count();
    let is_text = (1..=KEYWORD_CHARACTERS).contains(&length)
        && !text.chars().any(char::is_control)
        && !text.trim().is_empty();
    let occurrence = occurrence(which)?;
    is_text.then(|| Mode::Keyword(text.to_owned(), occurrence))
}

/// `first`, `all` or a number from 1.
pub(crate) fn occurrence(text: &str) -> Option<Occurrence> {
    match text {
        "all" => Some(Occurrence::All),
        "first" => Some(Occurrence::First),
        other => number(other).map(Occurrence::Nth),
    }
}
