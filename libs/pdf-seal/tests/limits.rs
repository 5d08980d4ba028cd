//! Hostile files cost bounded memory and time: heap counted by the allocator, in one program for all of these tests.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "it/build.rs"]
#[allow(dead_code, clippy::write_with_newline)]
mod build;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use build::{A4, Pdf, Xref, deflate, startxref};
use pdf_seal::{Document, Policy, Refusal, Request};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// What reading one file may hold beside the file itself, and how long it may take in an unoptimised build of a loaded
/// machine.
const MOST_BYTES: usize = 256 << 20;
const MOST_TIME: Duration = Duration::from_secs(30);

/// Memory is counted for the whole program, so that one test works at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// Opens, describes, verifies and prepares; the first refusal is the answer.
fn read(pdf: Vec<u8>) -> Result<(), Refusal> {
    let document = Document::open(Arc::new(pdf))?;
    document.info()?;
    document.verify(&Policy::default())?;
    document.prepare(&Request::default())?;
    Ok(())
}

/// `make` gives the file; `code` is that of the refusal, or nothing when the file is fine.
fn check(make: impl FnOnce() -> Vec<u8>, code: Option<&str>) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let pdf = make();
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let began = Instant::now();
    let answer = read(pdf);
    let (took, held) = (began.elapsed(), HEAP.peak_usage().saturating_sub(before));
    assert!(took < MOST_TIME, "it took {took:?}");
    assert!(held < MOST_BYTES, "it held {held} bytes");
    assert_eq!(answer.as_ref().err().map(Refusal::code), code, "{answer:?}");
}

/// A file that is nothing but cross-reference sections.
fn sections(parts: &[String], last: usize) -> Vec<u8> {
    format!("%PDF-1.7\n{}startxref\n{last}\n%%EOF\n", parts.concat()).into_bytes()
}

/// A stream of `len` zeros, compressed a thousandfold, as object `number`.
fn bomb(number: u32, dict: &str, len: usize) -> Vec<u8> {
    let data = deflate(&vec![0; len]);
    let head = format!(
        "{number} 0 obj\n<<{dict}/Filter/FlateDecode/Length {}>>\nstream\n",
        data.len()
    );
    [head.as_bytes(), &data, b"\nendstream\nendobj\n"].concat()
}

#[test]
fn a_cross_reference_stream_that_unpacks_to_more_than_is_read() {
    check(
        || {
            let stream = bomb(1, "/Type/XRef/Size 9/W[1 2 1]/Root 1 0 R", 66 << 20);
            [b"%PDF-1.7\n".as_slice(), &stream, b"startxref\n9\n%%EOF\n"].concat()
        },
        Some("limits"),
    );
}

#[test]
fn many_tables_that_name_one_stream_that_unpacks() {
    check(
        || {
            // Rows of a type that does not exist, which are read and enter nothing.
            let data = deflate(&vec![9; 60 << 20]);
            let head = format!(
                "%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length {}>>\nstream\n",
                data.len()
            );
            let mut pdf = [head.as_bytes(), &data, b"\nendstream\nendobj\n"].concat();
            let mut previous = 0;
            for _ in 0..3000 {
                let at = pdf.len();
                pdf.extend(
                    format!(
                        "xref\n0 0\ntrailer\n<</Size 9/Root 1 0 R/XRefStm 9/Prev {previous}>>\n"
                    )
                    .bytes(),
                );
                previous = at;
            }
            pdf.extend(format!("startxref\n{previous}\n%%EOF\n").bytes());
            pdf
        },
        Some("limits"),
    );
}

#[test]
fn more_revisions_than_are_read() {
    check(
        || {
            let (mut parts, mut at, mut previous) = (Vec::new(), 9, 0);
            for _ in 0..5000 {
                let part = format!("xref\n0 0\ntrailer\n<</Size 9/Root 1 0 R/Prev {previous}>>\n");
                previous = at;
                at += part.len();
                parts.push(part);
            }
            sections(&parts, previous)
        },
        Some("limits"),
    );
}

#[test]
fn announced_entries_take_no_room_before_they_are_there() {
    let table =
        "xref\n0 4000000000\n0000000000 65535 f \ntrailer\n<</Size 9/Root 1 0 R>>\n".to_owned();
    check(|| sections(&[table], 9), Some("damaged"));
    let data = "\0".repeat(8);
    let stream = format!(
        "1 0 obj\n<</Type/XRef/Size 8388607/W[1 2 1]/Index[0 9223372036854775807]/Root 1 0 R/Length 8>>\nstream\n{data}\nendstream\nendobj\n"
    );
    check(|| sections(&[stream], 9), Some("damaged"));
}

#[test]
fn a_predictor_with_rows_longer_than_memory() {
    let data = deflate(&[2, 0, 0, 0, 0]);
    let dict = format!(
        "/Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12/Colors 32/BitsPerComponent 16/Columns 1048576>>/Length {}",
        data.len()
    );
    let head = format!("%PDF-1.7\n1 0 obj\n<<{dict}>>\nstream\n");
    check(
        || {
            [
                head.as_bytes(),
                &data,
                b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n",
            ]
            .concat()
        },
        Some("damaged"),
    );
}

#[test]
fn a_filter_of_text_that_unpacks() {
    let head = format!(
        "%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Filter[/A85/A85/A85]/Length {}>>\nstream\n",
        40 << 20
    );
    check(
        || {
            [
                head.as_bytes(),
                &vec![b'z'; 40 << 20],
                b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n",
            ]
            .concat()
        },
        Some("limits"),
    );
}

/// A file whose object 60 stands in object stream 50, whose cross-reference says `place` for 50.
fn packed(stream: &[u8], place: &str) -> Vec<u8> {
    let mut pdf = Pdf::with(&[A4], "/AcroForm 60 0 R", "").write(Xref::Table);
    let (at, previous) = (pdf.len(), startxref(&pdf));
    pdf.extend_from_slice(stream);
    let start = pdf.len();
    let row = |kind: u8, second: usize| {
        let second = u32::try_from(second).unwrap().to_be_bytes();
        [[kind].as_slice(), &second, &[0]].concat()
    };
    let fifty = if place == "itself" {
        row(2, 60)
    } else {
        row(1, at)
    };
    let rows = [fifty, row(2, 50)].concat();
    pdf.extend(format!("70 0 obj\n<</Type/XRef/Size 71/W[1 4 1]/Index[50 1 60 1]/Root 1 0 R/Prev {previous}/Length {}>>\nstream\n", rows.len()).bytes());
    pdf.extend_from_slice(&rows);
    pdf.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    pdf
}

#[test]
fn object_streams_that_hold_each_other() {
    check(|| packed(b"", "itself"), Some("damaged"));
}

#[test]
fn an_object_stream_with_millions_of_objects() {
    check(
        || {
            let data = deflate(&b"1 1 ".repeat(15 << 20));
            let head = format!(
                "50 0 obj\n<</Type/ObjStm/N {}/First {}/Filter/FlateDecode/Length {}>>\nstream\n",
                15 << 20,
                60 << 20,
                data.len()
            );
            packed(
                &[head.as_bytes(), &data, b"\nendstream\nendobj\n"].concat(),
                "file",
            )
        },
        Some("limits"),
    );
}

#[test]
fn nodes_with_very_many_kids_inside_each_other() {
    check(
        || {
            let mut pdf = Pdf::new(&[A4]);
            let many = "4 0 R ".repeat(100_000);
            pdf.set(2, "<</Type/Pages/Kids[40 0 R]>>");
            for number in 40..70 {
                pdf.set(
                    number,
                    format!("<</Type/Pages/Kids[{} 0 R {many}]>>", number + 1),
                );
            }
            pdf.set(70, "<</Type/Pages/Kids[4 0 R]>>");
            pdf.write(Xref::Table)
        },
        Some("limits"),
    );
}

#[test]
fn fields_with_long_names_and_very_many_kids() {
    check(
        || {
            let mut pdf = Pdf::with(&[A4], "/AcroForm<</Fields[60 0 R 60 0 R]>>", "");
            let name = "n".repeat(4000);
            pdf.set(
                60,
                format!("<</T({name})/Kids[{}]>>", "61 0 R 60 0 R ".repeat(200_000)),
            );
            pdf.set(61, "<</T(x)/Kids[60 0 R 61 0 R]>>");
            pdf.write(Xref::Table)
        },
        Some("limits"),
    );
}

#[test]
fn a_field_tree_that_leads_back_to_itself() {
    let mut pdf = Pdf::with(&[A4], "/AcroForm<</Fields[60 0 R]>>", "");
    pdf.set(60, "<</T(a)/Kids[61 0 R]>>");
    pdf.set(61, "<</T(b)/Kids[60 0 R 61 0 R]>>");
    check(|| pdf.write(Xref::Table), None);
}

#[test]
fn a_signed_range_with_a_million_parts() {
    let mut pdf = Pdf::with(&[A4], "/AcroForm<</Fields[60 0 R]/SigFlags 3>>", "");
    pdf.set(60, "<</FT/Sig/T(a)/V 61 0 R>>");
    pdf.set(
        61,
        format!(
            "<</Type/Sig/ByteRange[{}]/Contents<00>>>",
            "0 1 ".repeat(500_000)
        ),
    );
    check(|| pdf.write(Xref::Table), Some("limits"));
    pdf.set(
        61,
        format!(
            "<</Type/Sig/ByteRange[{}]/Contents<00>>>",
            "0 1 ".repeat(200_000)
        ),
    );
    check(|| pdf.write(Xref::Table), None);
}

#[test]
fn a_dictionary_with_very_many_keys_that_a_later_revision_repeats() {
    check(
        || {
            let keys: String = (0..200_000).map(|key| format!("/k{key} 0")).collect();
            let catalog = format!(
                "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/SigFlags 3>>{keys}>>"
            );
            let mut pdf = Pdf::new(&[A4]);
            pdf.set(1, &catalog);
            let document = Document::open(Arc::new(pdf.write(Xref::Table))).unwrap();
            let mut sealed = Vec::new();
            document
                .prepare(&Request::default())
                .unwrap()
                .write_to(&mut sealed)
                .unwrap();
            // The same again, in another order.
            let keys: String = (0..200_000).rev().map(|key| format!("/k{key} 0")).collect();
            let mut later = Pdf::default();
            later.set(
                1,
                format!(
                    "<</Type/Catalog{keys}/Pages 2 0 R/AcroForm<</Fields[6 0 R]/SigFlags 3>>>>"
                ),
            );
            let previous = startxref(&sealed);
            later.append_table(sealed, Some(previous))
        },
        None,
    );
}
