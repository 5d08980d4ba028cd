//! The API's description is committed; the server prints what it really serves, and both must be equal.

use crate::{metadata, shell};
use anyhow::{Context, Result, bail};
use std::path::Path;

const GOLDEN: &str = "docs/api/openapi.json";

/// Writes the committed description anew.
pub fn write() -> Result<()> {
    let Some(text) = printed()? else {
        bail!("the binary `hulian` has no subcommand `openapi`");
    };
    std::fs::create_dir_all("docs/api")?;
    std::fs::write(GOLDEN, text)?;
    println!("wrote {GOLDEN}");
    Ok(())
}

/// Fails when the committed description is not what the server serves.
pub fn check() -> Result<String> {
    let golden = std::fs::read_to_string(GOLDEN).ok();
    match (golden, printed()?) {
        (Some(golden), Some(printed)) if golden == printed => Ok(format!("{} bytes", golden.len())),
        (Some(golden), Some(printed)) => bail!(
            "{GOLDEN} is not what the server serves, first at line {}; if the change is meant: cargo xtask openapi",
            first_difference(&golden, &printed)
        ),
        (None, Some(_)) => bail!("{GOLDEN} is missing: cargo xtask openapi"),
        (Some(_), None) => bail!("{GOLDEN} is there, but `hulian openapi` is not"),
        (None, None) => Ok("no API yet".to_owned()),
    }
}

/// What `hulian openapi` prints; `None` when the binary or the subcommand does not exist.
fn printed() -> Result<Option<String>> {
    let metadata = metadata::of_workspace()?;
    if metadata.package_of_binary("hulian").is_none() {
        return Ok(None);
    }
    shell::quietly(shell::cargo().args(["build", "--quiet", "--workspace", "--bin", "hulian"]))
        .context("cargo build --bin hulian")?;
    let program = metadata.target_directory.join("debug").join("hulian");
    let help = shell::output_of(std::process::Command::new(&program).arg("--help"))?;
    if !help
        .lines()
        .any(|line| line.split_whitespace().next() == Some("openapi"))
    {
        return Ok(None);
    }
    let mut text = shell::output_of(std::process::Command::new(program).arg("openapi"))?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(Some(text))
}

fn first_difference(left: &str, right: &str) -> usize {
    1 + left
        .lines()
        .zip(right.lines())
        .take_while(|(left, right)| left == right)
        .count()
}

/// The step has something to look at.
pub fn exists() -> Result<bool> {
    Ok(Path::new(GOLDEN).exists()
        || metadata::of_workspace()?
            .package_of_binary("hulian")
            .is_some())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_first_difference_is_named_by_line() {
        assert_eq!(super::first_difference("a\nb\n", "a\nc\n"), 2);
        assert_eq!(super::first_difference("a\n", "a\nc\n"), 2);
    }
}
