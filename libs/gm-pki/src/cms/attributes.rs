//! The attributes that are signed, and the check of those that others signed.

use crate::wire::{Cursor, OCTET_STRING, SEQUENCE, SET, oid as oid_der, sequence, set_of, tlv};
use crate::{Algorithm, Error, Hash, certificate, oid};
use der::asn1::ObjectIdentifier as Oid;

/// DER `SET OF` (first byte 0x31) of exactly contentType id-data, messageDigest and signingCertificateV2: the bytes that
/// the key signs (RFC 5652 5.4). The certificate hash is SHA-256 by default, and SM3 named explicitly for SM2; there is
/// no issuerSerial.
///
/// # Errors
/// [`Error::Mismatch`] when the digest is not 32 bytes or the certificate's key is not of the algorithm,
/// [`Error::Malformed`] when the certificate is none.
pub fn signed_attributes(
    algorithm: Algorithm,
    content_digest: &[u8],
    signer_certificate_der: &[u8],
) -> Result<Vec<u8>, Error> {
    signed_attributes_for(oid::DATA, algorithm, content_digest, signer_certificate_der)
}

pub(crate) fn signed_attributes_for(
    content_type: Oid,
    algorithm: Algorithm,
    content_digest: &[u8],
    signer: &[u8],
) -> Result<Vec<u8>, Error> {
    if content_digest.len() != 32 {
        return Err(Error::Mismatch("length of the content digest"));
    }
    if certificate::parse(signer)?.key_algorithm != Some(algorithm) {
        return Err(Error::Mismatch("signer's key and algorithm"));
    }
    let hash = tlv(OCTET_STRING, &algorithm.digest(signer));
    let id = match algorithm {
        Algorithm::Sm2Sm3 => sequence(&[&algorithm.digest_identifier(), &hash]),
        Algorithm::RsaSha256 | Algorithm::P256Sha256 => sequence(&[&hash]),
    };
    let signing_certificate = sequence(&[&sequence(&[&id])]);
    Ok(set_of(vec![
        attribute(oid::CONTENT_TYPE, &oid_der(content_type)),
        attribute(oid::MESSAGE_DIGEST, &tlv(OCTET_STRING, content_digest)),
        attribute(oid::SIGNING_CERTIFICATE_V2, &signing_certificate),
    ]))
}

/// One attribute with one value.
pub(crate) fn attribute(kind: Oid, value: &[u8]) -> Vec<u8> {
    sequence(&[&oid_der(kind), &tlv(SET, value)])
}

/// What the signed attributes of a signer say.
pub(super) struct SignedAttributes {
    pub content_type: Oid,
    pub message_digest: Vec<u8>,
    pub signing_time: Option<i64>,
    /// The first ESSCertIDv2: digest identifier and hash of the signer's certificate.
    pub certificate_hash: Option<(Oid, Vec<u8>)>,
}

impl SignedAttributes {
    /// Reads the DER `SET OF`.
    pub fn parse(der: &[u8]) -> Result<Self, Error> {
        const WHAT: &str = "signed attributes";
        let mut outer = Cursor::new(der, WHAT);
        let mut set = outer.enter(SET)?;
        let (mut content_type, mut message_digest, mut signing_time, mut certificate_hash) =
            (None, None, None, None);
        let mut count = 0;
        while !set.is_empty() {
            count += 1;
            if count > super::MAX_ATTRIBUTES {
                return Err(Error::TooLarge {
                    what: WHAT,
                    limit: super::MAX_ATTRIBUTES,
                });
            }
            let mut attribute = set.enter(SEQUENCE)?;
            let kind = attribute.oid()?;
            let mut values = attribute.enter(SET)?;
            let repeated = match kind {
                oid::CONTENT_TYPE => content_type.replace(values.oid()?).is_some(),
                oid::MESSAGE_DIGEST => message_digest
                    .replace(values.expect(OCTET_STRING)?.content.to_vec())
                    .is_some(),
                oid::SIGNING_TIME => signing_time
                    .replace(crate::time::read(&mut values)?)
                    .is_some(),
                oid::SIGNING_CERTIFICATE_V2 => certificate_hash
                    .replace(first_certificate_id(&mut values)?)
                    .is_some(),
                _ => continue,
            };
            // RFC 5652 11 and RFC 5035 3: each of these stands once, with one value.
            if repeated || !values.is_empty() {
                return Err(set.malformed());
            }
        }
        Ok(SignedAttributes {
            content_type: content_type.ok_or(Error::Malformed("content type attribute"))?,
            message_digest: message_digest.ok_or(Error::Malformed("message digest attribute"))?,
            signing_time,
            certificate_hash,
        })
    }

    /// Compares the certificate hash, when there is one that can be computed, with the certificate that verified.
    pub fn names(&self, certificate: &[u8]) -> Result<bool, Error> {
        let Some((digest, hash)) = &self.certificate_hash else {
            return Ok(false);
        };
        let digest = Hash::from_oid(*digest).ok_or(Error::Unsupported(
            "the digest of the signing certificate attribute",
        ))?;
        if digest.digest(certificate) == *hash {
            Ok(true)
        } else {
            Err(Error::Mismatch("signing certificate attribute"))
        }
    }
}

fn first_certificate_id(values: &mut Cursor<'_>) -> Result<(Oid, Vec<u8>), Error> {
    let mut attribute = values.enter(SEQUENCE)?;
    let mut ids = attribute.enter(SEQUENCE)?;
    let mut id = ids.enter(SEQUENCE)?;
    let digest = if id.peek() == Some(SEQUENCE) {
        id.algorithm()?.0
    } else {
        oid::SHA256
    };
    Ok((digest, id.expect(OCTET_STRING)?.content.to_vec()))
}
