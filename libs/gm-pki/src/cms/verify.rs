//! Verifying what was read: the signature itself. Who the signer is, [`crate::path`] tells.

use super::attributes::SignedAttributes;
use super::{Cms, SignerInfo};
use crate::{Algorithm, Error, certificate, oid, public_key};

/// The content that a detached signature is about.
#[derive(Clone, Copy)]
pub enum Content<'a> {
    /// All of it. Needed for SM2 without signed attributes, whose digest takes the public key in.
    Bytes(&'a [u8]),
    /// Its digest, computed by the caller for the algorithm asked: SM3 for SM2, SHA-256 for the others.
    Digest(&'a dyn Fn(Algorithm) -> Vec<u8>),
}

/// A signer whose signature verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The family of the signature.
    pub algorithm: Algorithm,
    /// DER certificate of the signer.
    pub signer_certificate: Vec<u8>,
    /// The signature value as it stands in the CMS.
    pub signature: Vec<u8>,
    /// The time the signer claims, seconds since 1970. Only a claim.
    pub signing_time: Option<i64>,
    /// Whether a signingCertificateV2 attribute binds the certificate.
    pub certificate_bound: bool,
    /// Whether there were signed attributes.
    pub has_signed_attributes: bool,
    /// The RFC 3161 token over [`Verified::signature`], unverified.
    pub timestamp_token: Option<Vec<u8>>,
}

impl Cms {
    /// Verifies the first signer; see [`Cms::verify_signer`].
    ///
    /// # Errors
    /// As [`Cms::verify_signer`].
    pub fn verify(&self, content: Content<'_>) -> Result<Verified, Error> {
        self.verify_signer(0, content)
    }

    /// Verifies the signature of one signer over the content and binds it to that signer's certificate. The certificate's
    /// own standing (chain, time, revocation) is not looked at.
    ///
    /// # Errors
    /// [`Error::Mismatch`] when digest, content type or certificate are not the signed ones, [`Error::Signature`] when
    /// the signature is wrong, [`Error::Unsupported`] for other algorithms.
    pub fn verify_signer(&self, index: usize, content: Content<'_>) -> Result<Verified, Error> {
        let info = self
            .signers
            .get(index)
            .ok_or(Error::Malformed("CMS without that signer"))?;
        let signer_certificate = self.certificate_of(info)?;
        let facts = certificate::parse(&signer_certificate)?;
        let algorithm = facts
            .key_algorithm
            .ok_or(Error::Unsupported("the signer's kind of key"))?;
        if !accepts(algorithm, info) {
            return Err(Error::Unsupported("the signature algorithm of the CMS"));
        }
        let signature = public_key::signature_to_der(algorithm, &info.signature)?;
        let refused = |error: Error| {
            if matches!(error, Error::Signature(_)) {
                Error::Signature("the CMS")
            } else {
                error
            }
        };
        let (signing_time, certificate_bound) = match &info.signed_attributes {
            Some(bytes) => {
                let attributes = SignedAttributes::parse(bytes)?;
                if attributes.content_type != self.content_type {
                    return Err(Error::Mismatch("content type attribute"));
                }
                if attributes.message_digest != content.digest(algorithm) {
                    return Err(Error::Mismatch("digest of the content"));
                }
                public_key::verify(&facts.spki_der, algorithm, bytes, &signature)
                    .map_err(refused)?;
                (
                    attributes.signing_time,
                    attributes.names(&signer_certificate)?,
                )
            }
            None => {
                match content {
                    Content::Bytes(bytes) => {
                        public_key::verify(&facts.spki_der, algorithm, bytes, &signature)
                    }
                    Content::Digest(digest) => {
                        public_key::verify_digest(&facts.spki_der, &digest(algorithm), &signature)
                    }
                }
                .map_err(refused)?;
                (None, false)
            }
        };
        Ok(Verified {
            algorithm,
            signer_certificate,
            signature: info.signature.clone(),
            signing_time,
            certificate_bound,
            has_signed_attributes: info.signed_attributes.is_some(),
            timestamp_token: info.timestamp_token.clone(),
        })
    }

    /// The certificate that one signer names, in DER. Nothing is verified.
    ///
    /// # Errors
    /// [`Error::Mismatch`] when it did not come along, [`Error::Malformed`] when there is no such signer.
    pub fn signer_certificate(&self, index: usize) -> Result<Vec<u8>, Error> {
        let info = self.signers.get(index);
        self.certificate_of(info.ok_or(Error::Malformed("CMS without that signer"))?)
    }

    /// The certificate that the signer names.
    pub(super) fn certificate_of(&self, info: &SignerInfo) -> Result<Vec<u8>, Error> {
        for der in &self.certificates {
            let Ok(facts) = certificate::parse(der) else {
                continue;
            };
            let named = match (&info.issuer_and_serial, &info.key_id) {
                (Some((issuer, serial)), _) => {
                    *issuer == facts.issuer_der && *serial == facts.serial
                }
                (None, Some(key_id)) => facts.subject_key_id.as_ref() == Some(key_id),
                (None, None) => false,
            };
            if named {
                return Ok(der.clone());
            }
        }
        Err(Error::Mismatch("signer's certificate"))
    }
}

impl Content<'_> {
    fn digest(&self, algorithm: Algorithm) -> Vec<u8> {
        match self {
            Content::Bytes(bytes) => algorithm.digest(bytes),
            Content::Digest(digest) => digest(algorithm),
        }
    }
}

/// Whether the identifiers in a SignerInfo are among those that signers of the family write.
fn accepts(algorithm: Algorithm, info: &SignerInfo) -> bool {
    let signature = match algorithm {
        Algorithm::Sm2Sm3 => [oid::SM2_SM3, oid::SM2_SIGN, oid::SM2].contains(&info.signature_oid),
        Algorithm::RsaSha256 => [oid::RSA, oid::RSA_SHA256].contains(&info.signature_oid),
        Algorithm::P256Sha256 => {
            [oid::ECDSA_SHA256, oid::EC_PUBLIC_KEY].contains(&info.signature_oid)
        }
    };
    signature && info.digest_oid == algorithm.digest_oid()
}
