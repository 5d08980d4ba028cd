//! Fails the build when a model is not the one that the thresholds were chosen for.

use std::fmt::Write as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=models");
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("models");
    for line in std::fs::read_to_string(folder.join("SHA256SUMS"))?.lines() {
        let (expected, name) = line
            .split_once("  ")
            .ok_or("SHA256SUMS: not a sum and a name")?;
        let mut found = String::new();
        for byte in Sha256::digest(std::fs::read(folder.join(name))?) {
            write!(found, "{byte:02x}")?;
        }
        if found != expected {
            return Err(format!(
                "models/{name} has the sum {found}, and SHA256SUMS says {expected}"
            )
            .into());
        }
    }
    Ok(())
}
