//! 104 MB, 1000 pages, a seal on each, in under 64 MiB of anonymous memory. Pages of the mapped file do not count, since
//! the kernel takes them back when it wants to.

use std::time::Duration;

use crate::judge;
use crate::place::Place;

const LIMIT_KIB: u64 = 64 << 10;

#[test]
fn a_long_scan_is_sealed_in_little_memory() {
    let place = Place::new();
    place.identity("p256");
    place.paper("in.pdf", 1000, 104_000);
    let seal = [
        "seal", "in.pdf", "out.pdf", "--key", "p256.key", "--cert", "p256.pem", "--seal",
        "seal.png", "--mode", "all",
    ];
    let mut child = place.command(&seal).spawn().unwrap();
    let (mut peak, mut samples) = (0, 0);
    while child.try_wait().unwrap().is_none() {
        if let Some(now) = anonymous_kib(child.id()) {
            (peak, samples) = (now.max(peak), samples + 1);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(child.wait().unwrap().success());
    println!(
        "peak of anonymous memory: {:.1} MiB in {samples} samples",
        peak as f64 / 1024.0
    );
    assert!(
        samples > 20 && peak > 0 && peak < LIMIT_KIB,
        "{peak} KiB in {samples} samples"
    );
    judge::qpdf(&place.path("out.pdf"));
    judge::pyhanko(&place.path("out.pdf"), &place.path("p256.pem"));
    place.json(&["verify", "out.pdf", "--trust", "p256.pem"], 0, "verify");
    place.json(&["unseal", "out.pdf", "out.pdf"], 0, "unseal");
    assert!(place.read("out.pdf") == place.read("in.pdf"));
}

fn anonymous_kib(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.split_whitespace().next()?.parse().ok()
}
