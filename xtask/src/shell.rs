//! Running other programs: quietly when they succeed, in full when they fail.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// The folder with the workspace's `Cargo.toml`; commands work from any folder below it.
pub fn repository_root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The cargo that started us, so that both use one toolchain.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program of this name is on the search path.
pub fn on_path(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
    })
}

/// The program starts and ends well; what it prints is thrown away.
pub fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What the program prints on standard output. Its errors go to ours.
pub fn output_of(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} ended with {}", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{command:?} printed no UTF-8"))
}

/// Runs to the end and shows what was printed only when the program failed.
pub fn quietly(command: &mut Command) -> Result<()> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {command:?}"))?;
    if !output.status.success() {
        std::io::stdout().write_all(&output.stdout)?;
        std::io::stderr().write_all(&output.stderr)?;
        bail!("ended with {}", output.status);
    }
    Ok(())
}

/// Runs to the end, shows everything as it comes, and returns the lines that `keep` picks (of both streams).
pub fn watched(command: &mut Command, keep: fn(&str) -> bool) -> (Result<()>, Vec<String>) {
    match watch(command, keep) {
        Ok(end) => end,
        Err(error) => (Err(error), Vec::new()),
    }
}

fn watch(command: &mut Command, keep: fn(&str) -> bool) -> Result<(Result<()>, Vec<String>)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {command:?}"))?;
    let errors = child.stderr.take();
    let reader =
        thread::spawn(move || errors.map_or_else(Vec::new, |stream| pass_on(stream, keep)));
    let mut kept = child
        .stdout
        .take()
        .map_or_else(Vec::new, |stream| pass_on(stream, keep));
    kept.extend(reader.join().unwrap_or_default());
    let status = child.wait()?;
    let end = if status.success() {
        Ok(())
    } else {
        Err(anyhow::anyhow!("ended with {status}"))
    };
    Ok((end, kept))
}

/// Both streams of a watched program go to our standard output, where a log keeps them in order.
fn pass_on(stream: impl Read, keep: fn(&str) -> bool) -> Vec<String> {
    let mut kept = Vec::new();
    for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        if keep(&line) {
            kept.push(line.into_owned());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_failure_is_told() {
        assert!(quietly(&mut sh("exit 0")).is_ok());
        let error = quietly(&mut sh("exit 3")).unwrap_err();
        assert!(error.to_string().contains('3'), "{error}");
        assert!(output_of(&mut sh("echo a; exit 1")).is_err());
        assert!(quietly(&mut Command::new("no-such-program")).is_err());
    }

    #[test]
    fn watched_lines_are_picked_from_both_streams() {
        let script = "echo keep 1; echo drop; echo keep 2 >&2; exit 1";
        let (end, kept) = watched(&mut sh(script), |line| line.starts_with("keep"));
        assert!(end.is_err());
        assert_eq!(kept, ["keep 1", "keep 2"]);
    }
}
