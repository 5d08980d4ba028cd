//! Reading responses, and deciding whether to believe them.

use super::request::{key_bits, read_nonce};
use super::{CertId, MAX_RESPONSE_BYTES, MAX_SINGLES, SingleResponse, Status};
use crate::certificate::{self, Facts, read_extensions};
use crate::crl::{Reason, read_reason};
use crate::wire::{
    Cursor, ENUMERATED, OCTET_STRING, SEQUENCE, bound, context, context_constructed,
};
use crate::{Error, Scheme, oid, time, verify_signed};
use der::asn1::ObjectIdentifier as Oid;
use sha1::{Digest, Sha1};

const WHAT: &str = "OCSP response";
/// How far clocks may differ, in seconds.
pub(crate) const CLOCK_SKEW_SECONDS: i64 = 300;

/// A basic response as read; nothing is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The bytes that are signed.
    pub tbs: Vec<u8>,
    /// The signature's identifier.
    pub signature_oid: Oid,
    /// DER of the parameters beside it; empty without any.
    pub signature_parameters: Vec<u8>,
    /// The signature as the BIT STRING holds it.
    pub signature: Vec<u8>,
    /// Who says it signed.
    pub responder: Responder,
    /// When it was signed.
    pub produced_at: i64,
    /// One for each certificate.
    pub singles: Vec<SingleResponse>,
    /// Echo of the request's nonce.
    pub nonce: Option<Vec<u8>>,
    /// DER certificates that came along.
    pub certificates: Vec<Vec<u8>>,
}

/// `ResponderID` (RFC 6960 4.2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Responder {
    /// DER Name.
    Name(Vec<u8>),
    /// SHA-1 of the bits of the key.
    Key(Vec<u8>),
}

impl Responder {
    /// Whether this names the holder of the certificate.
    fn is(&self, facts: &Facts) -> bool {
        match self {
            Self::Name(name) => *name == facts.subject_der,
            Self::Key(hash) => {
                key_bits(&facts.spki_der).is_ok_and(|bits| *hash == *Sha1::digest(bits))
            }
        }
    }
}

/// Reads a DER OCSPResponse.
///
/// # Errors
/// [`Error::Unsupported`] for a refusal or another type of response, else [`Error::Malformed`] or [`Error::TooLarge`].
pub fn parse_response(der: &[u8]) -> Result<Response, Error> {
    bound(der, WHAT, MAX_RESPONSE_BYTES)?;
    let mut outer = Cursor::sequence(der, WHAT)?;
    if outer.expect(ENUMERATED)?.content != [0] {
        return Err(Error::Unsupported("an OCSP response that refuses"));
    }
    let mut bytes = outer.enter(context_constructed(0))?.enter(SEQUENCE)?;
    outer.finish()?;
    if bytes.oid()? != oid::OCSP_BASIC {
        return Err(Error::Unsupported("this type of OCSP response"));
    }
    let mut basic = Cursor::sequence(bytes.expect(OCTET_STRING)?.content, WHAT)?;
    let tbs = basic.expect(SEQUENCE)?.raw;
    let (signature_oid, signature_parameters) = basic.algorithm()?;
    let signature = basic.bits()?.to_vec();
    let mut certificates = Vec::new();
    if let Some(mut explicit) = basic.enter_optional(context_constructed(0))? {
        let mut list = explicit.enter(SEQUENCE)?;
        while !list.is_empty() && certificates.len() < crate::cms::MAX_CERTIFICATES {
            certificates.push(list.expect(SEQUENCE)?.raw.to_vec());
        }
    }
    basic.finish()?;
    let data = read_data(tbs)?;
    Ok(Response {
        tbs: tbs.to_vec(),
        signature_oid,
        signature_parameters: signature_parameters.to_vec(),
        signature,
        responder: data.responder,
        produced_at: data.produced_at,
        singles: data.singles,
        nonce: data.nonce,
        certificates,
    })
}

/// ResponseData as read.
struct Data {
    responder: Responder,
    produced_at: i64,
    singles: Vec<SingleResponse>,
    nonce: Option<Vec<u8>>,
}

fn read_data(tbs: &[u8]) -> Result<Data, Error> {
    let mut data = Cursor::sequence(tbs, WHAT)?;
    data.optional(context_constructed(0))?;
    let id = data.next()?;
    let mut inner = Cursor::new(id.content, WHAT);
    let responder = match id.tag {
        tag if tag == context_constructed(1) => {
            Responder::Name(inner.expect(SEQUENCE)?.raw.to_vec())
        }
        tag if tag == context_constructed(2) => {
            Responder::Key(inner.expect(OCTET_STRING)?.content.to_vec())
        }
        _ => return Err(data.malformed()),
    };
    inner.finish()?;
    let produced_at = time::read_generalized(&mut data)?;
    let mut list = data.enter(SEQUENCE)?;
    let mut singles = Vec::new();
    while !list.is_empty() {
        if singles.len() == MAX_SINGLES {
            return Err(Error::TooLarge {
                what: WHAT,
                limit: MAX_SINGLES,
            });
        }
        singles.push(read_single(&mut list)?);
    }
    let nonce = match data.enter_optional(context_constructed(1))? {
        Some(mut explicit) => read_nonce(&mut explicit)?,
        None => None,
    };
    data.finish()?;
    Ok(Data {
        responder,
        produced_at,
        singles,
        nonce,
    })
}

fn read_single(list: &mut Cursor<'_>) -> Result<SingleResponse, Error> {
    let mut single = list.enter(SEQUENCE)?;
    let id = CertId::read(&mut single)?;
    let element = single.next()?;
    let status = match element.tag {
        tag if tag == context(0) => Status::Good,
        tag if tag == context(2) => Status::Unknown,
        tag if tag == context_constructed(1) => {
            let mut info = Cursor::new(element.content, WHAT);
            let at = time::read_generalized(&mut info)?;
            let reason = match info.enter_optional(context_constructed(0))? {
                Some(mut explicit) => read_reason(&mut explicit)?,
                None => Reason::Unspecified,
            };
            Status::Revoked { at, reason }
        }
        _ => return Err(single.malformed()),
    };
    let this_update = time::read_generalized(&mut single)?;
    let next_update = match single.enter_optional(context_constructed(0))? {
        Some(mut explicit) => Some(time::read_generalized(&mut explicit)?),
        None => None,
    };
    if let Some(mut explicit) = single.enter_optional(context_constructed(1))? {
        // RFC 6960 4.4: a critical extension narrows what the answer means; none is known.
        if read_extensions(&mut explicit)?
            .iter()
            .any(|(_, critical, _)| *critical)
        {
            return Err(Error::Unsupported("a critical extension of OCSP"));
        }
    }
    single.finish()?;
    Ok(SingleResponse {
        id,
        status,
        this_update,
        next_update,
    })
}

impl Response {
    /// Whether the issuer, or a responder that it certified for this, signed the response (RFC 6960 4.2.2.2), the
    /// responder being valid at `at`. Gives the DER certificate of a delegated responder, whose own revocation is for
    /// the caller to look at unless [`Facts::is_exempt_from_revocation`].
    ///
    /// # Errors
    /// [`Error::Unsupported`] for another algorithm, [`Error::Signature`] when no acceptable responder signed it.
    pub fn authenticate(&self, issuer: &Facts, at: i64) -> Result<Option<&[u8]>, Error> {
        Scheme::read(self.signature_oid, &self.signature_parameters, None)?;
        let by = |facts: &Facts| {
            let (oid, parameters) = (self.signature_oid, &self.signature_parameters);
            self.responder.is(facts)
                && verify_signed(&facts.spki_der, oid, parameters, &self.tbs, &self.signature)
                    .is_ok()
        };
        if by(issuer) {
            return Ok(None);
        }
        let delegated = |der: &&Vec<u8>| {
            certificate::parse(der).is_ok_and(|responder| {
                responder.is_ocsp_responder()
                    && responder.key_usage.is_none_or(|usages| usages.signs_data())
                    && responder.criticals_are_understood()
                    && responder.issuer_der == issuer.subject_der
                    && responder.is_valid_at(at)
                    && responder.verify_signature(&issuer.spki_der).is_ok()
                    && by(&responder)
            })
        };
        let found = self.certificates.iter().find(delegated);
        found
            .map(|der| Some(der.as_slice()))
            .ok_or(Error::Signature("the OCSP response"))
    }

    /// What the response says of one serial number of `issuer`.
    pub fn single(&self, issuer: &Facts, serial: &[u8]) -> Option<&SingleResponse> {
        self.singles
            .iter()
            .find(|single| single.id.serial == serial && single.id.names_issuer(issuer))
    }

    /// Verifies the response (RFC 6960 3.2) for one serial number of `issuer`: signed by the issuer or by a responder
    /// that the issuer certified for this, fresh at `at`, with the nonce that was sent.
    ///
    /// # Errors
    /// [`Error::Signature`] when no acceptable responder signed it, [`Error::Mismatch`] for another certificate, time or
    /// nonce.
    pub fn verify(
        &self,
        issuer: &Facts,
        serial: &[u8],
        nonce: Option<&[u8]>,
        at: i64,
    ) -> Result<Status, Error> {
        self.authenticate(issuer, at)?;
        if nonce.is_some() && self.nonce.as_deref() != nonce {
            return Err(Error::Mismatch("nonce of the OCSP response"));
        }
        let single = self
            .single(issuer, serial)
            .ok_or(Error::Mismatch("certificate of the OCSP response"))?;
        let begun = single.this_update <= at.saturating_add(CLOCK_SKEW_SECONDS);
        let over = single
            .next_update
            .is_some_and(|next| next < at.saturating_sub(CLOCK_SKEW_SECONDS));
        if begun && !over {
            Ok(single.status)
        } else {
            Err(Error::Mismatch("time of the OCSP response"))
        }
    }
}
