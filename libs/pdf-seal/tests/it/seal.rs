//! Three seals one after another by two signers on every class of file, judged after the last on all.

use std::process::Command;

use pdf_seal::{MultiPage, Request};

use crate::build::{A4, Pdf, Xref};
use crate::judge::{Bench, request, run};

fn check_three(pdf: Vec<u8>, multi_page: MultiPage, signatures: usize) {
    let bench = Bench::new();
    let mut sealed = pdf;
    for (who, pages) in [
        ("one", &[1, 2, 3, 4][..]),
        ("two", &[1, 2, 3]),
        ("one", &[2]),
    ] {
        sealed = bench.seal(
            &sealed,
            who,
            &Request {
                multi_page,
                ..request(pages)
            },
        );
    }
    bench.judge(&sealed, signatures);
}

fn four_pages() -> Pdf {
    Pdf::new(&[
        A4,
        A4,
        "/MediaBox[0 0 842 595]",
        "/MediaBox[0 0 595 842]/Rotate 90",
    ])
}

fn linearized() -> Vec<u8> {
    let bench = Bench::new();
    let plain = bench.file("plain.pdf", &four_pages().write(Xref::Table));
    let out = bench.path("linearized.pdf");
    run(Command::new("qpdf").arg("--linearize").arg(plain).arg(&out));
    std::fs::read(out).unwrap()
}

#[test]
fn kids_v_three_times_on_a_table_file() {
    check_three(four_pages().write(Xref::Table), MultiPage::KidsV, 3);
}

#[test]
fn kids_v_three_times_on_a_stream_file() {
    check_three(four_pages().write(Xref::Stream), MultiPage::KidsV, 3);
}

#[test]
fn kids_v_three_times_on_a_hybrid_file() {
    check_three(four_pages().write(Xref::Hybrid), MultiPage::KidsV, 3);
}

#[test]
fn kids_v_three_times_on_a_linearized_file() {
    check_three(linearized(), MultiPage::KidsV, 3);
}

#[test]
fn kids_v_three_times_on_a_linearized_stream_file() {
    let bench = Bench::new();
    let plain = bench.file("plain.pdf", &four_pages().write(Xref::Table));
    let out = bench.path("linearized.pdf");
    run(Command::new("qpdf")
        .args(["--linearize", "--object-streams=generate"])
        .arg(plain)
        .arg(&out));
    check_three(std::fs::read(out).unwrap(), MultiPage::KidsV, 3);
}

#[test]
fn shared_v_three_times_is_a_signature_for_each_page() {
    check_three(
        four_pages().write(Xref::Table),
        MultiPage::SharedV,
        4 + 3 + 1,
    );
}

#[test]
fn kids_v1_three_times_is_judged_by_pyhanko() {
    let bench = Bench::new();
    let mut sealed = four_pages().write(Xref::Stream);
    for who in ["one", "two", "one"] {
        let request = Request {
            multi_page: MultiPage::KidsV1,
            ..request(&[1, 2, 3, 4])
        };
        sealed = bench.seal(&sealed, who, &request);
    }
    let path = bench.file("judged.pdf", &sealed);
    bench.qpdf(&path);
    bench.pyhanko(&path, 3);
}

#[test]
fn an_invisible_signature_and_a_visible_one_after_it() {
    let bench = Bench::new();
    let sealed = bench.seal(
        &four_pages().write(Xref::Table),
        "one",
        &Request { ..request(&[]) },
    );
    let sealed = bench.seal(&sealed, "two", &request(&[1]));
    bench.judge(&sealed, 2);
}

#[test]
fn two_hundred_pages_twice() {
    let bench = Bench::new();
    let pages: Vec<u32> = (1..=200).collect();
    let mut sealed = Pdf::new(&[A4; 200]).write(Xref::Stream);
    for who in ["one", "two"] {
        sealed = bench.seal(&sealed, who, &request(&pages));
    }
    bench.judge(&sealed, 2);
}
