//! Every refusal by its code; nothing is guessed.

use std::process::Command;

use pdf_seal::{Artwork, Mark, Request};

use crate::build::{A4, Pdf, Xref, page_number};
use crate::judge::{Bench, open, request, run};

fn check_open(pdf: &[u8], code: &str) {
    let refusal = open(pdf).expect_err(code);
    assert_eq!(refusal.code(), code, "{refusal}");
    assert!(!refusal.to_string().is_empty());
}

fn check_prepare(pdf: &[u8], request: &Request<'_>, code: &str) {
    let refusal = open(pdf).unwrap().prepare(request).expect_err(code);
    assert_eq!(refusal.code(), code, "{refusal}");
}

#[test]
fn what_is_no_pdf() {
    check_open(b"", "not_pdf");
    check_open(b"PK\x03\x04 an office file", "not_pdf");
    check_open(
        &[b' '; 2000]
            .iter()
            .copied()
            .chain(*b"%PDF-1.7")
            .collect::<Vec<_>>(),
        "not_pdf",
    );
}

#[test]
fn pitfall_07_a_damaged_file_is_refused_with_the_reason() {
    let good = Pdf::new(&[A4]).write(Xref::Table);
    check_open(b"%PDF-1.7\nnothing more", "damaged");
    check_open(&good[..good.len() - 40], "damaged");
    let text = String::from_utf8_lossy(&good).into_owned();
    let edit = |from: &str, to: &str| {
        let at = text.rfind(from).unwrap();
        // The binary comment is replaced by lossy reading, so bytes are edited, not the text.
        let at = good
            .windows(from.len())
            .rposition(|w| w == from.as_bytes())
            .unwrap_or(at);
        [&good[..at], to.as_bytes(), &good[at + from.len()..]].concat()
    };
    check_open(&edit("startxref\n", "startxref\n1"), "damaged");
    check_open(&edit("startxref\n", "startxref\n9999999"), "damaged");
    check_open(&edit("/Root 1 0 R", "/Root 3 0 R"), "damaged");
    check_open(&edit("/Root 1 0 R", "/Roof 1 0 R"), "damaged");
    check_open(&edit("/Size ", "/Sign "), "damaged");
    // An object moved by one byte is found out when it is needed.
    check_open(&edit("2 0 obj", "22 0 obj"), "damaged");
}

#[test]
fn pitfall_26_sections_that_form_a_loop() {
    let mut pdf = Pdf::new(&[A4]);
    let start = crate::build::startxref(&pdf.write(Xref::Table));
    pdf.trailer = format!("/Prev {start}");
    check_open(&pdf.write(Xref::Table), "damaged");
}

#[test]
fn pitfall_26_absurd_numbers_cost_nothing() {
    let mut pdf = Pdf::new(&[A4]);
    for (trailer, code) in [
        ("/Size 99999999999", "limits"),
        ("/Size -5", "limits"),
        ("/Prev -1", "damaged"),
        ("/Prev 99999999999999", "damaged"),
        ("/XRefStm 3", "damaged"),
    ] {
        pdf.trailer = trailer.to_owned();
        check_open(&pdf.write(Xref::Table), code);
    }
}

#[test]
fn encrypted_files() {
    let bench = Bench::new();
    let plain = bench.file("plain.pdf", &Pdf::new(&[A4]).write(Xref::Table));
    let out = bench.path("encrypted.pdf");
    run(Command::new("qpdf")
        .args(["--encrypt", "user", "owner", "256", "--"])
        .arg(plain)
        .arg(&out));
    check_open(&std::fs::read(out).unwrap(), "password_needed");
}

#[test]
fn files_without_pages() {
    check_open(&Pdf::new(&[]).write(Xref::Table), "no_pages");
    check_open(&Pdf::new(&[]).write(Xref::Stream), "no_pages");
}

#[test]
fn pages_that_are_not_there() {
    let pdf = Pdf::new(&[A4]).write(Xref::Table);
    check_prepare(&pdf, &request(&[2]), "page_out_of_range");
    check_prepare(&pdf, &request(&[0]), "page_out_of_range");
}

#[test]
fn a_page_tree_that_forms_a_loop() {
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(2, "<</Type/Pages/Count 1/Kids[4 0 R 2 0 R]>>");
    check_open(&pdf.write(Xref::Table), "damaged");
}

#[test]
fn pitfall_09_xfa_forms() {
    let pdf = Pdf::with(&[A4], "/AcroForm<</Fields[]/XFA[(a) 3 0 R]>>", "").write(Xref::Table);
    check_prepare(&pdf, &request(&[1]), "xfa");
}

fn certified(rule: &str) -> Vec<u8> {
    let mut pdf = Pdf::with(
        &[A4],
        "/AcroForm<</Fields[20 0 R]/SigFlags 3>>/Perms<</DocMDP 21 0 R>>",
        "",
    );
    pdf.set(20, "<</FT/Sig/T(Author)/V 21 0 R>>");
    pdf.set(
        21,
        format!(
            "<</Type/Sig/Filter/Adobe.PPKLite/Reference[{rule}]/ByteRange[0 1 2 3]/Contents<00>>>"
        ),
    );
    pdf.write(Xref::Table)
}

#[test]
fn pitfall_13_what_earlier_signatures_forbid() {
    let docmdp = |p: i32| {
        certified(&format!(
            "<</TransformMethod/DocMDP/TransformParams<</P {p}/V/1.2>>>>"
        ))
    };
    let fieldmdp = |rule: &str| {
        certified(&format!(
            "<</TransformMethod/FieldMDP/TransformParams<<{rule}/V/1.2>>>>"
        ))
    };
    check_prepare(&docmdp(1), &request(&[1]), "docmdp_no_changes");
    let invisible = Request {
        artwork: Artwork::None,
        ..request(&[1])
    };
    // Signing is allowed there, but what shows over certified content is taken for an attack.
    for certified in [docmdp(2), docmdp(3)] {
        open(&certified).unwrap().prepare(&invisible).unwrap();
        check_prepare(&certified, &request(&[1]), "docmdp_visible");
    }
    let included = fieldmdp("/Action/Include/Fields[(Name)]");
    open(&included).unwrap().prepare(&request(&[1])).unwrap();
    check_prepare(&fieldmdp("/Action/All"), &request(&[1]), "fields_locked");
    check_prepare(
        &fieldmdp("/Action/Exclude/Fields[(Name)]"),
        &request(&[1]),
        "fields_locked",
    );
}

#[test]
fn marks_that_make_no_sense() {
    let pdf = Pdf::new(&[A4]).write(Xref::Table);
    let check_mark = |x_mm: f64, y_mm: f64, width_mm: f64, height_mm: f64| {
        let marks = vec![Mark {
            page: 1,
            x_mm,
            y_mm,
            width_mm,
            height_mm,
            slice: None,
        }];
        check_prepare(
            &pdf,
            &Request {
                marks,
                ..request(&[1])
            },
            "bad_mark",
        );
    };
    check_mark(f64::NAN, 0.0, 40.0, 40.0);
    check_mark(0.0, f64::INFINITY, 40.0, 40.0);
    check_mark(0.0, 0.0, 0.0, 40.0);
    check_mark(0.0, 0.0, 40.0, -1.0);
    check_mark(300.0, 0.0, 40.0, 40.0);
    check_mark(0.0, -50.0, 40.0, 40.0);
}

#[test]
fn pictures_and_requests_that_make_no_sense() {
    let pdf = Pdf::new(&[A4]).write(Xref::Table);
    let check_art = |artwork: Artwork<'_>| {
        check_prepare(
            &pdf,
            &Request {
                artwork,
                ..request(&[1])
            },
            "bad_artwork",
        );
    };
    check_art(Artwork::Png(b"\x89PNG not really"));
    check_art(Artwork::Form {
        bbox: [0.0, 0.0, 0.0, 10.0],
        content: b"f",
    });
    check_art(Artwork::Form {
        bbox: [0.0, 0.0, f32::NAN, 10.0],
        content: b"f",
    });
    check_art(Artwork::Form {
        bbox: [0.0, 0.0, 1.0, 1.0],
        content: b"",
    });
    check_prepare(
        &pdf,
        &Request {
            contents_bytes: 0,
            ..request(&[1])
        },
        "bad_request",
    );
    check_prepare(
        &pdf,
        &Request {
            contents_bytes: usize::MAX,
            ..request(&[1])
        },
        "bad_request",
    );
    check_prepare(
        &pdf,
        &Request {
            time_unix: -1,
            ..request(&[1])
        },
        "bad_request",
    );
}

#[test]
fn a_key_that_stands_twice_where_the_seal_must_write() {
    let pdf = Pdf::new(&["/MediaBox[0 0 595 842]/Annots[]/Annots[]"]);
    assert_eq!(page_number(0), 4);
    // An array is appended to in place: the later one counts for readers, and it is the one that is changed.
    open(&pdf.write(Xref::Table))
        .unwrap()
        .prepare(&request(&[1]))
        .unwrap();
    let pdf = Pdf::new(&["/MediaBox[0 0 595 842]/Annots null/Annots null"]);
    check_prepare(&pdf.write(Xref::Table), &request(&[1]), "damaged");
}
