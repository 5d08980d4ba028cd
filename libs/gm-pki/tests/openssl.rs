//! OpenSSL's opinion: on everything made with RSA, and on SM2 certificates link by link (it sets the SM2 identity for the
//! certificate under test only, openssl issue 23471).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod support;

use gm_pki::certificate::Profile;
use gm_pki::crl::{Entry, Reason};
use gm_pki::{Algorithm, Signer, SoftKey, cms, csr, ocsp, tsp};
use std::process::Command;
use support::{Authority, hold, now};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.path().join(name), bytes).unwrap();
    }

    /// Certificates as PEM, concatenated.
    fn pem(&self, name: &str, ders: &[&[u8]]) {
        use base64ct::{Base64, Encoding};
        let text: String = ders
            .iter()
            .map(|der| {
                format!(
                    "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
                    wrap(&Base64::encode_string(der))
                )
            })
            .collect();
        self.file(name, text.as_bytes());
    }

    /// Runs openssl in the folder; whether it succeeded, and all it said.
    fn run(&self, command: &str) -> (bool, String) {
        let output = Command::new("openssl")
            .args(command.split_whitespace())
            .current_dir(self.0.path())
            .output()
            .expect("openssl is missing: apt-get install openssl");
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        (output.status.success(), said)
    }

    fn accepts(&self, command: &str, word: &str) {
        let (success, said) = self.run(command);
        assert!(success && said.contains(word), "openssl {command}\n{said}");
    }

    fn refuses(&self, command: &str, word: &str) {
        let (success, said) = self.run(command);
        assert!(!success && said.contains(word), "openssl {command}\n{said}");
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.path().join(name)).unwrap()
    }
}

fn wrap(text: &str) -> String {
    text.as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8(line.to_vec()).unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

fn authority(folder: &Folder, algorithm: Algorithm) -> Authority {
    let all = Authority::new(algorithm, now());
    folder.pem("root.pem", &[&all.root.der]);
    folder.pem("issuing.pem", &[&all.issuing.der]);
    folder.pem("leaf.pem", &[&all.leaf.der]);
    folder.pem("tsa.pem", &[&all.tsa.der]);
    folder.pem("ocsp.pem", &[&all.ocsp.der]);
    all
}

#[test]
fn openssl_verifies_rsa_chains_lists_and_requests() {
    let folder = Folder::new();
    let all = authority(&folder, Algorithm::RsaSha256);
    let entry = Entry {
        serial: all.leaf.facts.serial.clone(),
        revoked_at: all.now - 600,
        reason: Reason::CertificateHold,
    };
    folder.file("root.crl", &all.crl(&all.root, &[]));
    folder.file("empty.crl", &all.crl(&all.issuing, &[]));
    folder.file("full.crl", &all.crl(&all.issuing, &[entry]));
    folder.accepts(
        "crl -inform DER -in empty.crl -CAfile issuing.pem -noout",
        "verify OK",
    );
    folder.accepts(
        "crl -inform DER -in full.crl -CAfile issuing.pem -noout -text",
        "Certificate Hold",
    );
    for name in ["root", "empty", "full"] {
        folder.accepts(
            &format!("crl -inform DER -in {name}.crl -out {name}.crl.pem"),
            "",
        );
    }
    let base = "verify -x509_strict -check_ss_sig -CAfile root.pem -untrusted issuing.pem -crl_check_all -CRLfile root.crl.pem";
    for leaf in ["leaf", "ocsp"] {
        folder.accepts(&format!("{base} -CRLfile empty.crl.pem {leaf}.pem"), "OK");
    }
    folder.accepts(
        &format!("{base} -CRLfile empty.crl.pem -purpose timestampsign tsa.pem"),
        "OK",
    );
    folder.refuses(
        &format!("{base} -CRLfile full.crl.pem leaf.pem"),
        "certificate revoked",
    );

    let info =
        csr::request_info(&all.leaf.facts.subject_der, all.leaf.key.public_key_der()).unwrap();
    folder.file(
        "csr",
        &csr::assemble(
            &info,
            Algorithm::RsaSha256,
            &all.leaf.key.sign(&info).unwrap(),
        ),
    );
    folder.accepts("req -inform DER -in csr -verify -noout", "verify OK");
}

#[test]
fn openssl_verifies_rsa_status_answers() {
    let folder = Folder::new();
    let all = authority(&folder, Algorithm::RsaSha256);
    let statuses = [
        ("good", ocsp::Status::Good),
        ("unknown", ocsp::Status::Unknown),
        (
            "revoked",
            ocsp::Status::Revoked {
                at: all.now - 60,
                reason: Reason::KeyCompromise,
            },
        ),
    ];
    // The request is OpenSSL's own, so that both directions are judged.
    folder.accepts(
        "ocsp -issuer issuing.pem -cert leaf.pem -reqout request",
        "",
    );
    let request = ocsp::parse_request(&folder.bytes("request")).unwrap();
    assert!(request.ids[0].names_issuer(&all.issuing.facts));
    assert_eq!(request.ids[0].serial, all.leaf.facts.serial);
    for (word, status) in statuses {
        let single = ocsp::SingleResponse {
            id: request.ids[0].clone(),
            status,
            this_update: all.now - 5,
            next_update: Some(all.now + 3600),
        };
        let response = ocsp::respond(
            &[single],
            request.nonce.as_deref(),
            all.now,
            &all.ocsp.der,
            &all.ocsp.key,
        )
        .unwrap();
        folder.file("response", &response);
        // With -cert OpenSSL makes a request of its own with another nonce; with -reqin alone it compares the nonce.
        let verify = "-respin response -CAfile root.pem -verify_other issuing.pem";
        let named = format!("ocsp -issuer issuing.pem -cert leaf.pem -no_nonce {verify}");
        folder.accepts(&named, &format!("leaf.pem: {word}"));
        folder.accepts(
            &format!("ocsp -reqin request {verify}"),
            "Response verify OK",
        );
    }
    folder.pem(
        "other.pem",
        &[&hold(Profile::Root, Algorithm::RsaSha256, None, all.now).der],
    );
    folder.refuses(
        "ocsp -reqin request -respin response -CAfile other.pem",
        "Response Verify Failure",
    );
}

#[test]
fn openssl_verifies_rsa_time_stamps_and_cms() {
    let folder = Folder::new();
    let all = authority(&folder, Algorithm::RsaSha256);
    folder.file("data", b"the document");
    folder.accepts("ts -query -data data -sha256 -cert -out request", "");
    let request = tsp::parse_request(&folder.bytes("request")).unwrap();
    assert_eq!(
        request.imprint,
        tsp::imprint_of(Algorithm::RsaSha256, b"the document")
    );
    let token = all.token(b"the document", request.nonce.as_deref());
    folder.file("response", &tsp::response(&token));
    let chain = "-CAfile root.pem -untrusted issuing.pem";
    folder.accepts(
        &format!("ts -verify -queryfile request -in response {chain}"),
        "Verification: OK",
    );
    folder.file("token", &token);
    folder.accepts(
        &format!("ts -verify -data data -token_in -in token {chain}"),
        "Verification: OK",
    );
    folder.accepts("ts -reply -in response -text", "Accuracy: 0x01 seconds");
    folder.file(
        "refusal",
        &tsp::refusal(tsp::Failure::UnacceptedPolicy, "no"),
    );
    folder.accepts(
        "ts -reply -in refusal -text",
        "Failure info: the requested TSA policy is not supported",
    );

    folder.file("cms", &all.signed(b"the document"));
    let command =
        "cms -verify -binary -inform DER -in cms -CAfile root.pem -purpose any -out out -content";
    folder.accepts(&format!("{command} data"), "Verification successful");
    folder.file("other", b"another document");
    folder.refuses(&format!("{command} other"), "Verification failure");
}

#[test]
fn openssl_verifies_sm2_certificates_link_by_link() {
    let folder = Folder::new();
    let all = authority(&folder, Algorithm::Sm2Sm3);
    let base = "verify -vfyopt distid:1234567812345678 -partial_chain -no_check_time";
    folder.accepts(&format!("{base} -trusted root.pem issuing.pem"), "OK");
    for leaf in ["leaf", "tsa", "ocsp"] {
        folder.accepts(&format!("{base} -trusted issuing.pem {leaf}.pem"), "OK");
    }
    folder.refuses(&format!("{base} -trusted root.pem leaf.pem"), "error");
    folder.file("tbs", &all.leaf.facts.tbs);
    folder.file("signature", &all.leaf.facts.signature);
    folder.accepts("x509 -in issuing.pem -pubkey -noout -out key.pem", "");
    folder.accepts("pkeyutl -verify -pubin -inkey key.pem -rawin -digest sm3 -pkeyopt distid:1234567812345678 -in tbs -sigfile signature", "Success");
}

#[test]
fn p256_chains_and_cms_pass_openssl_too() {
    let folder = Folder::new();
    let all = authority(&folder, Algorithm::P256Sha256);
    folder.accepts(
        "verify -x509_strict -CAfile root.pem -untrusted issuing.pem leaf.pem tsa.pem",
        "OK",
    );
    folder.file("data", b"the document");
    folder.file("cms", &all.signed(b"the document"));
    folder.accepts("cms -verify -binary -inform DER -in cms -CAfile root.pem -purpose any -out out -content data", "Verification successful");
}

#[test]
fn cms_and_keys_of_openssl_are_read() {
    let folder = Folder::new();
    for (name, command) in [
        (
            "rsa8",
            "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa8",
        ),
        ("rsa1", "rsa -in rsa8 -traditional -out rsa1"),
        (
            "ec8",
            "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec8",
        ),
        ("ec1", "ecparam -name prime256v1 -genkey -out ec1"),
        ("sm8", "genpkey -algorithm SM2 -out sm8"),
    ] {
        folder.accepts(command, "");
        let key = SoftKey::from_pem(&String::from_utf8(folder.bytes(name)).unwrap()).unwrap();
        let signature = key.sign(b"message").unwrap();
        gm_pki::public_key::verify(
            key.public_key_der(),
            key.algorithm(),
            b"message",
            &signature,
        )
        .unwrap();
        let again = SoftKey::from_pkcs8_der(&key.to_pkcs8_der().unwrap()).unwrap();
        assert_eq!(again.public_key_der(), key.public_key_der());
    }
    folder.file("data", b"the document");
    folder.accepts(
        "req -x509 -new -key rsa8 -subj /CN=Signer -days 2 -out rsa.pem",
        "",
    );
    for attributes in ["", "-noattr"] {
        folder.accepts(&format!("cms -sign -binary {attributes} -in data -signer rsa.pem -inkey rsa8 -outform DER -out cms"), "");
        let read = cms::parse(&folder.bytes("cms")).unwrap();
        let verified = read.verify(cms::Content::Bytes(b"the document")).unwrap();
        assert_eq!(verified.has_signed_attributes, attributes.is_empty());
        assert!(
            read.verify(cms::Content::Digest(
                &|algorithm| algorithm.digest(b"the document")
            ))
            .is_ok()
        );
        assert!(read.verify(cms::Content::Bytes(b"another")).is_err());
    }
}
