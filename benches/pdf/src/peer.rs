//! pyHanko in a process of its own that stays warm over all runs.

use crate::signer::Signer;
use anyhow::{Context as _, Result, ensure};
use std::path::Path;
use std::process::Command;

const DRIVER: &str = include_str!("peer.py");

/// Median milliseconds of one visible seal on page 1.
pub fn seal(
    folder: &Path,
    file: &Path,
    signer: &Signer,
    picture: &Path,
    runs: usize,
) -> Result<f64> {
    let (key, certificate) = signer.pem()?;
    let [driver, key_file, certificate_file] =
        ["peer.py", "key.pem", "certificate.pem"].map(|name| folder.join(name));
    std::fs::write(&driver, DRIVER)?;
    std::fs::write(&key_file, key)?;
    std::fs::write(&certificate_file, certificate)?;
    let python = std::env::var("HULIAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(&python)
        .arg(&driver)
        .args([file, &key_file, &certificate_file, picture])
        .arg(runs.to_string())
        .output()
        .with_context(|| python.clone())?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "pyHanko ended with {}: {said}",
        output.status
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse()?)
}
