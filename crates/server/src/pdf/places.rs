//! From a mode to places on pages.

use std::path::Path;

use clap::Args;
use pdf_seal::keyword::{self, Found, Occurrence};
use pdf_seal::straddle::{self, Along, Straddle};
use pdf_seal::{Document, Edge, Mark, PageInfo};

use super::mode::{self, Mode};
use super::picture::{self, Picture};
use super::refused::Refused;

/// `--at` and `--size`.
#[derive(Debug, Args)]
pub(super) struct PlaceArgs {
    /// Lower left corner of the seal: X,Y in millimetres from the lower left of the page as a reader sees it.
    /// A straddle seal takes the one that runs along the edge; a seal on a keyword stands on the text and takes none.
    #[arg(long, allow_hyphen_values = true)]
    pub at: Option<String>,
    /// Width and height of the seal: W,H in millimetres.
    #[arg(long, allow_hyphen_values = true)]
    pub size: Option<String>,
}

/// The file that is to be sealed.
pub(super) struct File<'a> {
    pub path: &'a Path,
    pub document: &'a Document,
    pub pages: &'a [PageInfo],
}

/// Where the seal stands, how large its picture is, and what a person should know about it.
pub(super) struct Placed {
    pub marks: Vec<Mark>,
    pub size_mm: (f64, f64),
    pub notes: Vec<String>,
}

/// Finds the places; the first one only for a signature that nobody sees.
pub(super) fn place(
    file: &File<'_>,
    mode: &Mode,
    place: &PlaceArgs,
    picture: Option<&Picture>,
) -> Result<Placed, Refused> {
    let pair = |option, text: &Option<String>| {
        let text = text.as_deref();
        text.map(|text| mode::pair(option, text)).transpose()
    };
    let at = pair("--at", &place.at)?;
    let asked = pair("--size", &place.size)?;
    let size = asked.or_else(|| picture.map(Picture::size_mm));
    let count = u32::try_from(file.pages.len()).unwrap_or(u32::MAX);
    let mut marks = match mode {
        Mode::Pages(pages) => {
            // The numbers were checked against the pages.
            let chosen = pages.list(count)?;
            let infos = chosen
                .iter()
                .filter_map(|number| file.pages.get(*number as usize - 1));
            let wanted = size.unwrap_or_default();
            infos
                .map(|page| {
                    // A size that nobody asked for gives way on a page that is smaller.
                    let size = asked.unwrap_or_else(|| picture::fitting(page, wanted));
                    picture::mark(page, at, size)
                })
                .collect()
        }
        Mode::Straddle(edges, pages) => {
            let size = size.ok_or_else(|| invisible("straddle"))?;
            straddle(file, edges, &pages.list(count)?, at, size)?
        }
        Mode::Keyword(text, which) => {
            let size = size.ok_or_else(|| invisible("keyword"))?;
            on_keyword(file, text, *which, size)?
        }
    };
    if picture.is_none() {
        marks.truncate(1);
    }
    let notes = match picture {
        Some(_) => cut_off(file.pages, &marks),
        None => Vec::new(),
    };
    let size_mm = size.unwrap_or_default();
    Ok(Placed {
        marks,
        size_mm,
        notes,
    })
}

/// Pages whose edge cuts a seal off, though it was asked for at this place: half a millimetre is forgiven.
fn cut_off(pages: &[PageInfo], marks: &[Mark]) -> Vec<String> {
    const FORGIVEN_MM: f64 = 0.5;
    let is_cut = |mark: &&Mark| {
        let page = pages.get((mark.page as usize).wrapping_sub(1));
        page.is_some_and(|page| {
            mark.x_mm.min(mark.y_mm) < -FORGIVEN_MM
                || mark.x_mm + mark.width_mm > page.width_mm + FORGIVEN_MM
                || mark.y_mm + mark.height_mm > page.height_mm + FORGIVEN_MM
        })
    };
    let mut cut: Vec<u32> = marks.iter().filter(is_cut).map(|mark| mark.page).collect();
    cut.dedup();
    if cut.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "the edge of the page cuts the seal off on page(s) {}",
        ranges(&cut)
    )]
}

/// `1-3, 5` for ascending numbers, the first few ranges of them.
pub(super) fn ranges(numbers: &[u32]) -> String {
    const SHOWN: usize = 10;
    let runs: Vec<&[u32]> = numbers.chunk_by(|a, b| a + 1 == *b).collect();
    let told = runs.iter().take(SHOWN).map(|run| match run {
        [first, .., last] => format!("{first}-{last}"),
        _ => run.iter().map(u32::to_string).collect(),
    });
    let mut told: Vec<String> = told.collect();
    if runs.len() > SHOWN {
        told.push("...".to_owned());
    }
    told.join(", ")
}

fn invisible(mode: &str) -> Refused {
    Refused::new(
        "bad_mode",
        format!("--mode {mode} needs a picture: add --seal"),
    )
}

fn straddle(
    file: &File<'_>,
    edges: &[Edge],
    pages: &[u32],
    at: Option<(f64, f64)>,
    (width_mm, height_mm): (f64, f64),
) -> Result<Vec<Mark>, Refused> {
    let along = |mm: Option<f64>| mm.map_or(Along::Fraction(0.5), Along::Mm);
    let (x, y) = (along(at.map(|at| at.0)), along(at.map(|at| at.1)));
    let wish = Straddle {
        edges,
        pages,
        width_mm,
        height_mm,
        x,
        y,
    };
    straddle::plan(file.pages, &wish).map_err(|refusal| Refused::of_file(file.path, &refusal))
}

fn on_keyword(
    file: &File<'_>,
    text: &str,
    which: Occurrence,
    (width_mm, height_mm): (f64, f64),
) -> Result<Vec<Mark>, Refused> {
    let refused = |refusal| Refused::of_file(file.path, &refusal);
    let found = keyword::search(file.document, text, None, which).map_err(refused)?;
    if found.hits.is_empty() {
        return Err(nothing(file.path, text, which, &found));
    }
    keyword::marks(&found.hits, file.pages, width_mm, height_mm).map_err(refused)
}

/// The two ways to find nothing, which call for different remedies.
fn nothing(path: &Path, text: &str, which: Occurrence, found: &Found) -> Refused {
    let path = path.display();
    if found.is_without_text() {
        let message =
            format!("{path}: no page holds text (it may be a scan); place the seal by page");
        return Refused::new("no_text", message);
    }
    let what = match which {
        Occurrence::Nth(number) => format!("\"{text}\" is not found {number} time(s)"),
        _ => format!("\"{text}\" is not found"),
    };
    let scans = match found.pages_without_text.as_slice() {
        [] => String::new(),
        pages => format!(" (page(s) {} hold no text)", ranges(pages)),
    };
    let message = format!("{path}: {what}{scans}; check the spelling or place the seal by page");
    Refused::new("keyword_not_found", message)
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn pages_are_told_in_short() {
        assert_eq!(ranges(&[3]), "3");
        assert_eq!(ranges(&[1, 2, 3, 5, 7, 8]), "1-3, 5, 7-8");
        let odd: Vec<u32> = (0..40).map(|n| 2 * n + 1).collect();
        assert_eq!(ranges(&odd), "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, ...");
    }
}
