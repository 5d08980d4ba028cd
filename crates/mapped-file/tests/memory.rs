//! A bid file of 104 MB and 1000 pages is sealed on every page through a map, in a process of its own that is
//! watched: its anonymous memory must stay small, whatever the file weighs.
#![allow(missing_docs, clippy::unwrap_used, clippy::write_with_newline)]
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hulian_mapped_file::MappedFile;
use pdf_seal::{Artwork, DigestAlgorithm, Document, Mark, Request};

const PAGES: u32 = 1000;
const IMAGE_BYTES: usize = 104_000;
const LIMIT_KIB: u64 = 32 * 1024;
const CHILD: &str = "MAPPED_FILE_TEST_SEALS";

#[test]
fn sealing_104_mb_and_1000_pages_takes_less_than_32_mib_of_anonymous_memory() {
    if let Ok(path) = std::env::var(CHILD) {
        return seal(Path::new(&path));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scan.pdf");
    write_scan(&path).unwrap();
    let test = "sealing_104_mb_and_1000_pages_takes_less_than_32_mib_of_anonymous_memory";
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(CHILD, &path)
        .status()
        .unwrap();
    assert!(status.success());
    let report = std::fs::read_to_string(path.with_extension("txt")).unwrap();
    let (peak_kib, millis) = report.split_once(' ').unwrap();
    eprintln!("anonymous memory at most {peak_kib} KiB, {millis} ms");
    assert!(
        peak_kib.parse::<u64>().unwrap() < LIMIT_KIB,
        "{peak_kib} KiB"
    );
    let sealed = path.with_extension("sealed");
    let output = Command::new("qpdf")
        .arg("--check")
        .arg(&sealed)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

/// The child: opens, prepares, digests, embeds and writes; leaves peak and time beside the file.
fn seal(path: &Path) {
    let (peak, done) = (
        Arc::new(AtomicU64::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let watcher = {
        let (peak, done) = (Arc::clone(&peak), Arc::clone(&done));
        std::thread::spawn(move || {
            while !done.load(Ordering::Relaxed) {
                peak.fetch_max(anonymous_kib(), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(1));
            }
        })
    };
    let begin = Instant::now();
    let document = Document::open(Arc::new(MappedFile::open(path).unwrap())).unwrap();
    let mark = |page| Mark {
        page,
        x_mm: 120.0,
        y_mm: 30.0,
        width_mm: 40.0,
        height_mm: 40.0,
        slice: None,
    };
    let artwork = Artwork::Form {
        bbox: [0.0, 0.0, 10.0, 10.0],
        content: b"1 0 0 rg 0 0 10 10 re f",
    };
    let marks = (1..=PAGES).map(mark).collect();
    let request = Request {
        artwork,
        marks,
        time_unix: 1_795_477_310,
        ..Request::default()
    };
    let mut prepared = document.prepare(&request).unwrap();
    assert_eq!(prepared.digest(DigestAlgorithm::Sha256).len(), 32);
    prepared.embed(&[0x30, 0x00]).unwrap();
    let mut out = BufWriter::new(File::create(path.with_extension("sealed")).unwrap());
    prepared.write_to(&mut out).unwrap();
    out.flush().unwrap();
    let millis = begin.elapsed().as_millis();
    peak.fetch_max(anonymous_kib(), Ordering::Relaxed);
    done.store(true, Ordering::Relaxed);
    watcher.join().unwrap();
    std::fs::write(
        path.with_extension("txt"),
        format!("{} {millis}", peak.load(Ordering::Relaxed)),
    )
    .unwrap();
}

fn anonymous_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))
        .unwrap();
    line.trim().trim_end_matches("kB").trim().parse().unwrap()
}

/// A thousand pages, each an image of bytes that do not compress, as scans are.
fn write_scan(path: &Path) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let (mut at, mut offsets) = (0_usize, Vec::new());
    let mut put = |out: &mut BufWriter<File>, bytes: &[u8]| {
        at += bytes.len();
        out.write_all(bytes).map(|()| at)
    };
    let mut end = put(&mut out, b"%PDF-1.7\n")?;
    let kids: String = (0..PAGES)
        .map(|page| format!("{} 0 R ", 3 + 3 * page))
        .collect();
    let mut object = |out: &mut BufWriter<File>, body: &[u8]| -> std::io::Result<()> {
        offsets.push(end);
        let number = offsets.len();
        end = put(
            out,
            &[format!("{number} 0 obj\n").as_bytes(), body, b"\nendobj\n"].concat(),
        )?;
        Ok(())
    };
    object(&mut out, b"<</Type/Catalog/Pages 2 0 R>>")?;
    object(
        &mut out,
        format!("<</Type/Pages/Count {PAGES}/Kids[{kids}]/MediaBox[0 0 595 842]>>").as_bytes(),
    )?;
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    for page in 0..PAGES {
        let (content, image) = (4 + 3 * page, 5 + 3 * page);
        let resources = format!("/Resources<</XObject<</I {image} 0 R>>>>");
        object(
            &mut out,
            format!("<</Type/Page/Parent 2 0 R/Contents {content} 0 R{resources}>>").as_bytes(),
        )?;
        object(
            &mut out,
            b"<</Length 26>>\nstream\nq 595 0 0 842 0 0 cm /I Do\nendstream",
        )?;
        let mut body =
            format!("<</Subtype/Image/Width 260/Height 400/ColorSpace/DeviceGray/BitsPerComponent 8/Length {IMAGE_BYTES}>>\nstream\n")
                .into_bytes();
        for _ in 0..IMAGE_BYTES / 8 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            body.extend_from_slice(&seed.to_le_bytes());
        }
        body.extend_from_slice(b"\nendstream");
        object(&mut out, &body)?;
    }
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1)?;
    for offset in &offsets {
        write!(out, "{offset:010} 00000 n \n")?;
    }
    write!(
        out,
        "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{end}\n%%EOF\n",
        offsets.len() + 1
    )?;
    out.flush()
}
