//! Vectors for the other side, which builds signed attributes and request infos in TypeScript.
//!
//! `HULIAN_WRITE_VECTORS=1` writes `vectors/signed-attributes.json` anew with fresh keys; without it the file's inputs are
//! computed again and its outputs compared.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod support;

use gm_pki::certificate::{IssuerFacts, Plan, Profile, issue, parse};
use gm_pki::{Algorithm, Signer, SoftKey, cms, csr, public_key};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// All values are hex, except `algorithm`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Vectors {
    signed_attributes: Vec<Attributes>,
    request_info: Vec<RequestInfo>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Attributes {
    algorithm: String,
    content_digest: String,
    certificate: String,
    /// DER SET OF.
    attributes: String,
    /// SM3(Z || attributes) for SM2, SHA-256 for the others.
    digest_to_sign: String,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct RequestInfo {
    algorithm: String,
    /// DER Name.
    subject: String,
    /// DER SubjectPublicKeyInfo.
    spki: String,
    /// DER CertificationRequestInfo.
    request_info: String,
    /// As above, over the request info.
    digest_to_sign: String,
}

fn attributes(algorithm: Algorithm, content_digest: &[u8], certificate: &[u8]) -> Attributes {
    let attributes = cms::signed_attributes(algorithm, content_digest, certificate).unwrap();
    let spki = parse(certificate).unwrap().spki_der;
    Attributes {
        algorithm: algorithm.name().to_owned(),
        content_digest: hex::encode(content_digest),
        certificate: hex::encode(certificate),
        digest_to_sign: hex::encode(public_key::message_digest(&spki, &attributes).unwrap()),
        attributes: hex::encode(attributes),
    }
}

fn request_info(subject: &[u8], spki: &[u8]) -> RequestInfo {
    let info = csr::request_info(subject, spki).unwrap();
    RequestInfo {
        algorithm: public_key::algorithm_of(spki).unwrap().name().to_owned(),
        subject: hex::encode(subject),
        spki: hex::encode(spki),
        digest_to_sign: hex::encode(public_key::message_digest(spki, &info).unwrap()),
        request_info: hex::encode(info),
    }
}

fn fresh() -> Vectors {
    let now = 1_800_000_000;
    let mut vectors = Vectors {
        signed_attributes: Vec::new(),
        request_info: Vec::new(),
    };
    for algorithm in Algorithm::ALL {
        let root = support::hold(Profile::Root, algorithm, None, now);
        for number in 1..=2_u8 {
            let key = match algorithm {
                // What the phone signs with: the joint key has 4096 bits.
                Algorithm::RsaSha256 => SoftKey::generate_rsa(4096, &mut support::rng()).unwrap(),
                _ => support::key(algorithm),
            };
            let plan = Plan {
                issuer: Some(IssuerFacts::from(&root.facts)),
                ..support::plan(Profile::SigningLeaf, &key, Some(&root), now)
            };
            let certificate = issue(&plan, &root.key).unwrap();
            vectors.signed_attributes.push(attributes(
                algorithm,
                &algorithm.digest(&[number]),
                &certificate,
            ));
            vectors.request_info.push(request_info(
                &plan.subject.to_der().unwrap(),
                key.public_key_der(),
            ));
        }
    }
    vectors
}

#[test]
fn the_committed_vectors_are_what_the_code_makes() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors/signed-attributes.json");
    if std::env::var_os("HULIAN_WRITE_VECTORS").is_some() {
        let text = serde_json::to_string_pretty(&fresh()).unwrap();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text + "\n").unwrap();
    }
    let file: Vectors = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(
        (file.signed_attributes.len(), file.request_info.len()),
        (6, 6)
    );
    for vector in &file.signed_attributes {
        let algorithm = Algorithm::from_name(&vector.algorithm).unwrap();
        let again = attributes(
            algorithm,
            &hex::decode(&vector.content_digest).unwrap(),
            &hex::decode(&vector.certificate).unwrap(),
        );
        assert_eq!(&again, vector);
    }
    for vector in &file.request_info {
        assert_eq!(
            &request_info(
                &hex::decode(&vector.subject).unwrap(),
                &hex::decode(&vector.spki).unwrap()
            ),
            vector
        );
    }
}
