//! Sealed files, with what was signed in them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pdf_seal::{Artwork, Document, Mark, MultiPage, Request};

use super::Authority;
use super::authority::AT;
use super::build::{Pdf, Xref};

pub(crate) struct Sealed {
    pub bytes: Vec<u8>,
    /// Its objects that stand outside object streams, for later revisions to be made of.
    pub objects: Pdf,
    /// The hole of every signature and where what is signed behind it ends.
    pub signed: Vec<(Range<usize>, usize)>,
}

pub(super) fn all(models: &[Pdf], [one, other]: [&Authority; 2]) -> Vec<Sealed> {
    let mut all = Vec::new();
    for model in models {
        for xref in [Xref::Table, Xref::Stream, Xref::Hybrid] {
            let base = model.write(xref);
            let once = sealed(base, one, Vec::new(), MultiPage::Auto);
            let twice = once
                .clone()
                .and_then(|(bytes, signed)| sealed(bytes, other, signed, MultiPage::SharedV));
            all.extend([once, twice].into_iter().flatten());
        }
    }
    all.into_iter()
        .map(|(bytes, signed)| Sealed {
            objects: objects(&bytes),
            bytes,
            signed,
        })
        .collect()
}

type Signed = Vec<(Range<usize>, usize)>;

fn sealed(
    base: Vec<u8>,
    by: &Authority,
    mut signed: Signed,
    kind: MultiPage,
) -> Option<(Vec<u8>, Signed)> {
    let document = Document::open(Arc::new(base)).unwrap();
    let (bytes, range) = seal(&document, by, kind)?;
    let [_, first, second, length] = range.map(|number| usize::try_from(number).unwrap());
    signed.push((first..second, second + length));
    Some((bytes, signed))
}

/// Seals every page that can carry a seal, at most 16; `None` when the file is refused.
pub(crate) fn seal(
    document: &Document,
    by: &Authority,
    multi_page: MultiPage,
) -> Option<(Vec<u8>, [u64; 4])> {
    let pages = document.info().ok()?.pages;
    let mark = |page: u32| Mark {
        page,
        x_mm: 1.0,
        y_mm: 1.0,
        width_mm: 20.0,
        height_mm: 20.0,
        slice: None,
    };
    let free = pages.iter().filter(|page| !page.listed_twice).take(16);
    let request = Request {
        artwork: Artwork::Form {
            bbox: [0.0, 0.0, 9.0, 9.0],
            content: b"1 0 0 rg 0 0 9 9 re f",
        },
        marks: free.map(|page| mark(page.number)).collect(),
        multi_page,
        time_unix: AT,
        contents_bytes: 4096,
        ..Request::default()
    };
    let mut prepared = document.prepare(&request).ok()?;
    let digest = prepared.digest(by.algorithm);
    let cms = by.sign(&digest, multi_page == MultiPage::SharedV);
    prepared.embed_checked(&cms, &digest).unwrap();
    let mut out = Vec::new();
    prepared.write_to(&mut out).unwrap();
    Some((out, prepared.byte_range()))
}

/// Objects by number, the newest of each; enough for files that were written here.
fn objects(bytes: &[u8]) -> Pdf {
    let mut objects = BTreeMap::new();
    let mut at = 0;
    while let Some(found) = position(&bytes[at..], b" 0 obj\n") {
        let head = at + found;
        let digits = bytes[..head]
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let number = std::str::from_utf8(&bytes[head - digits..head])
            .ok()
            .and_then(|text| text.parse().ok());
        let start = head + 7;
        let Some(len) = position(&bytes[start..], b"\nendobj") else {
            break;
        };
        if let Some(number) = number {
            objects.insert(number, bytes[start..start + len].to_vec());
        }
        at = start + len;
    }
    Pdf {
        objects,
        trailer: String::new(),
    }
}

fn position(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}
