//! The three families of signature algorithm.

use crate::oid;
use crate::wire::{NULL, sequence, tlv};
use der::asn1::ObjectIdentifier as Oid;
use sha2::{Digest, Sha256};
use sm3::Sm3;

/// A signature algorithm with its digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Algorithm {
    /// SM2 signature over SM3 (GB/T 32918.2), default identity `1234567812345678`.
    Sm2Sm3,
    /// RSA PKCS#1 v1.5 with SHA-256 (RFC 8017 8.2).
    RsaSha256,
    /// ECDSA on P-256 with SHA-256 (FIPS 186-5).
    P256Sha256,
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: [Algorithm; 3] = [
        Algorithm::Sm2Sm3,
        Algorithm::RsaSha256,
        Algorithm::P256Sha256,
    ];

    /// A short stable name: `sm2-sm3`, `rsa-sha256`, `p256-sha256`.
    pub const fn name(self) -> &'static str {
        match self {
            Algorithm::Sm2Sm3 => "sm2-sm3",
            Algorithm::RsaSha256 => "rsa-sha256",
            Algorithm::P256Sha256 => "p256-sha256",
        }
    }

    /// The reverse of [`Algorithm::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }

    /// 32 bytes of SM3 or SHA-256 over the message. For SM2 this is the plain digest, without `Z`.
    pub fn digest(self, message: &[u8]) -> Vec<u8> {
        match self {
            Algorithm::Sm2Sm3 => Sm3::digest(message).to_vec(),
            Algorithm::RsaSha256 | Algorithm::P256Sha256 => Sha256::digest(message).to_vec(),
        }
    }

    /// The identifier of the digest.
    pub const fn digest_oid(self) -> Oid {
        match self {
            Algorithm::Sm2Sm3 => oid::SM3,
            Algorithm::RsaSha256 | Algorithm::P256Sha256 => oid::SHA256,
        }
    }

    /// The identifier of the signature as certificates carry it.
    pub const fn signature_oid(self) -> Oid {
        match self {
            Algorithm::Sm2Sm3 => oid::SM2_SM3,
            Algorithm::RsaSha256 => oid::RSA_SHA256,
            Algorithm::P256Sha256 => oid::ECDSA_SHA256,
        }
    }

    /// The algorithm that a certificate's signature identifier names.
    pub fn from_signature_oid(oid: Oid) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.signature_oid() == oid)
    }

    /// DER AlgorithmIdentifier of the signature: RSA with NULL parameters (RFC 4055 5), the others without any.
    pub fn signature_identifier(self) -> Vec<u8> {
        let oid = crate::wire::oid(self.signature_oid());
        match self {
            Algorithm::RsaSha256 => sequence(&[&oid, &tlv(NULL, &[])]),
            Algorithm::Sm2Sm3 | Algorithm::P256Sha256 => sequence(&[&oid]),
        }
    }

    /// DER AlgorithmIdentifier of the digest, without parameters (RFC 5754 2).
    pub fn digest_identifier(self) -> Vec<u8> {
        sequence(&[&crate::wire::oid(self.digest_oid())])
    }
}
