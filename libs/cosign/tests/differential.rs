//! The same questions to OpenSSL, in process. `HULIAN_DIFFERENTIAL` sets how many; a thousand by default.
//!
//! The `openssl` crate cannot set the signer identity of SM2. So the signature equation is compared over the finished
//! digest `e` (what `EVP_PKEY_verify` takes), and `Z` with the empty identity, OpenSSL's default; that the identity
//! `1234567812345678` enters `Z` as it should is shown by the published example in `standard.rs`.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{bytes, rng, rsa_keys, rsa_sign, sm2_keys, sm2_sign};
use cosign::sm2::{PublicKey, decrypt, digest, digest_with_id};
use openssl::hash::MessageDigest;
use openssl::md::Md;
use openssl::md_ctx::MdCtx;
use openssl::pkey::{PKey, Public};
use openssl::pkey_ctx::PkeyCtx;

/// Signatures by one key before the next is made.
const PER_KEY: u64 = 16;
/// A long run says so often how far it is, so that one that is cut short has still shown something.
const PROGRESS: u64 = 10_000;

fn runs() -> u64 {
    std::env::var("HULIAN_DIFFERENTIAL")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1000)
}

fn openssl_key(public: &PublicKey) -> PKey<Public> {
    PKey::public_key_from_der(&public.to_spki_der()).unwrap()
}

/// Says after a round how many questions of a long run were answered alike so far.
fn progress(what: &str, before: u64, done: u64) {
    if before / PROGRESS < done / PROGRESS {
        eprintln!("{what}: {done} alike");
    }
}

#[test]
fn sm2_signatures_verify_in_openssl() {
    let mut rng = rng(61);
    for round in 0..runs().div_ceil(PER_KEY) {
        let (client, server) = sm2_keys(&mut rng);
        let key = openssl_key(client.public_key());
        for _ in 0..PER_KEY {
            let message: [u8; 50] = bytes(&mut rng);
            let e = digest(client.public_key(), &message);
            let signature = sm2_sign(&client, &server, e, &mut rng).unwrap();
            let mut context = PkeyCtx::new(&key).unwrap();
            context.verify_init().unwrap();
            assert!(context.verify(&e, &signature.to_der()).unwrap());
            let mut other = e;
            other[0] ^= 1;
            let mut context = PkeyCtx::new(&key).unwrap();
            context.verify_init().unwrap();
            assert!(!context.verify(&other, &signature.to_der()).unwrap_or(false));
        }
        progress("SM2 signatures", round * PER_KEY, (round + 1) * PER_KEY);
    }
}

#[test]
fn sm2_messages_verify_in_openssl_under_its_default_identity() {
    let mut rng = rng(62);
    let (client, server) = sm2_keys(&mut rng);
    let key = openssl_key(client.public_key());
    for _ in 0..runs().min(10_000) {
        let message: [u8; 77] = bytes(&mut rng);
        let e = digest_with_id(client.public_key(), b"", &message).unwrap();
        let signature = sm2_sign(&client, &server, e, &mut rng).unwrap();
        let mut context = MdCtx::new().unwrap();
        context.digest_verify_init(Some(Md::sm3()), &key).unwrap();
        assert!(
            context
                .digest_verify(&message, &signature.to_der())
                .unwrap()
        );
    }
}

#[test]
fn openssl_encrypts_and_two_halves_decrypt() {
    let mut rng = rng(63);
    for round in 0..runs().div_ceil(PER_KEY) {
        let (client, server) = sm2_keys(&mut rng);
        let key = openssl_key(client.public_key());
        for _ in 0..PER_KEY {
            let message: [u8; 32] = bytes(&mut rng);
            let mut context = PkeyCtx::new(&key).unwrap();
            context.encrypt_init().unwrap();
            let mut der = Vec::new();
            context.encrypt_to_vec(&message, &mut der).unwrap();
            let ciphertext = decrypt::Ciphertext::from_der(&der).unwrap();
            let sid = bytes(&mut rng);
            let request = decrypt::request(sid, &ciphertext);
            let reply =
                decrypt::server_answer(&server, sid, ciphertext.c1(), &request, &mut rng).unwrap();
            let plain = decrypt::finish(&client, sid, &ciphertext, &reply).unwrap();
            assert_eq!(plain.as_slice(), message);
        }
        progress("SM2 decryptions", round * PER_KEY, (round + 1) * PER_KEY);
    }
}

#[test]
fn composite_rsa_signatures_verify_in_openssl() {
    let mut rng = rng(64);
    // Keys are dear and messages are what differs: few keys, many messages.
    let keys = runs().div_ceil(500).min(40);
    for round in 0..keys {
        let (client, server) = rsa_keys(&mut rng);
        let key: PKey<Public> =
            PKey::public_key_from_der(&client.public_key().to_spki_der()).unwrap();
        for _ in 0..runs() / keys {
            let message: [u8; 50] = bytes(&mut rng);
            let hash = openssl::sha::sha256(&message);
            let signature = rsa_sign(&client, &server, hash, &mut rng).unwrap();
            let mut verifier = openssl::sign::Verifier::new(MessageDigest::sha256(), &key).unwrap();
            assert!(verifier.verify_oneshot(&signature, &message).unwrap());
        }
        progress(
            "RSA signatures",
            round * runs() / keys,
            (round + 1) * runs() / keys,
        );
    }
}
