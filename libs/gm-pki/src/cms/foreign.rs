//! Verifying signers of any family: what other people's programs made.

use super::Cms;
use super::attributes::SignedAttributes;
use crate::{Error, Hash, Scheme, certificate, key_weakness};

/// A signer of any family whose signature verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// How the signature was made.
    pub scheme: Scheme,
    /// Short name of scheme and key, as `p384-sha384`.
    pub name: String,
    /// Why the signature proves nothing though it verifies: a broken digest or a short key, in words.
    pub weakness: Option<String>,
    /// DER certificate of the signer.
    pub signer_certificate: Vec<u8>,
    /// The signature value as it stands in the CMS.
    pub signature: Vec<u8>,
    /// The time the signer claims, seconds since 1970. Only a claim.
    pub signing_time: Option<i64>,
    /// Whether a signingCertificateV2 attribute binds the certificate.
    pub certificate_bound: bool,
    /// The RFC 3161 token over [`Foreign::signature`], unverified.
    pub timestamp_token: Option<Vec<u8>>,
}

impl Cms {
    /// The digest of the content that a signer names.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for another digest; [`Error::Malformed`] without that signer.
    pub fn content_hash(&self, index: usize) -> Result<Hash, Error> {
        let info = self
            .signers
            .get(index)
            .ok_or(Error::Malformed("CMS without that signer"))?;
        Hash::from_oid(info.digest_oid).ok_or(Error::Unsupported("the digest of the CMS"))
    }

    /// As [`Cms::verify_signer`], for every scheme that [`Scheme`] knows, over the digest of the content. All places that
    /// name a digest must name the same (RFC 5652 5.3): the list at the beginning, the signer, the signature's identifier.
    ///
    /// # Errors
    /// As [`Cms::verify_signer`].
    pub fn verify_foreign(
        &self,
        index: usize,
        content_digest: &dyn Fn(Hash) -> Vec<u8>,
    ) -> Result<Foreign, Error> {
        let hash = self.content_hash(index)?;
        let info = self
            .signers
            .get(index)
            .ok_or(Error::Malformed("CMS without that signer"))?;
        if !self.digest_oids.is_empty() && !self.digest_oids.contains(&info.digest_oid) {
            return Err(Error::Mismatch("list of digests of the CMS"));
        }
        let signer_certificate = self.certificate_of(info)?;
        let facts = certificate::parse(&signer_certificate)?;
        let scheme = Scheme::read(info.signature_oid, &info.signature_parameters, Some(hash))?;
        let refused = |error: Error| match error {
            Error::Signature(_) => Error::Signature("the CMS"),
            other => other,
        };
        let digest = content_digest(hash);
        let (signing_time, certificate_bound) = match &info.signed_attributes {
            Some(bytes) => {
                let attributes = SignedAttributes::parse(bytes)?;
                if attributes.content_type != self.content_type {
                    return Err(Error::Mismatch("content type attribute"));
                }
                if attributes.message_digest != digest {
                    return Err(Error::Mismatch("digest of the content"));
                }
                scheme
                    .verify(&facts.spki_der, bytes, &info.signature)
                    .map_err(refused)?;
                let bound = attributes.names(&signer_certificate)?;
                (attributes.signing_time, bound)
            }
            None => {
                scheme
                    .verify_digest(&facts.spki_der, &digest, &info.signature)
                    .map_err(refused)?;
                (None, false)
            }
        };
        let weakness = scheme.weakness().map(str::to_owned);
        Ok(Foreign {
            scheme,
            name: scheme.name(&facts.spki_der),
            weakness: weakness.or_else(|| key_weakness(&facts.spki_der)),
            signer_certificate,
            signature: info.signature.clone(),
            signing_time,
            certificate_bound,
            timestamp_token: info.timestamp_token.clone(),
        })
    }
}
