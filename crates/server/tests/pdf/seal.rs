//! Sealing with three kinds of key, on pages and on none, and taking seals away again.

use crate::judge;
use crate::place::{KINDS, Place};

/// What others say about `out.pdf`, sealed with the key of `kind` alone.
fn judged(place: &Place, kind: &str, widgets: usize) {
    let (file, root) = (place.path("out.pdf"), place.path(&format!("{kind}.pem")));
    judge::qpdf(&file);
    if kind == "sm2" {
        judge::bouncy_castle(&file, &root);
    } else {
        judge::pyhanko(&file, &root);
        judge::pdfsig(&file, widgets);
    }
    let root = format!("{kind}.pem");
    let said = place.json(&["verify", "out.pdf", "--trust", &root], 0, "verify");
    assert_eq!(said["outcome"], "passed");
    assert_eq!(said["last_covers_whole_file"], true);
}

fn check(kind: &str, mode: &[&str], pages: &[u32]) {
    let place = Place::new();
    place.identity(kind);
    place.paper("in.pdf", 6, 50);
    let said = place.seal(kind, "in.pdf", "out.pdf", mode);
    assert_eq!(said["pages"], serde_json::json!(pages), "{kind} {mode:?}");
    assert_eq!(said["len"], place.read("out.pdf").len());
    judged(&place, kind, pages.len());
    let info = place.json(&["info", "out.pdf"], 0, "info");
    assert_eq!(
        info["signatures"][0]["own_base_len"],
        place.read("in.pdf").len()
    );
    place.json(&["unseal", "out.pdf", "back.pdf"], 0, "unseal");
    assert_eq!(
        place.read("back.pdf"),
        place.read("in.pdf"),
        "{kind} {mode:?}"
    );
}

#[test]
fn rsa_seals_stand_in_every_mode() {
    check("rsa", &[], &[1]);
    check("rsa", &["--mode", "pages:1-3,5"], &[1, 2, 3, 5]);
}

#[test]
fn p256_seals_stand_in_every_mode() {
    check(
        "p256",
        &["--mode", "page:2", "--at", "20,30", "--size", "42,42"],
        &[2],
    );
    check(
        "p256",
        &["--mode", "all", "--reason", "投标文件"],
        &[1, 2, 3, 4, 5, 6],
    );
}

#[test]
fn sm2_seals_stand_in_every_mode() {
    check("sm2", &["--mode", "page:6"], &[6]);
    check("sm2", &["--mode", "all"], &[1, 2, 3, 4, 5, 6]);
}

#[test]
fn without_a_picture_the_signature_is_invisible() {
    let place = Place::new();
    place.identity("p256");
    place.paper("in.pdf", 2, 50);
    let said = place.json(
        &[
            "seal", "in.pdf", "out.pdf", "--key", "p256.key", "--cert", "p256.pem",
        ],
        0,
        "seal",
    );
    assert_eq!(
        (&said["visible"], &said["pages"]),
        (&false.into(), &serde_json::json!([]))
    );
    judged(&place, "p256", 1);
}

#[test]
fn three_seals_one_after_another_in_place_stay_valid_and_come_off_one_by_one() {
    let place = Place::new();
    place.identity("rsa");
    place.identity("p256");
    place.paper("it.pdf", 3, 50);
    let mut states = vec![place.read("it.pdf")];
    for (kind, mode) in [("rsa", "all"), ("p256", "page:2"), ("rsa", "pages:1,3")] {
        place.seal(kind, "it.pdf", "it.pdf", &["--mode", mode]);
        states.push(place.read("it.pdf"));
    }
    place.write(
        "both.pem",
        [place.read("rsa.pem"), place.read("p256.pem")].concat(),
    );
    let said = judge::pyhanko(&place.path("it.pdf"), &place.path("both.pem"));
    assert_eq!(said.matches("bottom_line\": true").count(), 3, "{said}");
    let said = place.json(
        &[
            "verify", "it.pdf", "--trust", "rsa.pem", "--trust", "p256.pem",
        ],
        0,
        "verify",
    );
    assert_eq!(said["signatures"].as_array().unwrap().len(), 3);
    states.pop();
    while let Some(before) = states.pop() {
        place.json(&["unseal", "it.pdf", "it.pdf"], 0, "unseal");
        assert_eq!(place.read("it.pdf"), before);
    }
}

#[test]
fn keys_are_read_in_every_plain_pem_form() {
    let place = Place::new();
    place.paper("in.pdf", 1, 50);
    for kind in KINDS {
        place.identity(kind);
        let key = format!("{kind}.key");
        // PKCS#1 for RSA, SEC1 for the curves: what older tools write.
        let tool: &[&str] = if kind == "rsa" {
            &["rsa", "-traditional"]
        } else {
            &["ec"]
        };
        place.openssl(&[tool, &["-in", &key, "-out", "old.key"]].concat());
        let begin = String::from_utf8(place.read("old.key")).unwrap();
        let labels = ["RSA PRIVATE KEY", "EC PRIVATE KEY", "SM2 PRIVATE KEY"];
        assert!(labels.iter().any(|label| begin.contains(label)), "{begin}");
        place.json(
            &[
                "seal",
                "in.pdf",
                "out.pdf",
                "--key",
                "old.key",
                "--cert",
                &format!("{kind}.pem"),
            ],
            0,
            "seal",
        );
    }
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_mode_and_a_link_stays_a_link() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    place.identity("p256");
    place.paper("it.pdf", 1, 50);
    std::fs::set_permissions(place.path("it.pdf"), std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("it.pdf", place.path("link.pdf")).unwrap();
    place.seal("p256", "link.pdf", "link.pdf", &[]);
    assert!(place.path("link.pdf").is_symlink());
    let mode = std::fs::metadata(place.path("it.pdf"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    place.json(&["verify", "it.pdf", "--trust", "p256.pem"], 0, "verify");
}

#[test]
fn scan_5_straddle_and_keyword_modes() {
    check("p256", &["--mode", "straddle"], &[1, 2, 3, 4, 5, 6]);
    check(
        "rsa",
        &["--mode", "straddle:right:2-4", "--at", "0,100"],
        &[2, 3, 4],
    );
    let place = Place::new();
    place.identity("p256");
    place.words("in.pdf", &["Sign here", "", "Sign  here"]);
    let found = place.json(&["keyword", "Signhere", "in.pdf"], 0, "keyword");
    assert_eq!(found["hits"][1]["page"], 3);
    assert_eq!(found["pages_without_text"], serde_json::json!([2]));
    let said = place.seal(
        "p256",
        "in.pdf",
        "out.pdf",
        &["--mode", "keyword:Sign here"],
    );
    assert_eq!(said["pages"], serde_json::json!([1, 3]));
    judged(&place, "p256", 2);
    let said = place.seal(
        "p256",
        "in.pdf",
        "out.pdf",
        &["--mode", "keyword:Sign here#2"],
    );
    assert_eq!(said["pages"], serde_json::json!([3]));
}
