//! B-B, B-T, B-LT, B-LTA and on, in every family, judged by pyHanko where it knows the family.

use std::path::Path;
use std::process::Command;

use gm_pki::Algorithm;
use pdf_seal::{Changes, Level, SignatureKind, SignatureReport};

use super::sealing::{all_pass, reports};
use super::world::{DAY, START, World, YEAR};
use crate::build::{A4, Pdf, Xref};
use crate::judge::{Bench, run, text};

fn levels(pdf: &[u8], world: &World) -> Vec<Option<Level>> {
    let reports = reports(pdf, &world.policy());
    reports.iter().map(|report| report.level).collect()
}

/// Every signature after EN 319 102-1 by pyHanko, with nothing but the file and our root.
fn pyhanko(bench: &Bench, path: &Path, world: &World, at: i64) {
    if world.algorithm == Algorithm::Sm2Sm3 {
        return;
    }
    let root = bench.file("root.der", &world.root.der);
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../crates/tests/judges/pyhanko_longterm.py"
    );
    let python = std::env::var("HULIAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(python)
        .args([script.as_ref(), path.as_os_str()])
        .arg(at.to_string())
        .arg(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "pyHanko: {}", text(&output));
    let said = text(&output);
    assert!(!said.contains(r#""vri": false"#), "pyHanko: {said}");
}

/// Structure by qpdf, coverage by pdfsig, whether or not they know the family.
fn structure(bench: &Bench, path: &Path, algorithm: Algorithm) {
    bench.qpdf(path);
    let said = text(&run(Command::new("pdfsig").arg("-nocert").arg(path)));
    assert!(said.contains("Total document signed"), "pdfsig: {said}");
    if algorithm != Algorithm::Sm2Sm3 {
        assert!(said.contains("Signature is Valid"), "pdfsig: {said}");
        assert!(!said.contains("Digest Mismatch"), "pdfsig: {said}");
    }
}

fn life(algorithm: Algorithm, xref: Xref) {
    let bench = Bench::new();
    let mut world = World::new(algorithm);
    let pdf = Pdf::new(&[A4; 2]).write(xref);
    let plain = world.seal(&pdf, false);
    assert_eq!(levels(&plain, &world), [Some(Level::B)]);
    let stamped = world.seal(&plain, true);
    assert_eq!(levels(&stamped, &world), [Some(Level::B), Some(Level::T)]);
    // Both at once; the first has no time stamp of its own yet.
    let held = world.lt(&stamped);
    assert!(held.starts_with(&stamped));
    assert_eq!(levels(&held, &world), [Some(Level::B), Some(Level::Lt)]);
    let kept = world.lta(&held);
    let lta = [Some(Level::Lta), Some(Level::Lta), None];
    assert_eq!(levels(&kept, &world), lta);
    all_pass(&kept, &world.policy_at(world.now));
    let path = bench.file("kept.pdf", &kept);
    structure(&bench, &path, algorithm);
    pyhanko(&bench, &path, &world, world.now + DAY / 2);
    // The signer's certificate is long expired, the stamper's is not.
    all_pass(&kept, &world.policy_at(START + 4 * YEAR));
    // Nor is anything left when the stamper's is.
    let late = reports(&kept, &world.policy_at(START + 6 * YEAR));
    assert!(
        late.iter()
            .all(|report| report.outcome() != pdf_seal::Outcome::Passed)
    );
    // So it goes on in time, with new certificates.
    world.later(4);
    let longer = world.lta(&kept);
    all_pass(&longer, &world.policy_at(START + 8 * YEAR));
    let path = bench.file("longer.pdf", &longer);
    structure(&bench, &path, algorithm);
    // pyHanko wants to know of the newest stamper's revocation as of now, which the file tells for a day.
    pyhanko(&bench, &path, &world, world.now + DAY / 2);
    world.later(4);
    let longest = world.lta(&longer);
    all_pass(&longest, &world.policy_at(START + 12 * YEAR));
    let path = bench.file("longest.pdf", &longest);
    pyhanko(&bench, &path, &world, world.now + DAY / 2);
    let reports = reports(&longest, &world.policy_at(START + 12 * YEAR));
    told(&reports);
}

#[test]
fn encrypted_files_live_on_too() {
    let bench = Bench::new();
    let plain = bench.file("plain.pdf", &Pdf::new(&[A4]).write(Xref::Table));
    let locked = bench.path("locked.pdf");
    run(Command::new("qpdf")
        .args(["--encrypt", "", "owner", "256", "--"])
        .args([&plain, &locked]));
    let mut world = World::new(Algorithm::P256Sha256);
    let sealed = world.seal(&std::fs::read(locked).unwrap(), true);
    let kept = world.lta(&sealed);
    world.later(4);
    let longer = world.lta(&kept);
    assert_eq!(levels(&longer, &world), [Some(Level::Lta), None, None]);
    all_pass(&longer, &world.policy_at(world.now));
    let path = bench.file("longer.pdf", &longer);
    structure(&bench, &path, world.algorithm);
    pyhanko(&bench, &path, &world, world.now + DAY / 2);
}

fn told(reports: &[SignatureReport]) {
    let kinds: Vec<SignatureKind> = reports.iter().map(|report| report.kind).collect();
    use SignatureKind::{DocumentTimeStamp, Signature};
    let stamps = [DocumentTimeStamp; 3];
    assert_eq!(kinds, [[Signature; 2].as_slice(), &stamps].concat());
    for report in &reports[..reports.len() - 1] {
        assert!(
            matches!(report.changes, Changes::Allowed { .. }),
            "{report:#?}"
        );
    }
    assert_eq!(reports.last().unwrap().changes, Changes::None);
    assert_eq!(reports[2].field, "TimeStamp_1");
    assert_eq!(reports[2].signer.as_deref(), Some("Stamper"));
    // A report names them for programs.
    assert_eq!(
        (reports[2].kind.name(), reports[2].level),
        ("document_time_stamp", None)
    );
    assert_eq!(reports[1].level.map(Level::name), Some("B-LTA"));
}

#[test]
fn rsa_signatures_live_on() {
    life(Algorithm::RsaSha256, Xref::Table);
}

#[test]
fn p256_signatures_live_on() {
    life(Algorithm::P256Sha256, Xref::Stream);
}

#[test]
fn sm2_signatures_live_on() {
    life(Algorithm::Sm2Sm3, Xref::Table);
}
