//! ECDSA P-256 with SHA-256 in the form of WebCrypto: device keys and password proofs.

use crate::Error;
use p256::ecdsa::{Signature, VerifyingKey};
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
