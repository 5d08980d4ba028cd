//! Damaged files that are written anew before their first seal, and those that are read as they are.

use super::*;

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
    check_repaired(&moved, "is not there or not whole");
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
