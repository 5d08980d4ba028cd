//! Tokens: a CMS SignedData over TSTInfo.

use super::request::Imprint;
use super::{MAX_NONCE_BYTES, MAX_RESPONSE_BYTES};
use crate::cms::{self, Parts, SignedData};
use crate::path::{self, Path, Trust};
use crate::wire::{
    Cursor, INTEGER, SEQUENCE, bound, context_constructed, oid as oid_der, sequence, tlv, unsigned,
};
use crate::{Algorithm, Error, Hash, Signer, certificate, oid, time};
use der::asn1::ObjectIdentifier as Oid;

const WHAT: &str = "time stamp token";

/// What goes into a token.
#[derive(Debug, Clone, Copy)]
pub struct TokenPlan<'a> {
    /// The policy it is made under.
    pub policy: Oid,
    /// What is stamped.
    pub imprint: &'a Imprint,
    /// Big-endian serial number, unique for the stamper; random here.
    pub serial: &'a [u8],
    /// The time, seconds since 1970.
    pub time: i64,
    /// How far it may be off, in seconds.
    pub accuracy_seconds: u8,
    /// Echo of the request's nonce.
    pub nonce: Option<&'a [u8]>,
    /// Whether the certificates go into the token.
    pub with_certificates: bool,
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The policy it was made under.
    pub policy: Oid,
    /// What was stamped.
    pub imprint: Imprint,
    /// Magnitude of the serial number.
    pub serial: Vec<u8>,
    /// The time, seconds since 1970; fractions are cut off.
    pub time: i64,
    /// Magnitude of the echoed nonce.
    pub nonce: Option<Vec<u8>>,
}

/// The imprint of data under an algorithm's digest.
pub fn imprint_of(algorithm: Algorithm, data: &[u8]) -> Imprint {
    Imprint {
        digest_oid: algorithm.digest_oid(),
        digest: algorithm.digest(data),
    }
}

/// DER token, signed with the stamper's key; `certificates` begin with the stamper's own.
///
/// # Errors
/// [`Error::Unsupported`] for an imprint that is not stamped, [`Error::Value`] for a time that cannot be written, and
/// those of signing.
pub fn token(
    plan: &TokenPlan<'_>,
    certificates: &[&[u8]],
    signer: &dyn Signer,
) -> Result<Vec<u8>, Error> {
    if !plan.imprint.is_acceptable() {
        return Err(Error::Unsupported("the digest of the imprint"));
    }
    let info = sequence(&[
        &tlv(INTEGER, &[1]),
        &oid_der(plan.policy),
        &plan.imprint.to_der(),
        &unsigned(plan.serial),
        &time::generalized(plan.time)?,
        &sequence(&[&unsigned(&[plan.accuracy_seconds])]),
        &plan.nonce.map(unsigned).unwrap_or_default(),
    ]);
    let algorithm = signer.algorithm();
    let stamper = certificates
        .first()
        .ok_or(Error::Malformed("certificates"))?;
    let attributes =
        cms::signed_attributes_for(oid::TST_INFO, algorithm, &algorithm.digest(&info), stamper)?;
    let signature = signer.sign(&attributes)?;
    let data = SignedData {
        content_type: oid::TST_INFO,
        content: Some(&info),
        with_certificates: plan.with_certificates,
    };
    cms::assemble_with(
        &data,
        &Parts {
            algorithm,
            signed_attributes: &attributes,
            signature: &signature,
            certificates,
            timestamp_token: None,
        },
    )
}

/// Reads what a token says, unverified.
///
/// # Errors
/// [`Error::Malformed`], [`Error::TooLarge`], or [`Error::Unsupported`] when it is no time stamp.
pub fn parse_token(token_der: &[u8]) -> Result<Stamp, Error> {
    bound(token_der, WHAT, MAX_RESPONSE_BYTES)?;
    read_info(&cms::parse(token_der)?)
}

fn read_info(cms: &cms::Cms) -> Result<Stamp, Error> {
    let content = match &cms.content {
        Some(content) if cms.content_type == oid::TST_INFO => content,
        _ => return Err(Error::Unsupported("a CMS that is no time stamp")),
    };
    let mut info = Cursor::sequence(content, WHAT)?;
    if info.small()? != 1 {
        return Err(Error::Unsupported("the version of the time stamp"));
    }
    let policy = info.oid()?;
    let imprint = Imprint::read(&mut info)?;
    let serial = info.unsigned(64)?.to_vec();
    let time = time::read_generalized(&mut info)?;
    info.optional(SEQUENCE)?;
    info.flag()?;
    let nonce = if info.peek() == Some(INTEGER) {
        Some(info.unsigned(MAX_NONCE_BYTES)?.to_vec())
    } else {
        None
    };
    info.optional(context_constructed(0))?;
    info.optional(context_constructed(1))?;
    info.finish()?;
    Ok(Stamp {
        policy,
        imprint,
        serial,
        time,
        nonce,
    })
}

/// A token whose imprint and signature hold. Whether its stamper is to be believed, [`crate::path`] tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What the token says.
    pub stamp: Stamp,
    /// DER certificate of the stamper.
    pub stamper: Vec<u8>,
    /// DER certificates that came along.
    pub certificates: Vec<Vec<u8>>,
    /// Short name of the stamper's scheme and key, as `rsa-sha512`.
    pub algorithm: String,
}

/// Checks a token by itself (RFC 3161 2.4.2 and appendix B): its imprint, which must be the digest that `digest` gives
/// for the identifier (`None` when it cannot be computed), its signature, the binding of its certificate, and that
/// certificate's usage.
///
/// # Errors
/// [`Error::Mismatch`] when the imprint is of other data, [`Error::Unsupported`] when it cannot be computed or an
/// algorithm is broken, and those of [`cms::Cms::verify_foreign`].
pub fn check_token(
    token_der: &[u8],
    digest: &dyn Fn(Oid) -> Option<Vec<u8>>,
) -> Result<Checked, Error> {
    bound(token_der, WHAT, MAX_RESPONSE_BYTES)?;
    let cms = cms::parse(token_der)?;
    let stamp = read_info(&cms)?;
    let actual = digest(stamp.imprint.digest_oid)
        .ok_or(Error::Unsupported("the digest of the time stamp"))?;
    if actual != stamp.imprint.digest {
        return Err(Error::Mismatch("imprint of the time stamp"));
    }
    if cms.signers.len() != 1 {
        return Err(Error::Malformed("time stamp without exactly one signer"));
    }
    let content = cms.content.as_deref().unwrap_or_default();
    let verified = cms.verify_foreign(0, &|hash| hash.digest(content))?;
    if verified.weakness.is_some() {
        return Err(Error::Unsupported("a time stamp with a broken algorithm"));
    }
    if !verified.certificate_bound {
        return Err(Error::Mismatch("signing certificate attribute"));
    }
    let stamper = certificate::parse(&verified.signer_certificate)?;
    let alone = stamper
        .extended_key_usages
        .as_ref()
        .is_some_and(|purposes| purposes.len() == 1);
    if !stamper.is_time_stamper()
        || !alone
        || stamper.criticality(oid::EXTENDED_KEY_USAGE) != Some(true)
    {
        return Err(Error::Mismatch("usage of the stamper's certificate"));
    }
    Ok(Checked {
        stamp,
        stamper: verified.signer_certificate,
        certificates: cms.certificates,
        algorithm: verified.name,
    })
}

/// The digest of data under an imprint's identifier; `None` for those that are not known, and for broken ones.
pub fn digest_for(kind: Oid, data: &[u8]) -> Option<Vec<u8>> {
    let hash = Hash::from_oid(kind).filter(|hash| !hash.is_broken())?;
    Some(hash.digest(data))
}

/// Verifies a token over data: [`check_token`], and the stamper's path. The path is checked at `at`, or at the token's
/// own time when that is `None`.
///
/// # Errors
/// Those of [`check_token`], and [`Error::Path`] when the stamper is not to be believed.
pub fn verify_token(
    token_der: &[u8],
    over: &[u8],
    trust: &Trust,
    at: Option<i64>,
    crls: &[Vec<u8>],
) -> Result<(Stamp, Path), Error> {
    let checked = check_token(token_der, &|kind| digest_for(kind, over))?;
    let path = path::validate(
        &checked.stamper,
        &checked.certificates,
        trust,
        at.unwrap_or(checked.stamp.time),
        crls,
    )
    .map_err(Error::Path)?;
    Ok((checked.stamp, path))
}
