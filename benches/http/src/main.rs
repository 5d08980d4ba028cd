//! `cargo xtask bench http`: co-signatures through the whole service — real router, SQLite on disk, jobs running — from
//! several phones at once, beside the bare server half of the same algorithm in the same run.
//!
//! One co-signature here is a whole scan session: create, claim, match, choices, choose, prepare, OPRF, confirm, finish
//! with time stamp, operation and log leaf; the phones' own work (Argon2id, their halves) runs on the same two cores.

#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod bare;
mod lists;
mod phones;
mod work;

use anyhow::{Context as _, Result};
use hulian_server::config::Config;
use hulian_server::serve;
use std::time::{Duration, Instant};

/// Phones that seal side by side, each with a key of its own.
const PHONES: usize = 4;
/// Sessions of each phone.
const SESSIONS: usize = 20;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let mut rows = Vec::new();
    for algorithm in ["sm2", "rsa"] {
        let ours = runtime.block_on(through_http(algorithm))?;
        let peer = bare::server_half(algorithm)?;
        rows.push(serde_json::json!({
            "name": format!("co-sign-http-{algorithm}"),
            "ours": ours.as_secs_f64() * 1000.0,
            "peer": peer.as_secs_f64() * 1000.0,
            "unit": "ms",
            "ratio": peer.as_secs_f64() / ours.as_secs_f64(),
            "peer_name": format!("bare server half, {algorithm}"),
            "note": format!("{:.0} whole sessions a second from {PHONES} phones on SQLite", 1.0 / ours.as_secs_f64()),
        }));
    }
    rows.extend(runtime.block_on(lists::rows())?);
    rows.extend(runtime.block_on(work::rows())?);
    println!("{}", serde_json::Value::Array(rows));
    Ok(())
}

/// Wall time of one co-signature when all phones seal at once.
async fn through_http(algorithm: &str) -> Result<Duration> {
    let folder = tempfile::tempdir()?;
    let running = serve::start(&Config::on_loopback(&folder.path().join("server"))).await?;
    let base = format!("http://{}", running.address);
    let mut sealers = Vec::new();
    for index in 0..PHONES {
        let place = folder.path().join(format!("phone-{index}"));
        sealers.push(
            phones::Sealer::ready(&base, &place, index, algorithm)
                .await
                .context("a ready phone")?,
        );
    }
    let began = Instant::now();
    let mut tasks = Vec::new();
    for mut sealer in sealers {
        tasks.push(tokio::spawn(async move {
            for number in 0..SESSIONS {
                sealer.seal(number).await?;
            }
            anyhow::Ok(())
        }));
    }
    for task in tasks {
        task.await??;
    }
    let spent = began.elapsed() / u32::try_from(PHONES * SESSIONS)?;
    running.stop().await?;
    Ok(spent)
}
