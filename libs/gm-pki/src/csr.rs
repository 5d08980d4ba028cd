//! PKCS#10 certification requests (RFC 2986): no attributes written, any read.

use crate::wire::{
    Cursor, INTEGER, SEQUENCE, bound, context_constructed, join_signed, sequence, split_signed, tlv,
};
use crate::{Algorithm, Error, name::Subject, public_key};

/// The longest request that is read, in bytes.
pub const MAX_CSR_BYTES: usize = 16 * 1024;

/// A request whose signature verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Csr {
    /// DER Name as it stands in the request.
    pub subject_der: Vec<u8>,
    /// The same, read.
    pub subject: Subject,
    /// DER SubjectPublicKeyInfo.
    pub spki_der: Vec<u8>,
    /// The key's algorithm, which also signed the request.
    pub algorithm: Algorithm,
}

/// DER CertificationRequestInfo: version 0, the name, the key, no attributes. These are the bytes that the key signs.
///
/// # Errors
/// [`Error::Malformed`] when `subject_der` is no name, [`Error::Key`] when the key is unusable.
pub fn request_info(subject_der: &[u8], spki_der: &[u8]) -> Result<Vec<u8>, Error> {
    Subject::from_der(subject_der)?;
    public_key::check(spki_der)?;
    Ok(sequence(&[
        &tlv(INTEGER, &[0]),
        subject_der,
        spki_der,
        &tlv(context_constructed(0), &[]),
    ]))
}

/// Joins info and signature (as a BIT STRING holds it) to a request.
pub fn assemble(info: &[u8], algorithm: Algorithm, signature: &[u8]) -> Vec<u8> {
    join_signed(info, algorithm, signature)
}

/// Reads a request and verifies that the key in it signed it.
///
/// # Errors
/// [`Error::Malformed`], [`Error::Key`] or [`Error::Signature`].
pub fn parse_verify(der: &[u8]) -> Result<Csr, Error> {
    bound(der, "certification request", MAX_CSR_BYTES)?;
    let signed = split_signed(der, "certification request")?;
    let mut info = Cursor::sequence(signed.tbs, "certification request")?;
    if info.small()? != 0 {
        return Err(Error::Unsupported(
            "the version of the certification request",
        ));
    }
    let subject_der = info.expect(SEQUENCE)?.raw;
    let spki_der = info.expect(SEQUENCE)?.raw;
    info.optional(context_constructed(0))?;
    info.finish()?;
    let algorithm = public_key::check(spki_der)?;
    if Algorithm::from_signature_oid(signed.algorithm) != Some(algorithm) {
        return Err(Error::Mismatch("key and signature algorithm"));
    }
    public_key::verify(spki_der, algorithm, signed.tbs, signed.signature)
        .map_err(|_| Error::Signature("the certification request"))?;
    Ok(Csr {
        subject_der: subject_der.to_vec(),
        subject: Subject::from_der(subject_der)?,
        spki_der: spki_der.to_vec(),
        algorithm,
    })
}
