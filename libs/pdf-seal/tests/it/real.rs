//! What real files look like: odd but sound ones are appended to, damaged ones are written anew before the first seal.
//!
//! Every class is one small file, sealed twice and judged after the second seal.

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

#[test]
fn pitfall_07_a_wrong_startxref_is_repaired() {
    for xref in [Xref::Table, Xref::Stream, Xref::Hybrid] {
        let good = Pdf::new(&[A4, A4]).write(xref);
        for wrong in ["startxref\n7", "startxref\n99999", "startxref\n0 "] {
            let repaired = check_repaired(&edit(&good, "startxref\n", wrong), "");
            assert_eq!(open(&repaired).unwrap().info().unwrap().pages.len(), 2);
        }
        // The end was cut off.
        let at = good.len() - 30;
        judged(&check_repaired(&good[..at], ""), &[1, 2]);
    }
}

#[test]
fn pitfall_07_moved_objects_are_repaired() {
    // Something was put between the objects, as a transfer in text mode does.
    for xref in [Xref::Table, Xref::Stream] {
        let good = Pdf::new(&[A4, A4]).write(xref);
        let moved = edit_all(&good, b"\nstream\n", b"\r\nstream\r\n");
        judged(&check_repaired(&moved, ""), &[1]);
    }
    // Only an object is moved that no seal has to touch: the content of page 2.
    let good = Pdf::new(&[A4, A4]).write(Xref::Table);
    let moved = edit(&good, "\n7 0 obj\n<<", "7 0 obj \n<<");
    assert!(open(&moved).is_ok());
    check_repaired(&moved, "object 7 is not there");
}

#[test]
fn pitfall_07_objects_that_nothing_leads_to_do_not_matter() {
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(40, "(nobody asks for this)");
    let moved = edit(&pdf.write(Xref::Table), "\n40 0 obj\n", "\n41 0 obj\n");
    check_kept(&moved);
}

#[test]
fn pitfall_07_a_table_that_begins_at_one_is_repaired() {
    // The classic: numbered from 1 though its first entry is that of object 0.
    let good = whole_table(&Pdf::new(&[A4]));
    let size = Pdf::new(&[A4]).size();
    let wrong = edit(
        &good,
        &format!("xref\n0 {size}"),
        &format!("xref\n1 {size}"),
    );
    check_repaired(&wrong, "");
}

#[test]
fn pitfall_06_entries_of_nineteen_or_twenty_one_bytes_are_read() {
    let good = whole_table(&Pdf::new(&[A4]));
    let at = good.windows(5).rposition(|w| w == b"xref\n").unwrap();
    let table = good.windows(5).position(|w| w == b"xref\n").unwrap();
    assert!(table < at);
    let text = String::from_utf8_lossy(&good[table..]).into_owned();
    for (from, to) in [(" n \n", " n\n"), (" n \n", " n \r\n")] {
        let odd = [&good[..table], text.replace(from, to).as_bytes()].concat();
        check_kept(&odd);
    }
}

#[test]
fn pitfall_04_a_trailer_without_size_is_repaired() {
    let good = Pdf::new(&[A4]).write(Xref::Table);
    check_repaired(&edit(&good, "/Size ", "/Sign "), "size");
}

#[test]
fn pitfall_03_a_wrong_prev_is_repaired() {
    let base = Pdf::new(&[A4]).write(Xref::Table);
    let mut change = Pdf::default();
    change.set(6, "(later)");
    let start = startxref(&base);
    check_kept(&change.append_table(base.clone(), Some(start)));
    check_repaired(&change.append_table(base.clone(), Some(start + 5)), "");
    check_repaired(&change.append_table(base.clone(), Some(base.len())), "");
}

#[test]
fn pitfall_07_objects_without_their_end_are_read() {
    let good = Pdf::new(&[A4]).write(Xref::Table);
    // Same length, so that every offset stays.
    let torn = edit(&good, "\nendobj\n4 0 obj", "\n      \n4 0 obj");
    assert!(open(&torn).unwrap().prepare(&request(&[1])).is_ok());
    judged(
        &check_repaired(&torn, "object 3 is not there or not whole"),
        &[1],
    );
    // Signed already, it is appended to: all stands in its place.
    let sealed = Bench::new().seal(&torn, "one", &request(&[1]));
    assert_eq!(opened(&sealed).repaired, None);
}

#[test]
fn pitfall_07_streams_are_given_their_length() {
    let good = Pdf::new(&[A4]).write(Xref::Stream);
    // The length of the object stream, which holds the catalog.
    let at = good.windows(12).position(|w| w == b"/Type/ObjStm").unwrap();
    let head = String::from_utf8_lossy(&good[at..at + 120]).into_owned();
    let length = head.split("/Length ").nth(1).unwrap();
    let length = length.split('>').next().unwrap();
    let wrong = edit(
        &good,
        &format!("/Length {length}>>\nstream"),
        &format!("/Length {}>>\nstream", "9".repeat(length.len())),
    );
    let repaired = check_repaired(&wrong, "");
    assert!(!has(&repaired, "/ObjStm"), "everything is plain now");
    // A content stream that says too little.
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(5, "<</Length 1>>\nstream\nBT (UP page 1) Tj ET\nendstream");
    let wrong = pdf.write(Xref::Table);
    let repaired = Document::repair(&source(&wrong), None).unwrap();
    assert!(
        repaired
            .reasons
            .iter()
            .any(|it| it == "1 streams told a wrong length"),
        "{:?}",
        repaired.reasons
    );
    assert!(has(&repaired.bytes, "(UP page 1) Tj ET\nendstream"));
}

#[test]
fn pitfall_07_the_newest_object_counts() {
    let base = Pdf::with(&["/MediaBox[0 0 100 100]"], "", "").write(Xref::Table);
    let mut change = Pdf::default();
    change.set(4, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 720 360]>>");
    let revised = change.append_table(base.clone(), Some(startxref(&base)));
    let repaired = check_repaired(&edit(&revised, "startxref\n", "startxref\n1"), "");
    judged(&repaired, &[1]);
    let page = open(&repaired).unwrap().info().unwrap().pages[0];
    assert!((page.width_mm - 254.0).abs() < 0.01, "{page:?}");
}

#[test]
fn pitfall_07_what_the_trailer_said_is_kept() {
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(30, "<</Producer(test)>>");
    pdf.trailer = "/Info 30 0 R/ID[<AABB><CCDD>]".to_owned();
    for xref in [Xref::Table, Xref::Stream, Xref::Hybrid] {
        let repaired = check_repaired(&edit(&pdf.write(xref), "startxref\n", "startxref\n1"), "");
        assert!(has(&repaired, "/Info 30 0 R") && has(&repaired, "/ID[<AABB><"));
        assert!(!has(&repaired, "CCDD") && !has(&repaired, "/XRefStm") && !has(&repaired, "/Prev"));
    }
}

#[test]
fn pitfall_07_what_is_referred_to_and_missing_becomes_null() {
    let mut pdf = Pdf::with(&[A4], "/Outlines 8 0 R", "");
    pdf.set(9, "(last)");
    let repaired = check_repaired(
        &edit(&pdf.write(Xref::Table), "startxref\n", "startxref\n1"),
        "",
    );
    assert!(has(&repaired, "\n8 0 obj\nnull\nendobj\n"));
    judged(&repaired, &[1]);
}

#[test]
fn pitfall_07_a_file_without_any_table_is_repaired() {
    let good = Pdf::new(&[A4]).write(Xref::Table);
    let at = good.windows(5).position(|w| w == b"xref\n").unwrap();
    let repaired = check_repaired(&good[..at], "");
    assert!(has(&repaired, "/Root 1 0 R"));
    // Nothing that is a catalog: nothing can be said of such a file.
    check_not_repaired(b"%PDF-1.7\n3 0 obj\n(alone)\nendobj\n", "damaged");
    check_not_repaired(b"%PDF-1.7\nnothing more", "damaged");
}

#[test]
fn pitfall_07_a_damaged_file_with_a_signature_is_refused() {
    let bench = Bench::new();
    for xref in [Xref::Table, Xref::Stream] {
        let sealed = bench.seal(&Pdf::new(&[A4]).write(xref), "one", &request(&[1]));
        check_not_repaired(
            &edit(&sealed, "startxref\n", "startxref\n1"),
            "damaged_signed",
        );
        // A seal on top of the sound file is no damage.
        assert_eq!(opened(&sealed).repaired, None);
    }
}

#[test]
fn pitfall_07_a_damaged_file_that_is_encrypted() {
    let bench = Bench::new();
    let plain = bench.file("plain.pdf", &Pdf::new(&[A4]).write(Xref::Table));
    let out = bench.path("encrypted.pdf");
    for (mode, repairs) in [("disable", true), ("generate", false)] {
        for bits in ["128", "256"] {
            run(Command::new("qpdf")
                .arg(format!("--object-streams={mode}"))
                .args(["--allow-weak-crypto", "--encrypt", "", "owner", bits, "--"])
                .arg(&plain)
                .arg(&out));
            let damaged = edit(&std::fs::read(&out).unwrap(), "startxref\n", "startxref\n1");
            if !repairs {
                check_not_repaired(&damaged, "damaged_encrypted");
                continue;
            }
            // Every object keeps its number, and so its key.
            let repaired = check_repaired(&damaged, "");
            assert!(has(&repaired, "/Encrypt "));
            judged(&repaired, &[1]);
        }
    }
}

#[test]
fn pitfall_03_junk_behind_the_end_is_left_where_it_is() {
    let good = Pdf::new(&[A4]).write(Xref::Table);
    check_kept(&[good.as_slice(), b"\0\0\0\0\r\n\r\n"].concat());
    check_kept(&[good.as_slice(), b"<html>left over from a download</html>\n"].concat());
    check_kept(good.strip_suffix(b"\n%%EOF\n").unwrap());
}

#[test]
fn headers_that_are_odd() {
    let good = Pdf::new(&[A4]).write(Xref::Table);
    check_kept(&edit(&good, "%PDF-1.7", "%PDF-2.0"));
    let odd = edit(&good, "%PDF-1.7", "%PDF-1. ");
    assert_eq!(opened(&odd).repaired, None);
    judged_leniently(&odd, &[1]);
    let repaired = check_repaired(&edit(&odd, "startxref\n", "startxref\n1"), "");
    assert!(repaired.starts_with(b"%PDF-1.7\n"));
}

#[test]
fn pitfall_01_linearized_files() {
    let bench = Bench::new();
    for mode in ["disable", "generate"] {
        let plain = bench.file("plain.pdf", &Pdf::new(&[A4; 12]).write(Xref::Table));
        let out = bench.path("linearized.pdf");
        run(Command::new("qpdf")
            .arg("--linearize")
            .arg(format!("--object-streams={mode}"))
            .arg(plain)
            .arg(&out));
        let base = std::fs::read(out).unwrap();
        let sealed = check_kept(&base);
        assert!(has(
            &sealed[base.len()..],
            &format!("/Prev {}", startxref(&base))
        ));
    }
}

#[test]
fn pitfall_04_more_than_five_thousand_objects() {
    let mut pdf = Pdf::new(&[A4, A4]);
    for number in 10..6000 {
        pdf.set(number, format!("<</Number {number}>>"));
    }
    check_kept(&pdf.write(Xref::Table));
    check_repaired(
        &edit(&pdf.write(Xref::Table), "startxref\n", "startxref\n1"),
        "",
    );
}

#[test]
fn pitfall_11_trees_that_are_odd() {
    // A wrong /Count, inherited attributes, a turn that is negative.
    let mut pdf = Pdf::with(&["", ""], "", "");
    pdf.set(
        2,
        "<</Type/Pages/Count 77/Kids[40 0 R]/MediaBox[0 0 595 842]>>",
    );
    pdf.set(
        40,
        "<</Type/Pages/Parent 2 0 R/Count 1/Rotate 90/Kids[4 0 R 6 0 R]/Resources<</Font<</F 3 0 R>>>>>>",
    );
    pdf.set(4, "<</Type/Page/Parent 40 0 R/Contents 5 0 R>>");
    pdf.set(
        6,
        "<</Type/Page/Parent 40 0 R/Contents 7 0 R/Rotate -90/UserUnit 2>>",
    );
    let base = pdf.write(Xref::Table);
    let pages = open(&base).unwrap().info().unwrap().pages;
    assert_eq!(
        pages.iter().map(|page| page.rotate).collect::<Vec<_>>(),
        [90, 270]
    );
    assert!((pages[0].width_mm - 297.04).abs() < 0.1 && (pages[1].width_mm - 594.08).abs() < 0.2);
    let sealed = check_kept(&base);
    // A node without /Type, a null among the kids, and one that is not there.
    pdf.set(
        2,
        "<</Count 1/Kids[null 60 0 R 40 0 R]/MediaBox[0 0 595 842]>>",
    );
    judged_leniently(&pdf.write(Xref::Table), &[1, 2]);
    // What is inherited is not written into the page.
    assert!(!has(&sealed[base.len()..], "/MediaBox") && !has(&sealed[base.len()..], "/Rotate"));
}

#[test]
fn pitfall_11_a_page_that_is_listed_twice_is_sealed_once() {
    let mut pdf = Pdf::new(&[A4, A4]);
    pdf.set(2, "<</Type/Pages/Count 3/Kids[4 0 R 6 0 R 4 0 R]>>");
    let base = pdf.write(Xref::Table);
    // pyHanko compares no revisions of such a file, whoever signed it, and so sees one seal only.
    let bench = Bench::new();
    let sealed = bench.seal(&base, "one", &request(&[1, 2, 3]));
    let path = bench.file("judged.pdf", &sealed);
    bench.pdfsig(&path);
    bench.pyhanko(&path, 1);
    let sealed = bench.seal(&sealed, "two", &request(&[1, 2, 3]));
    bench.pdfsig(&bench.file("judged.pdf", &sealed));
    assert!(complaints(&sealed) <= complaints(&base));
    let widgets = sealed[base.len()..]
        .windows(15)
        .filter(|w| *w == b"/Subtype/Widget")
        .count();
    assert_eq!(widgets, 4, "two for each seal");
    assert!(
        open(&base)
            .unwrap()
            .info()
            .unwrap()
            .warnings
            .iter()
            .any(|it| it.contains("page 1 is listed more than once"))
    );
    // Two different marks cannot both be shown where each is meant.
    let mut marks = request(&[1, 3]);
    marks.marks[1].x_mm = 10.0;
    assert_eq!(
        open(&base).unwrap().prepare(&marks).unwrap_err().code(),
        "page_listed_twice"
    );
}

#[test]
fn pitfall_10_annotations_that_are_none() {
    let kinds = ["null", "(what)", "<<>>", "21 0 R", "22 0 R", "99 0 R"];
    let pages: Vec<String> = kinds.map(|kind| format!("{A4}/Annots {kind}")).to_vec();
    let mut pdf = Pdf::new(&pages.iter().map(String::as_str).collect::<Vec<_>>());
    pdf.set(21, "<</Odd true>>");
    pdf.set(22, "null");
    let base = pdf.write(Xref::Table);
    assert_eq!(opened(&base).repaired, None);
    judged(&base, &[1, 2, 3, 4, 5, 6]);
    // A list with something else than references is put in order, since pyHanko compares no other when the next seal
    // comes. The one that is not there stays.
    let odd = "[null 7 (x)<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>20 0 R]";
    for indirect in [false, true] {
        let annots = if indirect { "21 0 R" } else { odd };
        let mut pdf = Pdf::new(&[&format!("{A4}/Annots {annots}")]);
        pdf.set(20, "<</Type/Annot/Subtype/Link/Rect[9 9 20 20]>>");
        pdf.set(21, odd);
        let sealed = check_kept(&pdf.write(Xref::Table));
        let base = pdf.write(Xref::Table).len();
        assert!(has(&sealed[base..], " 0 R 20 0 R ") && !has(&sealed[base..], "(x)"));
    }
}

#[test]
fn pitfall_09_forms_that_are_none() {
    let file = |form: &str| {
        let mut pdf = Pdf::with(&[A4], &format!("/AcroForm {form}"), "");
        pdf.set(21, "(odd)");
        pdf.set(22, "<</Fields 99 0 R>>");
        pdf.write(Xref::Table)
    };
    for form in ["21 0 R", "<</Fields 21 0 R>>", "22 0 R"] {
        check_kept(&file(form));
    }
    for form in [
        "null",
        "(what)",
        "99 0 R",
        "<<>>",
        "<</Fields null>>",
        "<</Fields 7>>",
    ] {
        let base = file(form);
        assert_eq!(opened(&base).repaired, None, "{form}");
        let sealed = Bench::new().seal(&base, "one", &request(&[1]));
        assert_eq!(
            open(&sealed).unwrap().info().unwrap().signatures.len(),
            1,
            "{form}"
        );
    }
}

#[test]
fn pitfall_09_xfa_beside_real_fields() {
    let form = |catalog: &str, fields: &str| {
        let mut pdf = Pdf::with(
            &[A4],
            &format!("/AcroForm<</Fields[{fields}]/XFA[(template) 21 0 R]>>{catalog}"),
            "",
        );
        pdf.set(20, "<</FT/Tx/T(Name)/V(x)>>");
        pdf.set(21, "<</Length 3>>\nstream\n<x>\nendstream");
        pdf.write(Xref::Table)
    };
    let fixed = form("", "20 0 R");
    let warnings = open(&fixed).unwrap().info().unwrap().warnings;
    assert!(warnings.iter().any(|it| it.contains("XFA")), "{warnings:?}");
    let sealed = check_kept(&fixed);
    assert!(
        has(&sealed[fixed.len()..], "/XFA"),
        "the form is left as it was"
    );
    for dynamic in [form("/NeedsRendering true", "20 0 R"), form("", "")] {
        assert_eq!(
            open(&dynamic)
                .unwrap()
                .prepare(&request(&[1]))
                .unwrap_err()
                .code(),
            "xfa"
        );
    }
}

#[test]
fn pitfall_05_document_information_in_the_trailer_becomes_an_object() {
    let mut pdf = Pdf::new(&[A4]);
    pdf.trailer = "/Info<</Producer(direct)>>".to_owned();
    for xref in [Xref::Table, Xref::Stream] {
        let base = pdf.write(xref);
        let sealed = check_kept(&base);
        assert!(has(&sealed[base.len()..], "<</Producer(direct)>>\nendobj"));
    }
}

#[test]
fn pitfall_22_the_structure_tree_is_left_alone() {
    let mut pdf = Pdf::with(
        &[&format!("{A4}/StructParents 0/Tabs/S")],
        "/MarkInfo<</Marked true>>/StructTreeRoot 30 0 R/Lang(zh-CN)",
        "",
    );
    pdf.set(
        30,
        "<</Type/StructTreeRoot/K 31 0 R/ParentTree 32 0 R/ParentTreeNextKey 1>>",
    );
    pdf.set(31, "<</Type/StructElem/S/Document/P 30 0 R/K[]>>");
    pdf.set(32, "<</Nums[0[31 0 R]]>>");
    let base = pdf.write(Xref::Table);
    let sealed = check_kept(&base);
    for number in 30..33 {
        assert!(
            !has(&sealed[base.len()..], &format!("\n{number} 0 obj")),
            "{number}"
        );
    }
    assert!(!has(&sealed[base.len()..], "/StructParent "));
}

#[test]
fn pitfall_24_only_the_last_seal_covers_the_whole_file() {
    let sealed = judged(&Pdf::new(&[A4]).write(Xref::Table), &[1]);
    let report = open(&sealed)
        .unwrap()
        .verify(&pdf_seal::Policy::default())
        .unwrap();
    let covers: Vec<bool> = report
        .signatures
        .iter()
        .map(|it| it.covers_whole_file)
        .collect();
    assert_eq!(covers, [false, true]);
}

#[test]
fn pitfall_26_repair_is_bounded() {
    use std::time::{Duration, Instant};
    let hostile: [Vec<u8>; 7] = [
        b"1 0 obj<</A 1>>stream ".repeat(40_000),
        b"1 0 obj %".repeat(100_000),
        b"1 0 obj[".repeat(100_000),
        b"1 0 obj(".repeat(100_000),
        b"1 0 obj<</Length 2 0 R>>stream\n".repeat(30_000),
        b"trailer<<".repeat(3_000),
        b"0 obj ".repeat(200_000),
    ];
    for noise in hostile {
        let begin = Instant::now();
        let file = [b"%PDF-1.7\n".as_slice(), &noise].concat();
        assert!(Document::open_or_repair(source(&file), None).is_err());
        assert!(
            begin.elapsed() < Duration::from_secs(20),
            "{}",
            String::from_utf8_lossy(&noise[..9])
        );
    }
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
