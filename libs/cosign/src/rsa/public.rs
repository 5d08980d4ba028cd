//! The composite public key; to everybody else an ordinary RSA-4096 key.

use super::half::{self, Modulus};
use crate::Error;
use ::rsa::Pkcs1v15Sign;
use ::rsa::pkcs8::EncodePublicKey;
use ::rsa::traits::PublicKeyParts;
use crypto_bigint::ConcatenatingMul;
use sha2::Sha256;

/// Bytes of the joint modulus and of a signature.
pub const MODULUS_BYTES: usize = 512;

/// DER `DigestInfo` of SHA-256 before the digest (RFC 8017, section 9.2, note 1).
const DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

/// `N = Nc * Ns` with `e = 65537`; always exactly 4096 bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    key: ::rsa::PublicKey,
}

impl PublicKey {
    pub(crate) fn new(client: &Modulus, server: &Modulus) -> Result<Self, Error> {
        half::check_shape(client)?;
        half::check_shape(server)?;
        half::check_coprime(client, server)?;
        let product = half::number(client).concatenating_mul(&half::number(server));
        let key = ::rsa::PublicKey::new(product, half::exponent())
            .map_err(|_| Error::Range("modulus"))?;
        Ok(Self { key })
    }

    /// `N`, 512 bytes, big endian.
    #[must_use]
    pub fn modulus(&self) -> Vec<u8> {
        self.key.n().as_ref().to_be_bytes().into_vec()
    }

    /// DER SubjectPublicKeyInfo with `rsaEncryption`.
    #[must_use]
    pub fn to_spki_der(&self) -> Vec<u8> {
        // A checked key always has an encoding; the empty answer is never taken.
        self.key
            .to_public_key_der()
            .map(::rsa::pkcs8::Document::into_vec)
            .unwrap_or_default()
    }

    /// Verifies PKCS#1 v1.5 with SHA-256 over a digest.
    pub fn verify_pkcs1v15_sha256(&self, digest: &[u8; 32], sig: &[u8]) -> Result<(), Error> {
        self.key
            .verify(Pkcs1v15Sign::new::<Sha256>(), digest, sig)
            .map_err(|_| Error::Signature)
    }
}

/// `EMSA-PKCS1-v1_5` of a SHA-256 digest for 4096 bits.
pub(crate) fn encoded(digest: &[u8; 32]) -> [u8; MODULUS_BYTES] {
    let mut out = [0xFFu8; MODULUS_BYTES];
    let (head, tail) = out.split_at_mut(MODULUS_BYTES - DIGEST_INFO.len() - digest.len());
    if let [first, second, .., last] = head {
        (*first, *second, *last) = (0, 1, 0);
    }
    let (info, hash) = tail.split_at_mut(DIGEST_INFO.len());
    info.copy_from_slice(&DIGEST_INFO);
    hash.copy_from_slice(digest);
    out
}
