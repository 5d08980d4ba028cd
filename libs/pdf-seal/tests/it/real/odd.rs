//! Files that are odd and sound.

use super::*;

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
