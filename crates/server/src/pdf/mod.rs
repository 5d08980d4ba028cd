//! `hulian pdf`: seals on files without the service, with a key of one's own.
//!
//! Exit codes: 0 done (or all signatures passed), 1 some failed, 2 unreadable, 3 no signature, 4 refused,
//! 5 indeterminate; 1, 2, 3 and 5 come from `verify` only. With `--json` everything is said as one JSON object on the
//! standard output, whose shapes are in `docs/api/cli/`.

mod extend;
mod fetch;
mod info;
mod key;
mod keyword;
mod longterm;
mod mode;
mod output;
mod picture;
mod places;
mod refused;
mod seal;
mod tsa;
mod unseal;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand};
use mapped_file::MappedFile;
use pdf_seal::Document;
use serde_json::Value;

use crate::console;
use refused::{Refused, not_done};

/// Seals on PDF files.
#[derive(Debug, Subcommand)]
pub enum PdfCommand {
    /// Seal a file with a key of one's own.
    Seal(Box<seal::SealArgs>),
    /// Say whether the signatures of a file hold.
    Verify(verify::VerifyArgs),
    /// Take the last seal away.
    Unseal(unseal::UnsealArgs),
    /// Say what a file is.
    Info(info::InfoArgs),
    /// Find a text in a file.
    Keyword(keyword::KeywordArgs),
    /// Draw a page (not done yet).
    Page(PageArgs),
    /// Make the signatures of a file last longer.
    Extend(extend::ExtendArgs),
}

/// `hulian pdf page FILE N OUT.png`.
#[derive(Debug, Args)]
pub struct PageArgs {
    /// The PDF.
    file: PathBuf,
    /// The page, from 1.
    number: u32,
    /// The picture to write.
    out: PathBuf,
    /// Dots per inch.
    #[arg(long, default_value_t = 150)]
    dpi: u32,
}

/// What a subcommand has to say when it did its work.
struct Said {
    exit: u8,
    json: Value,
    lines: Vec<String>,
}

impl PdfCommand {
    /// Runs it and says how it went.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let (json, outcome) = match self {
            Self::Seal(args) => (args.json, seal::run(&args)),
            Self::Verify(args) => (args.json, verify::run(&args)),
            Self::Unseal(args) => (args.json, unseal::run(&args)),
            Self::Info(args) => (args.json, info::run(&args)),
            Self::Keyword(args) => (args.json, keyword::run(&args)),
            Self::Page(_) => (false, Err(not_done("drawing a page"))),
            Self::Extend(args) => (args.json, extend::run(&args)),
        };
        let (exit, value, lines) = match outcome {
            Ok(said) => (said.exit, said.json, said.lines),
            Err(refused) => {
                console::complain(&format!("hulian: {refused}"));
                (refused.exit, refused.json(), Vec::new())
            }
        };
        if json {
            console::say(&value.to_string());
        } else {
            lines.iter().for_each(|line| console::say(line));
        }
        ExitCode::from(exit)
    }
}

/// Maps and opens a PDF.
fn open(path: &Path) -> Result<Document, Refused> {
    let file = MappedFile::open(path).map_err(|error| {
        let cause = std::error::Error::source(&error).map(|cause| format!(" ({cause})"));
        let cause = cause.unwrap_or_default();
        Refused::new("unreadable", format!("{}: {error}{cause}", path.display()))
    })?;
    Document::open(Arc::new(file)).map_err(|refusal| Refused::of_file(path, &refusal))
}
