//! Modes as asked for (SCAN-5), and their one text form.

use std::fmt::{self, Display, Formatter};

use super::{MARKS_MAX, MarkError};

/// Which pages of the document carry the seal, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One page, counted from 1.
    Page(u32),
    /// Every page.
    All,
    /// Listed pages.
    Pages(Ranges),
    /// The seal is cut along edges over consecutive pages (骑缝章).
    Straddle {
        /// Which edges, each once, in the order in which a page's slices are listed.
        edges: Vec<Edge>,
        /// Which pages; all without.
        pages: Option<Ranges>,
    },
    /// Wherever a text stands.
    Keyword {
        /// The text, 1 to 60 characters.
        text: String,
        /// Which of its places.
        occurrence: Occurrence,
    },
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
    /// `straddle:…`
    Straddle,
    /// `keyword:…`
    Keyword,
}

/// An edge of a page as a reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Upper.
    Top,
    /// Lower.
    Bottom,
}

/// Which places of a keyword carry the seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurrence {
    /// Every one.
    All,
    /// The first.
    First,
    /// The one of this number, from 1, in reading order.
    Number(u32),
}

/// Inclusive ranges of pages, ascending and apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranges(Vec<(u32, u32)>);

/// Longest text form in bytes; five hundred ranges fit.
const MODE_BYTES_MAX: usize = 8192;
/// Longest keyword in characters.
const KEYWORD_CHARS_MAX: usize = 60;
/// Most ranges in one list of pages.
const RANGES_MAX: usize = 500;

impl Mode {
    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, MarkError> {
        if text.len() > MODE_BYTES_MAX {
            return Err(MarkError::Mode);
        }
        if text == "all" {
            return Ok(Self::All);
        }
        let (kind, rest) = text.split_once(':').ok_or(MarkError::Mode)?;
        match kind {
            "page" => Ok(Self::Page(page_number(rest)?)),
            "pages" => Ok(Self::Pages(Ranges::parse(rest)?)),
            "straddle" => straddle(rest),
            "keyword" => keyword(rest),
            _ => Err(MarkError::Mode),
        }
    }

    /// Which declared kind this is.
    pub fn kind(&self) -> ModeKind {
        match self {
            Self::Page(_) => ModeKind::Page,
            Self::All => ModeKind::All,
            Self::Pages(_) => ModeKind::Pages,
            Self::Straddle { .. } => ModeKind::Straddle,
            Self::Keyword { .. } => ModeKind::Keyword,
        }
    }

    /// The pages of a document of `page_count` pages that the mode names, ascending. A keyword names none: those on which
    /// it may stand are all.
    pub fn pages(&self, page_count: u32) -> Result<Vec<u32>, MarkError> {
        if page_count == 0 || page_count as usize > MARKS_MAX {
            return Err(MarkError::Page);
        }
        match self {
            Self::Page(page) if *page <= page_count => Ok(vec![*page]),
            Self::Page(_) => Err(MarkError::Page),
            Self::Pages(ranges)
            | Self::Straddle {
                pages: Some(ranges),
                ..
            } => ranges.pages(page_count),
            Self::All | Self::Straddle { pages: None, .. } | Self::Keyword { .. } => {
                Ok((1..=page_count).collect())
            }
        }
    }
}

impl Ranges {
    fn parse(list: &str) -> Result<Self, MarkError> {
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
        Ok(Self(ranges))
    }

    fn pages(&self, page_count: u32) -> Result<Vec<u32>, MarkError> {
        if self.0.iter().any(|&(_, to)| to > page_count) {
            return Err(MarkError::Page);
        }
        Ok(self.0.iter().flat_map(|&(from, to)| from..=to).collect())
    }
}

fn straddle(rest: &str) -> Result<Mode, MarkError> {
    let (names, pages) = match rest.split_once(':') {
        Some((names, pages)) => (names, Some(Ranges::parse(pages)?)),
        None => (rest, None),
    };
    let mut edges = Vec::new();
    for name in names.split('+') {
        let edge = Edge::parse(name).ok_or(MarkError::Mode)?;
        if edges.contains(&edge) {
            return Err(MarkError::Mode);
        }
        edges.push(edge);
    }
    Ok(Mode::Straddle { edges, pages })
}

fn keyword(rest: &str) -> Result<Mode, MarkError> {
    let (text, occurrence) = match rest.split_once('#') {
        None | Some((_, "all")) => (rest.strip_suffix("#all").unwrap_or(rest), Occurrence::All),
        Some((text, "first")) => (text, Occurrence::First),
        Some((text, number)) => (text, Occurrence::Number(page_number(number)?)),
    };
    let length = text.chars().take(KEYWORD_CHARS_MAX + 1).count();
    let is_text = (1..=KEYWORD_CHARS_MAX).contains(&length)
        && !text.chars().any(char::is_control)
        && !text.trim().is_empty();
    if !is_text {
        return Err(MarkError::Mode);
    }
    Ok(Mode::Keyword {
        text: text.to_owned(),
        occurrence,
    })
}

/// Plain decimal digits without sign or leading zero, so that one number has one spelling.
fn page_number(text: &str) -> Result<u32, MarkError> {
    let plain = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    if !plain || text.starts_with('0') {
        return Err(MarkError::Mode);
    }
    text.parse().map_err(|_| MarkError::Mode)
}

impl Edge {
    const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Top, Self::Bottom];

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|edge| edge.as_str() == name)
    }

    /// The word in a mode.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Top => "top",
            Self::Bottom => "bottom",
        }
    }

    /// Whether the seal is cut by upright lines, so that its height stays whole.
    pub fn is_upright(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }
}

impl ModeKind {
    /// Every kind, for the sandbox's platform and for tests.
    pub const ALL: [Self; 5] = [
        Self::Page,
        Self::All,
        Self::Pages,
        Self::Straddle,
        Self::Keyword,
    ];

    /// The word that storage and wire use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::All => "all",
            Self::Pages => "pages",
            Self::Straddle => "straddle",
            Self::Keyword => "keyword",
        }
    }
}

impl Display for Mode {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(page) => write!(f, "page:{page}"),
            Self::All => f.write_str("all"),
            Self::Pages(ranges) => write!(f, "pages:{ranges}"),
            Self::Straddle { edges, pages } => {
                let names: Vec<&str> = edges.iter().map(|edge| edge.as_str()).collect();
                write!(f, "straddle:{}", names.join("+"))?;
                pages
                    .as_ref()
                    .map_or(Ok(()), |ranges| write!(f, ":{ranges}"))
            }
            Self::Keyword { text, occurrence } => match occurrence {
                Occurrence::All => write!(f, "keyword:{text}#all"),
                Occurrence::First => write!(f, "keyword:{text}#first"),
                Occurrence::Number(number) => write!(f, "keyword:{text}#{number}"),
            },
        }
    }
}

impl Display for Ranges {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, (from, to)) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { "," })?;
            if from == to {
                write!(f, "{from}")?;
            } else {
                write!(f, "{from}-{to}")?;
            }
        }
        Ok(())
    }
}
