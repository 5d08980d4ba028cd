//! Anonymous memory while a long file is sealed. Pages of a mapped file are left out: the kernel takes them back.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use crate::figure::Figure;
use crate::ours::Bench;
use crate::peer::Peer;

/// Peak of both sides on 104 MB and 1000 pages, each in a process of its own.
pub fn figure(bench: &Bench) -> Result<Figure> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg("seal-all")
        .arg(&bench.folder)
        .arg("t1000.pdf")
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
    peer.seal("t1000.pdf", 1)?;
    done.send(())?;
    let theirs = watcher.join().ok().context("the watcher")?;
    let mib = |kib: u64| kib as f64 / 1024.0;
    let note = "peak of RssAnon; a widget on every page on our side, one on page 1 on the peer's";
    Ok(Figure::of("seal-104mb-memory", mib(ours), mib(theirs), "MiB").note(note))
}

fn anonymous_kib(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.split_whitespace().next()?.parse().ok()
}
