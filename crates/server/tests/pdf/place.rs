//! A folder with documents, keys and pictures, and the binary that is run in it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

pub const KINDS: [&str; 3] = ["rsa", "p256", "sm2"];

pub struct Place {
    folder: tempfile::TempDir,
}

/// How a run ended.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Place {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// What lies in the folder.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Makes `KIND.key` and the self-signed `KIND.pem`, and a picture.
    pub fn identity(&self, kind: &str) {
        let option = match kind {
            "rsa" => ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
            "p256" => ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
            _ => ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2"],
        };
        let (key, pem) = (format!("{kind}.key"), format!("{kind}.pem"));
        self.openssl(&[&["genpkey", "-out", &key], option.as_slice()].concat());
        let subject = format!("/C=CN/O=Test/CN=Signer {kind}");
        let digest: &[&str] = if kind == "sm2" {
            &["-sm3", "-sigopt", "distid:1234567812345678"]
        } else {
            &["-sha256"]
        };
        let usage = "keyUsage=critical,digitalSignature,nonRepudiation";
        let request = [
            "req", "-x509", "-new", "-key", &key, "-days", "30", "-subj", &subject, "-addext",
            usage, "-out", &pem,
        ];
        self.openssl(&[request.as_slice(), digest].concat());
        self.picture();
    }

    pub fn openssl(&self, arguments: &[&str]) {
        let output = Command::new("openssl")
            .current_dir(self.folder.path())
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "openssl {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn picture(&self) {
        let seal = eseal::RoundSeal {
            name: "互连测试科技有限公司".to_owned(),
            ..eseal::RoundSeal::default()
        };
        let artwork = eseal::round_company_seal(&seal).unwrap();
        self.write("seal.png", artwork.to_png(100).unwrap());
        self.write("seal.svg", artwork.to_svg());
    }

    /// A plain document with `pages` pages, each with a picture of `bytes` bytes.
    pub fn paper(&self, name: &str, pages: usize, bytes: usize) {
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        let mut object = |out: &mut Vec<u8>, body: &[u8]| {
            offsets.push(out.len());
            writeln!(out, "{} 0 obj", offsets.len()).unwrap();
            out.extend_from_slice(body);
            out.extend_from_slice(b"\nendobj\n");
        };
        object(&mut out, b"<</Type/Catalog/Pages 2 0 R>>");
        let kids: Vec<String> = (0..pages)
            .map(|page| format!("{} 0 R", 3 + 2 * page))
            .collect();
        let tree = format!(
            "<</Type/Pages/Count {pages}/MediaBox[0 0 595 842]/Kids[{}]>>",
            kids.join(" ")
        );
        object(&mut out, tree.as_bytes());
        for page in 0..pages {
            object(
                &mut out,
                format!(
                    "<</Type/Page/Parent 2 0 R/Resources<<>>/Contents {} 0 R>>",
                    4 + 2 * page
                )
                .as_bytes(),
            );
            let mut body = format!("<</Length {bytes}>>\nstream\n").into_bytes();
            // A comment, as long as is wanted: every reader skips it.
            body.push(b'%');
            body.resize(
                body.len() + bytes.max(1) - 1,
                b'a' + u8::try_from(page % 26).unwrap(),
            );
            body.extend_from_slice(b"\nendstream");
            object(&mut out, &body);
        }
        let start = out.len();
        let mut tail = format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1);
        offsets
            .iter()
            .for_each(|offset| writeln!(tail, "{offset:010} 00000 n ").unwrap());
        write!(
            tail,
            "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
            offsets.len() + 1
        )
        .unwrap();
        out.extend_from_slice(tail.as_bytes());
        self.write(name, out);
    }

    /// A page of A4 for each of `texts`, which stand in Helvetica at 100, 200 points.
    pub fn words(&self, name: &str, texts: &[&str]) {
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        let kids: Vec<String> = (0..texts.len())
            .map(|page| format!("{} 0 R", 4 + 2 * page))
            .collect();
        let mut bodies = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            format!(
                "<</Type/Pages/Count {}/MediaBox[0 0 595 842]/Kids[{}]>>",
                texts.len(),
                kids.join(" ")
            ),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        ];
        for (page, text) in texts.iter().enumerate() {
            let content = format!("BT /F 12 Tf 100 200 Td ({text}) Tj ET");
            bodies.push(format!(
                "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
                5 + 2 * page
            ));
            bodies.push(format!(
                "<</Length {}>>\nstream\n{content}\nendstream",
                content.len()
            ));
        }
        for (index, body) in bodies.iter().enumerate() {
            offsets.push(out.len());
            write!(out, "{} 0 obj\n{body}\nendobj\n", index + 1).unwrap();
        }
        let start = out.len();
        let size = bodies.len() + 1;
        write!(out, "xref\n0 {size}\n0000000000 65535 f \n").unwrap();
        for offset in offsets {
            writeln!(out, "{offset:010} 00000 n ").unwrap();
        }
        write!(
            out,
            "trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
        )
        .unwrap();
        self.write(name, out);
    }

    /// `hulian pdf ARGUMENTS`, not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hulian"));
        command
            .current_dir(self.folder.path())
            .arg("pdf")
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs with `--json`, wants the exit code and what the schema `docs/api/cli/NAME.json` describes.
    pub fn json(&self, arguments: &[&str], code: i32, schema: &str) -> Value {
        let ran = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(
            ran.code, code,
            "{arguments:?}: {}{}",
            ran.stdout, ran.stderr
        );
        let value: Value = serde_json::from_str(&ran.stdout).unwrap();
        check_schema(&value, schema);
        value
    }

    /// Seals with the key of `kind`, visibly, and gives what was said.
    pub fn seal(&self, kind: &str, input: &str, output: &str, more: &[&str]) -> Value {
        let more = [["--seal", "seal.png"].as_slice(), more].concat();
        self.seal_as(kind, input, output, &more)
    }

    /// Seals with the key of `kind` and gives what was said.
    pub fn seal_as(&self, kind: &str, input: &str, output: &str, more: &[&str]) -> Value {
        let (key, pem) = (format!("{kind}.key"), format!("{kind}.pem"));
        let usual = ["seal", input, output, "--key", &key, "--cert", &pem];
        self.json(&[usual.as_slice(), more].concat(), 0, "seal")
    }
}

pub fn check_schema(value: &Value, name: &str) {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../docs/api/cli/{name}.json"));
    let schema: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("schema.json", schema).unwrap();
    let mut schemas = boon::Schemas::new();
    let index = compiler.compile("schema.json", &mut schemas).unwrap();
    if let Err(error) = schemas.validate(value, index) {
        panic!("{name}: {error}\n{value:#}");
    }
}
