//! `cargo xtask corpus DIR`: what the sealing engine does with other people's files, judged by other people's programs.
//!
//! Not part of the test run: the files are not ours to ship. `DIR` is any folder with PDF files below it; the judge is
//! `crates/tests/judges/corpus_judge.py`, which says what it asks.

use crate::{metadata, needs, shell};
use anyhow::{Result, bail};
use std::process::Command;

/// `DIR [--sample N] [--json OUT] [--limit SECONDS]`.
pub fn run(arguments: &[String]) -> Result<()> {
    if arguments.first().is_none_or(|it| it.starts_with('-')) {
        bail!("corpus DIR [--sample N] [--json OUT] [--limit SECONDS]");
    }
    let Some(python) = needs::judges_python() else {
        bail!("the judges are not installed; run `cargo xtask test` once");
    };
    if !shell::on_path("mutool") {
        bail!("mutool is missing (Debian: mupdf-tools)");
    }
    // The profile of development optimises what does the arithmetic; the rest waits for the judges.
    shell::quietly(shell::cargo().args(["build", "-p", "pdf-seal", "--example", "corpus"]))?;
    let target = metadata::of_workspace()?.target_directory;
    let status = Command::new(python)
        .arg("crates/tests/judges/corpus_judge.py")
        .arg(target.join("debug/examples/corpus"))
        .args(arguments.get(..1).unwrap_or_default())
        .arg(target.join("corpus"))
        .args(arguments.get(1..).unwrap_or_default())
        .status()?;
    if !status.success() {
        bail!("some files came out broken");
    }
    Ok(())
}
