//! Keys under passwords as the `openssl` program writes them.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;
use std::process::Command;

use gm_pki::{Error, Signer as _, SoftKey, pem, pkcs12};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.run("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem");
        folder.run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.pem");
        folder.run("genpkey -algorithm SM2 -out sm2.pem");
        for key in ["rsa", "p256", "sm2"] {
            let digest = if key == "sm2" { "sm3" } else { "sha256" };
            folder.run(&format!(
                "req -x509 -new -key {key}.pem -{digest} -subj /CN=Root -days 9 -out {key}-cert.pem"
            ));
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    fn run(&self, command: &str) {
        let mut openssl = Command::new("openssl");
        let output = openssl
            .args(command.split(' '))
            .current_dir(self.0.path())
            .output();
        let output = output.expect("openssl is missing: apt-get install openssl");
        assert!(
            output.status.success(),
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn public(&self, key: &str) -> Vec<u8> {
        SoftKey::from_pem(&self.text(&format!("{key}.pem")))
            .unwrap()
            .public_key_der()
            .to_vec()
    }
}

#[test]
fn encrypted_pkcs8_of_every_scheme_opens() {
    let folder = Folder::new();
    for key in ["rsa", "p256", "sm2"] {
        for scheme in [
            "-v2 aes-256-cbc",
            "-v2 aes-128-cbc -v2prf hmacWithSHA512",
            "-v2 aes-256-cbc -v2prf hmacWithSHA1",
            "-v2 des3",
            "-scrypt -scrypt_N 1024",
        ] {
            folder.run(&format!(
                "pkcs8 -topk8 -in {key}.pem {scheme} -passout pass:密码pass -out locked.pem"
            ));
            let der = pem::decode_all("ENCRYPTED PRIVATE KEY", &folder.text("locked.pem"))
                .unwrap()
                .remove(0);
            let opened = SoftKey::from_encrypted_pkcs8_der(&der, "密码pass".as_bytes())
                .unwrap_or_else(|error| panic!("{key} {scheme}: {error}"));
            assert_eq!(
                opened.public_key_der(),
                folder.public(key),
                "{key} {scheme}"
            );
            let wrong = SoftKey::from_encrypted_pkcs8_der(&der, b"other").unwrap_err();
            assert!(
                matches!(wrong, Error::Mismatch(_) | Error::Key(_)),
                "{key} {scheme}: {wrong}"
            );
            for len in 0..der.len() {
                assert!(SoftKey::from_encrypted_pkcs8_der(&der[..len], b"x").is_err());
            }
        }
    }
}

#[test]
fn stores_of_openssl_open_with_their_certificates() {
    let folder = Folder::new();
    for key in ["rsa", "p256", "sm2"] {
        let make = format!(
            "pkcs12 -export -inkey {key}.pem -in {key}-cert.pem -certfile rsa-cert.pem -out store.p12"
        );
        let modern = [
            "",
            " -macalg sha1",
            " -macalg sha512 -iter 5000 -maciter",
            " -nomac",
            " -keypbe AES-128-CBC -certpbe NONE",
            " -name 公章",
        ];
        for options in modern {
            folder.run(&format!("{make}{options} -passout pass:密码"));
            let der = folder.read("store.p12");
            let store = pkcs12::open(&der, "密码".as_bytes())
                .unwrap_or_else(|error| panic!("{key}{options}: {error}"));
            assert_eq!(
                store.key.public_key_der(),
                folder.public(key),
                "{key}{options}"
            );
            let own =
                pem::decode_all("CERTIFICATE", &folder.text(&format!("{key}-cert.pem"))).unwrap();
            assert!(store.certificates.contains(&own[0]), "{key}{options}");
            let wrong = pkcs12::open(&der, b"other").unwrap_err();
            assert!(
                matches!(wrong, Error::Mismatch("the password")) || options.contains("nomac"),
                "{key}{options}: {wrong}"
            );
        }
    }
    folder.run("pkcs12 -export -inkey rsa.pem -in rsa-cert.pem -out store.p12 -passout pass:");
    assert!(
        pkcs12::open(&folder.read("store.p12"), b"").is_ok(),
        "an empty password"
    );
}

#[test]
fn old_stores_and_those_without_a_key_are_refused_with_the_reason() {
    let folder = Folder::new();
    folder.run(
        "pkcs12 -export -legacy -inkey rsa.pem -in rsa-cert.pem -out store.p12 -passout pass:x",
    );
    let refused = pkcs12::open(&folder.read("store.p12"), b"x").unwrap_err();
    assert!(matches!(refused, Error::Unsupported(_)), "{refused}");
    folder.run("pkcs12 -export -nokeys -in rsa-cert.pem -out store.p12 -passout pass:x");
    let refused = pkcs12::open(&folder.read("store.p12"), b"x").unwrap_err();
    assert!(matches!(refused, Error::Key(_)), "{refused}");
}

#[test]
fn broken_stores_are_refused() {
    let folder = Folder::new();
    folder.run("pkcs12 -export -inkey p256.pem -in p256-cert.pem -iter 1 -nomaciter -out store.p12 -passout pass:x");
    let der = folder.read("store.p12");
    assert!(pkcs12::open(&der, b"x").is_ok());
    for len in 0..der.len() {
        assert!(pkcs12::open(&der[..len], b"x").is_err());
    }
    for at in 0..der.len() {
        for byte in [0, 0x30, 0xff] {
            let mut changed = der.clone();
            changed[at] = byte;
            // Not every byte is under the code (names of bags of no use, the version of the data); none is a panic.
            let _ = pkcs12::open(&changed, b"x");
        }
    }
}
