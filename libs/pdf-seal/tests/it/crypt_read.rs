//! Encrypted files: passwords, permissions, text, files of another writer, and what came after a signature.

use std::process::Command;

use pdf_seal::keyword::{Occurrence, search};
use pdf_seal::{Changes, OpenedBy, Policy};

use crate::build::{A4, Pdf, Xref, startxref};
use crate::crypt::{KINDS, encrypted, judge, kind, open_with, seal, subject, without_metadata};
use crate::judge::{Bench, open, request, run};

fn refused(pdf: &[u8], password: &str) -> String {
    let refusal = open_with(pdf, password).expect_err("refused");
    assert!(!refusal.to_string().is_empty());
    refusal.code().to_owned()
}

#[test]
fn a_password_is_asked_for_only_where_one_is_needed() {
    let bench = Bench::new();
    for (name, kind) in KINDS {
        let locked = encrypted(
            &bench,
            &subject().write(Xref::Table),
            ["user", "owner"],
            kind,
        );
        assert_eq!(refused(&locked, ""), "password_needed", "{name}");
        assert_eq!(refused(&locked, "User"), "password_wrong", "{name}");
        let by = |pdf: &[u8], password: &str| {
            open_with(pdf, password)
                .unwrap()
                .info()
                .unwrap()
                .encryption
                .unwrap()
                .opened_by
        };
        assert_eq!(by(&locked, "user"), OpenedBy::User, "{name}");
        assert_eq!(by(&locked, "owner"), OpenedBy::Owner, "{name}");
        let open = encrypted(&bench, &subject().write(Xref::Table), ["", "owner"], kind);
        assert_eq!(by(&open, ""), OpenedBy::Nothing, "{name}");
        assert_eq!(by(&open, "owner"), OpenedBy::Owner, "{name}");
        assert_eq!(by(&open, "whatever"), OpenedBy::Nothing, "{name}");
    }
    assert!(
        open(&subject().write(Xref::Table))
            .unwrap()
            .info()
            .unwrap()
            .encryption
            .is_none()
    );
}

#[test]
fn facts_tell_how_a_file_is_encrypted() {
    let bench = Bench::new();
    let facts = [
        ("RC4", 40, 2),
        ("RC4", 128, 3),
        ("RC4", 128, 4),
        ("RC4", 128, 4),
        ("AES-128", 128, 4),
        ("AES-128", 128, 4),
        ("AES-256", 256, 6),
        ("AES-256", 256, 6),
        ("AES-256", 256, 5),
    ];
    for ((name, kind), expected) in KINDS.into_iter().zip(facts) {
        let pdf = encrypted(&bench, &subject().write(Xref::Stream), ["", "owner"], kind);
        let info = open(&pdf).unwrap().info().unwrap();
        let told = info.encryption.unwrap();
        assert_eq!(
            (told.method, told.key_bits, told.revision),
            expected,
            "{name}"
        );
        assert!(
            told.seal_permitted && info.warnings.is_empty(),
            "{name}: {:?}",
            info.warnings
        );
    }
}

/// The permissions are the author's wish; they are told, and lifted by the owner password.
#[test]
fn permissions_are_told_and_do_not_keep_from_sealing() {
    let bench = Bench::new();
    let check = |options: &[&str], passwords: [&str; 2], given: &str, permitted: bool| {
        let base = encrypted(&bench, &subject().write(Xref::Table), passwords, options);
        let info = open_with(&base, given).unwrap().info().unwrap();
        assert_eq!(
            info.encryption.unwrap().seal_permitted,
            permitted,
            "{options:?}"
        );
        assert_eq!(
            info.warnings
                .iter()
                .any(|warning| warning.contains("author")),
            !permitted,
            "{options:?}"
        );
        let sealed = seal(&bench, &base, given, "one", &request(&[1]));
        judge(&bench, &sealed, given, given == passwords[1], 1);
    };
    let none: [&str; 2] = ["256", "--modify=none"];
    check(&none, ["", "owner"], "", false);
    check(&none, ["user", "owner"], "user", false);
    check(&none, ["user", "owner"], "owner", true);
    check(&["256", "--modify=form"], ["", "owner"], "", false);
    check(
        &["128", "--use-aes=y", "--modify=none"],
        ["", "owner"],
        "",
        false,
    );
    check(&["40", "--modify=n"], ["", "owner"], "", false);
    check(
        &["128", "--use-aes=y", "--modify=none"],
        ["", "owner"],
        "owner",
        true,
    );
    // Whoever has no owner password apart from the empty one is the owner.
    check(&["128", "--use-aes=y", "--modify=none"], ["", ""], "", true);
}

#[test]
fn passwords_of_every_script_and_length() {
    let bench = Bench::new();
    let long = "x".repeat(127);
    let longer = "x".repeat(200);
    for password in ["密码一二三", "p a s s", "\u{2168}", long.as_str()] {
        let base = encrypted(
            &bench,
            &subject().write(Xref::Stream),
            [password, "owner"],
            kind("aes-256"),
        );
        assert_eq!(
            open_with(&base, password)
                .expect(password)
                .info()
                .unwrap()
                .encryption
                .unwrap()
                .opened_by,
            OpenedBy::User,
            "{password}"
        );
        assert_eq!(refused(&base, "y"), "password_wrong");
    }
    // Only the first 127 bytes count in revision 6, and the first 32 before.
    let base = encrypted(
        &bench,
        &subject().write(Xref::Table),
        [&long, "owner"],
        kind("aes-256"),
    );
    assert!(open_with(&base, &longer).is_ok());
    let base = encrypted(
        &bench,
        &subject().write(Xref::Table),
        [&longer, "owner"],
        kind("rc4-128"),
    );
    assert!(open_with(&base, &"x".repeat(32)).is_ok());
    assert_eq!(refused(&base, &"x".repeat(31)), "password_wrong");
    // What is typed as UTF-8 was written in PDFDocEncoding.
    let base = encrypted(
        &bench,
        &subject().write(Xref::Table),
        ["café", "owner"],
        kind("aes-128"),
    );
    assert!(open_with(&base, "café").is_ok());
}

#[test]
fn keywords_are_found_in_encrypted_files() {
    let bench = Bench::new();
    for (name, kind) in KINDS {
        let base = encrypted(
            &bench,
            &subject().write(Xref::Table),
            ["user", "owner"],
            kind,
        );
        for password in ["user", "owner"] {
            let document = open_with(&base, password).unwrap();
            let found = search(&document, "UP page 2", None, Occurrence::All).unwrap();
            assert_eq!(found.hits.len(), 1, "{name} by {password}");
            assert_eq!(found.hits[0].page, 2);
        }
    }
}

/// Runs Python with pyHanko over `input`, which gives `out`.
fn python(bench: &Bench, script: &str, input: &[u8]) -> Vec<u8> {
    let python = std::env::var("HULIAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let (key, certificate) = bench.identity("two");
    let out = bench.path("by-python.pdf");
    run(Command::new(python)
        .args(["-c", script])
        .arg(bench.file("for-python.pdf", input))
        .arg(&out)
        .args([key, certificate]));
    std::fs::read(out).unwrap()
}

/// Encrypts by pyHanko; `SETUP` is put into the middle.
const PYHANKO_ENCRYPTS: &str = r#"
import sys
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt import *
from pyhanko.pdf_utils.crypt.standard import *
with open(sys.argv[1], "rb") as file:
    w = copy_into_new_writer(PdfFileReader(file), writer_kwargs={"stream_xrefs": STREAMS})
    w.info = None
SETUP
    with open(sys.argv[2], "wb") as out:
        w.write(out)
"#;

#[test]
fn files_that_pyhanko_encrypted() {
    let legacy = |rev: &str, more: &str| {
        format!(
            "    w._assign_security_handler(StandardSecurityHandler.build_from_pw_legacy(StandardSecuritySettingsRevision.{rev}, w._document_id[0].original_bytes, 'owner', 'user', {more}))"
        )
    };
    let setups = [
        legacy("RC4_BASIC", "keylen_bytes=5, use_aes128=False"),
        legacy("RC4_EXTENDED", "keylen_bytes=16, use_aes128=False"),
        legacy("RC4_OR_AES128", "keylen_bytes=16, use_aes128=True, encrypt_metadata=False"),
        legacy("RC4_OR_AES128", "keylen_bytes=16, use_aes128=False"),
        // Strings plain, streams encrypted, and the other way round.
        legacy("RC4_OR_AES128", "crypt_filter_config=CryptFilterConfiguration({generic.NameObject('/StdCF'): StandardAESCryptFilter(keylen=16)}, default_stream_filter=generic.NameObject('/StdCF'), default_string_filter=generic.NameObject('/Identity'))"),
        legacy("RC4_OR_AES128", "crypt_filter_config=CryptFilterConfiguration({generic.NameObject('/StdCF'): StandardAESCryptFilter(keylen=16)}, default_stream_filter=generic.NameObject('/Identity'), default_string_filter=generic.NameObject('/StdCF'))"),
        "    w._assign_security_handler(StandardSecurityHandler.build_from_pw('owner', 'user', pdf_mac=False))".to_owned(),
        "    w._assign_security_handler(StandardSecurityHandler.build_from_pw('owner', 'user', pdf_mac=False, encrypt_metadata=False))".to_owned(),
    ];
    let bench = Bench::new();
    let turns = [("False", "user"), ("True", "owner")];
    for (setup, (streams, password)) in setups.iter().zip(turns.into_iter().cycle()) {
        let script = PYHANKO_ENCRYPTS
            .replace("SETUP", setup)
            .replace("STREAMS", streams);
        let base = python(&bench, &script, &subject().write(Xref::Table));
        let first = seal(&bench, &base, password, "one", &request(&[1, 2]));
        let second = seal(&bench, &first, password, "two", &request(&[1]));
        judge(&bench, &second, password, password == "owner", 2);
    }
}

const PYHANKO_UPDATES: &str = r#"
import sys
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils import generic
from pyhanko.sign import signers, fields
with open(sys.argv[1], "rb") as file:
    w = IncrementalPdfFileWriter(file)
    w.encrypt("user")
    out = open(sys.argv[2], "wb")
CHANGE
"#;

#[test]
fn later_revisions_of_others_are_compared_in_plain() {
    let bench = Bench::new();
    // With a key on a curve pyHanko would also raise the version of the file.
    run(Command::new("openssl")
        .args("req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=Other".split(' '))
        .args([
            "-addext",
            "keyUsage=critical,digitalSignature,nonRepudiation",
        ])
        .arg("-keyout")
        .arg(bench.path("two.key"))
        .arg("-out")
        .arg(bench.path("two.pem")));
    let sign = "    s = signers.SimpleSigner.load(sys.argv[3], sys.argv[4])\n    signers.sign_pdf(w, signers.PdfSignatureMetadata(field_name='Other', reason='another'), signer=s, output=out)";
    let fill = "    f = w.root['/AcroForm']['/Fields'].raw_get(0)\n    d = f.get_object()\n    d['/V'] = generic.TextStringObject('else')\n    w.mark_update(f)\n    w.write(out)";
    // The same values, encrypted anew with other vectors.
    let same =
        "    w.update_root()\n    w.mark_update(w.root.raw_get('/AcroForm'))\n    w.write(out)";
    let turn = "    p = w.root['/Pages']['/Kids'].raw_get(0)\n    p.get_object()['/Rotate'] = generic.NumberObject(90)\n    w.mark_update(p)\n    w.write(out)";
    let note = "    n = w.root['/Pages']['/Kids'][0]['/Annots'].raw_get(0)\n    n.get_object()['/Contents'] = generic.TextStringObject('not what was signed')\n    w.mark_update(n)\n    w.write(out)";
    for name in ["rc4-128", "aes-128", "aes-256"] {
        // pyHanko writes metadata anew.
        let pdf = without_metadata().write(Xref::Table);
        let base = encrypted(&bench, &pdf, ["user", "owner"], kind(name));
        let sealed = seal(&bench, &base, "user", "one", &request(&[1]));
        let changes = |change: &str| {
            let later = python(&bench, &PYHANKO_UPDATES.replace("CHANGE", change), &sealed);
            let report = open_with(&later, "user")
                .unwrap()
                .verify(&Policy::default())
                .unwrap();
            let first = &report.signatures[0];
            ((first.changes, format!("{:?}", first.reasons)), later)
        };
        let (signed, later) = changes(sign);
        assert_eq!(
            signed.0,
            Changes::Allowed { revisions: 1 },
            "{name}: {}",
            signed.1
        );
        judge(&bench, &later, "user", false, 2);
        for (change, allowed) in [(fill, true), (same, true), (turn, false), (note, false)] {
            let ((told, reasons), _) = changes(change);
            let expected = if allowed {
                Changes::Allowed { revisions: 1 }
            } else {
                Changes::Forbidden { revisions: 1 }
            };
            assert_eq!(told, expected, "{name}: {change}: {reasons}");
        }
    }
}

/// The same bytes mean something else under other keys: whoever changes how the file is encrypted changes everything.
#[test]
fn a_later_revision_must_not_change_the_encryption() {
    let bench = Bench::new();
    for attack in [
        "/Encrypt<</Filter/Standard/V 4/R 4/StmF/Identity/StrF/Identity/O<OWNER>/U<OWNER>/P -4>>",
        "/Encrypt null",
    ] {
        let plain = Pdf::new(&[A4]).write(Xref::Table);
        let sealed = bench.seal(&plain, "one", &request(&[1]));
        let mut later = Pdf {
            trailer: attack.replace("OWNER", &"00".repeat(32)),
            ..Pdf::default()
        };
        later.set(90, "null");
        let changed = later.append_table(sealed.clone(), Some(startxref(&sealed)));
        let report = open(&changed).unwrap().verify(&Policy::default()).unwrap();
        let expected = if attack.contains("null") {
            Changes::Allowed { revisions: 1 }
        } else {
            Changes::Forbidden { revisions: 1 }
        };
        assert_eq!(
            report.signatures[0].changes, expected,
            "{:?}",
            report.signatures[0].reasons
        );
    }
}

#[test]
fn pitfall_05_the_new_trailer_carries_the_keys() {
    let bench = Bench::new();
    for xref in [Xref::Table, Xref::Stream] {
        let base = encrypted(
            &bench,
            &subject().write(xref),
            ["", "owner"],
            kind("aes-128"),
        );
        let prepared = open(&base).unwrap().prepare(&request(&[1])).unwrap();
        let number = |text: &[u8]| {
            let text = String::from_utf8_lossy(text).into_owned();
            let (_, rest) = text.rsplit_once("/Encrypt ").unwrap();
            rest.split(' ').next().unwrap().to_owned()
        };
        assert_eq!(number(prepared.increment()), number(&base), "{xref:?}");
        let text = String::from_utf8_lossy(prepared.increment()).into_owned();
        assert!(
            text.contains("/ID[<00112233445566778899AABBCCDDEEFF>"),
            "{xref:?}: first half unchanged"
        );
    }
}
