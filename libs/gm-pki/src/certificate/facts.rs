//! Reading a certificate into the facts that the other modules decide by.

use super::{MAX_CERTIFICATE_BYTES, MAX_EXTENSIONS, MAX_SERIAL_BYTES};
use crate::wire::{
    Cursor, Element, OCTET_STRING, SEQUENCE, bound, context, context_constructed, split_signed,
};
use crate::{Algorithm, Error, name::Subject, oid, public_key, time};
use der::asn1::ObjectIdentifier as Oid;

const WHAT: &str = "certificate";

/// `BasicConstraints` (RFC 5280 4.2.1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasicConstraints {
    /// May issue certificates.
    pub ca: bool,
    /// How many authorities may follow below.
    pub path_length: Option<u64>,
}

/// `KeyUsage` (RFC 5280 4.2.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usages(u16);

impl Usages {
    const fn bit(self, number: u8) -> bool {
        self.0 & (0x8000 >> number) != 0
    }
    /// Signs data other than certificates and CRLs.
    pub const fn digital_signature(self) -> bool {
        self.bit(0)
    }
    /// Signs what the holder must not be able to deny (contentCommitment).
    pub const fn non_repudiation(self) -> bool {
        self.bit(1)
    }
    /// Wraps keys.
    pub const fn key_encipherment(self) -> bool {
        self.bit(2)
    }
    /// Encrypts data directly.
    pub const fn data_encipherment(self) -> bool {
        self.bit(3)
    }
    /// Agrees on keys.
    pub const fn key_agreement(self) -> bool {
        self.bit(4)
    }
    /// Signs certificates.
    pub const fn key_cert_sign(self) -> bool {
        self.bit(5)
    }
    /// Signs CRLs.
    pub const fn crl_sign(self) -> bool {
        self.bit(6)
    }
    /// May sign documents: digitalSignature or nonRepudiation.
    pub const fn signs_data(self) -> bool {
        self.digital_signature() || self.non_repudiation()
    }
}

/// A certificate as read; nothing is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The bytes that are signed.
    pub tbs: Vec<u8>,
    /// The signature's identifier inside the signed bytes.
    pub signature_oid: Oid,
    /// DER of the parameters beside it; empty without any.
    pub signature_parameters: Vec<u8>,
    /// The signature as the BIT STRING holds it; empty when only the signed bytes were read.
    pub signature: Vec<u8>,
    /// 3 for X.509 v3.
    pub version: u64,
    /// Magnitude of the serial number, big-endian, no leading zeros.
    pub serial: Vec<u8>,
    /// DER Name of the issuer.
    pub issuer_der: Vec<u8>,
    /// DER Name of the subject.
    pub subject_der: Vec<u8>,
    /// The subject's attributes.
    pub subject: Subject,
    /// First second of validity.
    pub not_before: i64,
    /// Last second of validity.
    pub not_after: i64,
    /// DER SubjectPublicKeyInfo.
    pub spki_der: Vec<u8>,
    /// Family of the key, when it is one of ours.
    pub key_algorithm: Option<Algorithm>,
    /// Subject key identifier.
    pub subject_key_id: Option<Vec<u8>>,
    /// Key identifier of the authority.
    pub authority_key_id: Option<Vec<u8>>,
    /// Basic constraints, when present.
    pub basic_constraints: Option<BasicConstraints>,
    /// Key usage, when present.
    pub key_usage: Option<Usages>,
    /// Extended key usages, when present.
    pub extended_key_usages: Option<Vec<Oid>>,
    /// Certificate policies.
    pub policies: Vec<Oid>,
    /// Addresses of CRLs.
    pub crl_urls: Vec<String>,
    /// Addresses of OCSP responders.
    pub ocsp_urls: Vec<String>,
    /// Addresses of the issuer's certificate.
    pub issuer_urls: Vec<String>,
    /// Every extension with its criticality, in order.
    pub extensions: Vec<(Oid, bool)>,
}

impl Facts {
    /// Whether an extension is there, and critical.
    pub fn criticality(&self, kind: Oid) -> Option<bool> {
        self.extensions
            .iter()
            .find(|(oid, _)| *oid == kind)
            .map(|(_, critical)| *critical)
    }

    /// Whether subject and issuer are the same name.
    pub fn is_self_issued(&self) -> bool {
        self.subject_der == self.issuer_der
    }

    /// Whether the time lies within the validity, both ends included.
    pub fn is_valid_at(&self, unix: i64) -> bool {
        (self.not_before..=self.not_after).contains(&unix)
    }

    /// Whether an extended usage is named.
    pub fn has_extended_usage(&self, purpose: &Oid) -> bool {
        self.extended_key_usages
            .as_ref()
            .is_some_and(|purposes| purposes.contains(purpose))
    }

    /// May sign time stamps.
    pub fn is_time_stamper(&self) -> bool {
        self.has_extended_usage(&oid::TIME_STAMPING)
    }

    /// May sign OCSP responses for its issuer.
    pub fn is_ocsp_responder(&self) -> bool {
        self.has_extended_usage(&oid::OCSP_SIGNING)
    }

    /// Whether its own revocation need not be looked at, as its issuer says of a responder (RFC 6960 4.2.2.2.1).
    pub fn is_exempt_from_revocation(&self) -> bool {
        self.criticality(oid::OCSP_NO_CHECK).is_some()
    }

    /// Whether every critical extension is one that path validation decides by.
    pub fn criticals_are_understood(&self) -> bool {
        let understood = [
            oid::KEY_USAGE,
            oid::BASIC_CONSTRAINTS,
            oid::EXTENDED_KEY_USAGE,
            oid::POLICIES,
            oid::SUBJECT_KEY_ID,
            oid::AUTHORITY_KEY_ID,
            oid::CRL_POINTS,
        ];
        self.extensions
            .iter()
            .all(|(kind, critical)| !critical || understood.contains(kind))
    }

    /// Verifies this certificate's signature with an issuer's key.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for another algorithm, [`Error::Signature`] when it does not verify.
    pub fn verify_signature(&self, issuer_spki_der: &[u8]) -> Result<(), Error> {
        let verified = match Algorithm::from_signature_oid(self.signature_oid) {
            Some(algorithm) => {
                public_key::verify(issuer_spki_der, algorithm, &self.tbs, &self.signature)
            }
            None => crate::verify_signed(
                issuer_spki_der,
                self.signature_oid,
                &self.signature_parameters,
                &self.tbs,
                &self.signature,
            ),
        };
        verified.map_err(|error| match error {
            Error::Signature(_) => Error::Signature("the certificate"),
            other => other,
        })
    }
}

/// Reads a DER certificate.
///
/// # Errors
/// [`Error::Malformed`] or [`Error::TooLarge`]. Keys of other families are read; [`Facts::key_algorithm`] is `None` then.
pub fn parse(der: &[u8]) -> Result<Facts, Error> {
    bound(der, WHAT, MAX_CERTIFICATE_BYTES)?;
    let signed = split_signed(der, WHAT)?;
    let mut facts = parse_tbs(signed.tbs)?;
    // RFC 5280 4.1.1.2: the two identifiers must be the same, or the outer one could be swapped unnoticed.
    if signature_identifier(signed.tbs)? != signed.identifier {
        return Err(Error::Mismatch("signature identifiers of the certificate"));
    }
    facts.signature = signed.signature.to_vec();
    Ok(facts)
}

/// The AlgorithmIdentifier inside a TBSCertificate, as it stands.
fn signature_identifier(tbs: &[u8]) -> Result<&[u8], Error> {
    let mut cursor = Cursor::sequence(tbs, WHAT)?;
    cursor.optional(context_constructed(0))?;
    cursor.unsigned(MAX_SERIAL_BYTES)?;
    Ok(cursor.expect(SEQUENCE)?.raw)
}

/// Reads a DER TBSCertificate.
///
/// # Errors
/// As [`parse`].
pub fn parse_tbs(tbs: &[u8]) -> Result<Facts, Error> {
    bound(tbs, WHAT, MAX_CERTIFICATE_BYTES)?;
    let mut cursor = Cursor::sequence(tbs, WHAT)?;
    let version = match cursor.enter_optional(context_constructed(0))? {
        Some(mut inner) => inner.small()?.saturating_add(1),
        None => 1,
    };
    let serial = cursor.unsigned(MAX_SERIAL_BYTES)?.to_vec();
    let (signature_oid, signature_parameters) = cursor.algorithm()?;
    let issuer_der = cursor.expect(SEQUENCE)?.raw;
    let mut validity = cursor.enter(SEQUENCE)?;
    let (not_before, not_after) = (time::read(&mut validity)?, time::read(&mut validity)?);
    validity.finish()?;
    let subject_der = cursor.expect(SEQUENCE)?.raw;
    let spki_der = cursor.expect(SEQUENCE)?.raw;
    for unique_id in [context(1), context(2)] {
        cursor.optional(unique_id)?;
    }
    let mut facts = Facts {
        tbs: tbs.to_vec(),
        signature_oid,
        signature_parameters: signature_parameters.to_vec(),
        signature: Vec::new(),
        version,
        serial,
        issuer_der: issuer_der.to_vec(),
        subject_der: subject_der.to_vec(),
        subject: Subject::from_der(subject_der)?,
        not_before,
        not_after,
        spki_der: spki_der.to_vec(),
        key_algorithm: public_key::algorithm_of(spki_der).ok(),
        subject_key_id: None,
        authority_key_id: None,
        basic_constraints: None,
        key_usage: None,
        extended_key_usages: None,
        policies: Vec::new(),
        crl_urls: Vec::new(),
        ocsp_urls: Vec::new(),
        issuer_urls: Vec::new(),
        extensions: Vec::new(),
    };
    if let Some(mut explicit) = cursor.enter_optional(context_constructed(3))? {
        for (kind, critical, value) in read_extensions(&mut explicit)? {
            facts.extensions.push((kind, critical));
            facts.take(kind, value)?;
        }
    }
    cursor.finish()?;
    Ok(facts)
}

/// Identifier, criticality and value of an extension.
pub(crate) type RawExtension<'a> = (Oid, bool, &'a [u8]);

/// Reads `Extensions`: identifier, criticality and value of each; none may stand twice (RFC 5280 4.2).
pub(crate) fn read_extensions<'a>(cursor: &mut Cursor<'a>) -> Result<Vec<RawExtension<'a>>, Error> {
    let mut list = cursor.enter(SEQUENCE)?;
    let mut all: Vec<RawExtension<'a>> = Vec::new();
    while !list.is_empty() {
        let mut extension = list.enter(SEQUENCE)?;
        let (kind, critical) = (extension.oid()?, extension.flag()?);
        let value = extension.expect(OCTET_STRING)?.content;
        extension.finish()?;
        if all.iter().any(|(other, ..)| *other == kind) {
            return Err(list.malformed());
        }
        if all.len() == MAX_EXTENSIONS {
            return Err(Error::TooLarge {
                what: "extensions",
                limit: MAX_EXTENSIONS,
            });
        }
        all.push((kind, critical, value));
    }
    Ok(all)
}

impl Facts {
    fn take(&mut self, kind: Oid, value: &[u8]) -> Result<(), Error> {
        let mut cursor = Cursor::new(value, "certificate extension");
        match kind {
            oid::SUBJECT_KEY_ID => {
                self.subject_key_id = Some(cursor.expect(OCTET_STRING)?.content.to_vec())
            }
            oid::AUTHORITY_KEY_ID => self.authority_key_id = read_authority(&mut cursor)?,
            oid::KEY_USAGE => self.key_usage = Some(read_usages(&mut cursor)?),
            oid::BASIC_CONSTRAINTS => {
                self.basic_constraints = Some(read_basic_constraints(&mut cursor)?)
            }
            oid::EXTENDED_KEY_USAGE => {
                self.extended_key_usages = Some(each(&mut cursor, Cursor::oid)?)
            }
            oid::POLICIES => self.policies = each(&mut cursor, |list| list.enter(SEQUENCE)?.oid())?,
            oid::CRL_POINTS => {
                self.crl_urls = each(&mut cursor, read_point)?
                    .into_iter()
                    .flatten()
                    .collect()
            }
            oid::AUTHORITY_INFO => {
                for (method, url) in each(&mut cursor, read_access)? {
                    match method {
                        oid::ACCESS_OCSP => self.ocsp_urls.extend(url),
                        oid::ACCESS_ISSUERS => self.issuer_urls.extend(url),
                        _ => {}
                    }
                }
            }
            _ => return Ok(()),
        }
        cursor.finish()
    }
}

/// Every element of the SEQUENCE at the cursor, by a reader.
fn each<'a, T>(
    cursor: &mut Cursor<'a>,
    read: impl Fn(&mut Cursor<'a>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut list = cursor.enter(SEQUENCE)?;
    let mut all = Vec::new();
    while !list.is_empty() {
        if all.len() == MAX_EXTENSIONS {
            return Err(Error::TooLarge {
                what: "certificate extension",
                limit: MAX_EXTENSIONS,
            });
        }
        all.push(read(&mut list)?);
    }
    Ok(all)
}

/// The key identifier of an `AuthorityKeyIdentifier`; issuer and serial are passed over.
pub(crate) fn read_authority(cursor: &mut Cursor<'_>) -> Result<Option<Vec<u8>>, Error> {
    Ok(cursor
        .enter(SEQUENCE)?
        .optional(context(0))?
        .map(|element| element.content.to_vec()))
}

fn read_usages(cursor: &mut Cursor<'_>) -> Result<Usages, Error> {
    match cursor.expect(crate::wire::BIT_STRING)?.content {
        [unused @ 0..=7, first] => Ok(Usages(u16::from(first & (0xff_u8 << unused)) << 8)),
        [unused @ 0..=7, first, second] => Ok(Usages(
            (u16::from(*first) << 8) | u16::from(second & (0xff_u8 << unused)),
        )),
        _ => Err(cursor.malformed()),
    }
}

fn read_basic_constraints(cursor: &mut Cursor<'_>) -> Result<BasicConstraints, Error> {
    let mut inner = cursor.enter(SEQUENCE)?;
    let ca = inner.flag()?;
    let path_length = if inner.is_empty() {
        None
    } else {
        Some(inner.small()?)
    };
    inner.finish()?;
    Ok(BasicConstraints { ca, path_length })
}

/// The addresses of one distribution point.
fn read_point(list: &mut Cursor<'_>) -> Result<Vec<String>, Error> {
    let mut point = list.enter(SEQUENCE)?;
    let Some(mut name) = point.enter_optional(context_constructed(0))? else {
        return Ok(Vec::new());
    };
    read_full_names(&mut name)
}

/// The addresses of a `DistributionPointName`; none when it is relative to the issuer's name.
pub(crate) fn read_full_names(name: &mut Cursor<'_>) -> Result<Vec<String>, Error> {
    let Some(mut full) = name.enter_optional(context_constructed(0))? else {
        return Ok(Vec::new());
    };
    let mut urls = Vec::new();
    while !full.is_empty() && urls.len() < MAX_EXTENSIONS {
        urls.extend(uri(&full.next()?));
    }
    Ok(urls)
}

fn read_access(list: &mut Cursor<'_>) -> Result<(Oid, Option<String>), Error> {
    let mut description = list.enter(SEQUENCE)?;
    let method = description.oid()?;
    Ok((method, uri(&description.next()?)))
}

fn uri(element: &Element<'_>) -> Option<String> {
    let text = core::str::from_utf8(element.content).ok()?;
    (element.tag == context(6) && text.is_ascii()).then(|| text.to_owned())
}
