//! The pitfalls of appending to other people's files, one test for each.

use pdf_seal::{Document, MultiPage, Request};

use crate::build::{A4, Pdf, Xref, startxref};
use crate::judge::{Bench, open, request, signed_bytes};

/// The increment of a seal on `pages`, as text.
fn increment(pdf: &[u8], pages: &[u32]) -> String {
    let prepared = open(pdf).unwrap().prepare(&request(pages)).unwrap();
    String::from_utf8_lossy(prepared.increment()).into_owned()
}

/// Which objects of the base were written again.
fn rewritten(pdf: &Pdf, xref: Xref, pages: &[u32]) -> Vec<u32> {
    let text = increment(&pdf.write(xref), pages);
    let heads = text.lines().filter_map(|line| line.strip_suffix(" 0 obj"));
    let mut numbers: Vec<u32> = heads
        .filter_map(|number| number.parse().ok())
        .filter(|number| pdf.objects.contains_key(number))
        .collect();
    numbers.sort_unstable();
    numbers
}

/// Seals and asks every judge.
fn judged(pdf: &Pdf, xref: Xref, pages: &[u32]) -> Vec<u8> {
    let bench = Bench::new();
    let first = bench.seal(&pdf.write(xref), "one", &request(pages));
    let second = bench.seal(&first, "two", &request(pages));
    bench.judge(&second, 2);
    second
}

#[test]
fn pitfall_01_and_02_the_section_is_of_the_kind_of_the_file() {
    let pdf = Pdf::new(&[A4]);
    for (xref, has_table) in [
        (Xref::Table, true),
        (Xref::Hybrid, true),
        (Xref::Stream, false),
    ] {
        let text = increment(&pdf.write(xref), &[1]);
        assert_eq!(text.contains("\nxref\n"), has_table, "{xref:?}");
        assert_eq!(text.contains("/Type/XRef"), !has_table, "{xref:?}");
        assert!(!text.contains("XRefStm"), "{xref:?}");
    }
}

#[test]
fn pitfall_03_prev_is_what_startxref_says_and_lines_end() {
    for xref in [Xref::Table, Xref::Stream, Xref::Hybrid] {
        let mut base = Pdf::new(&[A4]).write(xref);
        let start = startxref(&base);
        assert!(
            increment(&base, &[1]).contains(&format!("/Prev {start}")),
            "{xref:?}"
        );
        assert!(!increment(&base, &[1]).starts_with('\n'));
        base.truncate(base.len() - 1);
        assert!(increment(&base, &[1]).starts_with('\n'));
    }
}

#[test]
fn pitfall_03_junk_before_the_header_whichever_way_offsets_count() {
    let bench = Bench::new();
    let plain = Pdf::new(&[A4]).write(Xref::Table);
    // Offsets from the header: junk put before a finished file.
    let relative = [b"HTTP junk\r\n\r\n".as_slice(), &plain].concat();
    let sealed = bench.seal(&relative, "one", &request(&[1]));
    bench.qpdf(&bench.file("junk.pdf", &sealed));
    bench.pdfsig(&bench.file("junk.pdf", &sealed));
    assert_eq!(
        open(&sealed).unwrap().unseal().unwrap(),
        relative.len() as u64
    );
    // Offsets from the beginning of the file: a writer that knew of its junk.
    let pdf = Pdf::new(&[A4]);
    let absolute = pdf.append_table(b"junk\n%PDF-1.7\n".to_vec(), None);
    let sealed = bench.seal(&absolute, "one", &request(&[1]));
    assert_eq!(
        open(&sealed).unwrap().unseal().unwrap(),
        absolute.len() as u64
    );
}

#[test]
fn pitfall_04_sizes_and_numbers() {
    let mut pdf = Pdf::new(&[A4]);
    // The table ends at 90, the trailer says more: nothing below either is used again.
    pdf.set(90, "<<>>");
    pdf.trailer = String::new();
    let text = increment(&pdf.write(Xref::Table), &[1]);
    assert!(text.starts_with("91 0 obj") || text.contains("\n91 0 obj"));
    assert!(!text.contains("\n90 0 obj") && !text.contains("\n10 0 obj"));
    // An older revision knew 90, the newest trailer claims a size of 7.
    let base = pdf.write(Xref::Table);
    let small = Pdf::new(&[A4]);
    let revised = small.append_table(base.clone(), Some(startxref(&base)));
    let text = increment(&revised, &[1]);
    assert!(text.starts_with("91 0 obj") || text.contains("\n91 0 obj"));
}

#[test]
fn pitfall_04_generations_are_kept() {
    let base = Pdf::new(&[A4]).write(Xref::Table);
    let text = String::from_utf8_lossy(&base).into_owned();
    assert!(text.contains("4 0 obj"));
    let edit = |bytes: Vec<u8>, from: &str, to: &str| {
        let at = bytes
            .windows(from.len())
            .position(|w| w == from.as_bytes())
            .unwrap();
        [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
    };
    let edited = edit(base, "4 0 obj", "4 3 obj");
    let edited = edit(edited, "/Kids[4 0 R", "/Kids[4 3 R");
    let at = edited.windows(6).position(|w| w == b"\n4 1\n0").unwrap();
    let mut edited = edited;
    edited[at + 16..at + 21].copy_from_slice(b"00003");
    let text = increment(&edited, &[1]);
    assert!(
        text.contains("\n4 3 obj") || text.starts_with("4 3 obj"),
        "{text}"
    );
    assert!(text.contains("/P 4 3 R"));
    assert!(text.contains(" 00003 n\r\n"));
}

#[test]
fn pitfall_05_the_trailer_carries_what_belongs_to_the_document() {
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(30, "<</Producer(test)>>");
    pdf.trailer = "/Info 30 0 R/ID[<AABB><CCDD>]/Private 1".to_owned();
    for xref in [Xref::Table, Xref::Stream, Xref::Hybrid] {
        let text = increment(&pdf.write(xref), &[1]);
        let at = text.rfind("/Root").unwrap();
        let trailer = &text[at..];
        assert!(
            trailer.contains("/Info 30 0 R") && trailer.contains("/ID[<AABB><"),
            "{xref:?} {trailer}"
        );
        assert!(
            !trailer.contains("CCDD") && !trailer.contains("Private"),
            "{xref:?}"
        );
        assert!(
            !trailer.contains("DecodeParms") && !trailer.contains("/W[1 3 1]"),
            "{xref:?}"
        );
    }
}

#[test]
fn pitfall_06_table_entries_have_twenty_bytes_and_are_sorted() {
    let text = increment(&Pdf::new(&[A4; 20]).write(Xref::Table), &[1, 5, 6, 20]);
    let table = &text[text.find("\nxref\n").unwrap() + 6..text.find("trailer").unwrap()];
    let mut last = 0;
    let mut lines = table.split_inclusive('\n');
    while let Some(head) = lines.next() {
        let (first, count) = head.trim_end().split_once(' ').unwrap();
        let (first, count): (u32, u32) = (first.parse().unwrap(), count.parse().unwrap());
        assert!(first > last, "sorted, and runs are merged");
        last = first + count;
        for _ in 0..count {
            assert_eq!(lines.next().unwrap().len(), 20);
        }
    }
}

#[test]
fn pitfall_08_objects_from_object_streams_become_plain_ones() {
    let sealed = judged(&Pdf::new(&[A4, A4]), Xref::Stream, &[1, 2]);
    assert!(sealed.windows(8).any(|w| w == b"\n4 0 obj"));
}

#[test]
fn pitfall_09_the_form_absent() {
    assert_eq!(rewritten(&Pdf::new(&[A4]), Xref::Table, &[1]), [1, 4]);
    judged(&Pdf::new(&[A4]), Xref::Stream, &[1]);
}

#[test]
fn pitfall_09_the_form_direct() {
    let mut pdf = Pdf::with(
        &[A4],
        "/AcroForm<</Fields[20 0 R]/NeedAppearances true>>",
        "",
    );
    pdf.set(20, "<</FT/Tx/T(Name)/V(x)>>");
    assert_eq!(rewritten(&pdf, Xref::Table, &[1]), [1, 4]);
    let sealed = judged(&pdf, Xref::Table, &[1]);
    // Left as it was, but told.
    assert!(!open(&sealed).unwrap().info().unwrap().warnings.is_empty());
}

#[test]
fn pitfall_09_the_form_indirect() {
    let mut pdf = Pdf::with(&[A4], "/AcroForm 21 0 R", "");
    pdf.set(21, "<</Fields[]/DA(/Helv 0 Tf)>>");
    for xref in [Xref::Table, Xref::Stream, Xref::Hybrid] {
        assert_eq!(rewritten(&pdf, xref, &[1]), [4, 21]);
        judged(&pdf, xref, &[1]);
    }
}

#[test]
fn pitfall_09_the_fields_indirect() {
    let mut pdf = Pdf::with(&[A4], "/AcroForm 21 0 R", "");
    pdf.set(21, "<</Fields 22 0 R/SigFlags 3>>");
    pdf.set(22, "[ ]");
    assert_eq!(rewritten(&pdf, Xref::Table, &[1]), [4, 22]);
    judged(&pdf, Xref::Table, &[1]);
}

#[test]
fn pitfall_10_annotations_inline_indirect_and_shared() {
    let link = "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>";
    let mut inline = Pdf::new(&["/MediaBox[0 0 595 842]/Annots[20 0 R]"]);
    inline.set(20, link);
    assert_eq!(rewritten(&inline, Xref::Table, &[1]), [1, 4]);
    judged(&inline, Xref::Table, &[1]);
    let mut indirect = Pdf::new(&["/MediaBox[0 0 595 842]/Annots 21 0 R"]);
    indirect.set(20, link);
    indirect.set(21, "[20 0 R]");
    assert_eq!(rewritten(&indirect, Xref::Table, &[1]), [1, 21]);
    judged(&indirect, Xref::Stream, &[1]);
    let page = "/MediaBox[0 0 595 842]/Annots 21 0 R";
    let mut shared = Pdf::new(&[page, page]);
    shared.set(20, link);
    shared.set(21, "[20 0 R]");
    // The page gets a list of its own; the shared one stays, so that page 2 does not show the seal of page 1.
    assert_eq!(rewritten(&shared, Xref::Table, &[1]), [1, 4]);
    let sealed = judged(&shared, Xref::Table, &[1]);
    assert!(String::from_utf8_lossy(&sealed).contains("/Annots [20 0 R "));
}

#[test]
fn pitfall_12_signature_flags_are_added_to() {
    let pdf = Pdf::with(&[A4], "/AcroForm<</Fields[]/SigFlags 4>>", "").write(Xref::Table);
    assert!(increment(&pdf, &[1]).contains("/SigFlags 7"));
    let pdf = Pdf::with(&[A4], "/AcroForm<</Fields[]>>", "").write(Xref::Table);
    assert!(increment(&pdf, &[1]).contains("/SigFlags 3"));
}

#[test]
fn pitfall_14_the_range_is_exact_and_a_signature_that_is_too_large_fails_cleanly() {
    let base = Pdf::new(&[A4]).write(Xref::Table);
    let mut prepared = open(&base).unwrap().prepare(&request(&[1])).unwrap();
    let [start, first, second, length] = prepared.byte_range();
    let whole = [base.as_slice(), prepared.increment()].concat();
    assert_eq!((start, second + length), (0, whole.len() as u64));
    let hole = &whole[usize::try_from(first).unwrap()..usize::try_from(second).unwrap()];
    assert!(hole.starts_with(b"<00") && hole.ends_with(b"00>") && hole.len() == 4096 * 2 + 2);
    let before = prepared.increment().to_vec();
    assert!(prepared.embed(&vec![1; 4097]).is_err());
    assert_eq!(prepared.increment(), before);
    prepared.embed(&vec![0xab; 4096]).unwrap();
    prepared.embed(&[0x30, 0x01]).unwrap();
    assert!(String::from_utf8_lossy(prepared.increment()).contains("/Contents<30010000"));
}

#[test]
fn pitfall_14_digests_in_one_pass_or_from_a_kept_state() {
    use pdf_seal::DigestAlgorithm::{Sha256, Sm3};
    use sha2::Digest as _;
    let base = Pdf::new(&[A4]).write(Xref::Table);
    let mut prepared = open(&base).unwrap().prepare(&request(&[1])).unwrap();
    let signed = signed_bytes(&base, &prepared);
    assert_eq!(
        prepared.digest(Sha256),
        sha2::Sha256::digest(&signed).to_vec()
    );
    assert_eq!(prepared.digest(Sm3), sm3::Sm3::digest(&signed).to_vec());
    for algorithm in [Sha256, Sm3] {
        let state = prepared.base_midstate(algorithm);
        assert_eq!(
            prepared.digest_from(&state).unwrap(),
            prepared.digest(algorithm)
        );
        prepared.embed(&[0x30, 0x00]).unwrap();
        let next = prepared.next_midstate(&state).unwrap();
        let mut sealed = Vec::new();
        prepared.write_to(&mut sealed).unwrap();
        let again = open(&sealed).unwrap().prepare(&request(&[1])).unwrap();
        assert_eq!(again.digest_from(&next).unwrap(), again.digest(algorithm));
        assert!(again.digest_from(&state).is_err());
    }
}

#[test]
fn pitfall_21_names_are_unique_and_texts_are_text_strings() {
    let mut pdf = Pdf::with(&[A4], "/AcroForm<</Fields[20 0 R 21 0 R]>>", "");
    pdf.set(20, "<</FT/Tx/T(Seal_1)>>");
    pdf.set(21, "<</FT/Tx/T<FEFF005300650061006C005F0032>>>");
    let text = increment(&pdf.write(Xref::Table), &[1]);
    assert!(text.contains("/T(Seal_3)"), "{text}");
    assert!(
        text.contains("/Name<FEFF4E928FDE6D4B8BD5>") && text.contains("/Reason(Test \\(seal\\))")
    );
}

#[test]
fn pitfall_21_a_name_is_free_whatever_is_below_and_has_no_dot() {
    let bench = Bench::new();
    // Names that a field has by its parent, and one that only looks like ours.
    let mut pdf = Pdf::with(&[A4], "/AcroForm<</Fields[20 0 R 22 0 R]>>", "");
    pdf.set(20, "<</T(Seal_1)/Kids[21 0 R]>>");
    pdf.set(21, "<</FT/Tx/T(a)/Parent 20 0 R>>");
    pdf.set(22, "<</FT/Tx/T(Seal_2)>>");
    let mut sealed = pdf.write(Xref::Table);
    for who in ["one", "two", "one"] {
        sealed = bench.seal(&sealed, who, &request(&[1]));
    }
    bench.judge(&sealed, 3);
    let names: Vec<String> = open(&sealed)
        .unwrap()
        .info()
        .unwrap()
        .signatures
        .into_iter()
        .map(|signature| signature.field)
        .collect();
    let mut unique = names.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), 3, "{names:?}");
    for name in &names {
        assert!(
            !name.contains('.') && !["Seal_1", "Seal_2"].contains(&name.as_str()),
            "{names:?}"
        );
    }
}

#[test]
fn pitfall_25_a_thousand_kids_in_one_field() {
    let bench = Bench::new();
    let pages: Vec<u32> = (1..=1000).collect();
    let base = Pdf::new(&[A4; 1000]).write(Xref::Table);
    let kids = Request {
        multi_page: MultiPage::KidsV,
        ..request(&pages)
    };
    let sealed = bench.seal(&base, "one", &kids);
    let path = bench.file("judged.pdf", &sealed);
    bench.qpdf(&path);
    bench.pyhanko(&path, 1);
    let sealed = bench.seal(&sealed, "two", &request(&pages));
    let path = bench.file("judged.pdf", &sealed);
    bench.qpdf(&path);
    bench.pyhanko(&path, 2);
}

#[test]
fn pitfall_25_long_files_cost_readers_of_widgets_one_walk() {
    let bench = Bench::new();
    let check = |count: usize, kind, signatures: usize| {
        let pages: Vec<u32> = (1..=u32::try_from(count).unwrap()).collect();
        let base = Pdf::new(&vec![A4; count]).write(Xref::Table);
        let wish = Request {
            multi_page: kind,
            ..request(&pages)
        };
        let sealed = bench.seal(&base, "one", &wish);
        assert_eq!(
            signed_widgets(&bench, &sealed),
            signatures,
            "{count} {kind:?}"
        );
    };
    // Such a reader hashes the file for every widget with a signature.
    check(40, MultiPage::Auto, 40);
    check(40, MultiPage::KidsV1, 1);
    check(201, MultiPage::Auto, 1);
}

/// How many widgets `pdfsig` takes for a signature of their own.
fn signed_widgets(bench: &Bench, pdf: &[u8]) -> usize {
    let path = bench.file("widgets.pdf", pdf);
    let output = crate::judge::run(
        std::process::Command::new("pdfsig")
            .arg("-nocert")
            .arg(path),
    );
    let report = crate::judge::text(&output);
    report
        .lines()
        .filter(|line| line.contains("Signature is Valid"))
        .count()
}

#[test]
fn pitfall_23_only_page_form_and_catalog_are_touched() {
    let mut pdf = Pdf::with(&[A4, A4], "/Metadata 30 0 R/Version/1.7", "");
    let metadata = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"></x:xmpmeta>";
    pdf.set(
        30,
        format!(
            "<</Type/Metadata/Subtype/XML/Length {}>>\nstream\n{metadata}\nendstream",
            metadata.len()
        ),
    );
    pdf.set(31, "<</Producer(test)>>");
    pdf.trailer = "/Info 31 0 R".to_owned();
    assert_eq!(rewritten(&pdf, Xref::Table, &[2]), [1, 6]);
    judged(&pdf, Xref::Table, &[2]);
}

#[test]
fn several_revisions_before_the_seal() {
    let bench = Bench::new();
    let mut file = Pdf::new(&[A4]).write(Xref::Table);
    for turn in 0..3 {
        let mut change = Pdf::default();
        let text = format!("BT /F 20 Tf 50 {} Td (revision) Tj ET", 100 + 50 * turn);
        change.set(
            5,
            format!("<</Length {}>>\nstream\n{text}\nendstream", text.len()),
        );
        change.set(6, "null");
        let prev = startxref(&file);
        file = change.append_table(file, Some(prev));
    }
    assert_eq!(open(&file).unwrap().info().unwrap().sections, 4);
    let sealed = bench.seal(
        &bench.seal(&file, "one", &request(&[1])),
        "two",
        &request(&[1]),
    );
    bench.judge(&sealed, 2);
}

#[test]
fn the_private_record_tells_own_seals() {
    let bench = Bench::new();
    let base = Pdf::new(&[A4]).write(Xref::Table);
    let sealed = bench.seal(
        &base,
        "one",
        &Request {
            seal_tag: Some(b"seal 7".to_vec()),
            ..request(&[1])
        },
    );
    let document: Document = open(&sealed).unwrap();
    let signature = &document.info().unwrap().signatures[0];
    assert_eq!(signature.field, "Seal_1");
    assert_eq!(signature.own_base_len, Some(base.len() as u64));
    assert_eq!(signature.seal_tag.as_deref(), Some(b"seal 7".as_slice()));
    assert_eq!(signature.claimed_time, Some(1_795_477_310));
    assert_eq!(signature.covered_len, Some(sealed.len() as u64));
    bench.judge(&sealed, 1);
}
