//! Attacks on signed PDF files, each built here and told as failed with its reason: shadow attacks, universal signature
//! forgery, incremental saving, signature wrapping, and those on certified documents (pdf-insecurity.org), with the
//! variations that suggest themselves.

use gm_pki::{Algorithm, cms};
use pdf_seal::{
    Changes, Indication, Integrity, Modification, Outcome, SignatureReport, SubIndication,
};

use crate::build::{Xref, startxref};
use crate::craft::{self, FIELD, VALUE, append, docmdp, document, drawing, fill, places, sign};
use crate::judge::open;
use crate::verify::{Pki, reports};

pub const PAGE: &str =
    "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R/MediaBox[0 0 595 842]";
pub const ANNOTS: &str = "31 0 R 33 0 R 37 0 R 34 0 R 39 0 R 50 0 R";
pub const FIELDS: &str = "31 0 R 33 0 R 37 0 R 34 0 R 50 0 R";

pub fn pki() -> Pki {
    Pki::new(Algorithm::P256Sha256)
}

/// The report about the one signature, which has failed for the reason with this code.
pub fn failed(pdf: &[u8], pki: &Pki, code: &str) -> SignatureReport {
    let mut all = reports(pdf, &pki.policy());
    assert_eq!(all.len(), 1, "{code}");
    let report = all.swap_remove(0);
    assert_eq!(report.outcome(), Outcome::Failed, "{code}: {report:#?}");
    let codes: Vec<_> = report.reasons.iter().map(|reason| reason.code).collect();
    assert!(codes.contains(&code), "{code}: {:?}", report.reasons);
    let (indication, sub) = report.indication();
    assert_eq!(indication, Indication::TotalFailed, "{code}");
    assert!(sub.is_some());
    report
}

/// Before any cryptography, nobody is named.
fn malformed(pdf: &[u8], pki: &Pki) {
    let report = failed(pdf, pki, "malformed");
    let nobody = (Integrity::Broken, &None);
    assert_eq!((report.integrity, &report.signer), nobody);
    assert_eq!(report.indication().1, Some(SubIndication::FormatFailure));
}

/// A change after the signature: its bytes hold, and the words of the reason name what was changed.
pub fn changed(pdf: &[u8], pki: &Pki, code: &str, words: &str) {
    let report = failed(pdf, pki, code);
    assert_eq!(report.integrity, Integrity::Intact, "{code}");
    assert_eq!(report.indication().1, Some(SubIndication::FormatFailure));
    assert_eq!(report.modification, Modification::Other);
    assert!(
        matches!(report.changes, Changes::Forbidden { .. }),
        "{:?}",
        report.changes
    );
    let text = &report.reasons.last().unwrap().text;
    assert!(text.contains(words), "{words}: {text}");
}

fn replace(pdf: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = pdf
        .windows(from.len())
        .rposition(|window| window == from.as_bytes());
    let at = at.unwrap_or_else(|| panic!("{from}"));
    [&pdf[..at], to.as_bytes(), &pdf[at + from.len()..]].concat()
}

#[test]
fn what_is_attacked_here_is_good_before() {
    let pki = pki();
    for rules in [String::new(), docmdp(1), docmdp(2), docmdp(3)] {
        let report = &reports(&sign(&pki, &rules, ""), &pki.policy())[0];
        assert_eq!(report.outcome(), Outcome::Passed, "{report:#?}");
        assert_eq!(report.indication(), (Indication::TotalPassed, None));
    }
}

#[test]
fn universal_forgery_by_ranges() {
    let pki = pki();
    let pdf = sign(&pki, "", "");
    let (range, _) = places(&pdf);
    let text = std::str::from_utf8(&pdf[range.clone()]).unwrap();
    let [a, b, c, d]: [i64; 4] = text
        .split_whitespace()
        .map(|n| n.parse().unwrap())
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    for numbers in [
        String::new(),
        "0".into(),
        "0 0 0 0".into(),
        format!("{a} {b}"),
        format!("{a} {b} {c}"),
        format!("{a} {b} {c} {d} 0"),
        format!("{a} {b} {c} {d} {c} {d}"),
        format!("-1 {b} {c} {d}"),
        format!("{a} -{b} {c} {d}"),
        format!("{a} {b} -{c} {d}"),
        format!("{a} {b} {c} -{d}"),
        format!("{a} {b} {c} {}", u64::MAX),
        format!("{a} {b} {c} {}", d + 1),
        format!("1 {b} {c} {d}"),
        format!("{a} {b}.0 {c} {d}"),
        format!("{a} {c} {b} {d}"),
        format!("{a} {} {c} {d}", c + 5),
        format!("{a} {} {c} {d}", b - 1),
        format!("{a} {} {c} {d}", b + 1),
        format!("{a} {b} {} {d}", c - 1),
        format!("{a} {b} {} {}", c + 1, d - 1),
        format!("null {b} {c} {d}"),
        format!("[{a} {b}] [{c} {d}]"),
        format!("({a}) {b} {c} {d}"),
        format!("4 0 R {b} {c}"),
        format!("{a} {b} {c} 0"),
        format!("{a} {b} {c} 1"),
    ] {
        let mut pdf = pdf.clone();
        pdf[range.clone()].copy_from_slice(format!("{numbers:<48}").as_bytes());
        malformed(&pdf, &pki);
    }
    malformed(&replace(&pdf, "/ByteRange[", "/ByteRangX["), &pki);
}

#[test]
fn universal_forgery_by_contents() {
    let pki = pki();
    let pdf = sign(&pki, "", "");
    let (_, hole) = places(&pdf);
    let check = |pdf: &[u8]| malformed(pdf, &pki);
    let inside = |bytes: &[u8]| {
        let mut pdf = pdf.clone();
        pdf[hole.start..hole.start + bytes.len()].copy_from_slice(bytes);
        pdf
    };
    check(&replace(&pdf, "/Contents<", "/ContentX<"));
    let digits = |text: &str| {
        let room = hole.len() - 2;
        inside(format!("<{text:0<room$}>").as_bytes())
    };
    check(&digits(""));
    check(&digits("3000"));
    check(&digits("30"));
    check(&digits("0500"));
    check(&digits("3080"));
    check(&digits("3084ffffffff"));
    check(&inside(b"<>"));
    check(&inside(b"null"));
    check(&inside(b"<zz"));
    check(&inside(b"< "));
    check(&inside(b"<%\n"));
    check(&inside(
        format!("({})", "0".repeat(hole.len() - 2)).as_bytes(),
    ));
    check(&inside(
        format!("[{}]", " ".repeat(hole.len() - 2)).as_bytes(),
    ));
}

#[test]
fn universal_forgery_by_what_stands_for_the_signature() {
    let pki = pki();
    for value in [
        "(x)",
        "5",
        "/Name",
        "[]",
        "true",
        "4 0 R",
        "5 0 R",
        "32 0 R",
        "<<>>",
        "<</Type/Sig>>",
        "41 0 R",
    ] {
        let mut base = document("", "");
        let field = String::from_utf8(base.objects[&FIELD].clone()).unwrap();
        base.set(
            FIELD,
            field.replace(&format!("/V {VALUE} 0 R"), &format!("/V {value}")),
        );
        let pdf = base.write(Xref::Table);
        let report = failed(&pdf, &pki, "malformed");
        assert_eq!(report.covered_len, 0, "{value}");
    }
    // A field without a value, and one whose value is not there, are not signed.
    for value in ["", "/V null", "/V 45 0 R"] {
        let mut base = document("", "");
        let field = String::from_utf8(base.objects[&FIELD].clone()).unwrap();
        base.set(FIELD, field.replace(&format!("/V {VALUE} 0 R"), value));
        assert!(
            reports(&base.write(Xref::Table), &pki.policy()).is_empty(),
            "{value}"
        );
    }
}

#[test]
fn incremental_saving() {
    let pki = pki();
    let pdf = sign(&pki, "", "");
    let other = "5 0 obj\n<</Length 1>>\nstream\nn\nendstream\nendobj\n";
    let start = startxref(&pdf);
    for tail in [
        other.to_owned(),
        format!("%\n{other}"),
        format!("{other}%%EOF\n"),
        format!("{other}trailer\n<</Size 52/Root 1 0 R/Prev {start}>>\n%%EOF\n"),
        format!("{other}xref\n5 1\n{:010} 00000 n \n", pdf.len()),
        // The table that the file ends with is the signed one, so that the new object is there for readers that repair.
        format!("{other}startxref\n{start}\n%%EOF\n"),
        "% more\n".to_owned(),
        "more".to_owned(),
    ] {
        let report = failed(&[&pdf[..], tail.as_bytes()].concat(), &pki, "appended");
        assert_eq!(
            (report.integrity, report.changes),
            (Integrity::Intact, Changes::Unexplained),
            "{tail}"
        );
        assert!(!report.covers_whole_file);
    }
    changed(
        &append(&pdf, &[(5, drawing("n"))]),
        &pki,
        "changed_later",
        "the content of page 1",
    );
    // White space is nothing.
    let report = &reports(&[&pdf[..], b"\r\n \0"].concat(), &pki.policy())[0];
    assert_eq!(
        (report.outcome(), report.changes),
        (Outcome::Passed, Changes::Allowed { revisions: 0 })
    );
    // A signature that ends inside a revision covers none.
    let mut cut = pdf.clone();
    let (range, hole) = places(&cut);
    cut[range]
        .copy_from_slice(format!("{:<48}", format!("0 {} {} 40", hole.start, hole.end)).as_bytes());
    let (_, hole) = places(&cut);
    let digest =
        Algorithm::P256Sha256.digest(&[&cut[..hole.start], &cut[hole.end..hole.end + 40]].concat());
    let cms = cms::sign(pki.key(), &[pki.leaf()], &digest).unwrap();
    craft::put(&mut cut, hole, &cms);
    let report = failed(&cut, &pki, "appended");
    assert_eq!(report.integrity, Integrity::Intact);
}

#[test]
fn signature_wrapping() {
    // The second range is moved behind what the attacker put between, with the signed bytes copied there.
    let pki = pki();
    let pdf = sign(&pki, "", "");
    let (range, hole) = places(&pdf);
    for padding in ["", "   ", "\n%\n"] {
        let between =
            format!(">>\nendobj\n5 0 obj\n<</Length 1>>\nstream\nn\nendstream\nendobj\n{padding}");
        let moved = hole.end + between.len();
        let mut wrapped = [&pdf[..hole.end], between.as_bytes(), &pdf[hole.end..]].concat();
        let numbers = format!("0 {} {moved} {}", hole.start, pdf.len() - hole.end);
        wrapped[range.clone()].copy_from_slice(format!("{numbers:<48}").as_bytes());
        // The table no longer fits what was moved; a new one at the end does.
        let wrapped = append(
            &wrapped,
            &[(3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".into())],
        );
        match open(&wrapped) {
            Ok(_) => drop(failed(&wrapped, &pki, "malformed")),
            Err(refusal) => assert_eq!(refusal.code(), "damaged"),
        }
    }
    // Room inside the hole: more digits than the CMS, that are not zeros.
    let mut stuffed = pdf.clone();
    stuffed[hole.end - 3] = b'7';
    failed(&stuffed, &pki, "malformed");
}

#[test]
fn one_signature_is_one_however_many_fields_lead_to_it() {
    let pki = pki();
    let mut base = document("", "");
    let fields = format!("<</Fields[{FIELDS} 46 0 R 47 0 R]/SigFlags 3/DA(/F 9 Tf)>>");
    base.set(30, fields);
    base.set(
        46,
        format!("<</Type/Annot/Subtype/Widget/FT/Sig/T(Second)/Rect[0 0 9 9]/V {VALUE} 0 R>>"),
    );
    base.set(
        47,
        format!("<</FT/Sig/T(Third)/V {VALUE} 0 R/Kids[48 0 R 49 0 R]>>"),
    );
    for kid in [48, 49] {
        base.set(
            kid,
            format!(
                "<</Type/Annot/Subtype/Widget/FT/Sig/Parent 47 0 R/Rect[0 0 9 9]/V {VALUE} 0 R>>"
            ),
        );
    }
    let pdf = fill(&pki, base.write(Xref::Table));
    let all = reports(&pdf, &pki.policy());
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].outcome(), Outcome::Passed, "{:#?}", all[0]);
    // One that comes later to show the old signature is an attack.
    let pdf = sign(&pki, "", "");
    let again = format!(
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(X)/F 132/Rect[0 0 90 90]/P 6 0 R/V {VALUE} 0 R>>"
    );
    let fields = format!("<</Fields[{FIELDS} 60 0 R]/SigFlags 3/DA(/F 9 Tf)>>");
    changed(
        &append(&pdf, &[(30, fields), (60, again)]),
        &pki,
        "signature_reused",
        "\"X\"",
    );
}

#[test]
fn what_nobody_signed_in_the_cms() {
    let pki = pki();
    let pdf = sign(&pki, "", "");
    let (_, hole) = places(&pdf);
    let digest = Algorithm::P256Sha256.digest(&[&pdf[..hole.start], &pdf[hole.end..]].concat());
    let attributes = cms::signed_attributes(Algorithm::P256Sha256, &digest, pki.leaf()).unwrap();
    use gm_pki::Signer as _;
    let signature = pki.key().sign(&attributes).unwrap();
    let parts = cms::Parts {
        algorithm: Algorithm::P256Sha256,
        signed_attributes: &attributes,
        signature: &signature,
        certificates: &[pki.leaf()],
        timestamp_token: Some(&[0x30, 0]),
    };
    let good = cms::assemble(&parts).unwrap();
    let with = |cms: &[u8]| {
        let mut pdf = pdf.clone();
        craft::put(&mut pdf, hole.clone(), cms);
        pdf
    };
    // An unsigned attribute that no standard knows: the one of time stamps, with another number.
    let kind = [
        0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0e,
    ];
    let at = good
        .windows(kind.len())
        .position(|window| window == kind)
        .unwrap();
    let mut foreign = good.clone();
    foreign[at + 8] = 0x11;
    failed(&with(&foreign), &pki, "malformed");
    // Bytes after the CMS, and after the last of its elements.
    failed(&with(&[&good[..], &[1]].concat()), &pki, "malformed");
    failed(
        &with(&[&good[..], &[0x30, 0x00]].concat()),
        &pki,
        "malformed",
    );
    // Another content that the CMS brings along, another digest than the one it announces.
    let plain = cms::sign(pki.key(), &[pki.leaf()], &digest).unwrap();
    let sha256 = [
        0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
    ];
    let places: Vec<_> = (0..plain.len())
        .filter(|at| plain[*at..].starts_with(&sha256))
        .collect();
    assert!(places.len() >= 2);
    for (number, at) in places.iter().enumerate() {
        let mut other = plain.clone();
        other[at + 10] = 0x02;
        let report = &reports(&with(&other), &pki.policy())[0];
        assert_ne!(report.outcome(), Outcome::Passed, "{number}");
        assert_ne!(report.integrity, Integrity::Intact, "{number}");
    }
}
