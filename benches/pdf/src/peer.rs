//! The peer's side: one Python process that stays warm and is asked for one measurement after another.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::ours::Bench;

pub struct Peer {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// The Python with pyHanko and the script, ready to be started.
pub fn command() -> Command {
    let python = std::env::var("HULIAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("peer.py");
    let mut command = Command::new(python);
    command.arg(script);
    command
}

impl Peer {
    pub fn start(bench: &Bench) -> Result<Self> {
        std::fs::write(bench.folder.join("seal.content"), &bench.form.content)?;
        let mut child = command()
            .arg(&bench.folder)
            .arg(bench.form.bbox.map(|number| number.to_string()).join(","))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the peer's Python")?;
        let input = child.stdin.take().context("the peer's input")?;
        let output = BufReader::new(child.stdout.take().context("the peer's output")?);
        Ok(Self {
            child,
            input,
            output,
        })
    }

    /// Seconds of sealing `file` with one picture on page 1.
    pub fn seal(&mut self, file: &str) -> Result<f64> {
        self.ask("seal", file)
    }

    /// Seconds of validating `file`.
    pub fn verify(&mut self, file: &str) -> Result<f64> {
        self.ask("verify", file)
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    fn ask(&mut self, task: &str, file: &str) -> Result<f64> {
        writeln!(self.input, "{}", json!({"task": task, "file": file}))?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let answer: Value =
            serde_json::from_str(&line).with_context(|| format!("the peer said: {line:?}"))?;
        let seconds = answer.get("seconds").and_then(Value::as_f64);
        seconds.with_context(|| format!("the peer failed: {answer}"))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
