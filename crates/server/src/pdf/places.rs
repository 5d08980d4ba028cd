//! From a mode to places on pages.

use std::path::Path;

use clap::Args;
use pdf_seal::keyword::{self, Occurrence};
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

/// Where the seal stands; the first place only for a signature that nobody sees.
pub(super) fn marks(
    file: &File<'_>,
    mode: &Mode,
    place: &PlaceArgs,
    picture: Option<&Picture>,
) -> Result<Vec<Mark>, Refused> {
    let pair = |option, text: &Option<String>| {
        let text = text.as_deref();
        text.map(|text| mode::pair(option, text)).transpose()
    };
    let at = pair("--at", &place.at)?;
    let size = pair("--size", &place.size)?.or_else(|| picture.map(Picture::size_mm));
    let count = u32::try_from(file.pages.len()).unwrap_or(u32::MAX);
    let mut marks = match mode {
        Mode::Pages(pages) => {
            // The numbers were checked against the pages.
            let chosen = pages.list(count)?;
            let infos = chosen
                .iter()
                .filter_map(|number| file.pages.get(*number as usize - 1));
            infos
                .map(|page| picture::mark(page, at, size.unwrap_or_default()))
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
    Ok(marks)
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
        return Err(nothing(file.path, text, found.is_without_text()));
    }
    keyword::marks(&found.hits, file.pages, width_mm, height_mm).map_err(refused)
}

/// The two ways to find nothing, which call for different remedies.
fn nothing(path: &Path, text: &str, without_text: bool) -> Refused {
    let path = path.display();
    if without_text {
        let message =
            format!("{path}: no page holds text (it may be a scan); place the seal by page");
        return Refused::new("no_text", message);
    }
    let message =
        format!("{path}: \"{text}\" is not found; check the spelling or place the seal by page");
    Refused::new("keyword_not_found", message)
}
