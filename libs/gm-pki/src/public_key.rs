//! Public keys as DER SubjectPublicKeyInfo: which algorithm they are for, and verification.

use crate::wire::{Cursor, bound};
use crate::{Algorithm, Error, oid};
use der::asn1::ObjectIdentifier as Oid;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};
use sm2::dsa::signature::Verifier;
use spki::DecodePublicKey;

/// The longest SubjectPublicKeyInfo that is read, in bytes; RSA-4096 takes 550.
pub const MAX_SPKI_BYTES: usize = 2048;
/// RSA moduli that are accepted, in bits.
pub const RSA_BITS: core::ops::RangeInclusive<usize> = 2048..=4096;
/// The identity that `Z` is made with when both sides agreed on nothing else (GM/T 0009 section 10).
pub const DEFAULT_SM2_ID: &str = "1234567812345678";

/// The algorithm a key is for, from its identifier and curve alone.
///
/// # Errors
/// [`Error::Malformed`] when the bytes are no SubjectPublicKeyInfo, [`Error::Unsupported`] for another kind of key.
pub fn algorithm_of(spki_der: &[u8]) -> Result<Algorithm, Error> {
    bound(spki_der, "public key", MAX_SPKI_BYTES)?;
    let mut cursor = Cursor::sequence(spki_der, "public key")?;
    let (algorithm, parameters) = cursor.algorithm()?;
    cursor.bits()?;
    cursor.finish()?;
    if algorithm == oid::RSA {
        return Ok(Algorithm::RsaSha256);
    }
    if algorithm != oid::EC_PUBLIC_KEY {
        return Err(Error::Unsupported("the kind of public key"));
    }
    let mut parameters = Cursor::new(parameters, "public key");
    let curve: Oid = parameters.oid()?;
    parameters.finish()?;
    match curve {
        curve if curve == oid::SM2 => Ok(Algorithm::Sm2Sm3),
        curve if curve == oid::P256 => Ok(Algorithm::P256Sha256),
        _ => Err(Error::Unsupported("the curve of the public key")),
    }
}

/// Reads the key fully: point on the curve, or modulus and exponent within limits.
///
/// # Errors
/// [`Error::Key`] when the key is not a usable one.
pub fn check(spki_der: &[u8]) -> Result<Algorithm, Error> {
    let algorithm = algorithm_of(spki_der)?;
    match algorithm {
        Algorithm::Sm2Sm3 => sm2_key(spki_der).map(|_| ())?,
        Algorithm::P256Sha256 => p256_key(spki_der).map(|_| ())?,
        Algorithm::RsaSha256 => rsa_key(spki_der).map(|_| ())?,
    }
    Ok(algorithm)
}

/// Verifies a signature as a BIT STRING holds it: DER `SEQUENCE { r, s }`, or the RSA block.
///
/// # Errors
/// [`Error::Key`] or [`Error::Mismatch`] when the key is not one for `algorithm`, [`Error::Signature`] when the
/// signature does not verify.
pub fn verify(
    spki_der: &[u8],
    algorithm: Algorithm,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Error> {
    let refused = Error::Signature("the message");
    if algorithm_of(spki_der)? != algorithm {
        return Err(Error::Mismatch("key and signature algorithm"));
    }
    match algorithm {
        Algorithm::Sm2Sm3 => {
            let key = sm2::dsa::VerifyingKey::new(DEFAULT_SM2_ID, sm2_key(spki_der)?)
                .map_err(|_| Error::Key("SM2 identity"))?;
            let signature =
                sm2::dsa::Signature::from_der(signature).map_err(|_| refused.clone())?;
            key.verify(message, &signature).map_err(|_| refused)
        }
        Algorithm::P256Sha256 => {
            let key = p256::ecdsa::VerifyingKey::from(p256_key(spki_der)?);
            let signature =
                p256::ecdsa::Signature::from_der(signature).map_err(|_| refused.clone())?;
            key.verify(message, &signature).map_err(|_| refused)
        }
        Algorithm::RsaSha256 => verify_rsa_digest(spki_der, &Sha256::digest(message), signature),
    }
}

/// Verifies over a finished SHA-256 digest; SM2 has none, since its digest takes the public key in.
pub(crate) fn verify_digest(spki_der: &[u8], digest: &[u8], signature: &[u8]) -> Result<(), Error> {
    match algorithm_of(spki_der)? {
        Algorithm::RsaSha256 => verify_rsa_digest(spki_der, digest, signature),
        Algorithm::P256Sha256 => {
            use p256::ecdsa::signature::hazmat::PrehashVerifier;
            let key = p256::ecdsa::VerifyingKey::from(p256_key(spki_der)?);
            let refused = Error::Signature("the digest");
            let signature =
                p256::ecdsa::Signature::from_der(signature).map_err(|_| refused.clone())?;
            key.verify_prehash(digest, &signature).map_err(|_| refused)
        }
        Algorithm::Sm2Sm3 => Err(Error::Unsupported("an SM2 signature over a bare digest")),
    }
}

/// Turns SM2 and ECDSA signatures of 64 raw bytes `r || s` into DER, and leaves everything else as it is.
///
/// # Errors
/// [`Error::Malformed`] when 64 bytes hold no `r` and `s` in range.
pub fn signature_to_der(algorithm: Algorithm, signature: &[u8]) -> Result<Vec<u8>, Error> {
    let malformed = |_| Error::Malformed("signature");
    match algorithm {
        Algorithm::Sm2Sm3 if signature.len() == 64 => {
            Ok(sm2::dsa::Signature::from_slice(signature)
                .map_err(malformed)?
                .to_der()
                .as_bytes()
                .to_vec())
        }
        Algorithm::P256Sha256 if signature.len() == 64 => {
            Ok(p256::ecdsa::Signature::from_slice(signature)
                .map_err(malformed)?
                .to_der()
                .as_bytes()
                .to_vec())
        }
        _ => Ok(signature.to_vec()),
    }
}

fn verify_rsa_digest(spki_der: &[u8], digest: &[u8], signature: &[u8]) -> Result<(), Error> {
    rsa_key(spki_der)?
        .verify(rsa::Pkcs1v15Sign::new::<Sha256>(), digest, signature)
        .map_err(|_| Error::Signature("the message"))
}

fn sm2_key(spki_der: &[u8]) -> Result<sm2::PublicKey, Error> {
    sm2::PublicKey::from_public_key_der(spki_der)
        .map_err(|_| Error::Key("not a point of the SM2 curve"))
}

fn p256_key(spki_der: &[u8]) -> Result<p256::PublicKey, Error> {
    p256::PublicKey::from_public_key_der(spki_der).map_err(|_| Error::Key("not a point of P-256"))
}

fn rsa_key(spki_der: &[u8]) -> Result<rsa::PublicKey, Error> {
    let key = rsa::PublicKey::from_public_key_der(spki_der)
        .map_err(|_| Error::Key("not an RSA public key"))?;
    let bits = key.n().as_ref().bit_width_vartime() as usize;
    if RSA_BITS.contains(&bits) {
        Ok(key)
    } else {
        Err(Error::Key("RSA modulus not between 2048 and 4096 bits"))
    }
}

/// The public exponent of an RSA key.
pub(crate) fn rsa_exponent(spki_der: &[u8]) -> Option<u64> {
    let bytes = rsa_key(spki_der).ok()?.e_bytes();
    Some(
        bytes
            .iter()
            .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte)),
    )
}

/// The 32 bytes that a signature of the key over the message takes in: `SM3(Z || message)` for SM2 (GB/T 32918.2 6.1),
/// SHA-256 for the others. What a key in two halves is asked to sign.
///
/// # Errors
/// [`Error::Key`] when the key is not usable.
pub fn message_digest(spki_der: &[u8], message: &[u8]) -> Result<Vec<u8>, Error> {
    use sm2::elliptic_curve::sec1::ToSec1Point;
    use sm3::Sm3;
    let algorithm = check(spki_der)?;
    if algorithm != Algorithm::Sm2Sm3 {
        return Ok(algorithm.digest(message));
    }
    let point = sm2_key(spki_der)?.to_sec1_point(false);
    let coordinates = point
        .as_bytes()
        .get(1..)
        .ok_or(Error::Key("not a point of the SM2 curve"))?;
    let z = Sm3::new()
        .chain_update((8 * DEFAULT_SM2_ID.len() as u16).to_be_bytes())
        .chain_update(DEFAULT_SM2_ID)
        .chain_update(SM2_CURVE)
        .chain_update(coordinates)
        .finalize();
    Ok(Sm3::new()
        .chain_update(z)
        .chain_update(message)
        .finalize()
        .to_vec())
}

/// `a || b || xG || yG` of the SM2 curve (GB/T 32918.5).
const SM2_CURVE: [u8; 128] = *b"\
\xff\xff\xff\xfe\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xfc\
\x28\xe9\xfa\x9e\x9d\x9f\x5e\x34\x4d\x5a\x9e\x4b\xcf\x65\x09\xa7\xf3\x97\x89\xf5\x15\xab\x8f\x92\xdd\xbc\xbd\x41\x4d\x94\x0e\x93\
\x32\xc4\xae\x2c\x1f\x19\x81\x19\x5f\x99\x04\x46\x6a\x39\xc9\x94\x8f\xe3\x0b\xbf\xf2\x66\x0b\xe1\x71\x5a\x45\x89\x33\x4c\x74\xc7\
\xbc\x37\x36\xa2\xf4\xf6\x77\x9c\x59\xbd\xce\xe3\x6b\x69\x21\x53\xd0\xa9\x87\x7c\xc6\x2a\x47\x40\x02\xdf\x32\xe5\x21\x39\xf0\xa0";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Signer, SoftKey};
    use sm2::dsa::signature::hazmat::PrehashVerifier;

    #[test]
    fn message_digest_is_what_an_sm2_signature_takes_in() {
        let mut rng = rand_core::UnwrapErr(getrandom::SysRng);
        let key = SoftKey::generate(Algorithm::Sm2Sm3, &mut rng).unwrap();
        let digest = message_digest(key.public_key_der(), b"message").unwrap();
        let verifying =
            sm2::dsa::VerifyingKey::new(DEFAULT_SM2_ID, sm2_key(key.public_key_der()).unwrap())
                .unwrap();
        let signature = sm2::dsa::Signature::from_der(&key.sign(b"message").unwrap()).unwrap();
        assert!(verifying.verify_prehash(&digest, &signature).is_ok());
    }
}
