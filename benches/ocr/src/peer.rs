//! The peer's side: one Python process with rapidocr that stays warm.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use card_ocr::{Line, Point};
use serde::Deserialize;

pub const NAME: &str = "rapidocr 3.10.0 (Python, onnxruntime)";

pub struct Peer {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What the peer says of one photo.
#[derive(Deserialize)]
pub struct Answer {
    pub seconds: f64,
    pub peak_kib: f64,
    pub size: (u32, u32),
    lines: Vec<(String, f32, [[f32; 2]; 4])>,
}

impl Peer {
    /// Starts it; the pinned packages are installed into the Python of the judges when they are not there.
    pub fn start() -> Result<Self> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let python = std::env::var("HULIAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let is_there = Command::new(&python)
            .args(["-c", "import rapidocr, onnxruntime"])
            .stderr(Stdio::null())
            .status()?;
        if !is_there.success() {
            let mut pip = Command::new(&python);
            pip.args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--requirement",
            ]);
            let done = pip
                .arg(folder.join("requirements.txt"))
                .stdout(Stdio::null())
                .status()?;
            ensure!(done.success(), "the peer cannot be installed: {pip:?}");
        }
        let mut child = Command::new(python)
            .arg(folder.join("peer.py"))
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

    pub fn read(&mut self, photo: &Path) -> Result<Answer> {
        writeln!(self.input, "{}", photo.display())?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        serde_json::from_str(&line).with_context(|| format!("the peer said: {line:?}"))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    /// The lines as our rules take them. The peer gives a box's corners as they lie in the photo and keeps to itself
    /// which of them is the text's beginning: `quarter_turns` says which one to assume.
    pub fn lines(&self, quarter_turns: usize) -> Vec<Line> {
        let line = |(text, score, corners): &(String, f32, [[f32; 2]; 4])| {
            let mut corners = corners.map(|[x, y]| Point { x, y });
            corners.rotate_left(quarter_turns);
            Line::of_text(text, *score, corners)
        };
        self.lines.iter().map(line).collect()
    }
}
