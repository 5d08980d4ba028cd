//! House rules that no other tool checks: short files, stated invariants, no skipped tests.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

const MOST_LINES: usize = 500;
const SOURCES: [&str; 9] = ["css", "java", "js", "mjs", "py", "rs", "sql", "ts", "vue"];
/// Folders that hold what was built or downloaded, never what was written.
const NOT_OURS: [&str; 7] = [
    ".git",
    "corpus",
    "data",
    "dist",
    "gen",
    "node_modules",
    "target",
];

/// Fails with every file that breaks a rule, else says how many were looked at.
pub fn check() -> Result<String> {
    let files = files(Path::new("."), &SOURCES)?;
    let mut faults = Vec::new();
    for path in &files {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        faults.extend(
            faults_of(path, &text)
                .into_iter()
                .map(|fault| format!("{}: {fault}", path.display())),
        );
    }
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(format!("{} files", files.len()))
}

fn faults_of(path: &Path, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if lines > MOST_LINES {
        faults.push(format!(
            "{lines} lines, and {MOST_LINES} are the most: split it by what it does"
        ));
    }
    if path.extension().is_some_and(|extension| extension == "rs") {
        // Put together here so that this file does not find itself.
        if text
            .lines()
            .any(|line| line.trim_start().starts_with(concat!("#[", "ignore")))
        {
            faults.push("a skipped test proves nothing: make it run or take it out".to_owned());
        }
        let is_room = path.starts_with("./crates") || path.starts_with("./libs");
        let states_it = |line: &str| line.starts_with("//!") && line.contains("Invariant:");
        if is_room && path.ends_with("src/lib.rs") && has_code(text) && !text.lines().any(states_it)
        {
            faults.push("does not say what this crate must not know (`//! Invariant:`)".to_owned());
        }
    }
    faults
}

/// A crate that is still a name and a sentence has nothing to keep out.
fn has_code(text: &str) -> bool {
    text.lines()
        .any(|line| !line.trim().is_empty() && !line.starts_with("//"))
}

/// Every file below `folder` that has one of these extensions, in a stable order. Links are not followed.
pub fn files(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
        for entry in entries {
            let entry = entry?;
            let path = entry.path();
            let kind = entry.file_type()?;
            if kind.is_dir() && !NOT_OURS.iter().any(|name| entry.file_name() == *name) {
                waiting.push(path);
            } else if kind.is_file() && has_extension(&path, extensions) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| extensions.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, expected: usize) {
        assert_eq!(faults_of(Path::new(path), text).len(), expected, "{path}");
    }

    #[test]
    fn long_files_are_refused() {
        check("./xtask/src/a.rs", &"\n".repeat(500), 0);
        check("./xtask/src/a.rs", &"\n".repeat(501), 1);
    }

    #[test]
    fn skipped_tests_are_refused() {
        check(
            "./xtask/src/a.rs",
            &format!("    #[{}]\n", "ignore = \"slow\""),
            1,
        );
    }

    #[test]
    fn a_crate_states_its_invariant() {
        check("./libs/a/src/lib.rs", "//! A library.\n", 0);
        check("./libs/a/src/lib.rs", "//! A library.\nmod a;\n", 1);
        check(
            "./libs/a/src/lib.rs",
            "//! A library.\n//!\n//! Invariant: no network.\nmod a;\n",
            0,
        );
    }
}
