//! The project's commands: `cargo xtask run`, `cargo xtask test` and what they are made of.
//!
//! Invariant: this crate uses nothing of ours, so that it builds in seconds and can judge a tree that does not compile.
#![allow(
    clippy::print_stdout,
    reason = "a command for people speaks on standard output"
)]

mod bench;
mod corpus;
mod fuzz;
mod layers;
mod licences;
mod metadata;
mod migrations;
mod needs;
mod new_feature;
mod openapi;
mod qr;
mod rows;
mod run;
mod shell;
mod step;
mod suite;
mod tidy;
mod web;

use anyhow::{Result, bail};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask COMMAND

  run                    build web and binary, start server and bid tool with SQLite in data/, print what to open
  test [STEP]            every check and every test, or one step by name; `test --list` names them
  bench [--json] [AREA]  figures beside those of our peers, measured in the same run
  corpus DIR             seal every PDF below a folder and ask pyHanko, pdfsig, mutool and qpdf about the result
                         [--sample N] [--json OUT] [--limit SECONDS]
  fuzz [--executions N] [TARGET]   hostile bytes for the PDF library: tail, writer, cms or verifier; all without a name
  rows                   docs/rows.md against the row ids in test names
  layers                 no dependency crosses the layers the wrong way
  screens                pictures of every screen of all apps, each judged by axe-core, into target/screens
  openapi                write docs/api/openapi.json from the server's routes
  new-feature NOUN       the checklist for a new noun, layer by layer
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    std::env::set_current_dir(shell::repository_root())?;
    let Some((command, rest)) = arguments.split_first() else {
        print!("{USAGE}");
        return Ok(());
    };
    match (command.as_str(), rest) {
        ("run", []) => run::run(),
        ("test", rest) => suite::run(rest),
        ("bench", rest) => bench::run(rest),
        ("corpus", rest) => corpus::run(rest),
        ("fuzz", rest) => fuzz::run(rest),
        ("rows", []) => rows::run().map(|report| print!("{report}")),
        ("layers", []) => layers::run().map(|note| println!("{note}")),
        ("screens", []) => suite::screens(),
        ("openapi", []) => openapi::write(),
        ("new-feature", [noun]) => new_feature::run(noun),
        ("help" | "--help" | "-h", _) => {
            print!("{USAGE}");
            Ok(())
        }
        _ => bail!("not a command: {}\n\n{USAGE}", arguments.join(" ")),
    }
}
