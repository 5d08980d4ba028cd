//! Where a text stands on the pages, for people who want their seal on it.
//!
//! What is found here is advice and never decides what is signed: text is read by `hayro`, which repairs what it can,
//! while sealing reads the file with this crate's own strict parser. A signature never depends on these answers.

mod find;
mod glyphs;
mod lines;
mod places;
mod text;

use hayro_interpret::hayro_syntax::Pdf;

use crate::document::Document;
use crate::limits;
use crate::reader;
use crate::refusal::Refusal;

pub use places::marks;

/// Which of the places are wanted, in the order of pages and from top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Occurrence {
    /// The first place.
    First,
    /// All places.
    #[default]
    All,
    /// The n-th place, from 1.
    Nth(u32),
}

/// A place where the text stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// From 1.
    pub page: u32,
    /// Left edge of the box around the text: millimetres from the lower left of the page as the reader sees it.
    pub x_mm: f64,
    /// Lower edge of the box.
    pub y_mm: f64,
    /// Width of the box.
    pub width_mm: f64,
    /// Height of the box.
    pub height_mm: f64,
    /// The text as the page has it.
    pub text: String,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// The places wanted, in order.
    pub hits: Vec<Hit>,
    /// Pages that were read.
    pub pages_read: u32,
    /// Those among them that hold no text at all, as scanned pages do.
    pub pages_without_text: Vec<u32>,
}

impl Found {
    /// Whether no page that was read holds text, so that searching is in vain whatever the text is.
    #[must_use]
    pub fn is_without_text(&self) -> bool {
        self.pages_without_text.len() == self.pages_read as usize
    }
}

/// Looks for `wanted` on `pages` (from 1; all when `None`).
///
/// Texts are compared after Unicode normalisation (NFKC), which makes full and half width forms equal, and without
/// white space; look-alike radicals count as the ideographs. A text may be drawn in any number of runs, visibly or not
/// (as scanners lay text under a picture), in any direction, and may be broken at the end of a line: then the box is that
/// of its longer part. Pages without Unicode information about their fonts count as pages without text.
///
/// # Errors
/// A [`Refusal`]: `bad_request` for a text that is empty or longer than 60 characters, `page_out_of_range`,
/// `text_unreadable` when the pages cannot be read for text, `limits` when there is too much to read or to find.
pub fn search(
    document: &Document,
    wanted: &str,
    pages: Option<&[u32]>,
    which: Occurrence,
) -> Result<Found, Refusal> {
    let wanted_chars = wanted.chars().count();
    let wanted = text::normal(wanted);
    if wanted.is_empty() || wanted_chars > limits::KEYWORD_CHARS {
        return Err(Refusal::BadRequest(
            "the text to look for has 1 to 60 characters",
        ));
    }
    if which == Occurrence::Nth(0) {
        return Err(Refusal::BadRequest("places are counted from 1"));
    }
    let count = u32::try_from(document.pages.len()).unwrap_or(u32::MAX);
    let all: Vec<u32>;
    let pages = match pages {
        Some(pages) => pages,
        None => {
            all = (1..=count).collect();
            &all
        }
    };
    if let Some(page) = pages
        .iter()
        .copied()
        .find(|page| !(1..=count).contains(page))
    {
        return Err(Refusal::PageOutOfRange { page, pages: count });
    }
    reader::on_thread(Refusal::TextUnreadable, || {
        read(document, &wanted, pages, which)
    })
}

/// Reads the pages, on several threads when all of many are wanted.
fn read(
    document: &Document,
    wanted: &str,
    pages: &[u32],
    which: Occurrence,
) -> Result<Found, Refusal> {
    let pdf = reader::open(document).ok_or(Refusal::TextUnreadable)?;
    let threads = match which {
        Occurrence::All => threads(pages.len()),
        // The first places are mostly on the first pages.
        _ => 1,
    };
    let steps = limits::TEXT_STEPS / threads as u64;
    let part = |pages: &[u32]| read_part(document, &pdf, wanted, (pages, steps), which);
    if threads == 1 {
        return part(pages);
    }
    let parts = pages.chunks(pages.len().div_ceil(threads));
    let works = parts.map(|pages| move || part(pages));
    let mut found = Found::default();
    for part in reader::on_threads(&Refusal::TextUnreadable, works)? {
        found.pages_read += part.pages_read;
        found.pages_without_text.extend(part.pages_without_text);
        found.hits.extend(part.hits);
    }
    if found.hits.len() > limits::KEYWORD_HITS {
        return Err(Refusal::Limits("places of one text"));
    }
    Ok(found)
}

/// Threads that are worth their start.
fn threads(pages: usize) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    cores
        .min(limits::TEXT_THREADS)
        .min(pages / limits::TEXT_THREAD_PAGES)
        .max(1)
}

fn read_part(
    document: &Document,
    pdf: &Pdf,
    wanted: &str,
    (pages, steps): (&[u32], u64),
    which: Occurrence,
) -> Result<Found, Refusal> {
    let mut found = Found::default();
    let mut skip = match which {
        Occurrence::Nth(number) => number - 1,
        _ => 0,
    };
    glyphs::each_page(document, pdf, pages, steps, |number, size_mm, glyphs| {
        found.pages_read += 1;
        if glyphs.is_empty() {
            found.pages_without_text.push(number);
        }
        for mut hit in find::hits(glyphs, wanted, size_mm) {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            if found.hits.len() == limits::KEYWORD_HITS {
                return Err(Refusal::Limits("places of one text"));
            }
            hit.page = number;
            found.hits.push(hit);
            if which != Occurrence::All {
                return Ok(false);
            }
        }
        Ok(true)
    })?;
    Ok(found)
}
