//! Writing a SignedData with one signer.

use super::attributes::attribute;
use super::{MAX_CERTIFICATES, MAX_CMS_BYTES};
use crate::wire::{
    INTEGER, NULL, OCTET_STRING, SET, bound, context_constructed, join, oid as oid_der, sequence,
    tlv, unsigned,
};
use crate::{Algorithm, Error, Signer, certificate, oid};
use der::asn1::ObjectIdentifier as Oid;

/// The finished parts of a detached signature.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// Algorithm of the signer's key.
    pub algorithm: Algorithm,
    /// As [`super::signed_attributes`] made them, first byte 0x31.
    pub signed_attributes: &'a [u8],
    /// The signature over them: DER `SEQUENCE { r, s }` or raw `r || s` for SM2 and P-256, the RSA block.
    pub signature: &'a [u8],
    /// DER certificates, the signer's first.
    pub certificates: &'a [&'a [u8]],
    /// An RFC 3161 token over the signature value, when there is one.
    pub timestamp_token: Option<&'a [u8]>,
}

/// What [`assemble_with`] writes besides the [`Parts`].
pub(crate) struct SignedData<'a> {
    pub content_type: Oid,
    /// The content itself, or `None` for a detached signature.
    pub content: Option<&'a [u8]>,
    /// A stamper leaves its certificates out unless asked for them (RFC 3161 2.4.1, certReq).
    pub with_certificates: bool,
}

/// DER ContentInfo with a detached SignedData.
///
/// # Errors
/// [`Error::Malformed`] when a part is not what it should be, [`Error::TooLarge`] when the sum is too long.
pub fn assemble(parts: &Parts<'_>) -> Result<Vec<u8>, Error> {
    assemble_with(
        &SignedData {
            content_type: oid::DATA,
            content: None,
            with_certificates: true,
        },
        parts,
    )
}

/// Signs a content digest with a whole key: attributes, signature and assembly in one step.
///
/// # Errors
/// As [`super::signed_attributes`], [`Signer::sign`] and [`assemble`].
pub fn sign(
    signer: &dyn Signer,
    certificates: &[&[u8]],
    content_digest: &[u8],
) -> Result<Vec<u8>, Error> {
    let certificate = certificates
        .first()
        .ok_or(Error::Malformed("certificates"))?;
    let attributes = super::signed_attributes(signer.algorithm(), content_digest, certificate)?;
    let signature = signer.sign(&attributes)?;
    assemble(&Parts {
        algorithm: signer.algorithm(),
        signed_attributes: &attributes,
        signature: &signature,
        certificates,
        timestamp_token: None,
    })
}

pub(crate) fn assemble_with(data: &SignedData<'_>, parts: &Parts<'_>) -> Result<Vec<u8>, Error> {
    let signer = parts
        .certificates
        .first()
        .ok_or(Error::Malformed("certificates"))?;
    if parts.certificates.len() > MAX_CERTIFICATES {
        return Err(Error::TooLarge {
            what: "certificates",
            limit: MAX_CERTIFICATES,
        });
    }
    let content = data
        .content
        .map(|content| tlv(context_constructed(0), &tlv(OCTET_STRING, content)))
        .unwrap_or_default();
    let certificates = if data.with_certificates {
        join(context_constructed(0), parts.certificates)
    } else {
        Vec::new()
    };
    // RFC 5652 5.1: version 3 as soon as the content is not id-data.
    let version = if data.content_type == oid::DATA { 1 } else { 3 };
    let signed_data = sequence(&[
        &tlv(INTEGER, &[version]),
        &tlv(SET, &parts.algorithm.digest_identifier()),
        &sequence(&[&oid_der(data.content_type), &content]),
        &certificates,
        &tlv(SET, &signer_info(signer, parts)?),
    ]);
    let cms = sequence(&[
        &oid_der(oid::SIGNED_DATA),
        &tlv(context_constructed(0), &signed_data),
    ]);
    bound(&cms, "CMS", MAX_CMS_BYTES)?;
    Ok(cms)
}

fn signer_info(certificate_der: &[u8], parts: &Parts<'_>) -> Result<Vec<u8>, Error> {
    let facts = certificate::parse(certificate_der)?;
    let mut attributes = parts.signed_attributes.to_vec();
    match attributes.first_mut() {
        // RFC 5652 5.4: the signature covers the SET tag, the structure holds `[0] IMPLICIT`.
        Some(tag) if *tag == SET => *tag = context_constructed(0),
        _ => return Err(Error::Malformed("signed attributes")),
    }
    let signature = crate::public_key::signature_to_der(parts.algorithm, parts.signature)?;
    let unsigned_attributes = parts
        .timestamp_token
        .map(|token| {
            tlv(
                context_constructed(1),
                &attribute(oid::TIME_STAMP_TOKEN, token),
            )
        })
        .unwrap_or_default();
    Ok(sequence(&[
        &tlv(INTEGER, &[1]),
        &sequence(&[&facts.issuer_der, &unsigned(&facts.serial)]),
        &parts.algorithm.digest_identifier(),
        &attributes,
        &signature_identifier(parts.algorithm),
        &tlv(OCTET_STRING, &signature),
        &unsigned_attributes,
    ]))
}

/// In a SignerInfo RSA is named by the key's identifier, which every validator takes (RFC 3370 3.2).
fn signature_identifier(algorithm: Algorithm) -> Vec<u8> {
    match algorithm {
        Algorithm::RsaSha256 => sequence(&[&oid_der(oid::RSA), &tlv(NULL, &[])]),
        Algorithm::Sm2Sm3 | Algorithm::P256Sha256 => algorithm.signature_identifier(),
    }
}
