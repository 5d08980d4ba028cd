//! A text on 200 pages of Chinese, beside `pdftotext -bbox`: both from the start of a process to its end.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use mapped_file::MappedFile;
use pdf_seal::Document;
use pdf_seal::keyword::{self, Occurrence};

use crate::figure::{Figure, Times};
use crate::ours::timed;

const ROUNDS: usize = 15;

/// In the process of its own: finds the text once on every page.
pub fn search(file: &Path) -> Result<()> {
    let document = Document::open(Arc::new(MappedFile::open(file)?))?;
    let found = keyword::search(&document, crate::paper::KEYWORD, None, Occurrence::All)?;
    ensure!(found.hits.len() == 200, "{} hits", found.hits.len());
    Ok(())
}

pub fn figure(file: &Path) -> Result<Figure> {
    let boxes = file.with_extension("html");
    let mut own = Command::new(std::env::current_exe()?);
    own.arg("keyword").arg(file);
    let mut theirs = Command::new("pdftotext");
    theirs.arg("-bbox").arg(file).arg(&boxes);
    let (mut ours, mut peer) = (Times::default(), Times::default());
    for round in 0..=ROUNDS {
        let (own, theirs) = (timed(|| run(&mut own))?, timed(|| run(&mut theirs))?);
        if round > 0 {
            ours.push(own);
            peer.push(theirs);
        }
    }
    // Both must have read the Chinese text, or the times mean nothing.
    let text = std::fs::read_to_string(&boxes)?;
    let first = crate::paper::KEYWORD.chars().next().unwrap_or_default();
    ensure!(
        text.matches(first).count() >= 200,
        "pdftotext did not read the text"
    );
    let note = "a process on each side; ours finds one text on each page, the peer writes the box of every word";
    Ok(Figure::of_times("keyword-200", &ours, &peer, note).beside("pdftotext -bbox"))
}

fn run(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .with_context(|| format!("{command:?}"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}
