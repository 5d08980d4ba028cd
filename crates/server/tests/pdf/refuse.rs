//! Refusals: exit code 4, one line, OUT untouched, nothing left beside it.

use gm_pki::certificate::{self, Plan, Profile};
use gm_pki::name::Subject;
use gm_pki::{Signer as _, SoftKey};

use crate::place::Place;

/// A place with a key, documents of several kinds and an OUT that must stay as it is.
fn ready() -> Place {
    let place = Place::new();
    place.identity("p256");
    place.identity("rsa");
    place.paper("in.pdf", 3, 50);
    place.write("out.pdf", "what was here before");
    place.write("text.pdf", "this is no PDF");
    place.write("half.pdf", &place.read("in.pdf")[..200]);
    place.write(
        "locked.key",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n",
    );
    place.write(
        "text.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>章</text></svg>",
    );
    place.write(
        "empty.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    );
    place.write("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF");
    place.write("broken.png", "\u{89}PNG");
    place
}

fn check(place: &Place, arguments: &[&str], code: &str) {
    let before = place.names();
    let ran = place.run(arguments);
    assert_eq!(ran.code, 4, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
    assert_eq!(
        (ran.stderr.lines().count(), ran.stdout.as_str()),
        (1, ""),
        "{arguments:?}: {}",
        ran.stderr
    );
    assert_eq!(
        place.read("out.pdf"),
        b"what was here before",
        "{arguments:?}"
    );
    assert_eq!(place.names(), before, "{arguments:?}");
    let said = place.json(arguments, 4, "refused");
    assert_eq!(said["refused"]["code"], code, "{arguments:?}: {said}");
}

fn check_seal(place: &Place, input: &str, more: &[&str], code: &str) {
    let mut arguments = vec!["seal", input, "out.pdf"];
    for (option, value) in [
        ("--key", "p256.key"),
        ("--cert", "p256.pem"),
        ("--seal", "seal.png"),
    ] {
        if !more.contains(&option) {
            arguments.extend([option, value]);
        }
    }
    check(place, &[arguments.as_slice(), more].concat(), code);
}

#[test]
fn files_that_cannot_be_sealed() {
    let place = ready();
    check_seal(&place, "text.pdf", &[], "not_pdf");
    check_seal(&place, "half.pdf", &[], "damaged");
    check_seal(&place, "missing.pdf", &[], "unreadable");
    check_seal(&place, ".", &[], "unreadable");
    let status = std::process::Command::new("qpdf")
        .args(["--encrypt", "user", "owner", "256", "--"])
        .args([place.path("in.pdf"), place.path("secret.pdf")])
        .status();
    assert!(status.unwrap().success());
    check_seal(&place, "secret.pdf", &[], "password_needed");
    let with = ["--password-file", "text.pdf"];
    check_seal(&place, "secret.pdf", &with, "password_wrong");
    let missing = ["--password-file", "missing"];
    check_seal(&place, "secret.pdf", &missing, "unreadable");
    place.write("long", "x".repeat(1025));
    check_seal(
        &place,
        "secret.pdf",
        &["--password-file", "long"],
        "unreadable",
    );
    let said = place.json(&["info", "secret.pdf"], 4, "refused");
    let message = said["refused"]["message"].as_str().unwrap();
    assert!(
        message.contains("--password-file") && message.contains("打开密码"),
        "{message}"
    );
}

#[test]
fn wishes_that_make_no_sense() {
    let place = ready();
    for level in ["t", "lt", "lta"] {
        check_seal(&place, "in.pdf", &["--level", level], "bad_level");
    }
    check_seal(&place, "in.pdf", &["--mode", "page:4"], "page_out_of_range");
    check_seal(
        &place,
        "in.pdf",
        &["--mode", "pages:1-4294967295"],
        "page_out_of_range",
    );
    check_seal(&place, "in.pdf", &["--mode", "somewhere"], "bad_mode");
    check_seal(&place, "in.pdf", &["--at", "far,away"], "bad_place");
    check_seal(&place, "in.pdf", &["--at", "-500,10"], "bad_mark");
    check_seal(&place, "in.pdf", &["--size", "0,0"], "bad_mark");
    check_seal(&place, "in.pdf", &["--level", "t"], "bad_level");
    check_seal(&place, "in.pdf", &["--level", "best"], "bad_level");
    check_seal(&place, "in.pdf", &["--seal", "broken.png"], "bad_artwork");
    check_seal(&place, "in.pdf", &["--seal", "missing.png"], "unreadable");
    for picture in ["text.svg", "empty.svg", "photo.jpg", "in.pdf"] {
        check_seal(&place, "in.pdf", &["--seal", picture], "bad_artwork");
    }
    let jpeg = place.run(&[
        "seal",
        "in.pdf",
        "out.pdf",
        "--key",
        "p256.key",
        "--cert",
        "p256.pem",
        "--seal",
        "photo.jpg",
    ]);
    assert!(jpeg.stderr.contains("JPEG"), "{}", jpeg.stderr);
}

#[test]
fn pages_that_cannot_be_drawn() {
    let place = ready();
    let page = |number, more: &[&'static str]| {
        [["page", "in.pdf", number, "out.pdf"].as_slice(), more].concat()
    };
    check(&place, &page("0", &[]), "page_out_of_range");
    check(&place, &page("4", &[]), "page_out_of_range");
    check(&place, &page("1", &["--dpi", "7"]), "bad_request");
    check(&place, &page("1", &["--dpi", "1201"]), "bad_request");
    check(&place, &["page", "text.pdf", "1", "out.pdf"], "not_pdf");
    check(&place, &["page", "half.pdf", "1", "out.pdf"], "damaged");
}

#[test]
fn command_lines_that_are_wrong() {
    let place = ready();
    check(&place, &["page", "in.pdf", "one", "out.pdf"], "bad_usage");
    check(
        &place,
        &["page", "in.pdf", "1", "out.pdf", "--dpi", "many"],
        "bad_usage",
    );
    check(&place, &["seal", "in.pdf", "out.pdf"], "bad_usage");
    check(&place, &["verify"], "bad_usage");
    check(&place, &["keyword", "盖章"], "bad_usage");
    check(&place, &["info", "in.pdf", "--loudly"], "bad_usage");
    check(&place, &["melt", "in.pdf"], "bad_usage");
}

/// A certificate of the P-256 key for the year 2020; OpenSSL's `req` makes none that is over already.
fn expired(place: &Place) -> Vec<u8> {
    let key = SoftKey::from_pem(&String::from_utf8(place.read("p256.key")).unwrap()).unwrap();
    let plan = Plan {
        profile: Profile::Root,
        serial: vec![1; 16],
        subject: Subject {
            common_name: Some("Past".to_owned()),
            ..Subject::default()
        },
        spki_der: key.public_key_der().to_vec(),
        not_before: 1_577_836_800,
        not_after: 1_609_459_199,
        issuer: None,
        policy: None,
        crl_url: None,
        ocsp_url: None,
        issuer_url: None,
    };
    let tbs = certificate::to_be_signed(&plan, key.algorithm()).unwrap();
    certificate::assemble(&tbs, key.algorithm(), &key.sign(&tbs).unwrap())
}

#[test]
fn keys_and_certificates_that_do_not_fit() {
    let place = ready();
    check_seal(&place, "in.pdf", &["--key", "rsa.key"], "bad_certificate");
    check_seal(&place, "in.pdf", &["--cert", "text.pdf"], "bad_certificate");
    check_seal(&place, "in.pdf", &["--key", "text.pdf"], "bad_key");
    check_seal(&place, "in.pdf", &["--key", "missing.key"], "unreadable");
    place.write("past.der", expired(&place));
    check_seal(&place, "in.pdf", &["--cert", "past.der"], "bad_certificate");
    let usage = ["-addext", "keyUsage=critical,keyEncipherment"];
    place.openssl(
        &[
            [
                "req",
                "-x509",
                "-new",
                "-key",
                "p256.key",
                "-subj",
                "/C=CN/CN=E",
                "-out",
                "enc.pem",
            ]
            .as_slice(),
            &usage,
        ]
        .concat(),
    );
    check_seal(&place, "in.pdf", &["--cert", "enc.pem"], "bad_certificate");
}

#[test]
fn keywords_that_are_not_there_are_told_from_scans() {
    let place = ready();
    check_seal(&place, "in.pdf", &["--mode", "keyword:盖章"], "no_text");
    place.words("words.pdf", &["Contract"]);
    check_seal(
        &place,
        "words.pdf",
        &["--mode", "keyword:盖章"],
        "keyword_not_found",
    );
}

#[test]
fn keys_that_do_not_open() {
    let place = ready();
    let key = |name, code| check_seal(&place, "in.pdf", &["--key", name], code);
    key("locked.key", "key_password_needed");
    place.write("pass", "right\n");
    place.write("wrong", "wrong\n");
    let export = |kind: &[&str]| {
        let start = ["pkcs12", "-export", "-inkey", "p256.key", "-in", "p256.pem"];
        let end = ["-passout", "pass:right", "-out", "it.p12"];
        place.openssl(&[&start, kind, &end].concat());
    };
    export(&[]);
    key("it.p12", "key_password_needed");
    let with = |password| ["--key", "it.p12", "--key-pass-file", password];
    check_seal(&place, "in.pdf", &with("wrong"), "key_password_wrong");
    check_seal(&place, "in.pdf", &with("missing"), "unreadable");
    export(&["-legacy"]);
    check_seal(&place, "in.pdf", &with("pass"), "bad_key");
    place.openssl(&[
        "rsa",
        "-in",
        "rsa.key",
        "-traditional",
        "-aes256",
        "-passout",
        "pass:right",
        "-out",
        "old.key",
    ]);
    check_seal(
        &place,
        "in.pdf",
        &["--key", "old.key", "--key-pass-file", "pass"],
        "bad_key",
    );
    // A key alone does not tell whose it is.
    let seal = ["seal", "in.pdf", "out.pdf", "--key", "p256.key"];
    check(&place, &seal, "bad_certificate");
}

#[test]
fn seals_that_cannot_be_taken_away() {
    let place = ready();
    check(&place, &["unseal", "in.pdf", "out.pdf"], "no_seal");
    check(&place, &["unseal", "text.pdf", "out.pdf"], "not_pdf");
    place.seal("p256", "in.pdf", "sealed.pdf", &[]);
    let mut longer = place.read("sealed.pdf");
    longer.extend_from_slice(b"% more\n");
    place.write("longer.pdf", longer);
    check(
        &place,
        &["unseal", "longer.pdf", "out.pdf"],
        "later_revision",
    );
    check(&place, &["info", "text.pdf"], "not_pdf");
}

#[test]
fn places_that_cannot_be_written() {
    let place = ready();
    let before = place.names();
    let folder = place.path("folder");
    std::fs::create_dir(&folder).unwrap();
    for out in ["folder", "missing/out.pdf"] {
        let seal = [
            "seal", "in.pdf", out, "--key", "p256.key", "--cert", "p256.pem",
        ];
        let said = place.json(&seal, 4, "refused");
        assert_eq!(said["refused"]["code"], "cannot_write", "{out}: {said}");
    }
    std::fs::remove_dir(folder).unwrap();
    assert_eq!(place.names(), before);
}
