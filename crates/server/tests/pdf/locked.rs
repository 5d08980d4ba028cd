//! Documents and keys under a password, through every subcommand.

use std::process::Command;

use crate::place::{KINDS, Place};

/// A place with `locked.pdf`, whose passwords are in the files `user` and `owner`.
fn ready(kind: &[&str]) -> Place {
    let place = Place::new();
    place.identity("p256");
    place.paper("in.pdf", 3, 50);
    place.write("user", "用户 u\n");
    place.write("owner", "owner\r\n");
    let status = Command::new("qpdf")
        .args(["--allow-weak-crypto", "--encrypt", "用户 u", "owner"])
        .args(kind)
        .arg("--")
        .args([place.path("in.pdf"), place.path("locked.pdf")])
        .status();
    assert!(status.unwrap().success());
    place
}

const SEAL: [&str; 8] = [
    "--key", "p256.key", "--cert", "p256.pem", "--seal", "seal.png", "--reason", "盖章",
];

#[test]
fn every_subcommand_takes_the_password_of_the_document() {
    let place = ready(&["256"]);
    for (who, opened) in [("user", "user"), ("owner", "owner")] {
        let with = ["--password-file", who];
        let run = |arguments: &[&str], code, schema| {
            place.json(&[arguments, &with].concat(), code, schema)
        };
        let info = run(&["info", "locked.pdf"], 0, "info");
        assert_eq!(info["encryption"]["method"], "AES-256");
        assert_eq!(info["encryption"]["opened_by"], opened);
        for mode in ["page:2", "all", "straddle", "pages:1,3"] {
            let seal = ["seal", "locked.pdf", "once.pdf", "--mode", mode];
            run(&[&seal[..], &SEAL].concat(), 0, "seal");
            let seal = ["seal", "once.pdf", "twice.pdf", "--mode", "page:1"];
            run(&[&seal[..], &SEAL].concat(), 0, "seal");
            let trust = ["verify", "twice.pdf", "--trust", "p256.pem"];
            let report = run(&trust, 0, "verify");
            assert_eq!(report["signatures"].as_array().unwrap().len(), 2, "{mode}");
            run(&["unseal", "twice.pdf", "back.pdf"], 0, "unseal");
            assert!(place.read("back.pdf") == place.read("once.pdf"), "{mode}");
        }
    }
    // Without the password the file is unreadable to `verify`, and says why.
    let said = place.json(&["verify", "twice.pdf"], 2, "refused");
    assert_eq!(said["refused"]["code"], "password_needed");
}

#[test]
fn an_open_file_with_restrictions_is_sealed_and_tells_them() {
    let place = Place::new();
    place.identity("p256");
    place.paper("in.pdf", 1, 0);
    let status = Command::new("qpdf")
        .args(["--encrypt", "", "owner", "256", "--modify=none", "--"])
        .args([place.path("in.pdf"), place.path("open.pdf")])
        .status();
    assert!(status.unwrap().success());
    let info = place.json(&["info", "open.pdf"], 0, "info");
    assert_eq!(info["encryption"]["opened_by"], "nothing");
    assert_eq!(info["encryption"]["seal_permitted"], false);
    assert!(info["warnings"][0].as_str().unwrap().contains("author"));
    place.json(
        &[&["seal", "open.pdf", "out.pdf"][..], &SEAL].concat(),
        0,
        "seal",
    );
    place.json(&["verify", "out.pdf", "--trust", "p256.pem"], 0, "verify");
}

#[test]
fn keys_under_a_password_and_stores_sign() {
    let place = Place::new();
    place.paper("in.pdf", 1, 0);
    place.write("pass", "密码 1\n");
    for kind in KINDS {
        place.identity(kind);
        let (key, pem) = (format!("{kind}.key"), format!("{kind}.pem"));
        let pkcs8 = ["pkcs8", "-topk8", "-in", &key, "-passout", "pass:密码 1"];
        place.openssl(&[&pkcs8[..], &["-out", "locked.key"]].concat());
        place.openssl(
            &[
                &pkcs8[..],
                &["-scrypt", "-outform", "DER", "-out", "locked.der"],
            ]
            .concat(),
        );
        place.openssl(&[
            "pkcs12",
            "-export",
            "-inkey",
            &key,
            "-in",
            &pem,
            "-passout",
            "pass:密码 1",
            "-out",
            "store.p12",
        ]);
        let ways: [&[&str]; 4] = [
            &["--key", "locked.key", "--cert", &pem],
            &["--key", "locked.der", "--cert", &pem],
            &["--key", "store.p12", "--cert", &pem],
            &["--key", "store.p12"],
        ];
        for way in ways {
            let seal = ["seal", "in.pdf", "out.pdf", "--key-pass-file", "pass"];
            place.json(&[&seal[..], way].concat(), 0, "seal");
            place.json(&["verify", "out.pdf", "--trust", &pem], 0, "verify");
        }
    }
}
