//! Seals a file with the `openssl` program: `seal IN OUT KEY.pem CERT.pem`.
//!
//! It shows the two steps; a service would send the digest to where the key is. `openssl cms` wants the content
//! itself, so the signed bytes are put together here, which a service never needs.
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use pdf_seal::{Artwork, Document, Mark, Request};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, key, certificate] = arguments.as_slice() else {
        return Err("seal IN OUT KEY.pem CERT.pem".into());
    };
    let document = Document::open(Arc::new(std::fs::read(input)?))?;
    // A red ring with a bar: fills only, no resources.
    let content = b"1 0 0 rg 0 0 100 100 re 10 10 80 80 re f* 40 20 20 70 re f";
    let artwork = Artwork::Form {
        bbox: [0.0, 0.0, 100.0, 100.0],
        content,
    };
    let pages = 1..=u32::try_from(document.info()?.pages.len())?;
    let mark = |page| Mark {
        page,
        x_mm: 120.0,
        y_mm: 30.0,
        width_mm: 40.0,
        height_mm: 40.0,
        slice: None,
    };
    let marks = pages.map(mark).collect();
    let request = Request {
        artwork,
        marks,
        time_unix: 1_795_477_310,
        ..Request::default()
    };
    let mut prepared = document.prepare(&request)?;
    let mut whole = Vec::new();
    prepared.write_to(&mut whole)?;
    let [_, first, second, length] = prepared
        .byte_range()
        .map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    let signed = [whole.get(..first), whole.get(second..second + length)]
        .map(Option::unwrap_or_default)
        .concat();
    let mut child = Command::new("openssl")
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
        ])
        .args(["-inkey", key, "-signer", certificate])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut stdin = child.stdin.take().ok_or("no input")?;
    let writer = std::thread::spawn(move || stdin.write_all(&signed));
    let result = child.wait_with_output()?;
    writer.join().map_err(|_| "writer")??;
    prepared.embed(&result.stdout)?;
    prepared.write_to(&mut std::fs::File::create(output)?)?;
    Ok(())
}
