//! The exit codes of `verify`, each with its JSON.

use crate::place::Place;

fn sealed() -> Place {
    let place = Place::new();
    place.identity("p256");
    place.identity("sm2");
    place.paper("in.pdf", 2, 50);
    place.seal("p256", "in.pdf", "sealed.pdf", &[]);
    place
}

#[test]
fn zero_when_all_passed() {
    let place = sealed();
    place.seal("sm2", "sealed.pdf", "sealed.pdf", &["--mode", "all"]);
    let said = place.json(
        &[
            "verify",
            "sealed.pdf",
            "--trust",
            "p256.pem",
            "--trust",
            "sm2.pem",
        ],
        0,
        "verify",
    );
    assert_eq!(said["signatures"][0]["changes"]["kind"], "allowed");
    assert_eq!(said["signatures"][0]["changes"]["level"], "form_filling");
    assert_eq!(said["signatures"][0]["indication"], "TOTAL-PASSED");
    assert!(said["signatures"][0]["sub_indication"].is_null());
    assert_eq!(said["signatures"][1]["algorithm"], "sm2-sm3");
}

#[test]
fn one_when_a_byte_was_changed_or_a_signer_is_not_believed() {
    let place = sealed();
    let said = place.json(&["verify", "sealed.pdf", "--trust", "sm2.pem"], 1, "verify");
    assert_eq!(
        (
            &said["signatures"][0]["integrity"],
            &said["signatures"][0]["chain"]
        ),
        (&"intact".into(), &"untrusted".into())
    );
    let mut bytes = place.read("sealed.pdf");
    let at = bytes
        .windows(9)
        .position(|window| window == b"/MediaBox")
        .unwrap()
        + 11;
    bytes[at] ^= 1;
    place.write("changed.pdf", bytes);
    let said = place.json(
        &["verify", "changed.pdf", "--trust", "p256.pem"],
        1,
        "verify",
    );
    assert_eq!(said["signatures"][0]["integrity"], "broken");
    assert_eq!(said["signatures"][0]["sub_indication"], "HASH_FAILURE");
    let mut bytes = place.read("sealed.pdf");
    bytes.extend_from_slice(b"% more\n");
    place.write("longer.pdf", bytes);
    let said = place.json(
        &["verify", "longer.pdf", "--trust", "p256.pem"],
        1,
        "verify",
    );
    assert_eq!(said["signatures"][0]["changes"]["kind"], "unexplained");
    let late = [
        "verify",
        "sealed.pdf",
        "--trust",
        "p256.pem",
        "--at",
        "2090-01-01T00:00:00+08:00",
    ];
    let said = place.json(&late, 1, "verify");
    assert_eq!(
        said["signatures"][0]["sub_indication"],
        "OUT_OF_BOUNDS_NO_POE"
    );
}

#[test]
fn two_when_the_file_cannot_be_read() {
    let place = Place::new();
    place.write("text.pdf", "this is no PDF");
    for file in ["text.pdf", "missing.pdf", "."] {
        place.json(&["verify", file], 2, "refused");
    }
}

#[test]
fn three_when_there_is_no_signature() {
    let place = Place::new();
    place.paper("in.pdf", 1, 50);
    place.json(&["verify", "in.pdf"], 3, "verify");
}

#[test]
fn four_when_the_question_makes_no_sense() {
    let place = sealed();
    place.json(&["verify", "sealed.pdf", "--trust", "in.pdf"], 4, "refused");
    place.json(&["verify", "sealed.pdf", "--at", "yesterday"], 4, "refused");
}

#[test]
fn five_without_trust_and_integrity_is_told_all_the_same() {
    let place = sealed();
    let said = place.json(&["verify", "sealed.pdf"], 5, "verify");
    assert_eq!(
        (&said["outcome"], &said["signatures"][0]["integrity"]),
        (&"indeterminate".into(), &"intact".into())
    );
    let ran = place.run(&["verify", "sealed.pdf"]);
    assert!(ran.stdout.contains("content intact"), "{}", ran.stdout);
    assert!(
        ran.stdout
            .contains("INDETERMINATE: NO_CERTIFICATE_CHAIN_FOUND"),
        "{}",
        ran.stdout
    );
}
