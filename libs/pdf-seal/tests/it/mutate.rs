//! Flipped bytes never panic and cost bounded time; whatever still opens is sealed or refused.

use std::time::{Duration, Instant};

use pdf_seal::Policy;
use proptest::prelude::*;

use crate::build::{A4, Pdf, Xref};
use crate::judge::{open, request};

fn subjects() -> Vec<Vec<u8>> {
    let mut pdf = Pdf::with(
        &["/MediaBox[0 0 595 842]/Annots 21 0 R", A4],
        "/AcroForm 22 0 R",
        "/Rotate 90",
    );
    pdf.set(20, "<</FT/Sig/T(Old)/V 23 0 R>>");
    pdf.set(21, "[20 0 R]");
    pdf.set(22, "<</Fields[20 0 R]/SigFlags 1>>");
    pdf.set(
        23,
        "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>/M(D:2026)>>",
    );
    [Xref::Table, Xref::Stream, Xref::Hybrid]
        .map(|xref| pdf.write(xref))
        .to_vec()
}

/// Everything that reads the file.
fn exercise(pdf: &[u8]) {
    let begin = Instant::now();
    if let Ok(document) = open(pdf) {
        let _ = document.info();
        let _ = document.unseal();
        let _ = document.verify(&Policy::default());
        if let Ok(prepared) = document.prepare(&request(&[1])) {
            let mut sealed = Vec::new();
            prepared.write_to(&mut sealed).unwrap();
            // Whatever was sealed opens again.
            open(&sealed).unwrap().info().unwrap();
        }
    }
    assert!(begin.elapsed() < Duration::from_secs(5));
}

#[test]
fn fuzz_every_byte_replaced_in_turn() {
    for subject in subjects() {
        for at in 0..subject.len() {
            for byte in [0, b'0', b'9', b'<', b'/', 0xff] {
                let mut changed = subject.clone();
                changed[at] = byte;
                exercise(&changed);
            }
        }
    }
}

#[test]
fn fuzz_every_cut() {
    for subject in subjects() {
        for len in 0..subject.len() {
            exercise(&subject[..len]);
        }
    }
}

#[test]
fn fuzz_deep_and_wide_objects() {
    let deep = |open: &str, count: usize| format!("<</Type/Pages/Kids{}", open.repeat(count));
    for body in [
        deep("[", 1_000_000),
        deep("<</A", 1_000_000),
        deep("(", 1_000_000),
        deep("[0 ", 700_000),
    ] {
        let mut pdf = Pdf::new(&[A4]);
        pdf.set(2, body);
        exercise(&pdf.write(Xref::Table));
    }
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(
        2,
        format!("<</Type/Pages/Kids[{}]>>", "2 0 R ".repeat(100_000)),
    );
    exercise(&pdf.write(Xref::Table));
    pdf.set(
        2,
        format!("<</Type/Pages/Kids[{}]>>", "4 0 R ".repeat(100_000)),
    );
    exercise(&pdf.write(Xref::Table));
}

#[test]
fn fuzz_a_tree_that_multiplies() {
    // Every node lists the next one ten times: ten to the thirtieth pages without a loop.
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(2, format!("<</Type/Pages/Kids[{}]>>", "40 0 R ".repeat(10)));
    for number in 40..70 {
        pdf.set(
            number,
            format!(
                "<</Type/Pages/Kids[{}]>>",
                format!("{} 0 R ", number + 1).repeat(10)
            ),
        );
    }
    pdf.set(70, "<</Type/Page>>");
    let begin = Instant::now();
    assert_eq!(open(&pdf.write(Xref::Table)).unwrap_err().code(), "limits");
    assert!(begin.elapsed() < Duration::from_secs(20));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn fuzz_several_changes(
        which in 0_usize..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut pdf = subjects().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(pdf.len());
            pdf[at] = byte;
        }
        exercise(&pdf);
    }

    #[test]
    fn fuzz_noise_behind_a_header(noise in prop::collection::vec(any::<u8>(), 0..2000)) {
        exercise(&[b"%PDF-1.7\n".as_slice(), &noise, b"\nstartxref\n9\n%%EOF"].concat());
    }
}
