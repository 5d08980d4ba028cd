//! Signatures of other families than ours, made by the `openssl` program, and what is weak among them; and how failures
//! are named by the standard.

use std::path::PathBuf;
use std::process::Command;

use gm_pki::Algorithm;
use pdf_seal::{Chain, Indication, Integrity, Outcome, Policy, SignatureReport, SubIndication};

use crate::build::Xref;
use crate::craft::{self, document, fill, places};
use crate::judge::{Bench, run};
use crate::verify::{Pki, SEALED_AT, reports};

/// Key and self-signed certificate by the `openssl` program; `key` are the arguments of `openssl req`.
fn identity(bench: &Bench, key: &[&str]) -> (PathBuf, PathBuf) {
    let paths = (bench.path("key"), bench.path("pem"));
    run(Command::new("openssl")
        .args(["req", "-x509", "-nodes", "-newkey"])
        .args(key)
        .args(["-days", "3650", "-subj", "/CN=Other"])
        .args([
            "-addext",
            "keyUsage=critical,digitalSignature,nonRepudiation",
        ])
        .arg("-keyout")
        .arg(&paths.0)
        .arg("-out")
        .arg(&paths.1));
    paths
}

/// The report about a file that was signed with this key and these arguments of `openssl cms`.
fn signed(key: &[&str], cms: &[&str], kind: &str) -> SignatureReport {
    let bench = Bench::new();
    let (key, pem) = identity(&bench, key);
    let mut base = document("", "");
    let value = String::from_utf8(base.objects[&craft::VALUE].clone()).unwrap();
    // Without a claim the time is the one that is asked about.
    let value = value
        .replace("ETSI.CAdES.detached", kind)
        .replace("/M(D:20261124040000Z)", "");
    base.set(craft::VALUE, value);
    let mut pdf = base.write(Xref::Table);
    let (range, hole) = places(&pdf);
    let numbers = format!("0 {} {} {}", hole.start, hole.end, pdf.len() - hole.end);
    pdf[range].copy_from_slice(format!("{numbers:<48}").as_bytes());
    let content = [&pdf[..hole.start], &pdf[hole.end..]].concat();
    let content = match kind {
        "adbe.pkcs7.sha1" => gm_pki::Hash::Sha1.digest(&content),
        // What is not detached holds its content, which must find room.
        _ if cms.contains(&"-nodetach") => b"short".to_vec(),
        _ => content,
    };
    let content = bench.file("content", &content);
    let output = run(Command::new("openssl")
        .args([
            "cms",
            "-sign",
            "-binary",
            "-nosmimecap",
            "-outform",
            "DER",
            "-in",
        ])
        .arg(content)
        .arg("-inkey")
        .arg(&key)
        .arg("-signer")
        .arg(&pem)
        .args(cms));
    craft::put(&mut pdf, hole, &output.stdout);
    let der = run(Command::new("openssl")
        .args(["x509", "-outform", "DER", "-in"])
        .arg(&pem));
    let facts = gm_pki::certificate::parse(&der.stdout).unwrap();
    let policy = Policy {
        roots: vec![der.stdout],
        at: Some(facts.not_before + 1),
        ..Policy::default()
    };
    reports(&pdf, &policy).swap_remove(0)
}

const RSA: [&str; 1] = ["rsa:2048"];
const SHORT: [&str; 1] = ["rsa:1024"];
const P256: [&str; 3] = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
const P384: [&str; 3] = ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"];
const P521: [&str; 3] = ["ec", "-pkeyopt", "ec_paramgen_curve:P-521"];
const PSS: [&str; 2] = ["-keyopt", "rsa_padding_mode:pss"];

#[test]
fn families_of_other_programs_pass() {
    let check = |key: &[&str], cms: &[&str], name: &str| {
        for kind in ["adbe.pkcs7.detached", "ETSI.CAdES.detached"] {
            let cms = [cms, &["-cades"]].concat();
            let report = signed(key, &cms, kind);
            assert_eq!(report.algorithm.as_deref(), Some(name), "{report:#?}");
            assert_eq!(
                report.outcome(),
                Outcome::Passed,
                "{name}: {:?}",
                report.reasons
            );
            assert_eq!(report.indication(), (Indication::TotalPassed, None));
        }
    };
    check(&RSA, &["-md", "sha256"], "rsa-sha256");
    check(&RSA, &["-md", "sha224"], "rsa-sha224");
    check(&RSA, &["-md", "sha384"], "rsa-sha384");
    check(&RSA, &["-md", "sha512"], "rsa-sha512");
    check(
        &RSA,
        &[&["-md", "sha256"], &PSS[..]].concat(),
        "rsa-pss-sha256",
    );
    check(
        &RSA,
        &[
            &["-md", "sha512"],
            &PSS[..],
            &["-keyopt", "rsa_pss_saltlen:20"],
        ]
        .concat(),
        "rsa-pss-sha512",
    );
    check(&P256, &["-md", "sha384"], "p256-sha384");
    check(&P384, &["-md", "sha384"], "p384-sha384");
    check(&P384, &["-md", "sha224"], "p384-sha224");
    check(&P521, &["-md", "sha512"], "p521-sha512");
    check(&P521, &["-md", "sha256"], "p521-sha256");
}

#[test]
fn what_is_weak_is_indeterminate_and_its_integrity_told() {
    let check = |key: &[&str], cms: &[&str], kind: &str, words: &str| {
        let report = signed(key, cms, kind);
        assert_eq!(
            (report.integrity, report.chain),
            (Integrity::Intact, Chain::Trusted),
            "{report:#?}"
        );
        assert_eq!(report.outcome(), Outcome::Indeterminate);
        let expected = (
            Indication::Indeterminate,
            Some(SubIndication::CryptoConstraintsFailure),
        );
        assert_eq!(report.indication(), expected);
        let reason = report
            .reasons
            .iter()
            .find(|reason| reason.code == "algorithm_weak")
            .unwrap();
        assert!(reason.text.contains(words), "{reason}");
    };
    check(&RSA, &["-md", "sha1"], "adbe.pkcs7.detached", "SHA-1");
    check(&P256, &["-md", "sha1"], "adbe.pkcs7.detached", "SHA-1");
    check(&RSA, &["-md", "md5"], "adbe.pkcs7.detached", "MD5");
    check(
        &SHORT,
        &["-md", "sha256"],
        "adbe.pkcs7.detached",
        "1024 bits",
    );
    check(
        &RSA,
        &["-md", "sha256", "-nodetach"],
        "adbe.pkcs7.sha1",
        "SHA-1",
    );
}

#[test]
fn the_old_kinds_are_handled_or_refused_with_a_reason() {
    let report = signed(&RSA, &["-md", "sha256"], "adbe.x509.rsa_sha1");
    assert_eq!(
        (report.integrity, report.outcome()),
        (Integrity::Unsupported, Outcome::Indeterminate)
    );
    assert_eq!(
        report.indication().1,
        Some(SubIndication::SigConstraintsFailure)
    );
    assert!(
        report.reasons[0].text.contains("withdrawn"),
        "{:?}",
        report.reasons
    );
    // A CMS with content where none may be, and the other way round.
    for (cms, kind) in [
        (&["-nodetach"][..], "adbe.pkcs7.detached"),
        (&[], "adbe.pkcs7.sha1"),
    ] {
        let report = signed(&RSA, &[&["-md", "sha256"], cms].concat(), kind);
        assert_eq!(report.outcome(), Outcome::Failed, "{kind}");
        assert_eq!(report.indication().1, Some(SubIndication::FormatFailure));
    }
}

#[test]
fn without_the_certificate_of_the_signer_nothing_is_decided() {
    let report = signed(&RSA, &["-md", "sha256", "-nocerts"], "adbe.pkcs7.detached");
    assert_eq!(report.outcome(), Outcome::Indeterminate, "{report:#?}");
    assert_eq!(
        report.indication().1,
        Some(SubIndication::NoSigningCertificateFound)
    );
}

/// The one report has this outcome, and this indication with its reason.
fn named(
    pdf: &[u8],
    policy: &Policy,
    outcome: Outcome,
    indication: Indication,
    sub: SubIndication,
) {
    let report = reports(pdf, policy).swap_remove(0);
    assert_eq!(report.outcome(), outcome, "{report:#?}");
    let told = report.indication();
    assert_eq!(told, (indication, Some(sub)), "{:?}", report.reasons);
}

#[test]
fn failures_of_the_content_have_the_names_of_the_standard() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let pdf = craft::sign(&pki, "", "");
    let check = |pdf: &[u8], sub| {
        let failed = Indication::TotalFailed;
        named(pdf, &pki.policy(), Outcome::Failed, failed, sub);
    };
    let text = b"UP page 1";
    let at = pdf.windows(9).position(|window| window == text).unwrap();
    let mut other = pdf.clone();
    other[at..at + 2].copy_from_slice(b"ON");
    check(&other, SubIndication::HashFailure);
    // The last digits of the CMS are those of the signature value.
    let (_, hole) = places(&pdf);
    let digits = &pdf[hole.start + 1..hole.end - 1];
    let end = digits.iter().rposition(|digit| *digit != b'0').unwrap();
    let end = hole.start + 1 + end;
    let mut other = pdf.clone();
    other[end] = if other[end] == b'1' { b'2' } else { b'1' };
    check(&other, SubIndication::SigCryptoFailure);
    // The signer's claim counts against the signer.
    let claim = |date: &str| {
        let mut base = document("", "");
        let value = String::from_utf8(base.objects[&craft::VALUE].clone()).unwrap();
        base.set(craft::VALUE, value.replace("D:20261124040000Z", date));
        fill(&pki, base.write(Xref::Table))
    };
    check(&claim("D:20300101000000Z"), SubIndication::Expired);
    check(&claim("D:20200101000000Z"), SubIndication::NotYetValid);
}

#[test]
fn doubts_about_the_signer_have_the_names_of_the_standard() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let pdf = craft::sign(&pki, "", "");
    let check = |policy: &Policy, outcome, sub| {
        named(&pdf, policy, outcome, Indication::Indeterminate, sub);
    };
    // Whoever names no roots has decided nothing; whoever does, has.
    let nobody = SubIndication::NoCertificateChainFound;
    check(&Policy::default(), Outcome::Indeterminate, nobody);
    let strangers = Pki::new(Algorithm::P256Sha256).policy();
    check(&strangers, Outcome::Failed, nobody);
    for days in [400, -400] {
        let then = Policy {
            at: Some(SEALED_AT + 86_400 * days),
            ..pki.policy()
        };
        check(&then, Outcome::Failed, SubIndication::OutOfBoundsNoPoe);
    }
}

#[test]
fn a_revoked_signer_is_told_by_what_is_proven_of_the_time() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let check = |stamped: Option<i64>, revoked_at: i64, outcome, expected| {
        let request = pdf_seal::Request {
            contents_bytes: 16_384,
            ..crate::judge::request(&[1])
        };
        let pdf = pki.seal(&crate::verify::four(), stamped, &request);
        let policy = Policy {
            crls: vec![pki.revocation(revoked_at)],
            ..pki.policy()
        };
        let report = reports(&pdf, &policy).swap_remove(0);
        assert_eq!(report.outcome(), outcome, "{report:#?}");
        assert_eq!(report.indication(), expected, "{:?}", report.reasons);
    };
    let failed = (Indication::TotalFailed, Some(SubIndication::Revoked));
    check(None, SEALED_AT - 10, Outcome::Failed, failed);
    check(Some(SEALED_AT), SEALED_AT - 10, Outcome::Failed, failed);
    // Whoever has the key may claim any time; a stamp proves one.
    let claimed = (Indication::Indeterminate, Some(SubIndication::RevokedNoPoe));
    check(None, SEALED_AT + 10, Outcome::Indeterminate, claimed);
    let passed = (Indication::TotalPassed, None);
    check(Some(SEALED_AT), SEALED_AT + 10, Outcome::Passed, passed);
}
