//! From a plan to the bytes that are signed, and from a signature to the certificate.

use super::extensions::{
    authority_info, authority_key_id, basic_constraints, crl_points, extended_key_usage, extension,
    key_usage, policies, subject_key_id,
};
use super::{Facts, lint, parse};
use crate::wire::{
    Cursor, INTEGER, NULL, SEQUENCE, context_constructed, join_signed, sequence, tlv, unsigned,
};
use crate::{Algorithm, Error, Signer, name::Subject, oid, public_key, time};
use der::asn1::ObjectIdentifier as Oid;
use sha2::{Digest, Sha256};

/// What a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Self-signed trust anchor.
    Root,
    /// Issues leaves, no further authorities (path length 0).
    Issuing,
    /// A holder's signing certificate: digitalSignature and nonRepudiation.
    SigningLeaf,
    /// A holder's encryption certificate: keyEncipherment and dataEncipherment.
    EncryptionLeaf,
    /// Signs time stamps (RFC 3161 2.3).
    TimeStamper,
    /// Signs OCSP responses for its issuer (RFC 6960 4.2.2.2).
    OcspResponder,
}

/// What a certificate takes from the certificate above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerFacts {
    /// DER Name.
    pub subject_der: Vec<u8>,
    /// Its subject key identifier.
    pub key_id: Vec<u8>,
}

impl From<&Facts> for IssuerFacts {
    fn from(facts: &Facts) -> Self {
        IssuerFacts {
            subject_der: facts.subject_der.clone(),
            key_id: facts.subject_key_id.clone().unwrap_or_default(),
        }
    }
}

/// Everything that goes into a certificate.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What it is for.
    pub profile: Profile,
    /// Positive serial number, big-endian, 16 to 20 bytes from a random source.
    pub serial: Vec<u8>,
    /// The holder.
    pub subject: Subject,
    /// The holder's key.
    pub spki_der: Vec<u8>,
    /// First second of validity, since 1970.
    pub not_before: i64,
    /// Last second of validity, since 1970.
    pub not_after: i64,
    /// The issuer; `None` for a root, which is its own.
    pub issuer: Option<IssuerFacts>,
    /// The policy it is issued under.
    pub policy: Option<Oid>,
    /// Where the issuer's CRL is.
    pub crl_url: Option<String>,
    /// Where the issuer's OCSP responder is.
    pub ocsp_url: Option<String>,
    /// Where the issuer's certificate is.
    pub issuer_url: Option<String>,
}

/// The key identifier that certificates made here carry: the leftmost 160 bits of SHA-256 over the key's bits
/// (RFC 7093 2, method 1).
///
/// # Errors
/// [`Error::Malformed`] when the bytes are no SubjectPublicKeyInfo.
pub fn key_identifier(spki_der: &[u8]) -> Result<[u8; 20], Error> {
    let mut cursor = Cursor::sequence(spki_der, "public key")?;
    cursor.algorithm()?;
    let digest: [u8; 32] = Sha256::digest(cursor.bits()?).into();
    digest
        .first_chunk::<20>()
        .copied()
        .ok_or(Error::Malformed("public key"))
}

/// DER TBSCertificate of a plan, to be signed with `issuer_algorithm`.
///
/// # Errors
/// [`Error::Value`] for a name, time or address that cannot stand in a certificate, [`Error::Key`] for an unusable key.
/// The bytes are not linted here; see [`super::lint`].
pub fn to_be_signed(plan: &Plan, issuer_algorithm: Algorithm) -> Result<Vec<u8>, Error> {
    public_key::check(&plan.spki_der)?;
    let subject_der = plan.subject.to_der()?;
    let issuer_der = plan
        .issuer
        .as_ref()
        .map_or(&subject_der, |issuer| &issuer.subject_der);
    if plan.issuer.is_none() != (plan.profile == Profile::Root) {
        return Err(Error::Value {
            field: "issuer",
            reason: "must be given for all but a root",
        });
    }
    Ok(sequence(&[
        &tlv(context_constructed(0), &tlv(INTEGER, &[2])),
        &unsigned(&plan.serial),
        &issuer_algorithm.signature_identifier(),
        issuer_der,
        &sequence(&[&time::x509(plan.not_before)?, &time::x509(plan.not_after)?]),
        &subject_der,
        &plan.spki_der,
        &tlv(context_constructed(3), &tlv(SEQUENCE, &extensions(plan)?)),
    ]))
}

fn extensions(plan: &Plan) -> Result<Vec<u8>, Error> {
    let mut all = Vec::new();
    all.extend(basic_constraints(plan.profile).unwrap_or_default());
    all.extend(key_usage(plan.profile));
    all.extend(extended_key_usage(plan.profile).unwrap_or_default());
    all.extend(subject_key_id(&key_identifier(&plan.spki_der)?));
    if let Some(issuer) = &plan.issuer {
        all.extend(authority_key_id(&issuer.key_id));
    }
    if let Some(policy) = plan.policy {
        all.extend(policies(policy));
    }
    if let Some(url) = &plan.crl_url {
        all.extend(crl_points(url)?);
    }
    all.extend(
        authority_info(plan.ocsp_url.as_deref(), plan.issuer_url.as_deref())?.unwrap_or_default(),
    );
    if plan.profile == Profile::OcspResponder {
        all.extend(extension(oid::OCSP_NO_CHECK, false, &tlv(NULL, &[])));
    }
    Ok(all)
}

/// Joins the bytes that were signed with the signature (as a BIT STRING holds it).
pub fn assemble(tbs: &[u8], algorithm: Algorithm, signature: &[u8]) -> Vec<u8> {
    join_signed(tbs, algorithm, signature)
}

/// Plan, lint, sign and check in one step, for authorities whose key is at hand.
///
/// # Errors
/// As [`to_be_signed`]; [`Error::Lint`] when the profile is broken; [`Error::Signature`] when the fresh signature does not
/// verify.
pub fn issue(plan: &Plan, signer: &dyn Signer) -> Result<Vec<u8>, Error> {
    let tbs = to_be_signed(plan, signer.algorithm())?;
    lint(&tbs).map_err(Error::Lint)?;
    let signature = signer.sign(&tbs)?;
    public_key::verify(
        signer.public_key_der(),
        signer.algorithm(),
        &tbs,
        &signature,
    )?;
    let der = assemble(&tbs, signer.algorithm(), &signature);
    parse(&der)?;
    Ok(der)
}
