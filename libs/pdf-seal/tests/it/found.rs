//! What hostile inputs (`fuzz/`) found, each made small.

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
            let document = open(&base).unwrap();
            // In some of the files the number is that of a stream, which is none of a seal's objects either.
            let before = document.info().unwrap().signatures.len();
            let mut sealed = Vec::new();
            document
                .prepare(&request(&[1]))
                .unwrap()
                .write_to(&mut sealed)
                .unwrap();
            let after = open(&sealed).unwrap().info().unwrap().signatures.len();
            assert_eq!(after, before + 1, "/V {value} 0 R with {xref:?}");
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

/// A signature that says it covers more than there is covers nothing, and does not hold up un-sealing.
#[test]
fn found_a_range_beyond_the_end_is_not_the_last_seal() {
    let mut pdf = Pdf::with(&[A4], "/AcroForm<</Fields[60 0 R]/SigFlags 3>>", "");
    pdf.set(60, "<</FT/Sig/T(Far)/V 61 0 R/Rect[0 0 9 9]>>");
    pdf.set(
        61,
        "<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 9 19 99999999]/Contents<00>>>",
    );
    let base = pdf.write(Xref::Table);
    let prepared = open(&base).unwrap().prepare(&request(&[1])).unwrap();
    let mut sealed = Vec::new();
    prepared.write_to(&mut sealed).unwrap();
    assert_eq!(open(&sealed).unwrap().unseal(), Ok(base.len() as u64));
}
