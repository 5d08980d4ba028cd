//! `cargo xtask bench pdf`: sealing and verifying beside pyHanko 0.38, both warm in one process, both from file to file,
//! with the same key, certificate, drawing and documents in the same run.
//!
//! The drawing is a vector content stream made before the clock starts, on both sides. Neither side synchronises its
//! output with the disk. The peer runs in Python (`HULIAN_PYTHON`, else `python3`) by `peer.py`.

#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod figure;
mod memory;
mod ours;
mod paper;
mod peer;

use std::path::Path;

use anyhow::{Context as _, Result};
use figure::{Figure, timed};
use ours::{Bench, Kept, Widgets};
use peer::Peer;

/// Rounds on small files and on the large one; the median counts.
const ROUNDS: usize = 25;
const LARGE_ROUNDS: usize = 5;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // Started again by itself, to be looked at from outside while it seals.
    if let [command, folder, file] = arguments.as_slice()
        && command == "seal-all"
    {
        let bench = Bench::load(Path::new(folder), "p256")?;
        bench.seal(
            &bench.folder.join(file),
            &bench.folder.join("child.pdf"),
            Widgets::EveryPage,
        )?;
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let place = folder.path();
    for (name, pages, bytes) in [
        ("t10.pdf", 10, 83_000),
        ("t200.pdf", 200, 4_500),
        ("t1000.pdf", 1000, 104_000),
    ] {
        paper::write(&place.join(name), pages, bytes)?;
    }
    ours::make_identities(place)?;
    let mut figures = Vec::new();
    for kind in ["p256", "rsa"] {
        let bench = Bench::load(place, kind)?;
        let mut peer = Peer::start(&bench)?;
        seals(&bench, &mut peer, &mut figures)?;
        if kind == "p256" {
            large(&bench, &mut peer, &mut figures)?;
            verifications(&bench, &mut peer, &mut figures)?;
            figures.push(memory::figure(&bench)?);
        }
    }
    println!("{}", serde_json::to_string_pretty(&figures)?);
    Ok(())
}

/// One picture on page 1, on both sides.
fn seals(bench: &Bench, peer: &mut Peer, figures: &mut Vec<Figure>) -> Result<()> {
    let suffix = if bench.kind == "rsa" { "-rsa2048" } else { "" };
    for (name, file, rounds) in [
        ("seal-10", "t10.pdf", ROUNDS),
        ("seal-104mb-page1", "t1000.pdf", LARGE_ROUNDS),
    ] {
        let (input, out) = (bench.folder.join(file), bench.folder.join("ours.pdf"));
        let ours = timed(rounds, || bench.seal(&input, &out, Widgets::FirstPage))?;
        let theirs = peer.seal(file, rounds)?;
        figures.push(Figure::new(format!("{name}{suffix}"), ours, theirs));
    }
    Ok(())
}

/// A widget on every page on our side; the peer has no such thing and puts one on page 1.
fn large(bench: &Bench, peer: &mut Peer, figures: &mut Vec<Figure>) -> Result<()> {
    let out = bench.folder.join("ours.pdf");
    let one_page = "a widget on every page on our side, one on page 1 on the peer's";
    let input = bench.folder.join("t200.pdf");
    let ours = timed(ROUNDS, || bench.seal(&input, &out, Widgets::EveryPage))?;
    figures.push(Figure::new("seal-200-all", ours, peer.seal("t200.pdf", ROUNDS)?).note(one_page));

    let input = bench.folder.join("t1000.pdf");
    let pass = ours::hash_pass(&input, LARGE_ROUNDS)?;
    let ours = timed(LARGE_ROUNDS, || {
        bench.seal(&input, &out, Widgets::EveryPage)
    })?;
    let theirs = peer.seal("t1000.pdf", LARGE_ROUNDS)?;
    let copy = ours::copy_pass(&input, &out, LARGE_ROUNDS)?;
    let floor = format!(
        "{one_page}; digest and copy run side by side, and the copy into a new file alone takes {:.1} digest passes here",
        copy / pass
    );
    figures.push(
        Figure::new("seal-104mb-all", ours, theirs)
            .passes(ours / pass)
            .note(floor),
    );

    // The digest state is kept and the seal appended in place, as a store of revisions does.
    let kept = Kept::of(&input, &bench.folder.join("again.pdf"))?;
    let ours = timed(ROUNDS, || bench.seal_again(&kept))?;
    figures.push(
        Figure::new("seal-104mb-again", ours, theirs)
            .note("the digest state of the stored file is kept and the seal is appended to it; the peer begins anew"),
    );
    Ok(())
}

fn verifications(bench: &Bench, peer: &mut Peer, figures: &mut Vec<Figure>) -> Result<()> {
    for (name, file, rounds) in [
        ("verify-10", "t10.pdf", ROUNDS),
        ("verify-104mb", "t1000.pdf", LARGE_ROUNDS),
    ] {
        let sealed_name = format!("sealed-{file}");
        let sealed = bench.folder.join(&sealed_name);
        bench.seal(&bench.folder.join(file), &sealed, Widgets::FirstPage)?;
        let ours = timed(rounds, || bench.verify(&sealed))?;
        let theirs = peer
            .verify(&sealed_name, rounds)
            .context("the peer's verdict on our file")?;
        let mut figure = Figure::new(name, ours, theirs);
        if name == "verify-104mb" {
            figure = figure.passes(ours / ours::hash_pass(&sealed, LARGE_ROUNDS)?);
        }
        figures.push(figure);
    }
    Ok(())
}
