//! Tools that know nothing of us.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn judges() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/judges")
}

/// Runs a tool and wants it content.
pub fn content(command: &mut Command) -> String {
    let output: Output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}; run `cargo xtask test needs`"));
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        output.status.success(),
        "{command:?} ended with {}:\n{text}",
        output.status
    );
    text
}

/// pyHanko, with its difference policy, over every signature of the file, trusting this root alone.
pub fn pyhanko(file: &Path, root: &Path) -> String {
    let python = std::env::var("HULIAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    content(
        Command::new(python)
            .arg(judges().join("pyhanko_judge.py"))
            .arg(file)
            .arg(root),
    )
}

/// pyHanko, with archival data and revocation required, at a time in seconds since 1970.
pub fn pyhanko_longterm(file: &Path, at: &str, root: &Path) {
    let python = std::env::var("HULIAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    content(
        Command::new(python)
            .arg(judges().join("pyhanko_longterm.py"))
            .args([file.as_os_str(), at.as_ref(), root.as_os_str()]),
    );
}

/// BouncyCastle over every signature of the file: digest, signature, chain, time stamp.
pub fn bouncy_castle(file: &Path, root: &Path) -> String {
    let jars = ["bcprov", "bcpkix", "bcutil"]
        .map(|jar| format!("/usr/share/java/{jar}.jar"))
        .join(":");
    content(
        Command::new("java")
            .args(["-cp", &jars])
            .arg(judges().join("java/Judge.java"))
            .arg("pdf-cms")
            .arg(file)
            .arg(root),
    )
}

/// The structure of the file.
pub fn qpdf(file: &Path) {
    content(Command::new("qpdf").arg("--check").arg(file));
}

/// poppler's view; it judges RSA only, and hashes once for each widget, so never give it a large file.
pub fn pdfsig(file: &Path, signatures: usize) {
    let text = content(Command::new("pdfsig").arg("-nocert").arg(file));
    assert_eq!(
        text.matches("Signature is Valid.").count(),
        signatures,
        "{text}"
    );
}

/// Our own verifier: how many signatures, all intact.
pub fn own(file: &Path, root: &Path) -> usize {
    let text = std::fs::read_to_string(root).expect("a root");
    let roots = gm_pki::pem::decode_all("CERTIFICATE", &text).expect("PEM");
    let bytes = std::fs::read(file).expect("a file");
    let document = pdf_seal::Document::open(std::sync::Arc::new(bytes)).expect("opens");
    let report = document
        .verify(&pdf_seal::Policy {
            roots,
            ..pdf_seal::Policy::default()
        })
        .expect("verifies");
    for signature in &report.signatures {
        assert_eq!(
            signature.outcome(),
            pdf_seal::Outcome::Passed,
            "{signature:?}"
        );
    }
    report.signatures.len()
}
