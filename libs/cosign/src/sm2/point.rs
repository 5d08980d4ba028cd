//! Scalars and points as bytes, each with exactly one accepted form.

use crate::Error;
use crate::message::framed;
use elliptic_curve::ops::{MulByGeneratorVartime, Reduce};
use elliptic_curve::point::AffineCoordinates;
use elliptic_curve::sec1::{FromSec1Point, ToSec1Point};
use elliptic_curve::{Group, PrimeField};
use rand_core::CryptoRng;
pub(crate) use sm2::{AffinePoint, ProjectivePoint, Scalar};
use sm2::{FieldBytes, Sec1Point};
use sm3::{Digest, Sm3};
use zeroize::{Zeroize, Zeroizing};

/// A point other than the point at infinity, uncompressed: `04 || x || y`.
pub(crate) type PointBytes = [u8; 65];

/// Decodes a canonical scalar; the group's order and above are refused.
pub(crate) fn scalar(bytes: &[u8; 32]) -> Result<Scalar, Error> {
    Option::from(Scalar::from_repr(FieldBytes::from(*bytes)))
        .ok_or(Error::Range("scalar not below the order"))
}

/// Decodes a canonical scalar other than zero.
pub(crate) fn nonzero(bytes: &[u8; 32]) -> Result<Scalar, Error> {
    let value = scalar(bytes)?;
    if bool::from(value.is_zero()) {
        return Err(Error::Range("scalar is zero"));
    }
    Ok(value)
}

pub(crate) fn scalar_bytes(value: &Scalar) -> [u8; 32] {
    value.to_repr().into()
}

/// Draws a uniform scalar other than zero: 32 bytes at a time, until they are one (nearly always the first).
pub(crate) fn random<R: CryptoRng + ?Sized>(rng: &mut R) -> Zeroizing<Scalar> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    loop {
        rng.fill_bytes(bytes.as_mut_slice());
        if let Ok(value) = nonzero(&bytes) {
            return Zeroizing::new(value);
        }
    }
}

/// Inverts in constant time; only zero, which no caller has, has no inverse.
pub(crate) fn invert(value: &Scalar) -> Result<Zeroizing<Scalar>, Error> {
    Option::from(value.invert())
        .map(Zeroizing::new)
        .ok_or(Error::Range("scalar is zero"))
}

/// Decodes a point: uncompressed, on the curve, not at infinity. The cofactor is one, so there is no small subgroup.
pub(crate) fn point(bytes: &[u8]) -> Result<AffinePoint, Error> {
    if bytes.len() != 65 || bytes.first() != Some(&4) {
        return Err(Error::Malformed("point is not 04 || x || y"));
    }
    let encoded = Sec1Point::from_bytes(bytes).map_err(|_| Error::Malformed("point encoding"))?;
    Option::from(AffinePoint::from_sec1_point(&encoded))
        .ok_or(Error::Range("point is not on the curve"))
}

/// Encodes a point; the point at infinity has no encoding here.
pub(crate) fn point_bytes(value: &AffinePoint) -> Result<PointBytes, Error> {
    value
        .to_sec1_point(false)
        .as_bytes()
        .try_into()
        .map_err(|_| Error::Range("point at infinity"))
}

/// Brings a computed point to affine form, refusing the point at infinity.
pub(crate) fn affine(value: &ProjectivePoint) -> Result<AffinePoint, Error> {
    if bool::from(value.is_identity()) {
        return Err(Error::Range("point at infinity"));
    }
    Ok(value.to_affine())
}

/// The x-coordinate reduced modulo the order, as SM2 uses it.
pub(crate) fn x_scalar(value: &AffinePoint) -> Scalar {
    Scalar::reduce(&value.x())
}

/// `[k]G` in constant time.
pub(crate) fn base_multiple(k: &Scalar) -> ProjectivePoint {
    ProjectivePoint::mul_by_generator(k)
}

/// `[a]G + [b]P` for values that are all public.
pub(crate) fn public_combination(a: &Scalar, b: &Scalar, p: &AffinePoint) -> ProjectivePoint {
    ProjectivePoint::mul_by_generator_and_mul_add_vartime(a, b, &ProjectivePoint::from(*p))
}

/// A digest as a scalar.
pub(crate) fn reduce(digest: &[u8; 32]) -> Scalar {
    Scalar::reduce(&FieldBytes::from(*digest))
}

/// SM3 over a label and parts, each behind its length.
pub(crate) fn hash(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sm3::new();
    hasher.update(framed(&[label.as_bytes()]));
    let mut bytes = framed(parts);
    hasher.update(&bytes);
    bytes.zeroize();
    hasher.finalize().into()
}
