//! `cargo xtask fuzz`: hostile inputs for `libs/pdf-seal`, for as long as one likes; a short run is part of the tests.

use crate::shell;
use anyhow::{Result, bail};

/// `[--executions N] [--from N] [TARGET]`, as `libs/pdf-seal/fuzz` reads them. The ordinary profile is used, in which
/// overflow is an error; the two libraries are optimised in it.
pub fn run(arguments: &[String]) -> Result<()> {
    let mut command = shell::cargo();
    command.args(["run", "--quiet", "--locked", "-p", "pdf-seal-fuzz", "--"]);
    let status = command.args(arguments).status()?;
    if !status.success() {
        bail!("a promise was broken, or nothing was tried: {status}");
    }
    Ok(())
}
