//! Requests.

use super::{MAX_NONCE_BYTES, MAX_REQUEST_BYTES};
use crate::wire::{
    BOOLEAN, Cursor, INTEGER, OCTET_STRING, OID, SEQUENCE, bound, context_constructed,
    oid as oid_der, sequence, tlv, unsigned,
};
use crate::{Error, oid};
use der::asn1::ObjectIdentifier as Oid;

const WHAT: &str = "time stamp request";
/// SHA-384 and SHA-512: only ever as imprints of others.
const SHA384: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.3");

/// `MessageImprint`: a digest and its identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// SHA-256, SHA-384, SHA-512 or SM3.
    pub digest_oid: Oid,
    /// The digest.
    pub digest: Vec<u8>,
}

impl Imprint {
    /// Whether the digest is one that is stamped here, and of the right length.
    pub fn is_acceptable(&self) -> bool {
        let length = match self.digest_oid {
            oid::SHA256 | oid::SM3 => 32,
            SHA384 => 48,
            SHA512 => 64,
            _ => return false,
        };
        self.digest.len() == length
    }

    pub(super) fn to_der(&self) -> Vec<u8> {
        sequence(&[
            &sequence(&[&oid_der(self.digest_oid)]),
            &tlv(OCTET_STRING, &self.digest),
        ])
    }

    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, Error> {
        let mut imprint = cursor.enter(SEQUENCE)?;
        let (digest_oid, _) = imprint.algorithm()?;
        let digest = imprint.expect(OCTET_STRING)?.content.to_vec();
        imprint.finish()?;
        Ok(Imprint { digest_oid, digest })
    }
}

/// A request as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is to be stamped.
    pub imprint: Imprint,
    /// The policy asked for.
    pub policy: Option<Oid>,
    /// Magnitude of the nonce; to be echoed.
    pub nonce: Option<Vec<u8>>,
    /// Whether the token must carry the stamper's certificate.
    pub certificate_wanted: bool,
    /// Whether there are extensions; none are known.
    pub has_extensions: bool,
}

/// DER TimeStampReq.
pub fn request(
    imprint: &Imprint,
    policy: Option<Oid>,
    nonce: Option<&[u8]>,
    certificate_wanted: bool,
) -> Vec<u8> {
    sequence(&[
        &tlv(INTEGER, &[1]),
        &imprint.to_der(),
        &policy.map(oid_der).unwrap_or_default(),
        &nonce.map(unsigned).unwrap_or_default(),
        &if certificate_wanted {
            tlv(BOOLEAN, &[0xff])
        } else {
            Vec::new()
        },
    ])
}

/// Reads a DER TimeStampReq.
///
/// # Errors
/// [`Error::Malformed`], [`Error::TooLarge`], or [`Error::Unsupported`] for another version.
pub fn parse_request(der: &[u8]) -> Result<Request, Error> {
    bound(der, WHAT, MAX_REQUEST_BYTES)?;
    let mut cursor = Cursor::sequence(der, WHAT)?;
    if cursor.small()? != 1 {
        return Err(Error::Unsupported("the version of the time stamp request"));
    }
    let imprint = Imprint::read(&mut cursor)?;
    let policy = if cursor.peek() == Some(OID) {
        Some(cursor.oid()?)
    } else {
        None
    };
    let nonce = if cursor.peek() == Some(INTEGER) {
        Some(cursor.unsigned(MAX_NONCE_BYTES)?.to_vec())
    } else {
        None
    };
    let certificate_wanted = cursor.flag()?;
    let has_extensions = cursor.optional(context_constructed(0))?.is_some();
    cursor.finish()?;
    Ok(Request {
        imprint,
        policy,
        nonce,
        certificate_wanted,
        has_extensions,
    })
}
