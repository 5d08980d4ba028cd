//! `hulian pdf keyword`: where a text stands.

use std::path::PathBuf;

use clap::Args;
use pdf_seal::keyword::{self, Hit, Occurrence};
use serde_json::{Value, json};

use super::places::ranges;
use super::refused::Refused;
use super::{Said, open_with};

/// `hulian pdf keyword TEXT FILE`.
#[derive(Debug, Args)]
pub struct KeywordArgs {
    /// What to look for: 1 to 60 characters on one line.
    text: String,
    /// The PDF.
    file: PathBuf,
    /// A file with the password of the PDF, the user's or the owner's.
    #[arg(long)]
    password_file: Option<PathBuf>,
    /// Say it as JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &KeywordArgs) -> Result<Said, Refused> {
    let document = open_with(&args.file, args.password_file.as_deref())?;
    let found = keyword::search(&document, &args.text, None, Occurrence::All)
        .map_err(|refusal| Refused::of_file(&args.file, &refusal))?;
    let hits: Vec<Value> = found.hits.iter().map(hit).collect();
    let mut lines: Vec<String> = found.hits.iter().map(told).collect();
    let count = match (hits.len(), found.is_without_text()) {
        (0, true) => "no page holds text; it may be a scan".to_owned(),
        (0, false) => "not found".to_owned(),
        (count, _) => format!("{count} place(s)"),
    };
    lines.push(match found.pages_without_text.as_slice() {
        pages @ [_, ..] if !found.is_without_text() => {
            format!("{count}; page(s) {} hold no text", ranges(pages))
        }
        _ => count,
    });
    let json = json!({
        "text": args.text, "hits": hits, "pages_read": found.pages_read,
        "pages_without_text": found.pages_without_text,
    });
    Ok(Said {
        exit: 0,
        json,
        lines,
    })
}

fn hit(it: &Hit) -> Value {
    json!({
        "page": it.page, "x_mm": it.x_mm, "y_mm": it.y_mm, "width_mm": it.width_mm,
        "height_mm": it.height_mm, "text": it.text,
    })
}

fn told(it: &Hit) -> String {
    format!(
        "page {}: {} at {},{} mm",
        it.page, it.text, it.x_mm, it.y_mm
    )
}
