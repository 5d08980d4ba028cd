//! BouncyCastle's opinion on everything that the issuer writes, both families, in few starts of Java.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

use gm_pki::certificate::{Facts, parse};
use gm_pki::{Signer, SoftKey, cms, csr, ocsp, tsp};
use hulian_issuer::{
    Entry, Family, Issuer, LeafProfile, LeafRequest, Params, Reason, Status, Subject,
};
use rand_core::UnwrapErr;
use std::path::{Path, PathBuf};
use std::process::Command;

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;
const JARS: [&str; 3] = [
    "/usr/share/java/bcprov.jar",
    "/usr/share/java/bcpkix.jar",
    "/usr/share/java/bcutil.jar",
];

fn rng() -> UnwrapErr<getrandom::SysRng> {
    UnwrapErr(getrandom::SysRng)
}

/// Files of one test, and the commands that will be judged over them.
struct Court {
    folder: tempfile::TempDir,
    words: Vec<String>,
}

impl Court {
    fn new() -> Self {
        Court {
            folder: tempfile::tempdir().unwrap(),
            words: Vec::new(),
        }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn add(&mut self, words: &[&str]) {
        if !self.words.is_empty() {
            self.words.push("--".to_owned());
        }
        self.words
            .extend(words.iter().map(|word| (*word).to_owned()));
    }

    /// One start of Java for all commands: whether all were valid, and the lines.
    fn judge(&self) -> (bool, Vec<String>) {
        for jar in JARS {
            assert!(
                Path::new(jar).exists(),
                "{jar} is missing: apt-get install default-jdk-headless libbcprov-java libbcpkix-java libbcutil-java"
            );
        }
        let judge =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/judges/java/Judge.java");
        let output = Command::new("java")
            .args(["-XX:TieredStopAtLevel=1", "-cp", &JARS.join(":")])
            .arg(&judge)
            .args(&self.words)
            .output()
            .expect("java is missing: apt-get install default-jdk-headless libbcprov-java libbcpkix-java libbcutil-java");
        let text = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        (
            output.status.success(),
            text.lines().map(str::to_owned).collect(),
        )
    }
}

fn issuer() -> Issuer {
    let params = Params {
        rsa_bits: 2048,
        ..Params::new("http://localhost:8080/pki", "Hulian Test")
    };
    Issuer::create(params, NOW, &mut rng()).unwrap()
}

fn holder_key(family: Family) -> SoftKey {
    match family {
        Family::Rsa => SoftKey::generate_rsa(2048, &mut rng()).unwrap(),
        Family::Sm2 => SoftKey::generate(family.algorithm(), &mut rng()).unwrap(),
    }
}

fn subject() -> Subject {
    Subject {
        country: Some("CN".into()),
        organization: Some("互连测试建设有限公司".into()),
        organization_identifier: Some("91350100M000100Y43".into()),
        common_name: Some("张三".into()),
        ..Subject::default()
    }
}

fn leaf(issuer: &Issuer, family: Family, profile: LeafProfile, key: &SoftKey) -> Vec<u8> {
    let request = LeafRequest {
        family,
        profile,
        subject: subject(),
        spki_der: key.public_key_der().to_vec(),
        not_before: NOW,
        not_after: NOW + 365 * DAY,
    };
    let prepared = issuer.prepare_leaf(&request, &mut rng()).unwrap();
    issuer.sign_leaf(&prepared).unwrap()
}

fn add_family(court: &mut Court, issuer: &Issuer, family: Family) {
    let name = |what: &str| format!("{}-{what}", family.name());
    let all = issuer.certificates(family);
    let [root, issuing, tsa, ocsp_file] = [
        ("root", all.root),
        ("issuing", all.issuing),
        ("tsa", all.tsa),
        ("ocsp", all.ocsp),
    ]
    .map(|(what, der)| court.file(&name(what), der));
    let key = holder_key(family);
    let signing = leaf(issuer, family, LeafProfile::Signing, &key);
    let facts = parse(&signing).unwrap();
    let signing_file = court.file(&name("signing"), &signing);
    let encryption_file = court.file(
        &name("encryption"),
        &leaf(issuer, family, LeafProfile::Encryption, &holder_key(family)),
    );
    court.add(&[
        "chain",
        &root,
        &issuing,
        &signing_file,
        &encryption_file,
        &tsa,
        &ocsp_file,
    ]);

    let info = csr::request_info(&facts.subject_der, key.public_key_der()).unwrap();
    let request = csr::assemble(&info, key.algorithm(), &key.sign(&info).unwrap());
    court.add(&["csr", &court.file(&name("csr"), &request)]);

    let entries = [
        Entry {
            serial: facts.serial.clone(),
            revoked_at: NOW + DAY,
            reason: Reason::CertificateHold,
        },
        Entry {
            serial: vec![0x80, 1, 2],
            revoked_at: NOW + DAY,
            reason: Reason::Unspecified,
        },
    ];
    let list = issuer
        .crl(family, 7, &entries, NOW + DAY, NOW + 2 * DAY)
        .unwrap();
    court.add(&["crl", &court.file(&name("crl"), &list), &issuing]);
    let list = issuer
        .root_crl(family, 1, &[], NOW, NOW + 90 * DAY)
        .unwrap();
    court.add(&["crl", &court.file(&name("root-crl"), &list), &root]);

    add_ocsp(court, issuer, family, &facts, &issuing);
    add_signatures(court, issuer, family, &key, &signing, &root);
}

fn add_ocsp(court: &mut Court, issuer: &Issuer, family: Family, facts: &Facts, issuing: &str) {
    let issuing_facts = parse(issuer.certificates(family).issuing).unwrap();
    let id = ocsp::CertId::new(&issuing_facts, &facts.serial).unwrap();
    let request = ocsp::request(&[id], Some(&[7; 16]));
    let statuses = [
        ("good", Status::Good),
        ("unknown", Status::Unknown),
        (
            "revoked",
            Status::Revoked {
                at: NOW,
                reason: Reason::KeyCompromise,
            },
        ),
    ];
    for (word, status) in statuses {
        let response = issuer.ocsp(family, &request, |_| status, NOW + DAY);
        let file = court.file(&format!("{}-ocsp-{word}", family.name()), &response);
        court.add(&["ocsp", &file, issuing, &hex::encode(&facts.serial)]);
    }
}

fn add_signatures(
    court: &mut Court,
    issuer: &Issuer,
    family: Family,
    key: &SoftKey,
    signing: &[u8],
    root: &str,
) {
    let name = |what: &str| format!("{}-{what}", family.name());
    let content = b"the document";
    let content_file = court.file(&name("content"), content);
    let algorithm = family.algorithm();
    let (signed, signature, token) = stamped(issuer, family, key, signing, content);
    court.add(&[
        "cms",
        &court.file(&name("cms"), &signed),
        &content_file,
        root,
    ]);
    court.add(&[
        "tsp",
        &court.file(&name("token"), &token),
        &court.file(&name("signature"), &signature),
        root,
    ]);
    let request = tsp::request(
        &tsp::imprint_of(algorithm, content),
        None,
        Some(&[0x81, 2, 3]),
        true,
    );
    let response = issuer.timestamp_response(family, &request, NOW, &mut rng());
    court.add(&[
        "tsp-response",
        &court.file(&name("tsr"), &response),
        &content_file,
        root,
    ]);
    court.add(&[
        "pdf-cms",
        &court.file(&name("pdf"), &crude_pdf(issuer, family, key, signing)),
        root,
    ]);
}

/// A detached CMS with a time stamp, as the service makes it; the signature value and the token besides.
fn stamped(
    issuer: &Issuer,
    family: Family,
    key: &SoftKey,
    signing: &[u8],
    content: &[u8],
) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let algorithm = family.algorithm();
    let all = issuer.certificates(family);
    let attributes =
        cms::signed_attributes(algorithm, &algorithm.digest(content), signing).unwrap();
    let signature = key.sign(&attributes).unwrap();
    let token = issuer
        .timestamp(
            family,
            &algorithm.digest(&signature),
            NOW + DAY,
            None,
            &mut rng(),
        )
        .unwrap();
    let certificates = [signing, all.issuing, all.root];
    let signed = cms::assemble(&cms::Parts {
        algorithm,
        signed_attributes: &attributes,
        signature: &signature,
        certificates: &certificates,
        timestamp_token: Some(&token),
    });
    (signed.unwrap(), signature, token)
}

/// Enough of a signed PDF for a plain search of its byte range.
fn crude_pdf(issuer: &Issuer, family: Family, key: &SoftKey, signing: &[u8]) -> Vec<u8> {
    const CONTENTS: usize = 16_384;
    let tail = b"\n>>\nendobj\n%%EOF\n";
    let head_length = 100;
    let after = head_length + CONTENTS + 2;
    let mut head = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Sig /ByteRange [0 {head_length} {after} {}] ",
        tail.len()
    );
    while head.len() < head_length - 10 {
        head.push(' ');
    }
    head.push_str("/Contents ");
    let covered = [head.as_bytes(), tail].concat();
    let (signed, ..) = stamped(issuer, family, key, signing, &covered);
    let mut contents = hex::encode(&signed);
    contents.push_str(&"0".repeat(CONTENTS - contents.len()));
    [head.as_bytes(), b"<", contents.as_bytes(), b">", tail].concat()
}

#[test]
fn bouncycastle_accepts_everything_the_issuer_writes() {
    let issuer = issuer();
    let mut court = Court::new();
    for family in Family::ALL {
        add_family(&mut court, &issuer, family);
    }
    let (valid, lines) = court.judge();
    assert!(valid, "{}", lines.join("\n"));
    let count = |word: &str| lines.iter().filter(|line| line.starts_with(word)).count();
    assert_eq!(
        [
            count("chain valid length=2"),
            count("csr valid"),
            count("crl valid"),
            count("ocsp valid")
        ],
        [8, 2, 4, 6],
        "{}",
        lines.join("\n")
    );
    assert_eq!(
        [
            count("cms valid"),
            count("tsp valid"),
            count("tsp-response valid"),
            count("pdf-cms valid")
        ],
        [2, 2, 2, 2],
        "{}",
        lines.join("\n")
    );
    for status in ["good", "unknown", "revoked reason=1"] {
        assert_eq!(
            lines
                .iter()
                .filter(|line| line.ends_with(&format!("status={status}")))
                .count(),
            2
        );
    }
    let sm2 = "digest=1.2.156.10197.1.401 signature=1.2.156.10197.1.501";
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("cms valid") && line.contains(sm2)),
        "{}",
        lines.join("\n")
    );
}

/// A judge that accepts everything would prove nothing.
#[test]
fn bouncycastle_refuses_what_was_changed() {
    let issuer = issuer();
    let family = Family::Sm2;
    let all = issuer.certificates(family);
    let key = holder_key(family);
    let signing = leaf(&issuer, family, LeafProfile::Signing, &key);
    let mut court = Court::new();
    let root = court.file("root", all.root);
    let issuing = court.file("issuing", all.issuing);
    let mut forged = signing.clone();
    let middle = forged.len() / 2;
    forged[middle] ^= 1;
    court.add(&["chain", &root, &issuing, &court.file("forged", &forged)]);
    let signed = cms::sign(
        &key,
        &[&signing, all.issuing],
        &family.algorithm().digest(b"one"),
    )
    .unwrap();
    court.add(&[
        "cms",
        &court.file("cms", &signed),
        &court.file("other", b"two"),
        &root,
    ]);
    let token = issuer
        .timestamp(
            family,
            &family.algorithm().digest(b"one"),
            NOW,
            None,
            &mut rng(),
        )
        .unwrap();
    court.add(&[
        "tsp",
        &court.file("token", &token),
        &court.file("data", b"two"),
        &root,
    ]);
    let rsa_root = court.file("rsa-root", issuer.certificates(Family::Rsa).root);
    court.add(&["chain", &rsa_root, &issuing, &court.file("leaf", &signing)]);
    let mut pdf = crude_pdf(&issuer, family, &key, &signing);
    pdf[12] ^= 1;
    court.add(&["pdf-cms", &court.file("pdf", &pdf), &root]);
    let (valid, lines) = court.judge();
    assert!(!valid);
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.contains(" INVALID "))
            .count(),
        5,
        "{}",
        lines.join("\n")
    );
}
