//! Writing extensions.

use super::Profile;
use crate::wire::{
    BOOLEAN, INTEGER, OCTET_STRING, SEQUENCE, context, context_constructed, oid as oid_der,
    sequence, tlv,
};
use crate::{Error, oid};
use der::asn1::ObjectIdentifier as Oid;

/// One extension. FALSE is the default of `critical` and therefore left out (X.690 11.5).
pub(crate) fn extension(kind: Oid, critical: bool, value: &[u8]) -> Vec<u8> {
    let flag = if critical {
        tlv(BOOLEAN, &[0xff])
    } else {
        Vec::new()
    };
    sequence(&[&oid_der(kind), &flag, &tlv(OCTET_STRING, value)])
}

/// Key usage bits from the most significant, as RFC 5280 4.2.1.3 numbers them.
const DIGITAL_SIGNATURE: u8 = 0x80;
const NON_REPUDIATION: u8 = 0x40;
const KEY_ENCIPHERMENT: u8 = 0x20;
const DATA_ENCIPHERMENT: u8 = 0x10;
const KEY_CERT_SIGN: u8 = 0x04;
const CRL_SIGN: u8 = 0x02;

pub(super) fn key_usage(profile: Profile) -> Vec<u8> {
    let bits = match profile {
        Profile::Root | Profile::Issuing => KEY_CERT_SIGN | CRL_SIGN,
        Profile::SigningLeaf => DIGITAL_SIGNATURE | NON_REPUDIATION,
        Profile::EncryptionLeaf => KEY_ENCIPHERMENT | DATA_ENCIPHERMENT,
        Profile::TimeStamper | Profile::OcspResponder => DIGITAL_SIGNATURE,
    };
    // DER drops trailing zero bits (X.690 11.2.2).
    let unused = bits.trailing_zeros() as u8;
    extension(
        oid::KEY_USAGE,
        true,
        &tlv(crate::wire::BIT_STRING, &[unused, bits]),
    )
}

pub(super) fn basic_constraints(profile: Profile) -> Option<Vec<u8>> {
    let ca = tlv(BOOLEAN, &[0xff]);
    let value = match profile {
        Profile::Root => sequence(&[&ca]),
        Profile::Issuing => sequence(&[&ca, &tlv(INTEGER, &[0])]),
        _ => return None,
    };
    Some(extension(oid::BASIC_CONSTRAINTS, true, &value))
}

pub(super) fn extended_key_usage(profile: Profile) -> Option<Vec<u8>> {
    match profile {
        // RFC 3161 2.3: critical, and the only purpose.
        Profile::TimeStamper => Some(extension(
            oid::EXTENDED_KEY_USAGE,
            true,
            &sequence(&[&oid_der(oid::TIME_STAMPING)]),
        )),
        Profile::OcspResponder => Some(extension(
            oid::EXTENDED_KEY_USAGE,
            false,
            &sequence(&[&oid_der(oid::OCSP_SIGNING)]),
        )),
        _ => None,
    }
}

pub(super) fn subject_key_id(key_id: &[u8]) -> Vec<u8> {
    extension(oid::SUBJECT_KEY_ID, false, &tlv(OCTET_STRING, key_id))
}

pub(crate) fn authority_key_id(key_id: &[u8]) -> Vec<u8> {
    extension(
        oid::AUTHORITY_KEY_ID,
        false,
        &sequence(&[&tlv(context(0), key_id)]),
    )
}

pub(super) fn policies(policy: Oid) -> Vec<u8> {
    extension(
        oid::POLICIES,
        false,
        &sequence(&[&sequence(&[&oid_der(policy)])]),
    )
}

pub(super) fn crl_points(url: &str) -> Result<Vec<u8>, Error> {
    let full_name = tlv(context_constructed(0), &uri(url)?);
    let name = tlv(context_constructed(0), &full_name);
    Ok(extension(
        oid::CRL_POINTS,
        false,
        &sequence(&[&tlv(SEQUENCE, &name)]),
    ))
}

pub(super) fn authority_info(
    ocsp_url: Option<&str>,
    issuer_url: Option<&str>,
) -> Result<Option<Vec<u8>>, Error> {
    let mut descriptions = Vec::new();
    for (method, url) in [
        (oid::ACCESS_OCSP, ocsp_url),
        (oid::ACCESS_ISSUERS, issuer_url),
    ] {
        if let Some(url) = url {
            descriptions.extend(sequence(&[&oid_der(method), &uri(url)?]));
        }
    }
    Ok((!descriptions.is_empty())
        .then(|| extension(oid::AUTHORITY_INFO, false, &tlv(SEQUENCE, &descriptions))))
}

/// GeneralName uniformResourceIdentifier.
fn uri(url: &str) -> Result<Vec<u8>, Error> {
    let http = url.starts_with("http://") || url.starts_with("https://");
    if !http || url.len() > 255 || !url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::Value {
            field: "url",
            reason: "is not a plain http address of at most 255 characters",
        });
    }
    Ok(tlv(context(6), url.as_bytes()))
}
