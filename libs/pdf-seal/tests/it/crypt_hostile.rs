//! Encryption dictionaries that lie: bounded work, a refusal or a sound file, never a panic.

use std::time::{Duration, Instant};

use pdf_seal::Policy;
use proptest::prelude::*;

use crate::build::{A4, Pdf, Xref};
use crate::crypt::{encrypted, kind, open_with, subject};
use crate::judge::{Bench, open, request};

/// A file with this encryption dictionary, though nothing in it is encrypted.
fn with(dictionary: &str) -> Vec<u8> {
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(40, dictionary);
    pdf.trailer = "/Encrypt 40 0 R/ID[<00><00>]".to_owned();
    pdf.write(Xref::Table)
}

fn check(dictionary: &str, code: &str) {
    let begin = Instant::now();
    let refusal = open(&with(dictionary)).expect_err(code);
    assert_eq!(refusal.code(), code, "{dictionary}: {refusal}");
    assert!(begin.elapsed() < Duration::from_secs(2));
}

#[test]
fn other_handlers_are_refused_with_the_reason() {
    check(
        "<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4>>",
        "encrypted_unsupported",
    );
    check("<</Filter/FoxitRMS/V 4>>", "encrypted_unsupported");
    check("<</V 4/R 4>>", "encrypted_unsupported");
    check("null", "encrypted_unsupported");
    check("42", "encrypted_unsupported");
    for (version, revision) in [
        (0, 2),
        (3, 3),
        (6, 7),
        (5, 4),
        (2, 6),
        (-1, -1),
        (4, 99_999_999_999_i64),
    ] {
        check(
            &format!("<</Filter/Standard/V {version}/R {revision}>>"),
            "encrypted_unsupported",
        );
    }
    let text = open(&with("<</Filter/Adobe.PubSec/V 4>>"))
        .unwrap_err()
        .to_string();
    assert!(
        text.contains("Adobe.PubSec") && text.contains("save it without encryption"),
        "{text}"
    );
}

#[test]
fn malformed_dictionaries_are_refused() {
    let (zero, long) = ("00".repeat(32), "00".repeat(48));
    let legacy = |more: &str| format!("<</Filter/Standard/V 2/R 3/O<{zero}>/U<{zero}>{more}>>");
    check(&legacy(""), "damaged");
    check(&legacy("/P(no number)"), "damaged");
    check(&legacy("/P 0.5"), "damaged");
    check(&legacy("/P 1e99"), "damaged");
    for length in [
        "0",
        "-8",
        "8",
        "41",
        "99999999999999",
        "2147483648",
        "(40)",
        "128.0",
    ] {
        check(
            &legacy(&format!("/P -4/Length {length}")),
            "password_needed",
        );
    }
    for p in [
        "-4.0",
        "4294967292",
        "-99999999999999",
        "9223372036854775807",
    ] {
        check(&legacy(&format!("/P {p}")), "password_needed");
    }
    check("<</Filter/Standard/V 2/R 3/P -4/O<00>/U<00>>>", "damaged");
    check(
        &format!("<</Filter/Standard/V 2/R 3/P -4/O<{zero}>/U/Name>>"),
        "damaged",
    );
    check(
        &format!("<</Filter/Standard/V 5/R 6/P -4/O<{zero}>/U<{zero}>>>"),
        "damaged",
    );
    check(
        &format!("<</Filter/Standard/V 5/R 6/P -4/O<{long}>/U<{long}>/OE<00>/UE<{zero}>>>"),
        "damaged",
    );
    let modern = |more: &str| {
        format!("<</Filter/Standard/V 5/R 6/P -4/O<{long}>/U<{long}>/OE<{zero}>/UE<{zero}>{more}>>")
    };
    check(
        &modern("/CF<</StdCF<</CFM/AESV3>>>>/StmF/StdCF/StrF/StdCF"),
        "password_needed",
    );
    // A filter of another version, none at all, and one that is not there.
    check(
        &modern("/CF<</StdCF<</CFM/AESV2>>>>/StmF/StdCF/StrF/StdCF"),
        "encrypted_unsupported",
    );
    check(
        &modern("/CF<</StdCF 41 0 R>>/StmF/StdCF/StrF/StdCF"),
        "encrypted_unsupported",
    );
    check(&modern("/StmF/StdCF/StrF/StdCF"), "encrypted_unsupported");
}

#[test]
fn a_dictionary_in_an_object_stream_is_refused() {
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(40, "<</Filter/Standard/V 2/R 3>>");
    pdf.trailer = "/Encrypt 40 0 R/ID[<00><00>]".to_owned();
    assert_eq!(
        open(&pdf.write(Xref::Stream)).unwrap_err().code(),
        "damaged"
    );
}

/// Where only attachments are encrypted everything that is sealed is plain.
#[test]
fn a_file_with_encrypted_attachments_alone_needs_no_password() {
    let zero = "00".repeat(32);
    let pdf = with(&format!(
        "<</Filter/Standard/V 4/R 4/P -4/O<{zero}>/U<{zero}>/CF<</StdCF<</CFM/AESV2/AuthEvent/EFOpen>>>>/StmF/Identity/StrF/Identity/EFF/StdCF>>"
    ));
    let document = open(&pdf).unwrap();
    assert_eq!(document.info().unwrap().encryption.unwrap().method, "none");
    let bench = Bench::new();
    let sealed = bench.seal(&pdf, "one", &request(&[1]));
    assert_eq!(open(&sealed).unwrap().unseal().unwrap(), pdf.len() as u64);
    assert_eq!(
        open_with(&pdf, "wrong").unwrap_err().code(),
        "password_wrong"
    );
}

#[test]
fn a_file_with_an_integrity_code_is_read_but_not_sealed() {
    let zero = "00".repeat(32);
    let mut pdf = Pdf::new(&[A4]);
    pdf.trailer = format!(
        "/AuthCode<</MACLocation/Standalone>>/Encrypt<</Filter/Standard/V 4/R 4/P -4/O<{zero}>/U<{zero}>/StmF/Identity/StrF/Identity>>/ID[<00><00>]"
    );
    let document = open(&pdf.write(Xref::Table)).unwrap();
    assert_eq!(
        document.prepare(&request(&[1])).unwrap_err().code(),
        "encrypted_unsupported"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Bytes of an encrypted file replaced: refused or sound, in bounded time.
    #[test]
    fn fuzz_encrypted_files(which in 0_usize..4, edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let begin = Instant::now();
        let mut pdf = SUBJECTS[which].clone();
        for (at, byte) in edits {
            let at = at.index(pdf.len());
            pdf[at] = byte;
        }
        if let Ok(document) = open_with(&pdf, "user") {
            let _ = document.info();
            let _ = document.unseal();
            let _ = document.verify(&Policy::default());
            if let Ok(prepared) = document.prepare(&request(&[1])) {
                let sealed = [pdf.as_slice(), prepared.increment()].concat();
                prop_assert!(open_with(&sealed, "user").unwrap().info().is_ok());
            }
        }
        prop_assert!(begin.elapsed() < Duration::from_secs(10));
    }
}

static SUBJECTS: std::sync::LazyLock<Vec<Vec<u8>>> = std::sync::LazyLock::new(|| {
    let bench = Bench::new();
    let kinds = [
        ("rc4-40", Xref::Table),
        ("rc4-128-v4", Xref::Stream),
        ("aes-128", Xref::Stream),
        ("aes-256", Xref::Table),
    ];
    kinds
        .map(|(name, xref)| {
            encrypted(
                &bench,
                &subject().write(xref),
                ["user", "owner"],
                kind(name),
            )
        })
        .to_vec()
});
