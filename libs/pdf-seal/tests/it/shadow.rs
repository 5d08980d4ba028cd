//! Attacks by later revisions that keep what was signed and show something else: shadow attacks, and those on certified
//! documents.

use pdf_seal::{Modification, Outcome};

use crate::attacks::{ANNOTS, FIELDS, PAGE, changed, failed, pki};
use crate::build::{Xref, startxref};
use crate::craft::{
    self, FIELD, VALUE, append, docmdp, document, drawing, fill, metadata, sign, text_field,
};
use crate::judge::open;
use crate::verify::reports;

#[test]
fn shadow_hide() {
    let pki = pki();
    let pdf = sign(&pki, "", "");
    let change = |objects: &[(u32, String)]| append(&pdf, objects);
    changed(
        &change(&[(5, "<</Length 0>>\nstream\n\nendstream".into())]),
        &pki,
        "changed_later",
        "the content of page 1",
    );
    changed(
        &change(&[(39, "null".into())]),
        &pki,
        "changed_later",
        "an annotation on page 1",
    );
    changed(
        &change(&[(
            4,
            format!("{PAGE}/Annots[31 0 R 33 0 R 37 0 R 34 0 R 50 0 R]>>"),
        )]),
        &pki,
        "annotation_added",
        "from page 1",
    );
    let hidden = text_field("Sum", "/V(1)/AP<</N 38 0 R>>").replace("/F 4", "/F 6");
    changed(&change(&[(33, hidden)]), &pki, "field_hidden", "\"Sum\"");
    changed(
        &change(&[(2, "<</Type/Pages/Count 1/Kids[4 0 R]>>".into())]),
        &pki,
        "pages_changed",
        "which pages there are",
    );
    // Freed, not replaced.
    let start = startxref(&pdf);
    let freed = format!(
        "xref\n5 1\n0000000000 00001 f \ntrailer\n<</Size 52/Root 1 0 R/Prev {start}>>\nstartxref\n{}\n%%EOF\n",
        pdf.len()
    );
    changed(
        &[&pdf[..], freed.as_bytes()].concat(),
        &pki,
        "object_removed",
        "the content of page 1",
    );
}

#[test]
fn shadow_replace() {
    let pki = pki();
    let pdf = sign(&pki, "", "");
    let change = |objects: &[(u32, String)]| append(&pdf, objects);
    changed(
        &change(&[(3, "<</Type/Font/Subtype/Type1/BaseFont/Courier>>".into())]),
        &pki,
        "changed_later",
        "a font of page 1",
    );
    changed(
        &change(&[(38, drawing("1000000"))]),
        &pki,
        "changed_later",
        "page 1",
    );
    changed(
        &change(&[(32, drawing("other"))]),
        &pki,
        "appearance_changed",
        "\"Name\"",
    );
    let field = text_field("Sum", "/V(1)/AP<</N 60 0 R>>");
    changed(
        &change(&[(33, field), (60, drawing("9"))]),
        &pki,
        "appearance_changed",
        "\"Sum\"",
    );
    let anew = format!("<</Fields[{FIELDS}]/SigFlags 3/DA(/F 9 Tf)/NeedAppearances true>>");
    changed(&change(&[(30, anew)]), &pki, "appearance_changed", "anew");
    let page = format!("{PAGE}/Annots[{ANNOTS} 60 0 R]>>");
    let stamp = "<</Type/Annot/Subtype/Stamp/Rect[0 0 590 840]/AP<</N 61 0 R>>>>";
    changed(
        &change(&[(4, page.clone()), (60, stamp.into()), (61, drawing("over"))]),
        &pki,
        "annotation_added",
        "(Stamp) to page 1",
    );
    let fields = format!("<</Fields[{FIELDS} 60 0 R]/SigFlags 3/DA(/F 9 Tf)>>");
    let covers = "<</Type/Annot/Subtype/Widget/FT/Sig/T(X)/F 132/Rect[0 0 590 840]/P 4 0 R/AP<</N 61 0 R>>>>";
    let objects = [
        (30, fields),
        (4, page),
        (60, covers.into()),
        (61, drawing("over")),
    ];
    changed(&change(&objects), &pki, "unsigned_appearance", "\"X\"");
}

#[test]
fn shadow_hide_and_replace_by_an_unsigned_table() {
    // The other content lies in the signed part already; only the appended table leads to it.
    let pki = pki();
    let mut base = document("", "");
    let other = "5 0 obj\n<</Length 8>>\nstream\nq 1 w  Q\nendstream\nendobj\n";
    base.set(
        45,
        format!("<</Length {}>>\nstream\n{other}\nendstream", other.len()),
    );
    let pdf = fill(&pki, base.write(Xref::Table));
    let at = pdf
        .windows(other.len())
        .position(|window| window == other.as_bytes())
        .unwrap();
    let start = startxref(&pdf);
    let table = format!(
        "xref\n5 1\n{at:010} 00000 n \ntrailer\n<</Size 52/Root 1 0 R/Prev {start}>>\nstartxref\n{}\n%%EOF\n",
        pdf.len()
    );
    changed(
        &[&pdf[..], table.as_bytes()].concat(),
        &pki,
        "changed_later",
        "the content of page 1",
    );
    // Another catalog that was signed along, and a table inside the signed part that is newer than it looks.
    let switched = format!(
        "xref\n0 0\ntrailer\n<</Size 52/Root 2 0 R/Prev {start}>>\nstartxref\n{}\n%%EOF\n",
        pdf.len()
    );
    let pdf = [&pdf[..], switched.as_bytes()].concat();
    let readable = open(&pdf).and_then(|document| document.verify(&pki.policy()));
    assert!(
        readable.is_err()
            || reports(&pdf, &pki.policy())
                .iter()
                .all(|it| it.outcome() == Outcome::Failed)
    );
}

#[test]
fn shadow_tricks_with_objects_of_two_uses() {
    let pki = pki();
    let check = |content: &str, objects: &[(u32, String)], words: &str| {
        let mut base = document("", "");
        let page = String::from_utf8(base.objects[&4].clone()).unwrap();
        base.set(
            4,
            page.replace("/Contents 5 0 R", &format!("/Contents {content}")),
        );
        let pdf = fill(&pki, base.write(Xref::Table));
        changed(&append(&pdf, objects), &pki, "changed_later", words);
    };
    // The page is drawn from what may change elsewhere: metadata, the drawing of a field, nothing at all.
    check("35 0 R", &[(35, metadata("new"))], "the content of page 1");
    let filled = text_field("Name", "/V(new)/AP<</N 32 0 R>>");
    check(
        "32 0 R",
        &[(31, filled), (32, drawing("new"))],
        "the content of page 1",
    );
    check(
        "[5 0 R 45 0 R]",
        &[(45, drawing("new"))],
        "refers to nothing",
    );
    check(
        "[5 0 R 99 0 R]",
        &[(99, drawing("new"))],
        "refers to nothing",
    );
}

#[test]
fn keys_that_stand_twice() {
    let pki = pki();
    let pdf = sign(&pki, "", "");
    let twice = format!("{PAGE}/Annots[{ANNOTS}]/Contents 7 0 R/Contents 5 0 R>>");
    changed(&append(&pdf, &[(4, twice)]), &pki, "page_changed", "page 1");
    // The signature's own dictionary: readers would differ in which contents they take.
    let mut base = document("", "");
    let value = String::from_utf8(base.objects[&VALUE].clone()).unwrap();
    base.set(VALUE, value.replacen("/Filter", "/Contents<00>/Filter", 1));
    let pdf = fill(&pki, base.write(Xref::Table));
    failed(&pdf, &pki, "malformed");
}

#[test]
fn evil_annotations_on_certified_documents() {
    let pki = pki();
    let pdf = sign(&pki, &docmdp(3), "");
    let add = |annotation: &str| {
        let page = format!("{PAGE}/Annots[{ANNOTS} 60 0 R]>>");
        append(
            &pdf,
            &[
                (4, page),
                (60, annotation.to_owned()),
                (61, drawing("over")),
            ],
        )
    };
    for annotation in [
        "<</Type/Annot/Subtype/FreeText/Contents(x)/Rect[0 0 90 90]>>",
        "<</Type/Annot/Subtype/Stamp/Rect[0 0 90 90]/AP<</N 61 0 R>>>>",
        "<</Type/Annot/Subtype/Redact/Rect[0 0 90 90]>>",
        "<</Type/Annot/Subtype/Square/IC[1 1 1]/Rect[0 0 90 90]>>",
        "<</Type/Annot/Subtype/Highlight/Rect[0 0 90 90]/AP<</N 61 0 R>>>>",
        "<</Type/Annot/Subtype/Text/Rect[0 0 590 840]/AP<</N 61 0 R>>>>",
        "<</Type/Annot/Subtype/Text/Rect[0 0 20 20]/A<</S/JavaScript/JS(x)>>>>",
        "<</Type/Annot/Subtype/Link/Rect[0 0 90 90]/A<</S/URI/URI(x)>>>>",
        "<</Type/Annot/Subtype/Widget/FT/Sig/Rect[0 0 90 90]>>",
        "<</Type/Annot/Rect[0 0 90 90]>>",
        "(no annotation)",
    ] {
        changed(&add(annotation), &pki, "annotation_added", "page 1");
    }
    for annotation in [
        "<</Type/Annot/Subtype/Text/Rect[0 0 20 20]/Contents(x)>>",
        "<</Type/Annot/Subtype/Highlight/Rect[0 0 90 20]/QuadPoints[0 0 9 0 0 9 9 9]>>",
    ] {
        let report = &reports(&add(annotation), &pki.policy())[0];
        assert_eq!(
            (report.outcome(), report.modification),
            (Outcome::Passed, Modification::Annotations),
            "{:?}",
            report.reasons
        );
        assert!(
            report
                .later
                .iter()
                .any(|text| text.contains("adds an annotation")),
            "{:?}",
            report.later
        );
    }
    // Where no certification allows annotations, none is allowed.
    let plain = sign(&pki, "", "");
    let page = format!("{PAGE}/Annots[{ANNOTS} 60 0 R]>>");
    let note = "<</Type/Annot/Subtype/Text/Rect[0 0 20 20]>>".to_owned();
    let report = failed(
        &append(&plain, &[(4, page), (60, note)]),
        &pki,
        "annotation_added",
    );
    assert_eq!(report.modification, Modification::Other);
}

#[test]
fn sneaky_signatures_on_certified_documents() {
    let pki = pki();
    for permission in [2, 3] {
        let pdf = sign(&pki, &docmdp(permission), "");
        let objects = |rect: &str| {
            let fields = format!("<</Fields[{FIELDS} 60 0 R]/SigFlags 3/DA(/F 9 Tf)>>");
            let page = format!("{PAGE}/Annots[{ANNOTS} 60 0 R]>>");
            let field = format!(
                "<</Type/Annot/Subtype/Widget/FT/Sig/T(X)/F 132/Rect[{rect}]/P 4 0 R/V 61 0 R/AP<</N 62 0 R>>>>"
            );
            [
                (30, fields),
                (4, page),
                (60, field),
                (61, craft::value("Sig", "")),
                (62, drawing("over")),
            ]
        };
        let code = |rect: &str| {
            let all = reports(&append(&pdf, &objects(rect)), &pki.policy());
            let first = all.iter().find(|report| report.field == "First").unwrap();
            first
                .reasons
                .iter()
                .map(|reason| reason.code)
                .find(|code| *code == "sneaky_signature")
        };
        assert_eq!(code("0 0 590 840"), Some("sneaky_signature"));
        assert_eq!(code("0 0 0 0"), None);
    }
}

#[test]
fn a_rule_that_was_taken_away_later_is_a_change() {
    let pki = pki();
    let lock = "/Lock<</Type/SigFieldLock/Action/All>>";
    let pdf = sign(&pki, "", lock);
    let filled = (31, text_field("Name", "/V(new)/AP<</N 32 0 R>>"));
    changed(
        &append(&pdf, std::slice::from_ref(&filled)),
        &pki,
        "field_locked",
        "\"Name\"",
    );
    let field = format!(
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(First)/F 132/Rect[0 0 0 0]/P 4 0 R/V {VALUE} 0 R>>"
    );
    let pdf = append(&append(&pdf, &[(FIELD, field)]), &[filled]);
    changed(&pdf, &pki, "field_changed", "\"First\"");
    let pdf = sign(&pki, &docmdp(1), "");
    let filled = (31, text_field("Name", "/V(new)/AP<</N 32 0 R>>"));
    changed(
        &append(&pdf, &[filled]),
        &pki,
        "docmdp_violated",
        "\"Name\"",
    );
}
