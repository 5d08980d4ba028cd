//! `cargo xtask bench pdf`: sealing and verifying beside pyHanko 0.38, both warm in one process, both from file to file,
//! with the same key, certificate, drawing and documents.
//!
//! The two sides and a bare pass of SHA-256 over the same file take turns, so that a busy moment of the machine meets
//! all of them; medians count. Every run opens its file anew; the page cache is warm for all. The drawing is a vector
//! content stream made ready before the clock starts, on both sides. Output goes to a new file each time, which neither
//! side synchronises with the disk. The peer runs in Python (`HULIAN_PYTHON`, else `python3`) by `peer.py`.

#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod figure;
mod keyword;
mod memory;
mod ours;
mod paper;
mod peer;

use std::path::Path;

use anyhow::{Context as _, Result};
use figure::{Figure, Times};
use ours::{Bench, Kept, Widgets};
use peer::Peer;

/// Rounds on small files and on the large one.
const ROUNDS: usize = 61;
const LARGE_ROUNDS: usize = 21;

const ONE_PAGE: &str = "a widget on every page on our side, one on page 1 on the peer's";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // Started again by itself, to be looked at from outside.
    match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["seal-all", folder, file] => {
            let bench = Bench::load(Path::new(folder))?;
            return bench.seal(
                &bench.folder.join(file),
                &bench.folder.join("child.pdf"),
                Widgets::EveryPage,
            );
        }
        ["keyword", file] => return keyword::search(Path::new(file)),
        _ => {}
    }
    // Beside the programs that were built: on a disk, and out of the way.
    let program = std::env::current_exe()?;
    let folder = tempfile::tempdir_in(program.parent().context("no folder")?)?;
    let place = folder.path();
    for (name, pages, bytes) in [
        ("t10.pdf", 10, 83_000),
        ("t200.pdf", 200, 4_500),
        ("t1000.pdf", 1000, 104_000),
    ] {
        paper::write(&place.join(name), pages, bytes)?;
    }
    paper::write_cjk(&place.join("cjk200.pdf"), 200)?;
    ours::make_identity(place)?;
    let bench = Bench::load(place)?;
    let mut peer = Peer::start(&bench)?;
    let mut figures = seals(&bench, &mut peer)?;
    figures.extend(verifications(&bench, &mut peer)?);
    figures.push(keyword::figure(&place.join("cjk200.pdf"))?);
    drop(peer);
    figures.push(memory::figure(&bench)?);
    println!("{}", serde_json::to_string_pretty(&figures)?);
    Ok(())
}

/// Our times, the peer's, and those of a bare digest pass, taken in turns after one round that warms.
struct Turns {
    ours: Times,
    peer: Times,
    pass: Times,
}

impl Turns {
    fn take(
        rounds: usize,
        mut ours: impl FnMut() -> Result<f64>,
        mut peer: impl FnMut() -> Result<f64>,
        mut pass: impl FnMut() -> Result<f64>,
    ) -> Result<Self> {
        let mut turns = Self {
            ours: Times::default(),
            peer: Times::default(),
            pass: Times::default(),
        };
        for round in 0..=rounds {
            let (ours, pass, peer) = (ours()?, pass()?, peer()?);
            if round > 0 {
                turns.ours.push(ours);
                turns.pass.push(pass);
                turns.peer.push(peer);
            }
        }
        Ok(turns)
    }
}

fn seals(bench: &Bench, peer: &mut Peer) -> Result<Vec<Figure>> {
    let out = bench.folder.join("ours.pdf");
    let mut figures = Vec::new();
    for (name, file, widgets, note, rounds) in [
        ("seal-10", "t10.pdf", Widgets::FirstPage, "", ROUNDS),
        (
            "seal-200-all",
            "t200.pdf",
            Widgets::EveryPage,
            ONE_PAGE,
            ROUNDS,
        ),
        (
            "seal-104mb-all",
            "t1000.pdf",
            Widgets::EveryPage,
            ONE_PAGE,
            LARGE_ROUNDS,
        ),
    ] {
        let input = bench.folder.join(file);
        let turns = Turns::take(
            rounds,
            || ours::timed_to(&out, || bench.seal(&input, &out, widgets)),
            || peer.seal(file),
            || ours::hash_pass(&input),
        )?;
        let figure = Figure::of_times(name, &turns.ours, &turns.peer, note);
        figures.push(if rounds == LARGE_ROUNDS {
            figure.passes(&turns.ours, &turns.pass)
        } else {
            figure
        });
    }
    // The digest state is kept and the seal appended in place, as a store of revisions does.
    let kept = Kept::of(
        &bench.folder.join("t1000.pdf"),
        &bench.folder.join("again.pdf"),
    )?;
    let again = Turns::take(
        LARGE_ROUNDS,
        || bench.seal_again(&kept),
        || peer.seal("t1000.pdf"),
        || Ok(f64::NAN),
    )?;
    let note = format!(
        "{ONE_PAGE}; the digest state of the stored file is kept and the seal appended to it, while the peer begins anew"
    );
    figures.push(Figure::of_times(
        "seal-104mb-again",
        &again.ours,
        &again.peer,
        &note,
    ));
    Ok(figures)
}

fn verifications(bench: &Bench, peer: &mut Peer) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (name, file, rounds) in [
        ("verify-10", "t10.pdf", ROUNDS),
        ("verify-104mb", "t1000.pdf", LARGE_ROUNDS),
    ] {
        let sealed_name = format!("sealed-{file}");
        let sealed = bench.folder.join(&sealed_name);
        bench.seal(&bench.folder.join(file), &sealed, Widgets::FirstPage)?;
        let turns = Turns::take(
            rounds,
            || ours::timed(|| bench.verify(&sealed)),
            || {
                peer.verify(&sealed_name)
                    .context("the peer's verdict on our file")
            },
            || ours::hash_pass(&sealed),
        )?;
        let figure = Figure::of_times(name, &turns.ours, &turns.peer, "");
        figures.push(if rounds == LARGE_ROUNDS {
            figure.passes(&turns.ours, &turns.pass)
        } else {
            figure
        });
    }
    Ok(figures)
}
