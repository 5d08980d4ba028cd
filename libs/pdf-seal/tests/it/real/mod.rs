//! What real files look like: odd but sound ones are appended to, damaged ones are written anew before the first seal.
//!
//! Every class is one small file, sealed twice and judged after the second seal.

mod odd;
mod repaired;

use std::process::Command;
use std::sync::Arc;

use pdf_seal::{Changes, Document, Opened};

use crate::build::{A4, Pdf, Xref, page_number, startxref};
use crate::judge::{Bench, open, request, run};

fn opened(pdf: &[u8]) -> Opened {
    Document::open_or_repair(source(pdf), None).unwrap()
}

/// Seals twice, on `pages`, and asks every judge.
fn judged(pdf: &[u8], pages: &[u32]) -> Vec<u8> {
    let (bench, sealed) = judged_leniently(pdf, pages);
    bench.pyhanko(&bench.path("judged.pdf"), 2);
    sealed
}

/// As [`judged`] without pyHanko, whose strict reader does not read the base file as it is.
fn judged_leniently(pdf: &[u8], pages: &[u32]) -> (Bench, Vec<u8>) {
    let bench = Bench::new();
    let first = bench.seal(pdf, "one", &request(pages));
    let second = bench.seal(&first, "two", &request(pages));
    bench.pdfsig(&bench.file("judged.pdf", &second));
    assert!(complaints(&second) <= complaints(pdf));
    let report = open(&second)
        .unwrap()
        .verify(&pdf_seal::Policy::default())
        .unwrap();
    assert_eq!(report.signatures.len(), 2);
    for signature in &report.signatures {
        assert_eq!(signature.integrity, pdf_seal::Integrity::Intact);
        assert!(
            matches!(signature.changes, Changes::None | Changes::Allowed { .. }),
            "{signature:?}"
        );
    }
    (bench, second)
}

/// How bad qpdf finds a file: 0 sound, 1 odd, 2 damaged. What it says of the base file is not the seal's fault.
fn complaints(pdf: &[u8]) -> u8 {
    let bench = Bench::new();
    let path = bench.file("asked.pdf", pdf);
    let output = Command::new("qpdf")
        .arg("--check")
        .arg(path)
        .output()
        .unwrap();
    match output.status.code() {
        Some(0) => 0,
        Some(3) => 1,
        _ => 2,
    }
}

/// The file is sound enough to be appended to.
fn check_kept(pdf: &[u8]) -> Vec<u8> {
    assert_eq!(opened(pdf).repaired, None);
    let sealed = judged(pdf, &[1]);
    assert!(sealed.starts_with(pdf));
    sealed
}

/// The file is written anew, for a reason that holds the words `why`.
fn check_repaired(pdf: &[u8], why: &str) -> Vec<u8> {
    let opened = opened(pdf);
    let reasons = opened.repaired.expect("a reason").join("; ");
    assert!(reasons.contains(why), "{reasons}");
    let bytes = (**opened.document.source()).as_ref().to_vec();
    assert_eq!(bytes, Document::repair(&source(pdf), None).unwrap().bytes);
    // What was written has nothing left to repair.
    let again = Document::repair(&source(&bytes), None).unwrap();
    assert_eq!(again.reasons, Vec::<String>::new());
    assert_eq!(complaints(&bytes), 0);
    bytes
}

fn check_not_repaired(pdf: &[u8], code: &str) {
    let refusal = Document::open_or_repair(source(pdf), None).expect_err(code);
    assert_eq!(refusal.code(), code, "{refusal}");
}

fn source(pdf: &[u8]) -> pdf_seal::Source {
    Arc::new(pdf.to_vec())
}

/// Replaces the last `from`.
fn edit(pdf: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = pdf
        .windows(from.len())
        .rposition(|window| window == from.as_bytes())
        .unwrap_or_else(|| panic!("no {from}"));
    [&pdf[..at], to.as_bytes(), &pdf[at + from.len()..]].concat()
}

/// Replaces every `from`.
fn edit_all(pdf: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = pdf;
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    [&out, rest].concat()
}

fn has(pdf: &[u8], word: &str) -> bool {
    pdf.windows(word.len())
        .any(|window| window == word.as_bytes())
}

/// The objects with one table for all of them, as most writers make it.
fn whole_table(pdf: &Pdf) -> Vec<u8> {
    let base = pdf.write(Xref::Table);
    let start = base.windows(6).rposition(|w| w == b"\nxref\n").unwrap() + 1;
    let mut out = base[..start].to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", pdf.size());
    for number in 1..pdf.size() {
        let head = format!("\n{number} 0 obj\n");
        let at = base.windows(head.len()).position(|w| w == head.as_bytes());
        table.push_str(&match at {
            Some(at) => format!("{:010} 00000 n \n", at + 1),
            None => "0000000000 00000 f \n".to_owned(),
        });
    }
    out.extend_from_slice(table.as_bytes());
    out.extend_from_slice(
        format!(
            "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
            pdf.size()
        )
        .as_bytes(),
    );
    assert_eq!(page_number(0), 4);
    out
}
