//! Writing responses.

use super::CertId;
use super::request::nonce_extension;
use crate::crl::Reason;
use crate::wire::{
    ENUMERATED, OCTET_STRING, SEQUENCE, bit_string, context, context_constructed, join,
    oid as oid_der, sequence, tlv,
};
use crate::{Algorithm, Error, Signer, certificate, oid, time};

/// What is known of one certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Issued and not revoked.
    Good,
    /// Revoked or suspended.
    Revoked {
        /// Since when, seconds since 1970.
        at: i64,
        /// Why; suspension is [`Reason::CertificateHold`].
        reason: Reason,
    },
    /// Not issued here.
    Unknown,
}

/// The status of one certificate, and from when until when that is what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SingleResponse {
    /// As the request named it.
    pub id: CertId,
    /// What is known.
    pub status: Status,
    /// When it was true.
    pub this_update: i64,
    /// When something newer is there at the latest.
    pub next_update: Option<i64>,
}

/// What goes into a response.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// DER Name of the responder's certificate.
    pub responder_der: &'a [u8],
    /// When it is signed.
    pub produced_at: i64,
    /// One for each certificate asked for.
    pub singles: &'a [SingleResponse],
    /// Echo of the request's nonce.
    pub nonce: Option<&'a [u8]>,
}

/// Responses without content (RFC 6960 4.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ResponseStatus {
    /// The request could not be read.
    MalformedRequest = 1,
    /// The responder has a fault.
    InternalError = 2,
    /// Come again.
    TryLater = 3,
    /// Not answered for this asker or this issuer.
    Unauthorized = 6,
}

/// DER ResponseData, the bytes that the responder signs.
///
/// # Errors
/// [`Error::Value`] for times that cannot be written.
pub fn to_be_signed(plan: &Plan<'_>) -> Result<Vec<u8>, Error> {
    let mut singles = Vec::new();
    for single in plan.singles {
        let next_update = match single.next_update {
            Some(at) => tlv(context_constructed(0), &time::generalized(at)?),
            None => Vec::new(),
        };
        singles.extend(sequence(&[
            &single.id.der,
            &status(single.status)?,
            &time::generalized(single.this_update)?,
            &next_update,
        ]));
    }
    let extensions = plan
        .nonce
        .map(|nonce| {
            tlv(
                context_constructed(1),
                &sequence(&[&nonce_extension(nonce)]),
            )
        })
        .unwrap_or_default();
    Ok(sequence(&[
        &tlv(context_constructed(1), plan.responder_der),
        &time::generalized(plan.produced_at)?,
        &tlv(SEQUENCE, &singles),
        &extensions,
    ]))
}

fn status(status: Status) -> Result<Vec<u8>, Error> {
    Ok(match status {
        Status::Good => tlv(context(0), &[]),
        Status::Unknown => tlv(context(2), &[]),
        Status::Revoked { at, reason } => {
            let reason = match reason {
                Reason::Unspecified => Vec::new(),
                reason => tlv(context_constructed(0), &tlv(ENUMERATED, &[reason.code()])),
            };
            join(context_constructed(1), &[&time::generalized(at)?, &reason])
        }
    })
}

/// DER OCSPResponse from ResponseData, its signature and the responder's certificate.
pub fn assemble(
    tbs: &[u8],
    algorithm: Algorithm,
    signature: &[u8],
    certificates: &[&[u8]],
) -> Vec<u8> {
    let certificates = tlv(context_constructed(0), &join(SEQUENCE, certificates));
    let basic = sequence(&[
        tbs,
        &algorithm.signature_identifier(),
        &bit_string(signature),
        &certificates,
    ]);
    let bytes = sequence(&[&oid_der(oid::OCSP_BASIC), &tlv(OCTET_STRING, &basic)]);
    sequence(&[&tlv(ENUMERATED, &[0]), &tlv(context_constructed(0), &bytes)])
}

/// DER OCSPResponse that refuses.
pub fn refusal(status: ResponseStatus) -> Vec<u8> {
    sequence(&[&tlv(ENUMERATED, &[status as u8])])
}

/// Writes and signs a response with a responder's key and certificate.
///
/// # Errors
/// As [`to_be_signed`] and [`Signer::sign`].
pub fn respond(
    singles: &[SingleResponse],
    nonce: Option<&[u8]>,
    produced_at: i64,
    responder: &[u8],
    signer: &dyn Signer,
) -> Result<Vec<u8>, Error> {
    let facts = certificate::parse(responder)?;
    let tbs = to_be_signed(&Plan {
        responder_der: &facts.subject_der,
        produced_at,
        singles,
        nonce,
    })?;
    let signature = signer.sign(&tbs)?;
    Ok(assemble(&tbs, signer.algorithm(), &signature, &[responder]))
}
