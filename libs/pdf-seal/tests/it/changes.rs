//! What later revisions may change, and how attacks by changes and ranges are told.

use gm_pki::Algorithm;
use pdf_seal::*;

use crate::build::{A4, Pdf, Xref, startxref};
use crate::judge::{Bench, request};
use crate::verify::{Pki, four, reports};

/// Appends `change` after a seal on page 1 and gives the report.
fn after(change: &Pdf) -> SignatureReport {
    let pki = Pki::new(Algorithm::P256Sha256);
    let mut base = Pdf::with(&[A4, A4], "/AcroForm 30 0 R", "");
    base.set(30, "<</Fields[31 0 R]>>");
    base.set(
        31,
        "<</FT/Tx/T(Name)/Subtype/Widget/Rect[0 0 9 9]/AP<</N 32 0 R>>>>",
    );
    base.set(
        32,
        "<</Subtype/Form/BBox[0 0 9 9]/Length 1>>\nstream\nn\nendstream",
    );
    let sealed = pki.seal(&base.write(Xref::Table), None, &request(&[1]));
    // The field of the seal goes by 99 in the changes that a test describes.
    let field = String::from_utf8_lossy(&sealed)
        .split("/Fields[31 0 R")
        .nth(2)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    let mut change = change.clone();
    for body in change.objects.values_mut() {
        *body = String::from_utf8_lossy(body)
            .replace("99 0 R", &format!("{field} 0 R"))
            .into_bytes();
    }
    let changed = change.append_table(sealed.clone(), Some(startxref(&sealed)));
    reports(&changed, &pki.policy()).swap_remove(0)
}

fn object(number: u32, body: &str) -> Pdf {
    let mut pdf = Pdf::default();
    pdf.set(number, body);
    pdf
}

#[test]
fn later_changes_of_what_was_signed_are_forbidden() {
    let check = |change: Pdf| {
        let report = after(&change);
        assert_eq!(report.integrity, Integrity::Intact);
        assert_eq!(
            report.changes,
            Changes::Forbidden { revisions: 1 },
            "{:?} {:?}",
            change.objects.keys(),
            report.reasons
        );
        assert_eq!(report.outcome(), Outcome::Failed);
    };
    // Replace: the content of a page, a font, a page with another content.
    check(object(7, "<</Length 1>>\nstream\nn\nendstream"));
    check(object(3, "<</Type/Font/Subtype/Type1/BaseFont/Courier>>"));
    check(object(
        6,
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R>>",
    ));
    // Hide: pages fewer, more, or in another order; the page turned; an object freed.
    check(object(2, "<</Type/Pages/Count 1/Kids[4 0 R]>>"));
    check(object(
        2,
        "<</Type/Pages/Count 3/Kids[4 0 R 6 0 R 90 0 R]>>",
    ));
    check(object(2, "<</Type/Pages/Count 2/Kids[6 0 R 4 0 R]>>"));
    check(object(7, "null"));
    // Another catalog, an action at opening, another form.
    check(object(
        1,
        "<</Type/Catalog/Pages 2 0 R/AcroForm 30 0 R/OpenAction<</S/JavaScript/JS(x)>>>>",
    ));
    check(object(30, "<</Fields[99 0 R]/SigFlags 3>>"));
    check(object(30, "<</Fields[31 0 R 99 0 R]/SigFlags 3/XFA(x)>>"));
    check(object(30, "<</Fields[31 0 R 99 0 R 31 0 R]/SigFlags 3>>"));
}

#[test]
fn further_annotations_that_are_no_signatures_are_forbidden() {
    let page = "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents 7 0 R/MediaBox[0 0 595 842]/Annots[90 0 R]>>";
    for annotation in [
        "<</Type/Annot/Subtype/Stamp/Rect[0 0 900 900]>>",
        "<</Subtype/FreeText/FT/Sig>>",
        "<</FT/Tx/T(x)>>",
    ] {
        let mut change = object(6, page);
        change.set(90, annotation);
        assert_eq!(
            after(&change).changes,
            Changes::Forbidden { revisions: 1 },
            "{annotation}"
        );
    }
    // A widget that no field of the form leads to is no signature either, whatever it calls itself.
    let mut change = object(6, page);
    change.set(
        90,
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(x)/Rect[0 0 0 0]>>",
    );
    assert_eq!(after(&change).changes, Changes::Forbidden { revisions: 1 });
    change.set(30, "<</Fields[31 0 R 99 0 R 90 0 R]/SigFlags 3>>");
    assert_eq!(after(&change).changes, Changes::Allowed { revisions: 1 });
}

#[test]
fn filling_in_a_form_is_allowed_and_rewriting_a_signature_is_not() {
    let mut change = object(
        31,
        "<</FT/Tx/T(Name)/Subtype/Widget/Rect[0 0 9 9]/AP<</N 32 0 R>>/V(x)>>",
    );
    change.set(
        32,
        "<</Subtype/Form/BBox[0 0 9 9]/Length 2>>\nstream\nnn\nendstream",
    );
    assert_eq!(after(&change).changes, Changes::Allowed { revisions: 1 });
    let moved = object(
        31,
        "<</FT/Tx/T(Name)/Subtype/Widget/Rect[0 0 900 900]/AP<</N 32 0 R>>/V(x)>>",
    );
    assert_eq!(after(&moved).changes, Changes::Forbidden { revisions: 1 });
}

#[test]
fn an_attack_by_ranges_fails_whatever_the_cryptography_says() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let pdf = pki.seal(&four(), None, &request(&[1]));
    let at = pdf
        .windows(11)
        .position(|window| window == b"/ByteRange[")
        .unwrap()
        + 11;
    let numbers = String::from_utf8(pdf[at..at + 43].to_vec()).unwrap();
    let [a, b, c, d]: [u64; 4] = numbers
        .split_whitespace()
        .map(|n| n.parse().unwrap())
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    let check = |text: String| {
        let mut changed = pdf.clone();
        changed[at..at + 43].copy_from_slice(format!("{text:<43}").as_bytes());
        let report = &reports(&changed, &pki.policy())[0];
        assert_eq!(
            (report.integrity, report.outcome()),
            (Integrity::Broken, Outcome::Failed),
            "{text}"
        );
        assert!(!report.reasons.is_empty());
    };
    check(format!("{a} {b} {c}"));
    check(format!("{a} {b} {c} {d} 0 0"));
    check(format!("1 {} {c} {d}", b - 1));
    check(format!("{a} {} {c} {d}", b - 10));
    check(format!("{a} {b} {} {}", c + 10, d - 10));
    check(format!("{a} {b} {c} {}", d + 1));
    check(format!("{a} {b} {c} {}", u64::MAX));
    check(format!("{a} -{b} {c} {d}"));
    check("0 0 0 0".to_owned());
    check(String::new());
}

#[test]
fn signatures_of_another_program_are_verified() {
    let bench = Bench::new();
    let pdf = bench.seal(&Pdf::new(&[A4]).write(Xref::Stream), "one", &request(&[1]));
    let report = &reports(&pdf, &Policy::default())[0];
    assert_eq!(
        (report.integrity, report.covers_whole_file),
        (Integrity::Intact, true),
        "{report:#?}"
    );
    assert_eq!(report.signer.as_deref(), Some("Signer one"));
}

#[test]
fn bytes_after_the_end_are_not_covered() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let pdf = [pki.seal(&four(), None, &request(&[1])), b"more".to_vec()].concat();
    let report = &reports(&pdf, &pki.policy())[0];
    assert_eq!(
        (report.covers_whole_file, report.changes),
        (false, Changes::Unexplained)
    );
    assert_eq!(report.outcome(), Outcome::Failed);
}

#[test]
fn our_changes_to_every_kind_of_list_are_allowed_ones() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let shared = "/MediaBox[0 0 595 842]/Annots 41 0 R";
    for form in [
        "",
        "/AcroForm<</Fields[]>>",
        "/AcroForm 42 0 R",
        "/AcroForm<</Fields 43 0 R>>",
    ] {
        for page in [A4, shared, "/MediaBox[0 0 595 842]/Annots[]"] {
            for xref in [Xref::Table, Xref::Stream, Xref::Hybrid] {
                let mut pdf = Pdf::with(&[page, page, page], form, "");
                pdf.set(40, "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>");
                pdf.set(41, "[40 0 R]");
                pdf.set(42, "<</Fields[]>>");
                pdf.set(43, "[]");
                let mut sealed = pdf.write(xref);
                for pages in [[1, 2], [2, 3], [1, 3]] {
                    sealed = pki.seal(&sealed, None, &request(&pages));
                }
                for report in reports(&sealed, &pki.policy()) {
                    assert_eq!(
                        report.outcome(),
                        Outcome::Passed,
                        "{form} {page} {xref:?} {report:#?}"
                    );
                }
            }
        }
    }
}
