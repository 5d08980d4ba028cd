//! Encrypted files of every kind: sealed twice, judged with their password, un-sealed.

use std::process::Command;
use std::sync::Arc;

use pdf_seal::{Document, Integrity, Policy, Refusal, Request};

use crate::build::{A4, Pdf, Xref};
use crate::judge::{Bench, request, run, signed_bytes, text};

/// How `qpdf` is to encrypt, without passwords: `--encrypt USER OWNER` and then these.
pub(crate) const KINDS: [(&str, &[&str]); 9] = [
    ("rc4-40", &["40"]),
    ("rc4-128", &["128"]),
    ("rc4-128-v4", &["128", "--force-V4"]),
    (
        "rc4-128-v4-plain-metadata",
        &["128", "--force-V4", "--cleartext-metadata"],
    ),
    ("aes-128", &["128", "--use-aes=y"]),
    (
        "aes-128-plain-metadata",
        &["128", "--use-aes=y", "--cleartext-metadata"],
    ),
    ("aes-256", &["256"]),
    ("aes-256-plain-metadata", &["256", "--cleartext-metadata"]),
    ("aes-256-r5", &["256", "--force-R5"]),
];

/// A file in which strings stand wherever a seal has to write something again: in a page, in a list of annotations that
/// two pages share, in the catalog and in the form.
pub(crate) fn subject() -> Pdf {
    let first = format!("{A4}/Annots[34 0 R]/PieceInfo<</Own<</Private(of a page)>>>>");
    let shared = format!("{A4}/Annots 30 0 R");
    let catalog = "/AcroForm 31 0 R/Lang(zh-CN)/Metadata 33 0 R";
    let mut pdf = Pdf::with(&[&first, &shared, &shared], catalog, "");
    pdf.set(30, "[34 0 R]");
    pdf.set(31, "<</Fields[32 0 R]/DA(/Helv 0 Tf)/SigFlags 0>>");
    pdf.set(32, "<</FT/Tx/T(Name)/V(somebody)>>");
    let metadata = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>";
    pdf.set(
        33,
        format!(
            "<</Type/Metadata/Subtype/XML/Length {}>>\nstream\n{metadata}\nendstream",
            metadata.len()
        ),
    );
    pdf.set(34, NOTE);
    pdf.set(35, "<</Producer(encrypted by a test)>>");
    pdf.trailer =
        "/Info 35 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
            .to_owned();
    pdf
}

/// As [`subject`], for readers and writers that would stumble over the metadata.
pub(crate) fn without_metadata() -> Pdf {
    let mut pdf = subject();
    let catalog = String::from_utf8(pdf.objects[&1].clone()).unwrap();
    pdf.set(1, catalog.replace("/Metadata 33 0 R", ""));
    pdf.objects.remove(&33);
    pdf
}

const NOTE: &str = "<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(a note \\(1\\))/NM<00ff>>>";

/// `pdf` as qpdf encrypts it.
pub(crate) fn encrypted(bench: &Bench, pdf: &[u8], passwords: [&str; 2], kind: &[&str]) -> Vec<u8> {
    let (plain, out) = (bench.file("plain.pdf", pdf), bench.path("encrypted.pdf"));
    run(Command::new("qpdf")
        .args(["--allow-weak-crypto", "--min-version=1.7"])
        .arg("--encrypt")
        .args(passwords)
        .args(kind)
        .arg("--")
        .args([&plain, &out]));
    std::fs::read(out).unwrap()
}

pub(crate) fn open_with(pdf: &[u8], password: &str) -> Result<Document, Refusal> {
    let password = (!password.is_empty()).then_some(password.as_bytes());
    Document::open_with_password(Arc::new(pdf.to_vec()), password)
}

pub(crate) fn seal(
    bench: &Bench,
    pdf: &[u8],
    password: &str,
    who: &str,
    request: &Request<'_>,
) -> Vec<u8> {
    let document = open_with(pdf, password).unwrap();
    let mut prepared = document.prepare(request).unwrap();
    let again = document.prepare(request).unwrap();
    assert!(
        prepared.increment() == again.increment(),
        "the same wish gives the same bytes"
    );
    let signed = signed_bytes(pdf, &prepared);
    prepared.embed(&bench.cms(who, &signed)).unwrap();
    let mut out = Vec::new();
    prepared.write_to(&mut out).unwrap();
    out
}

/// What qpdf makes of the file without encryption, object by object and without compression.
fn plain(bench: &Bench, pdf: &[u8], password: &str) -> String {
    let out = bench.path("decrypted.pdf");
    run(Command::new("qpdf")
        .args([
            "--decrypt",
            "--qdf",
            "--object-streams=disable",
            &format!("--password={password}"),
        ])
        .arg(bench.file("to-decrypt.pdf", pdf))
        .arg(&out));
    String::from_utf8_lossy(&std::fs::read(out).unwrap()).into_owned()
}

pub(crate) fn judge(bench: &Bench, pdf: &[u8], password: &str, is_owner: bool, count: usize) {
    let path = bench.file("judged.pdf", pdf);
    let info = open_with(pdf, password).unwrap().info().unwrap();
    run(Command::new("qpdf")
        .arg(format!("--password={password}"))
        .arg("--check")
        .arg(&path));
    let option = if is_owner { "-opw" } else { "-upw" };
    let mut pdfsig = Command::new("pdfsig");
    if !password.is_empty() {
        pdfsig.args([option, password]);
    }
    let report = text(&run(pdfsig.arg(&path)));
    let valid = report.matches("Signature is Valid").count();
    assert!(
        valid >= count && valid == report.matches("Signature Validation").count(),
        "pdfsig: {report}"
    );
    let is_r5 = info.encryption.is_some_and(|it| it.revision == 5);
    if !is_r5 {
        // pyHanko does not open what only one maker's extension defined.
        bench.pyhanko_with(&path, Some(password), count);
    }
    let verified = open_with(pdf, password)
        .unwrap()
        .verify(&Policy::default())
        .unwrap();
    assert_eq!(verified.signatures.len(), count);
    for signature in &verified.signatures {
        assert_eq!(
            signature.integrity,
            Integrity::Intact,
            "{:?}",
            signature.reasons
        );
        let codes: Vec<_> = signature.reasons.iter().map(|reason| reason.code).collect();
        assert!(
            !codes
                .iter()
                .any(|code| code.contains("chang") || *code == "not_a_revision"),
            "{:?}",
            signature.reasons
        );
    }
}

pub(crate) fn kind(name: &str) -> &'static [&'static str] {
    KINDS.iter().find(|(known, _)| *known == name).unwrap().1
}

/// Seals one file of this kind twice and asks every judge.
fn check(xref: Xref, name: &str, passwords: [&str; 2], given: &str) {
    let bench = Bench::new();
    let pdf = if name.ends_with("plain-metadata") {
        // pyHanko takes metadata for encrypted in every file.
        without_metadata()
    } else {
        subject()
    };
    let base = encrypted(&bench, &pdf.write(xref), passwords, kind(name));
    let first = seal(&bench, &base, given, "one", &request(&[1, 2]));
    let second = seal(&bench, &first, given, "two", &request(&[1, 2, 3]));
    let is_owner = given == passwords[1];
    judge(&bench, &second, given, is_owner, 2);
    let shown = plain(&bench, &second, given);
    for text in [
        "Test \\(seal\\)",
        "a note \\(1\\)",
        "of a page",
        "/DA (/Helv 0 Tf)",
        "(zh-CN)",
        "encrypted by a test",
        "Seal_2",
        "D:20261123234150Z",
    ] {
        assert!(
            shown.contains(text),
            "{name}: {text} is missing from\n{shown}"
        );
    }
    // Nothing of what was written is readable in the file itself.
    let raw = String::from_utf8_lossy(&second[base.len()..]).into_owned();
    for text in ["Seal_", "Test ", "a note (", "of a page", "Helv", "D:2026"] {
        assert!(!raw.contains(text), "{name}: {text} stands in the file");
    }
    let cut =
        |pdf: &[u8]| usize::try_from(open_with(pdf, given).unwrap().unseal().unwrap()).unwrap();
    assert_eq!(cut(&second), first.len());
    assert_eq!(cut(&first), base.len());
}

#[test]
fn pitfall_08_an_open_file_of_every_kind_is_sealed_twice() {
    for (name, _) in KINDS {
        check(Xref::Table, name, ["", "owner"], "");
    }
}

#[test]
fn pitfall_08_objects_from_object_streams_are_encrypted_when_written_again() {
    for name in ["rc4-128", "aes-128", "aes-256"] {
        check(Xref::Stream, name, ["", "owner"], "");
    }
}

#[test]
fn files_with_a_user_password_are_sealed_twice() {
    for (name, _) in KINDS {
        check(Xref::Table, name, ["user", "owner"], "user");
    }
}

#[test]
fn files_opened_by_the_owner_are_sealed_twice() {
    for name in ["rc4-40", "rc4-128", "aes-128", "aes-256", "aes-256-r5"] {
        check(Xref::Stream, name, ["user", "owner"], "owner");
    }
}

/// Annotations that stand in the list itself move into another object when the list is shared; pyHanko knows no such
/// lists, so that the strings are looked at through qpdf.
#[test]
fn pitfall_10_strings_of_a_list_that_is_copied_are_encrypted_for_their_new_place() {
    for (name, kind) in KINDS {
        let bench = Bench::new();
        let mut pdf = subject();
        pdf.set(30, format!("[{NOTE} 34 0 R]"));
        let base = encrypted(&bench, &pdf.write(Xref::Table), ["", "owner"], kind);
        let sealed = seal(&bench, &base, "", "one", &request(&[2, 3]));
        let shown = plain(&bench, &sealed, "");
        // In the list that nobody refers to any more, which qpdf drops, no more; twice copied, and once apart.
        assert_eq!(
            shown.matches("a note \\(1\\)").count(),
            3,
            "{name}: {shown}"
        );
        assert_eq!(shown.matches("<00ff>").count(), 3, "{name}: {shown}");
    }
}
