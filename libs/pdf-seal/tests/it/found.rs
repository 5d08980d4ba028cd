//! What hostile inputs (`fuzz/`) found, each made small.

use pdf_seal::Policy;

use crate::build::{A4, Pdf, Xref};
use crate::judge::{open, request};

/// A field whose value is an object that does not exist must not be signed by a seal that happens to take that number.
#[test]
fn found_no_new_object_takes_a_number_that_is_referred_to() {
    for value in 61..70 {
        let mut pdf = Pdf::with(&[A4], "/AcroForm<</Fields[60 0 R]/SigFlags 3>>", "");
        pdf.set(
            60,
            format!("<</FT/Sig/T(Empty)/V {value} 0 R/Rect[0 0 9 9]>>"),
        );
        for xref in [Xref::Table, Xref::Stream, Xref::Hybrid] {
            let base = pdf.write(xref);
            let prepared = open(&base).unwrap().prepare(&request(&[1])).unwrap();
            let mut sealed = Vec::new();
            prepared.write_to(&mut sealed).unwrap();
            let report = open(&sealed).unwrap().verify(&Policy::default()).unwrap();
            let fields: Vec<&str> = report
                .signatures
                .iter()
                .map(|it| it.field.as_str())
                .collect();
            assert_eq!(fields, ["Seal_1"], "/V {value} 0 R with {xref:?}");
        }
    }
}

/// One object that is page and catalog at once would be written twice, and the form be lost.
#[test]
fn found_an_object_that_serves_as_two_things_is_refused() {
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(4, "1 0 R");
    let refusal = open(&pdf.write(Xref::Table))
        .unwrap()
        .prepare(&request(&[1]))
        .unwrap_err();
    assert_eq!(refusal.code(), "damaged", "{refusal}");
}

/// A page that is a stream, an object stream even, would lose its data when it is written again.
#[test]
fn found_a_page_that_is_a_stream_is_refused() {
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(
        4,
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Length 1>>\nstream\nx\nendstream",
    );
    let refusal = open(&pdf.write(Xref::Table))
        .unwrap()
        .prepare(&request(&[1]))
        .unwrap_err();
    assert_eq!(refusal.code(), "damaged", "{refusal}");
}

/// A list that is the annotations of a page and the kids of a node gets no widget: it would be a page.
#[test]
fn found_a_list_that_serves_as_two_things_is_left_alone() {
    let mut pdf = Pdf::new(&["/MediaBox[0 0 595 842]/Annots 60 0 R", A4]);
    pdf.set(2, "<</Type/Pages/Count 2/Kids[4 0 R 61 0 R]>>");
    pdf.set(60, "[6 0 R]");
    pdf.set(61, "<</Type/Pages/Parent 2 0 R/Count 1/Kids 60 0 R>>");
    let base = pdf.write(Xref::Table);
    let prepared = open(&base).unwrap().prepare(&request(&[1])).unwrap();
    let mut sealed = Vec::new();
    prepared.write_to(&mut sealed).unwrap();
    let info = open(&sealed).unwrap().info().unwrap();
    assert_eq!((info.pages.len(), info.signatures.len()), (2, 1));
}
