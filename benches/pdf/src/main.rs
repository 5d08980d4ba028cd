//! `cargo xtask bench pdf`: one visible seal on page 1, with a local key, beside pyHanko 0.38 warm in one process with
//! the same kind of key and the picture prepared outside the loop on both sides. SHA-256, no network.

#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod paper;
mod peer;
mod signer;

use anyhow::Result;
use gm_pki::Algorithm;
use pdf_seal::{Artwork, Document, Mark, Request};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let small = folder.path().join("10.pdf");
    paper::write(&small, 10, 0)?;
    let large = folder.path().join("104mb.pdf");
    paper::write(&large, 1000, 104_000)?;
    let seal = eseal::round_company_seal(&eseal::RoundSeal {
        name: "样本建设工程有限公司".to_owned(),
        ..eseal::RoundSeal::default()
    })?;
    let picture = folder.path().join("seal.png");
    std::fs::write(&picture, seal.to_png(300)?)?;
    let mut rows = Vec::new();
    for (name, file, runs) in [("seal-10", &small, 40), ("seal-104mb", &large, 5)] {
        for algorithm in [Algorithm::P256Sha256, Algorithm::RsaSha256] {
            let signer = signer::Signer::new(algorithm)?;
            let ours = ours(file, &signer, &seal.to_pdf_form(), runs)?;
            let theirs = peer::seal(folder.path(), file, &signer, &picture, runs)?;
            rows.push(row(name, algorithm, &ours, theirs));
        }
    }
    println!("{}", serde_json::Value::Array(rows));
    Ok(())
}

/// What a run of ours gives, in milliseconds.
struct Ours {
    median_ms: f64,
    hash_ms: f64,
    anonymous_kib: u64,
}

fn row(name: &str, algorithm: Algorithm, ours: &Ours, peer_ms: f64) -> serde_json::Value {
    let kind = if algorithm == Algorithm::P256Sha256 {
        "p256"
    } else {
        "rsa2048"
    };
    serde_json::json!({
        "name": format!("{name}-{kind}"),
        "ours": ours.median_ms,
        "peer": peer_ms,
        "unit": "ms",
        "ratio": peer_ms / ours.median_ms,
        "peer_name": "pyHanko 0.38, warm",
        "note": format!("{:.2} passes of SHA-256 over the file; {} KiB of anonymous memory", ours.median_ms / ours.hash_ms, ours.anonymous_kib),
    })
}

/// Open, place, digest, sign, embed and write the whole file, each time from the start.
fn ours(file: &Path, signer: &signer::Signer, form: &eseal::PdfForm, runs: usize) -> Result<Ours> {
    let out = file.with_extension("out.pdf");
    let mut times = Vec::with_capacity(runs);
    for _ in 0..=runs {
        let began = Instant::now();
        seal_once(file, &out, signer, form)?;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    // The first run warms the page cache and the code, as the peer's first one does.
    times.remove(0);
    Ok(Ours {
        median_ms: median(&mut times),
        hash_ms: hash_ms(file)?,
        anonymous_kib: anonymous_kib(),
    })
}

fn seal_once(
    file: &Path,
    out: &Path,
    signer: &signer::Signer,
    form: &eseal::PdfForm,
) -> Result<()> {
    let source = Arc::new(mapped_file::MappedFile::open(file)?);
    let document = Document::open(source)?;
    let mut prepared = document.prepare(&Request {
        artwork: Artwork::Form {
            bbox: form.bbox,
            content: &form.content,
        },
        marks: vec![Mark {
            page: 1,
            x_mm: 120.0,
            y_mm: 30.0,
            width_mm: 40.0,
            height_mm: 40.0,
        }],
        time_unix: 1_790_000_000,
        contents_bytes: 8 << 10,
        ..Request::default()
    })?;
    let digest = prepared.digest(pdf_seal::DigestAlgorithm::Sha256);
    prepared.embed(&signer.cms(&digest)?)?;
    let mut writer = std::io::BufWriter::with_capacity(1 << 20, std::fs::File::create(out)?);
    prepared.write_to(&mut writer)?;
    Ok(())
}

/// One pass of SHA-256 over the file, in the same run.
fn hash_ms(file: &Path) -> Result<f64> {
    let source = mapped_file::MappedFile::open(file)?;
    let began = Instant::now();
    let digest = Algorithm::P256Sha256.digest(source.as_ref());
    let spent = began.elapsed().as_secs_f64() * 1000.0;
    anyhow::ensure!(digest.len() == 32, "no digest");
    Ok(spent)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

/// `RssAnon` of this process; mapped pages of the file do not count, since the kernel can drop them.
fn anonymous_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.split_whitespace().next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}
