//! Certificate revocation lists, version 2 (RFC 5280 section 5): full lists of one issuer.

use crate::certificate::{
    Facts, IssuerFacts, authority_key_id, extension, read_authority, read_extensions,
    read_full_names,
};
use crate::wire::{
    Cursor, ENUMERATED, INTEGER, SEQUENCE, bound, context, context_constructed, join_signed,
    sequence, split_signed, tlv, unsigned,
};
use crate::{Algorithm, Error, oid, time, verify_signed};
use der::asn1::ObjectIdentifier as Oid;

/// The longest list that is read, in bytes.
pub const MAX_CRL_BYTES: usize = 32 << 20;
/// The most entries that are read.
pub const MAX_ENTRIES: usize = 1_000_000;
const WHAT: &str = "CRL";

/// Why a certificate was revoked (RFC 5280 5.3.1). Suspension is [`Reason::CertificateHold`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Reason {
    /// No reason given.
    Unspecified = 0,
    /// The holder's key is, or may be, in other hands.
    KeyCompromise = 1,
    /// The authority's key is.
    CaCompromise = 2,
    /// Name or other facts changed.
    AffiliationChanged = 3,
    /// Replaced by another certificate.
    Superseded = 4,
    /// No longer needed.
    CessationOfOperation = 5,
    /// Suspended: may come back.
    CertificateHold = 6,
    /// In delta lists: came back.
    RemoveFromCrl = 8,
    /// The right it stood for was taken away.
    PrivilegeWithdrawn = 9,
    /// The attribute authority's key is in other hands.
    AaCompromise = 10,
}

impl Reason {
    /// The number in the standard.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The reason of a number.
    pub fn from_code(code: u8) -> Option<Self> {
        use Reason::*;
        [
            Unspecified,
            KeyCompromise,
            CaCompromise,
            AffiliationChanged,
            Superseded,
            CessationOfOperation,
            CertificateHold,
            RemoveFromCrl,
            PrivilegeWithdrawn,
            AaCompromise,
        ]
        .into_iter()
        .find(|reason| reason.code() == code)
    }
}

/// One revoked certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Magnitude of the serial number.
    pub serial: Vec<u8>,
    /// Since when, seconds since 1970.
    pub revoked_at: i64,
    /// Why.
    pub reason: Reason,
}

/// What goes into a list.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The issuer; its *subject* key identifier becomes the list's authority key identifier.
    pub issuer: &'a IssuerFacts,
    /// Grows with every list of the issuer.
    pub number: u64,
    /// When the list was true.
    pub this_update: i64,
    /// When the next one comes at the latest.
    pub next_update: i64,
    /// The revoked certificates.
    pub entries: &'a [Entry],
}

/// DER TBSCertList, to be signed with `algorithm`.
///
/// # Errors
/// [`Error::Value`] for times that cannot be written or out of order.
pub fn to_be_signed(plan: &Plan<'_>, algorithm: Algorithm) -> Result<Vec<u8>, Error> {
    if plan.next_update <= plan.this_update {
        return Err(Error::Value {
            field: "next_update",
            reason: "is not after this_update",
        });
    }
    let mut entries = Vec::new();
    for entry in plan.entries {
        // RFC 5280 5.3.1: unspecified is said by leaving the reason out.
        let reason = match entry.reason {
            Reason::Unspecified => Vec::new(),
            reason => tlv(
                SEQUENCE,
                &extension(oid::CRL_REASON, false, &tlv(ENUMERATED, &[reason.code()])),
            ),
        };
        entries.extend(sequence(&[
            &unsigned(&entry.serial),
            &time::x509(entry.revoked_at)?,
            &reason,
        ]));
    }
    // RFC 5280 5.1.2.6: without entries the field itself must be absent.
    let list = if entries.is_empty() {
        Vec::new()
    } else {
        tlv(SEQUENCE, &entries)
    };
    let extensions = sequence(&[
        &authority_key_id(&plan.issuer.key_id),
        &extension(
            oid::CRL_NUMBER,
            false,
            &unsigned(&plan.number.to_be_bytes()),
        ),
    ]);
    Ok(sequence(&[
        &tlv(INTEGER, &[1]),
        &algorithm.signature_identifier(),
        &plan.issuer.subject_der,
        &time::x509(plan.this_update)?,
        &time::x509(plan.next_update)?,
        &list,
        &tlv(context_constructed(0), &extensions),
    ]))
}

/// Joins the bytes that were signed with the signature (as a BIT STRING holds it).
pub fn assemble(tbs: &[u8], algorithm: Algorithm, signature: &[u8]) -> Vec<u8> {
    join_signed(tbs, algorithm, signature)
}

/// A list as read; verify it with [`Crl::verify_signature`] before believing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crl {
    /// The bytes that are signed.
    pub tbs: Vec<u8>,
    /// The signature's identifier.
    pub signature_oid: Oid,
    /// DER of the parameters beside it; empty without any.
    pub signature_parameters: Vec<u8>,
    /// The signature as the BIT STRING holds it.
    pub signature: Vec<u8>,
    /// DER Name of the issuer.
    pub issuer_der: Vec<u8>,
    /// Key identifier of the issuer.
    pub authority_key_id: Option<Vec<u8>>,
    /// Magnitude of the list's number.
    pub number: Option<Vec<u8>>,
    /// When it was true.
    pub this_update: i64,
    /// When the next one comes.
    pub next_update: Option<i64>,
    /// The revoked certificates.
    pub entries: Vec<Entry>,
    /// Which of the issuer's certificates the list is about.
    pub scope: Scope,
}

/// `IssuingDistributionPoint` (RFC 5280 5.2.5), as far as lists with one are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Addresses of the point that the list is for; when there are any, it says nothing of certificates that name others.
    pub points: Vec<String>,
    /// Only certificates of end entities.
    pub only_end_entities: bool,
    /// Only certificates of authorities.
    pub only_authorities: bool,
}

impl Scope {
    /// Whether the list says something about a certificate of its issuer (RFC 5280 6.3.3 b 2).
    pub fn covers(&self, certificate: &Facts) -> bool {
        let authority = certificate.basic_constraints.is_some_and(|it| it.ca);
        let kind = if authority {
            !self.only_end_entities
        } else {
            !self.only_authorities
        };
        let named = |point: &String| certificate.crl_urls.contains(point);
        kind && (self.points.is_empty() || self.points.iter().any(named))
    }
}

impl Crl {
    /// The entry of a serial number (its magnitude, without leading zeros).
    pub fn entry(&self, serial: &[u8]) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.serial == serial && entry.reason != Reason::RemoveFromCrl)
    }

    /// Verifies the list with its issuer's key.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for another algorithm, [`Error::Signature`] when it does not verify.
    pub fn verify_signature(&self, issuer_spki_der: &[u8]) -> Result<(), Error> {
        let verified = verify_signed(
            issuer_spki_der,
            self.signature_oid,
            &self.signature_parameters,
            &self.tbs,
            &self.signature,
        );
        verified.map_err(|error| match error {
            Error::Signature(_) => Error::Signature("the CRL"),
            other => other,
        })
    }
}

/// Whether, and how, a list revokes a serial number.
pub fn is_revoked<'a>(crl: &'a Crl, serial: &[u8]) -> Option<&'a Entry> {
    crl.entry(serial)
}

/// Reads a DER CertificateList.
///
/// # Errors
/// [`Error::Malformed`], [`Error::TooLarge`], and [`Error::Unsupported`] for lists that would be misread as complete:
/// delta and indirect ones, those of some reasons only, and all others with a critical extension that is not known.
pub fn parse(der: &[u8]) -> Result<Crl, Error> {
    bound(der, WHAT, MAX_CRL_BYTES)?;
    let signed = split_signed(der, WHAT)?;
    let mut cursor = Cursor::sequence(signed.tbs, WHAT)?;
    if cursor.peek() == Some(INTEGER) {
        cursor.small()?;
    }
    let (signature_oid, signature_parameters) = cursor.algorithm()?;
    if signature_oid != signed.algorithm {
        return Err(Error::Mismatch("signature identifiers of the CRL"));
    }
    let issuer_der = cursor.expect(SEQUENCE)?.raw.to_vec();
    let this_update = time::read(&mut cursor)?;
    let next_update = match cursor.peek() {
        Some(crate::wire::UTC_TIME | crate::wire::GENERALIZED_TIME) => {
            Some(time::read(&mut cursor)?)
        }
        _ => None,
    };
    let mut entries = Vec::new();
    if let Some(mut list) = cursor.enter_optional(SEQUENCE)? {
        while !list.is_empty() {
            if entries.len() == MAX_ENTRIES {
                return Err(Error::TooLarge {
                    what: WHAT,
                    limit: MAX_ENTRIES,
                });
            }
            entries.push(read_entry(&mut list)?);
        }
    }
    let (mut authority_key_id, mut number, mut scope) = (None, None, Scope::default());
    if let Some(mut explicit) = cursor.enter_optional(context_constructed(0))? {
        for (kind, critical, value) in read_extensions(&mut explicit)? {
            let mut value = Cursor::new(value, WHAT);
            match kind {
                oid::AUTHORITY_KEY_ID => authority_key_id = read_authority(&mut value)?,
                oid::CRL_NUMBER => number = Some(value.unsigned(20)?.to_vec()),
                oid::ISSUING_POINT => scope = read_scope(&mut value)?,
                _ if critical => return Err(Error::Unsupported("a critical extension of the CRL")),
                _ => {}
            }
        }
    }
    cursor.finish()?;
    Ok(Crl {
        tbs: signed.tbs.to_vec(),
        signature_oid,
        signature_parameters: signature_parameters.to_vec(),
        signature: signed.signature.to_vec(),
        issuer_der,
        authority_key_id,
        number,
        this_update,
        next_update,
        entries,
        scope,
    })
}

fn read_scope(value: &mut Cursor<'_>) -> Result<Scope, Error> {
    let mut point = value.enter(SEQUENCE)?;
    let mut scope = Scope::default();
    if let Some(mut name) = point.enter_optional(context_constructed(0))? {
        scope.points = read_full_names(&mut name)?;
        // A point without an address that can be compared would otherwise pass for a list of everything.
        if scope.points.is_empty() {
            return Err(Error::Unsupported("the distribution point of the CRL"));
        }
    }
    let mut flag = |number| match point.optional(context(number))? {
        None => Ok(false),
        Some(element) => match element.content {
            [0xff] => Ok(true),
            [0] => Ok(false),
            _ => Err(Error::Malformed(WHAT)),
        },
    };
    scope.only_end_entities = flag(1)?;
    scope.only_authorities = flag(2)?;
    let reasons = point.optional(context(3))?.is_some();
    let mut flag = |number| {
        let element = point.optional(context(number))?;
        Ok::<bool, Error>(element.is_some_and(|element| element.content != [0]))
    };
    let (indirect, attributes) = (flag(4)?, flag(5)?);
    point.finish()?;
    if reasons || indirect || attributes {
        return Err(Error::Unsupported(
            "a CRL that is not about all of its issuer's certificates",
        ));
    }
    Ok(scope)
}

fn read_entry(list: &mut Cursor<'_>) -> Result<Entry, Error> {
    let mut entry = list.enter(SEQUENCE)?;
    let serial = entry
        .unsigned(crate::certificate::MAX_SERIAL_BYTES)?
        .to_vec();
    let revoked_at = time::read(&mut entry)?;
    let mut reason = Reason::Unspecified;
    if !entry.is_empty() {
        for (kind, critical, value) in read_extensions(&mut entry)? {
            if kind == oid::CRL_REASON {
                reason = read_reason(&mut Cursor::new(value, WHAT))?;
            } else if critical {
                return Err(Error::Unsupported("a critical extension of a CRL entry"));
            }
        }
    }
    entry.finish()?;
    Ok(Entry {
        serial,
        revoked_at,
        reason,
    })
}

pub(crate) fn read_reason(cursor: &mut Cursor<'_>) -> Result<Reason, Error> {
    match cursor.expect(ENUMERATED)?.content {
        [code] => Reason::from_code(*code).ok_or(cursor.malformed()),
        _ => Err(cursor.malformed()),
    }
}
