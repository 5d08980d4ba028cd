//! Reading a SignedData, of RFC 5652 or GM/T 0010.

use super::{MAX_ATTRIBUTES, MAX_CERTIFICATES, MAX_CMS_BYTES, MAX_SIGNERS};
use crate::wire::{
    Cursor, Element, OCTET_STRING, SEQUENCE, SET, bound, context, context_constructed, tlv,
};
use crate::{Error, oid};
use der::asn1::ObjectIdentifier as Oid;

const WHAT: &str = "CMS";

/// A SignedData as it was read; nothing in it is verified yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cms {
    /// The type of the content.
    pub content_type: Oid,
    /// Identifiers of the digests that the CMS announces.
    pub digest_oids: Vec<Oid>,
    /// The content, unless the signature is detached.
    pub content: Option<Vec<u8>>,
    /// DER certificates, in the order they stand.
    pub certificates: Vec<Vec<u8>>,
    /// At least one signer.
    pub signers: Vec<SignerInfo>,
}

/// One signer of a [`Cms`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerInfo {
    /// DER Name of the issuer and the serial number's magnitude.
    pub issuer_and_serial: Option<(Vec<u8>, Vec<u8>)>,
    /// The signer's key identifier, when it is named that way.
    pub key_id: Option<Vec<u8>>,
    /// Identifier of the digest.
    pub digest_oid: Oid,
    /// DER `SET OF` with first byte 0x31, the bytes that were signed; `None` when the content was signed directly.
    pub signed_attributes: Option<Vec<u8>>,
    /// Identifier of the signature.
    pub signature_oid: Oid,
    /// DER of the parameters of the signature; empty without any.
    pub signature_parameters: Vec<u8>,
    /// The signature value as it stands; time stamps are made over these bytes.
    pub signature: Vec<u8>,
    /// The RFC 3161 token of the unsigned attributes.
    pub timestamp_token: Option<Vec<u8>>,
    /// The kinds of all unsigned attributes, in the order they stand.
    pub unsigned_attributes: Vec<Oid>,
}

/// The length of the DER element at the start of the bytes; what follows (the padding of a PDF's /Contents) is the caller's.
///
/// # Errors
/// [`Error::Malformed`] when no complete element stands there.
pub fn outer_length(bytes: &[u8]) -> Result<usize, Error> {
    Ok(Cursor::new(bytes, WHAT).expect(SEQUENCE)?.raw.len())
}

/// Reads a DER ContentInfo with a SignedData, nothing after it.
///
/// # Errors
/// [`Error::Malformed`], [`Error::TooLarge`], or [`Error::Unsupported`] for another kind of content.
pub fn parse(der: &[u8]) -> Result<Cms, Error> {
    let cms = read(der)?;
    if cms.signers.is_empty() {
        return Err(Error::Malformed("CMS without a signer"));
    }
    Ok(cms)
}

/// The certificates of a SignedData, which may be a bag of them without any signer (RFC 5652 5.1, RFC 5280 4.2.2.1).
///
/// # Errors
/// As [`parse`].
pub fn certificates(der: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
    read(der).map(|cms| cms.certificates)
}

fn read(der: &[u8]) -> Result<Cms, Error> {
    bound(der, WHAT, MAX_CMS_BYTES)?;
    let mut info = Cursor::sequence(der, WHAT)?;
    let kind = info.oid()?;
    if kind != oid::SIGNED_DATA && kind != oid::GM_SIGNED_DATA {
        return Err(Error::Unsupported("this type of CMS"));
    }
    let mut explicit = info.enter(context_constructed(0))?;
    info.finish()?;
    let mut data = explicit.enter(SEQUENCE)?;
    explicit.finish()?;
    data.small()?;
    let digest_oids = elements(data.enter(SET)?, MAX_SIGNERS)?
        .iter()
        .map(|element| Ok(Cursor::new(element.raw, WHAT).algorithm()?.0))
        .collect::<Result<Vec<_>, Error>>()?;
    let (content_type, content) = encapsulated(&mut data)?;
    let certificates = match data.enter_optional(context_constructed(0))? {
        Some(set) => elements(set, MAX_CERTIFICATES)?
            .iter()
            .filter(|element| element.tag == SEQUENCE)
            .map(|element| element.raw.to_vec())
            .collect(),
        None => Vec::new(),
    };
    // CRLs may stand here; revocation is checked from what the caller brings.
    data.optional(context_constructed(1))?;
    let infos = elements(data.enter(SET)?, MAX_SIGNERS)?;
    data.finish()?;
    let signers = infos
        .iter()
        .map(signer_info)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Cms {
        content_type,
        digest_oids,
        content,
        certificates,
        signers,
    })
}

fn encapsulated(data: &mut Cursor<'_>) -> Result<(Oid, Option<Vec<u8>>), Error> {
    let mut encapsulated = data.enter(SEQUENCE)?;
    let content_type = encapsulated.oid()?;
    let content = match encapsulated.enter_optional(context_constructed(0))? {
        None => None,
        Some(mut explicit) => {
            let content = explicit.expect(OCTET_STRING)?.content.to_vec();
            explicit.finish()?;
            Some(content)
        }
    };
    encapsulated.finish()?;
    Ok((content_type, content))
}

fn signer_info(element: &Element<'_>) -> Result<SignerInfo, Error> {
    let mut info = Cursor::sequence(element.raw, WHAT)?;
    info.small()?;
    let (mut issuer_and_serial, mut key_id) = (None, None);
    if info.peek() == Some(SEQUENCE) {
        let mut id = info.enter(SEQUENCE)?;
        let issuer = id.expect(SEQUENCE)?.raw.to_vec();
        issuer_and_serial = Some((issuer, id.unsigned(32)?.to_vec()));
        id.finish()?;
    } else {
        key_id = Some(info.expect(context(0))?.content.to_vec());
    }
    let (digest_oid, _) = info.algorithm()?;
    let signed_attributes = info
        .optional(context_constructed(0))?
        .map(|element| tlv(SET, element.content));
    let (signature_oid, signature_parameters) = info.algorithm()?;
    let signature = info.expect(OCTET_STRING)?.content.to_vec();
    let (unsigned_attributes, timestamp_token) =
        match info.enter_optional(context_constructed(1))? {
            Some(attributes) => unsigned(attributes)?,
            None => (Vec::new(), None),
        };
    info.finish()?;
    Ok(SignerInfo {
        issuer_and_serial,
        key_id,
        digest_oid,
        signed_attributes,
        signature_oid,
        signature_parameters: signature_parameters.to_vec(),
        signature,
        timestamp_token,
        unsigned_attributes,
    })
}

/// The kinds of unsigned attributes and the first time stamp token.
fn unsigned(attributes: Cursor<'_>) -> Result<(Vec<Oid>, Option<Vec<u8>>), Error> {
    let (mut kinds, mut token) = (Vec::new(), None);
    for element in elements(attributes, MAX_ATTRIBUTES)? {
        let mut attribute = Cursor::sequence(element.raw, WHAT)?;
        let kind = attribute.oid()?;
        kinds.push(kind);
        if kind == oid::TIME_STAMP_TOKEN && token.is_none() {
            token = Some(attribute.enter(SET)?.expect(SEQUENCE)?.raw.to_vec());
        }
    }
    Ok((kinds, token))
}

fn elements<'a>(mut cursor: Cursor<'a>, limit: usize) -> Result<Vec<Element<'a>>, Error> {
    let mut all = Vec::new();
    while !cursor.is_empty() {
        if all.len() == limit {
            return Err(Error::TooLarge { what: WHAT, limit });
        }
        all.push(cursor.next()?);
    }
    Ok(all)
}
