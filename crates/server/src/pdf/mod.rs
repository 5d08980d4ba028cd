//! `hulian pdf`: seals on files without the service, with a key of one's own.
//!
//! Exit codes: 0 done (or all signatures passed), 1 some failed, 2 unreadable, 3 no signature, 4 refused,
//! 5 indeterminate; 1, 2, 3 and 5 come from `verify` only. With `--json` everything is said as one JSON object on the
//! standard output, whose shapes are in `docs/api/cli/`.

mod base;
mod extend;
mod fetch;
mod info;
mod key;
mod keyword;
mod longterm;
mod mode;
mod output;
mod page;
mod picture;
mod places;
mod refused;
mod seal;
mod svg;
mod tsa;
mod unseal;
mod verify;

use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use clap::Subcommand;
use mapped_file::MappedFile;
use pdf_seal::{Document, Opened, Source};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::console;
use refused::Refused;

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
    /// Draw a page as a PNG.
    Page(page::PageArgs),
    /// Make the signatures of a file last longer.
    Extend(extend::ExtendArgs),
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
        quiet_reader();
        let (json, outcome) = match self {
            Self::Seal(args) => (args.json, seal::run(&args)),
            Self::Verify(args) => (args.json, verify::run(&args)),
            Self::Unseal(args) => (args.json, unseal::run(&args)),
            Self::Info(args) => (args.json, info::run(&args)),
            Self::Keyword(args) => (args.json, keyword::run(&args)),
            Self::Page(args) => (args.json, page::run(&args)),
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

/// Says what is wrong with a command line in one line, and as JSON when that was asked for.
pub(crate) fn wrong_usage(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    let lines = text.lines().map(str::trim);
    let what: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    let what = what.join(" ");
    let what = what.strip_prefix("error: ").unwrap_or(&what);
    let refused = Refused::new("bad_usage", format!("{what}; see hulian pdf --help"));
    console::complain(&format!("hulian: {refused}"));
    if std::env::args().any(|argument| argument == "--json") {
        console::say(&refused.json().to_string());
    }
    ExitCode::from(refused.exit)
}

/// How long a picture may take.
const PICTURE_TIME: Duration = Duration::from_secs(30);

/// What `work` answers, if it does so in time. A thread cannot be stopped from outside; one that is late is left behind
/// and ends with the process.
fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new()
        .name(pdf_seal::READER_THREAD.to_owned())
        .spawn(move || {
            // Nobody listens any more when it is late.
            let _ = sender.send(work());
        })
        .ok()?;
    receiver.recv_timeout(PICTURE_TIME).ok()
}

/// The reader of text and pictures catches its own panics and says what they mean; the standard message of the runtime
/// would be a second line.
fn quiet_reader() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(pdf_seal::READER_THREAD) {
            usual(panic);
        }
    }));
}

/// The longest password of a PDF or of a key, in bytes with its line end.
const PASSWORD_BYTES: u64 = 1024;

/// Maps and opens a PDF, with the password in `password_file` when there is one.
fn open_with(path: &Path, password_file: Option<&Path>) -> Result<Document, Refused> {
    let password = password_file.map(password).transpose()?;
    Document::open_with_password(mapped(path)?, password.as_ref().map(|it| it.as_slice()))
        .map_err(|refusal| Refused::of_file(path, &refusal))
}

/// As [`open_with`], for a seal: a damaged file is written anew, in memory, when nothing was signed.
fn open_to_seal(path: &Path, password_file: Option<&Path>) -> Result<Opened, Refused> {
    let password = password_file.map(password).transpose()?;
    Document::open_or_repair(mapped(path)?, password.as_ref().map(|it| it.as_slice()))
        .map_err(|refusal| Refused::of_file(path, &refusal))
}

fn mapped(path: &Path) -> Result<Source, Refused> {
    let file = MappedFile::open(path).map_err(|error| {
        let cause = std::error::Error::source(&error).map(|cause| format!(" ({cause})"));
        let cause = cause.unwrap_or_default();
        Refused::new("unreadable", format!("{}: {error}{cause}", path.display()))
    })?;
    Ok(Arc::new(file))
}

/// A password from a file, where people keep it out of the list of processes; one line end after it is cut off.
fn password(path: &Path) -> Result<Zeroizing<Vec<u8>>, Refused> {
    let mut password = Zeroizing::new(key::read_up_to(path, PASSWORD_BYTES)?);
    if password.last() == Some(&b'\n') {
        password.pop();
        if password.last() == Some(&b'\r') {
            password.pop();
        }
    }
    Ok(password)
}
