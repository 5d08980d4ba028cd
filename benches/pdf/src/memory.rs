//! Anonymous memory while a long file is sealed. Pages of a mapped file are left out: the kernel takes them back.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use crate::figure::Figure;
use crate::ours::Bench;
use crate::paper;
use crate::peer::Peer;

const FILE: &str = "t5000.pdf";

/// Peak of both sides on 517 MB and 5000 pages, each in a process of its own.
pub fn figure(bench: &Bench) -> Result<Figure> {
    paper::write(&bench.folder.join(FILE), 5000, 103_300)?;
    let mut child = Command::new(std::env::current_exe()?)
        .arg("seal-all")
        .arg(&bench.folder)
        .arg(FILE)
        .spawn()?;
    let mut ours = 0;
    while child.try_wait()?.is_none() {
        ours = ours.max(anonymous_kib(child.id()).unwrap_or(0));
        std::thread::sleep(Duration::from_micros(500));
    }
    ensure!(
        child.wait()?.success() && ours > 0,
        "the sealing process failed or was not seen"
    );
    std::fs::remove_file(bench.folder.join("child.pdf"))?;
    let mut peer = Peer::start(bench)?;
    let id = peer.id();
    let (done, stop) = std::sync::mpsc::channel::<()>();
    let watcher = std::thread::spawn(move || {
        let mut peak = 0;
        while stop.try_recv().is_err() {
            peak = peak.max(anonymous_kib(id).unwrap_or(0));
            std::thread::sleep(Duration::from_millis(1));
        }
        peak
    });
    peer.seal(FILE)?;
    done.send(())?;
    let theirs = watcher.join().ok().context("the watcher")?;
    let mib = |kib: u64| kib as f64 / 1024.0;
    let note = format!(
        "peak of RssAnon, looked at every half millisecond; {}",
        crate::ONE_PAGE
    );
    Ok(Figure::of(
        "seal-517mb-memory",
        mib(ours),
        mib(theirs),
        "MiB",
        &note,
    ))
}

fn anonymous_kib(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.split_whitespace().next()?.parse().ok()
}
