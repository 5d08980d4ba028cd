//! ECDSA P-256 with SHA-256 in the form of WebCrypto: device keys and password proofs.

use crate::Error;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::sec1::ToSec1Point;
use signature::Verifier;

/// Verifies `r || s` over `message` under an uncompressed public key of 65 bytes.
pub fn verify_p256(public_sec1: &[u8], message: &[u8], sig: &[u8; 64]) -> Result<(), Error> {
    if public_sec1.len() != 65 || public_sec1.first() != Some(&4) {
        return Err(Error::Malformed("public key is not 04 || x || y"));
    }
    let key = VerifyingKey::from_sec1_bytes(public_sec1)
        .map_err(|_| Error::Range("public key is not on the curve"))?;
    let signature =
        Signature::from_slice(sig).map_err(|_| Error::Range("signature out of range"))?;
    key.verify(message, &signature)
        .map_err(|_| Error::Signature)
}

/// The uncompressed public key of a private one of 32 bytes, as another party hands in both.
pub fn p256_public_key(private: &[u8; 32]) -> Result<[u8; 65], Error> {
    let key = p256::SecretKey::from_slice(private)
        .map_err(|_| Error::Range("private key out of range"))?;
    let point = key.public_key().to_sec1_point(false);
    let bytes = point.as_bytes().try_into();
    bytes.map_err(|_| Error::Range("public key is not on the curve"))
}
