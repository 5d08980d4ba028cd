//! `cargo xtask bench cosign`: the server's half of a co-signature beside `openssl speed` with a whole key, in one run.
//! The peer does less (no proof to check, no half to hide); the ratio says what two parties cost the server.

#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod halves;

use anyhow::{Context as _, Result};
use std::process::Command;
use std::time::Duration;

fn main() -> Result<()> {
    let rows = serde_json::json!([
        row(
            "sm2-server-half",
            halves::sm2()?,
            openssl("sm2")?,
            "openssl speed: whole-key SM2 signature"
        ),
        row(
            "rsa-server-half",
            halves::rsa()?,
            openssl("rsa2048")?,
            "openssl speed: whole-key RSA-2048 signature"
        ),
    ]);
    println!("{rows}");
    Ok(())
}

fn row(name: &str, ours: Duration, peer: Duration, peer_name: &str) -> serde_json::Value {
    let (ours, peer) = (ours.as_secs_f64() * 1e6, peer.as_secs_f64() * 1e6);
    serde_json::json!({
        "name": name, "ours": ours, "peer": peer, "unit": "us", "ratio": peer / ours, "peer_name": peer_name,
        "note": format!("{:.0} a second on one core", 1e6 / ours),
    })
}

/// Time of one signature as `openssl speed` tells it: the last line ends with signatures and verifications a second.
fn openssl(name: &str) -> Result<Duration> {
    let output = Command::new("openssl")
        .args(["speed", "-seconds", "2", name])
        .output()
        .context("openssl")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .context("no figures from openssl speed")?;
    let per_second: f64 = line
        .split_whitespace()
        .rev()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .with_context(|| format!("no figures in {line:?}"))?;
    Ok(Duration::from_secs_f64(1.0 / per_second))
}
