//! Requests, and the naming of certificates.

use super::{MAX_NONCE_BYTES, MAX_REQUEST_BYTES, MAX_SINGLES};
use crate::certificate::{Facts, MAX_SERIAL_BYTES, extension, read_extensions};
use crate::wire::{
    Cursor, NULL, OCTET_STRING, SEQUENCE, bound, context_constructed, oid as oid_der, sequence,
    tlv, unsigned,
};
use crate::{Error, oid};
use der::asn1::ObjectIdentifier as Oid;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use sm3::Sm3;

const WHAT: &str = "OCSP request";

/// `CertID`: hashes of the issuer's name and key, and the serial number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertId {
    /// The digest: SHA-1, SHA-256 or SM3 can be compared.
    pub hash_oid: Oid,
    /// Over the issuer's DER Name.
    pub issuer_name_hash: Vec<u8>,
    /// Over the bits of the issuer's key.
    pub issuer_key_hash: Vec<u8>,
    /// Magnitude of the serial number.
    pub serial: Vec<u8>,
    /// The DER as it came; responses repeat it byte for byte.
    pub der: Vec<u8>,
}

impl CertId {
    /// Names a certificate of `issuer`, with SHA-1 as every responder understands. SHA-1 is no protection here, only a
    /// name: the response is signed with the family's own digest.
    ///
    /// # Errors
    /// [`Error::Malformed`] when the issuer's key is none.
    pub fn new(issuer: &Facts, serial: &[u8]) -> Result<Self, Error> {
        let issuer_name_hash = Sha1::digest(&issuer.subject_der).to_vec();
        let issuer_key_hash = Sha1::digest(key_bits(&issuer.spki_der)?).to_vec();
        let der = sequence(&[
            &sequence(&[&oid_der(oid::SHA1), &tlv(NULL, &[])]),
            &tlv(OCTET_STRING, &issuer_name_hash),
            &tlv(OCTET_STRING, &issuer_key_hash),
            &unsigned(serial),
        ]);
        let significant = serial
            .iter()
            .position(|byte| *byte != 0)
            .unwrap_or(serial.len());
        let serial = serial.get(significant..).unwrap_or_default().to_vec();
        Ok(CertId {
            hash_oid: oid::SHA1,
            issuer_name_hash,
            issuer_key_hash,
            serial,
            der,
        })
    }

    /// Whether the issuer named here is this one; `false` also for digests that cannot be computed.
    pub fn names_issuer(&self, issuer: &Facts) -> bool {
        let Ok(key) = key_bits(&issuer.spki_der) else {
            return false;
        };
        let hash: fn(&[u8]) -> Vec<u8> = match self.hash_oid {
            oid::SHA1 => |bytes| Sha1::digest(bytes).to_vec(),
            oid::SHA256 => |bytes| Sha256::digest(bytes).to_vec(),
            oid::SM3 => |bytes| Sm3::digest(bytes).to_vec(),
            _ => return false,
        };
        self.issuer_name_hash == hash(&issuer.subject_der) && self.issuer_key_hash == hash(key)
    }

    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, Error> {
        let element = cursor.expect(SEQUENCE)?;
        let mut id = Cursor::new(element.content, WHAT);
        let (hash_oid, _) = id.algorithm()?;
        let issuer_name_hash = id.expect(OCTET_STRING)?.content.to_vec();
        let issuer_key_hash = id.expect(OCTET_STRING)?.content.to_vec();
        let serial = id.unsigned(MAX_SERIAL_BYTES)?.to_vec();
        id.finish()?;
        Ok(CertId {
            hash_oid,
            issuer_name_hash,
            issuer_key_hash,
            serial,
            der: element.raw.to_vec(),
        })
    }
}

pub(super) fn key_bits(spki_der: &[u8]) -> Result<&[u8], Error> {
    let mut cursor = Cursor::sequence(spki_der, "public key")?;
    cursor.algorithm()?;
    cursor.bits()
}

/// A request as read. A signature on it is passed over: status is public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The certificates asked for; at least one.
    pub ids: Vec<CertId>,
    /// To be echoed.
    pub nonce: Option<Vec<u8>>,
}

/// DER OCSPRequest for certificates of one issuer.
pub fn request(ids: &[CertId], nonce: Option<&[u8]>) -> Vec<u8> {
    let list: Vec<u8> = ids.iter().flat_map(|id| sequence(&[&id.der])).collect();
    let extensions = nonce
        .map(|nonce| {
            tlv(
                context_constructed(2),
                &sequence(&[&nonce_extension(nonce)]),
            )
        })
        .unwrap_or_default();
    sequence(&[&sequence(&[&tlv(SEQUENCE, &list), &extensions])])
}

pub(super) fn nonce_extension(nonce: &[u8]) -> Vec<u8> {
    extension(oid::OCSP_NONCE, false, &tlv(OCTET_STRING, nonce))
}

/// The nonce among extensions, when there is one.
pub(super) fn read_nonce(explicit: &mut Cursor<'_>) -> Result<Option<Vec<u8>>, Error> {
    let mut found = None;
    for (kind, critical, value) in read_extensions(explicit)? {
        if kind == oid::OCSP_NONCE {
            let nonce = Cursor::new(value, WHAT).expect(OCTET_STRING)?.content;
            bound(nonce, "OCSP nonce", MAX_NONCE_BYTES)?;
            found = Some(nonce.to_vec());
        } else if critical {
            return Err(Error::Unsupported("a critical extension of OCSP"));
        }
    }
    Ok(found)
}

/// Reads a DER OCSPRequest.
///
/// # Errors
/// [`Error::Malformed`], [`Error::TooLarge`] or [`Error::Unsupported`].
pub fn parse_request(der: &[u8]) -> Result<Request, Error> {
    bound(der, WHAT, MAX_REQUEST_BYTES)?;
    let mut outer = Cursor::sequence(der, WHAT)?;
    let mut tbs = outer.enter(SEQUENCE)?;
    outer.optional(context_constructed(0))?;
    outer.finish()?;
    tbs.optional(context_constructed(0))?;
    tbs.optional(context_constructed(1))?;
    let mut list = tbs.enter(SEQUENCE)?;
    let mut ids = Vec::new();
    while !list.is_empty() {
        if ids.len() == MAX_SINGLES {
            return Err(Error::TooLarge {
                what: WHAT,
                limit: MAX_SINGLES,
            });
        }
        let mut single = list.enter(SEQUENCE)?;
        ids.push(CertId::read(&mut single)?);
        single.optional(context_constructed(0))?;
        single.finish()?;
    }
    let nonce = match tbs.enter_optional(context_constructed(2))? {
        Some(mut explicit) => read_nonce(&mut explicit)?,
        None => None,
    };
    tbs.finish()?;
    if ids.is_empty() {
        Err(Error::Malformed(WHAT))
    } else {
        Ok(Request { ids, nonce })
    }
}
