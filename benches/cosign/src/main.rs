//! `cargo xtask bench cosign`: one answer of the server's half beside one whole signature of `openssl speed`, in the same
//! run. The server's half of SM2 checks a proof of the phone before it answers, which a whole key does not need; that of
//! composite RSA-4096 is a power with a modulus of 2048 bits, as one signature of RSA-2048 is.

#![allow(clippy::print_stdout, reason = "the figures are the output")]

use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use cosign::{rsa, sm2};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use serde_json::json;

/// Answers of one measurement; the median counts.
const SM2_ROUNDS: u8 = 250;
const RSA_ROUNDS: u8 = 150;

fn main() -> Result<()> {
    let figures = [
        figure(
            "server-half-sm2",
            server_half_sm2()?,
            "sm2",
            "openssl speed sm2, whole signature",
        )?,
        figure(
            "server-half-rsa",
            server_half_rsa()?,
            "rsa2048",
            "openssl speed rsa2048, whole signature",
        )?,
    ];
    println!("{}", serde_json::to_string_pretty(&figures)?);
    Ok(())
}

fn figure(name: &str, ours_us: f64, algorithm: &str, peer_name: &str) -> Result<serde_json::Value> {
    let peer_us = openssl_us(algorithm)?;
    let note = match algorithm {
        "sm2" => {
            "per answer: the phone's proof is verified (two products with points), then the half is made (two more); a whole signature takes one product with the base point"
        }
        _ => {
            "per answer: one power with the server's 2048-bit half, blinded and checked, in portable Rust; OpenSSL has hand-written assembly for it"
        }
    };
    Ok(
        json!({"name": name, "ours": ours_us, "peer": peer_us, "unit": "us", "ratio": peer_us / ours_us,
        "peer_name": peer_name, "note": note}),
    )
}

fn server_half_sm2() -> Result<f64> {
    let rng = &mut UnwrapErr(SysRng);
    let (start, commit) = sm2::keygen::ClientStart::start(b"bench", rng)?;
    let (server, reply) = sm2::keygen::ServerStart::reply(b"bench", &commit, rng)?;
    let (phone, open) = start.finish(&reply)?;
    let server = server.finish(&open)?;
    let mut spent = Vec::new();
    for round in 0..SM2_ROUNDS {
        let (sid, e) = ([round; 16], [round ^ 0x5a; 32]);
        let (signing, request) = sm2::sign::ClientSign::start(&phone, sid, e, rng)?;
        let began = Instant::now();
        let reply = sm2::sign::server_answer(&server, sid, &e, &request, rng)?;
        spent.push(began.elapsed().as_secs_f64());
        signing.finish(&phone, &reply)?;
    }
    Ok(median(spent) * 1e6)
}

fn server_half_rsa() -> Result<f64> {
    let rng = &mut UnwrapErr(SysRng);
    let (start, commit) = rsa::ClientStart::start(b"bench", rng)?;
    let (server, reply) = rsa::ServerStart::reply(b"bench", &commit, rng)?;
    let (phone, open) = start.finish(&reply, rng)?;
    let server = server.finish(&open)?;
    let mut spent = Vec::new();
    for round in 0..RSA_ROUNDS {
        let (sid, digest) = ([round; 16], [round ^ 0x5a; 32]);
        let (signing, request) = rsa::ClientSign::start(&phone, sid, digest, rng)?;
        let began = Instant::now();
        let reply = rsa::server_answer(&server, sid, &digest, &request, rng)?;
        spent.push(began.elapsed().as_secs_f64());
        signing.finish(&phone, &reply)?;
    }
    Ok(median(spent) * 1e6)
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Microseconds of one signature, from the line that ends in `sign/s verify/s`.
fn openssl_us(algorithm: &str) -> Result<f64> {
    let output = Command::new("openssl")
        .args(["speed", "-seconds", "3", algorithm])
        .output()
        .context("openssl")?;
    if !output.status.success() {
        bail!(
            "openssl speed {algorithm}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let per_second = signatures_per_second(&text)
        .with_context(|| format!("openssl speed {algorithm} said: {text}"))?;
    Ok(1e6 / per_second)
}

/// The last line but the heads: `rsa 2048 bits 0.000551s 0.000016s 1814.3 61535.5`.
fn signatures_per_second(text: &str) -> Option<f64> {
    let line = text.lines().rev().find(|line| line.contains(" bits "))?;
    let mut words = line.split_whitespace().rev();
    words.next()?.parse::<f64>().ok()?;
    words.next()?.parse().ok().filter(|number| *number > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_openssl_prints() {
        let text = "version: 3.0.17\n                              sign    verify    sign/s verify/s\n 256 bits SM2 (CurveSM2)   0.0004s   0.0004s   2654.0   2790.5\n";
        assert_eq!(signatures_per_second(text), Some(2654.0));
        let text = "rsa 2048 bits 0.000551s 0.000016s   1814.3  61535.5\n";
        assert_eq!(signatures_per_second(text), Some(1814.3));
        assert_eq!(signatures_per_second("nothing"), None);
    }
}
