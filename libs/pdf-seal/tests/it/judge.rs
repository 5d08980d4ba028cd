//! The outside programs: who signs, and who judges.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use pdf_seal::{Artwork, Document, Mark, MultiPage, Request};

/// A place for files and two keys, which are made anew for every test.
pub struct Bench {
    pub folder: tempfile::TempDir,
}

pub const RING: Artwork<'static> = Artwork::Form {
    bbox: [0.0, 0.0, 100.0, 100.0],
    content: b"0.85 0.1 0.1 rg 0 0 m 100 0 l 50 100 l h 15 10 m 85 10 l 50 80 l h f*",
};

impl Bench {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Key and self-signed certificate of `who`, made at first use.
    pub fn identity(&self, who: &str) -> (PathBuf, PathBuf) {
        let (key, certificate) = (
            self.path(&format!("{who}.key")),
            self.path(&format!("{who}.pem")),
        );
        if !key.exists() {
            let subject = format!("/C=CN/O=Test {who}/CN=Signer {who}");
            run(Command::new("openssl")
                .args([
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                ])
                .args(["-days", "3650", "-subj", &subject])
                .args([
                    "-addext",
                    "keyUsage=critical,digitalSignature,nonRepudiation",
                ])
                .arg("-keyout")
                .arg(&key)
                .arg("-out")
                .arg(&certificate));
        }
        (key, certificate)
    }

    /// A CMS in DER over `content` with the attributes that PAdES wants.
    pub fn cms(&self, who: &str, content: &[u8]) -> Vec<u8> {
        let (key, certificate) = self.identity(who);
        let content = self.file("content", content);
        let output = run(Command::new("openssl")
            .args([
                "cms",
                "-sign",
                "-binary",
                "-cades",
                "-nosmimecap",
                "-md",
                "sha256",
                "-outform",
                "DER",
                "-in",
            ])
            .arg(content)
            .arg("-inkey")
            .arg(key)
            .arg("-signer")
            .arg(certificate));
        output.stdout
    }

    /// Seals `pdf` as `who`.
    pub fn seal(&self, pdf: &[u8], who: &str, request: &Request<'_>) -> Vec<u8> {
        let document = open(pdf).unwrap();
        let mut prepared = document.prepare(request).unwrap();
        let signed = signed_bytes(pdf, &prepared);
        prepared.embed(&self.cms(who, &signed)).unwrap();
        let mut out = Vec::new();
        prepared.write_to(&mut out).unwrap();
        out
    }

    /// Every judge on every signature of `pdf`; `count` is how many signatures pyHanko must see.
    pub fn judge(&self, pdf: &[u8], count: usize) {
        let path = self.file("judged.pdf", pdf);
        self.qpdf(&path);
        self.pdfsig(&path);
        self.pyhanko(&path, count);
    }

    pub fn qpdf(&self, path: &Path) {
        let output = Command::new("qpdf")
            .arg("--check")
            .arg(path)
            .output()
            .unwrap();
        assert!(output.status.success(), "qpdf: {}", text(&output));
    }

    /// Every widget that shows a signature shows a valid one.
    pub fn pdfsig(&self, path: &Path) {
        let output = run(Command::new("pdfsig").arg(path));
        let report = text(&output);
        assert!(report.contains("Signature is Valid"), "pdfsig: {report}");
        let verdicts = report
            .lines()
            .filter(|line| line.contains("Signature Validation"));
        for verdict in verdicts {
            assert!(verdict.contains("Signature is Valid"), "pdfsig: {report}");
        }
        assert!(report.contains("Total document signed"), "pdfsig: {report}");
    }

    pub fn pyhanko(&self, path: &Path, count: usize) {
        self.pyhanko_with(path, None, count);
    }

    /// As [`Bench::pyhanko`], for a file with a password.
    pub fn pyhanko_with(&self, path: &Path, password: Option<&str>, count: usize) {
        let script = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../crates/tests/judges/pyhanko_judge.py"
        );
        // The Python that has pyHanko; whoever runs this test alone may have it in the ordinary one.
        let python = std::env::var("HULIAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let mut command = Command::new(python);
        command.arg(script);
        command.args(password.map(|password| format!("--password={password}")));
        command.arg(path);
        for who in ["one", "two"] {
            command.arg(self.identity(who).1);
        }
        let output = command.output().unwrap();
        let report = text(&output);
        assert!(output.status.success(), "pyHanko: {report}");
        assert_eq!(
            report
                .lines()
                .filter(|line| line.contains("bottom_line"))
                .count(),
            count,
            "pyHanko: {report}"
        );
    }
}

pub fn open(pdf: &[u8]) -> Result<Document, pdf_seal::Refusal> {
    Document::open(Arc::new(pdf.to_vec()))
}

/// What the signature is made over.
pub fn signed_bytes(pdf: &[u8], prepared: &pdf_seal::Prepared) -> Vec<u8> {
    let whole = [pdf, prepared.increment()].concat();
    let [start, first, second, length] = prepared.byte_range().map(|n| usize::try_from(n).unwrap());
    [&whole[start..first], &whole[second..second + length]].concat()
}

/// A seal of 40 mm at 100, 30 mm on each of `pages`.
pub fn request(pages: &[u32]) -> Request<'static> {
    let mark = |page: &u32| Mark {
        page: *page,
        x_mm: 100.0,
        y_mm: 30.0,
        width_mm: 40.0,
        height_mm: 40.0,
        slice: None,
    };
    Request {
        artwork: RING,
        marks: pages.iter().map(mark).collect(),
        multi_page: MultiPage::Auto,
        signer_name: Some("互连测试".to_owned()),
        reason: Some("Test (seal)".to_owned()),
        time_unix: 1_795_477_310,
        contents_bytes: 4096,
        ..Request::default()
    }
}

pub fn run(command: &mut Command) -> Output {
    let output = command
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", text(&output));
    output
}

pub fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
