//! Seals one file after the other, for judging what comes out: `corpus KEY.pem CERT.pem UNIX_TIME`.
//!
//! Every line of the standard input is `IN<TAB>OUT`; each is answered by one line of JSON. A file is sealed on page 1
//! and then, with what came out, on every page (on the last one where there are many). `cargo xtask corpus` drives it.
use std::io::{BufRead as _, Write as _};
use std::sync::Arc;
use std::time::Instant;

use gm_pki::{Signer as _, SoftKey, cms, pem};
use pdf_seal::{Artwork, Document, Integrity, Mark, Policy, Refusal, Request, SignatureReport};
use serde_json::{Value, json};

/// Files with more pages get their second seal on the last page only.
const MANY_PAGES: usize = 60;
/// A red triangle in a white frame: fills only, no resources.
const PICTURE: Artwork<'static> = Artwork::Form {
    bbox: [0.0, 0.0, 100.0, 100.0],
    content: b"0.85 0.1 0.1 rg 0 0 m 100 0 l 50 100 l h 15 10 m 85 10 l 50 80 l h f*",
};

type Failure = Box<dyn std::error::Error>;

struct Identity {
    key: SoftKey,
    time_unix: i64,
    certificate: Vec<u8>,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [key, certificate, time] = arguments.as_slice() else {
        return Err("corpus KEY.pem CERT.pem UNIX_TIME".into());
    };
    let identity = Identity {
        time_unix: time.parse()?,
        key: SoftKey::from_pem(&std::fs::read_to_string(key)?)?,
        certificate: pem::decode_all("CERTIFICATE", &std::fs::read_to_string(certificate)?)?
            .swap_remove(0),
    };
    let mut out = std::io::stdout();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (from, to) = line.split_once('\t').ok_or("IN<TAB>OUT")?;
        let begin = Instant::now();
        let mut answer = match seal_twice(from, to, &identity) {
            Ok(answer) => answer,
            Err(failure) => match failure.downcast_ref::<Refusal>() {
                Some(refusal) => {
                    json!({"outcome": "refused", "code": refusal.code(), "message": refusal.to_string()})
                }
                None => json!({"outcome": "failed", "message": failure.to_string()}),
            },
        };
        if let Some(answer) = answer.as_object_mut() {
            answer.insert("ms".to_owned(), json!(begin.elapsed().as_millis() as u64));
        }
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn seal_twice(from: &str, to: &str, identity: &Identity) -> Result<Value, Failure> {
    let opened = Document::open_or_repair(Arc::new(std::fs::read(from)?), None)?;
    let document = opened.document;
    let info = document.info()?;
    let pages = info.pages.len();
    let first = seal(&document, &[1], identity)?;
    let again = Document::open(Arc::new(first))?;
    let last = u32::try_from(pages)?;
    let wanted: Vec<u32> = if pages > MANY_PAGES {
        vec![last]
    } else {
        (1..=last).collect()
    };
    let second = seal(&again, &wanted, identity)?;
    std::fs::write(to, &second)?;
    let report = Document::open(Arc::new(second))?.verify(&Policy {
        roots: vec![identity.certificate.clone()],
        ..Policy::default()
    })?;
    let ours: Vec<&SignatureReport> = report
        .signatures
        .iter()
        .filter(|signature| signature.certificate.as_ref() == Some(&identity.certificate))
        .collect();
    let intact = ours
        .iter()
        .all(|signature| signature.integrity == Integrity::Intact);
    let outcomes: Vec<String> = ours
        .iter()
        .map(|signature| format!("{:?}", signature.outcome()))
        .collect();
    Ok(json!({
        "outcome": "sealed", "pages": pages, "xref": format!("{:?}", info.xref), "earlier": info.signatures.len(),
        "repaired": opened.repaired,
        "ours": outcomes, "intact": intact && ours.len() == 2,
    }))
}

fn seal(document: &Document, pages: &[u32], identity: &Identity) -> Result<Vec<u8>, Failure> {
    let info = document.info()?;
    let mark = |page: u32| {
        // A third of the page, so that the seal fits the smallest ones.
        let index = usize::try_from(page).unwrap_or(usize::MAX) - 1;
        let size = info
            .pages
            .get(index)
            .map(|page| (page.width_mm, page.height_mm));
        let (width, height) = size.unwrap_or((210.0, 297.0));
        Mark {
            page,
            x_mm: width / 3.0,
            y_mm: height / 3.0,
            width_mm: (width / 3.0).min(40.0),
            height_mm: (height / 3.0).min(40.0),
            slice: None,
        }
    };
    let request = Request {
        artwork: PICTURE,
        marks: pages.iter().copied().map(mark).collect(),
        time_unix: identity.time_unix,
        ..Request::default()
    };
    let mut prepared = document.prepare(&request)?;
    let algorithm = identity.key.algorithm();
    let digest = prepared.digest(algorithm);
    let attributes = cms::signed_attributes(algorithm, &digest, &identity.certificate)?;
    let signature = identity.key.sign(&attributes)?;
    let parts = cms::Parts {
        algorithm,
        signed_attributes: &attributes,
        signature: &signature,
        certificates: &[&identity.certificate],
        timestamp_token: None,
    };
    prepared.embed(&cms::assemble(&parts)?)?;
    let mut out = Vec::new();
    prepared.write_to(&mut out)?;
    Ok(out)
}
