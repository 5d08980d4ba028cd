//! RFC 9497, mode OPRF (0x00), suite P256-SHA256: the server turns the phone's blinded input into a pseudorandom
//! value under its key and learns neither input nor output.
//!
//! Elements travel as compressed SEC1 points, 33 bytes, as the RFC serialises them.

use crate::Error;
use crate::message::{self, Kind, Reader};
use elliptic_curve::sec1::{FromSec1Point, ToSec1Point};
use elliptic_curve::{Field, Group, PrimeField};
use hash2curve::{ExpandMsgXmd, GroupDigest, hash_to_scalar};
use p256::{AffinePoint, FieldBytes, NistP256, ProjectivePoint, Scalar, Sec1Point};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// `"OPRFV1-" || I2OSP(0, 1) || "-P256-SHA256"` (RFC 9497, section 3.1).
const CONTEXT: &[u8] = b"OPRFV1-\x00-P256-SHA256";

/// The longest input, in bytes; the RFC's bound is 65535.
pub const INPUT_MAX_BYTES: usize = 1024;

/// The server's key: one per person and epoch.
pub struct ServerKey {
    key: Zeroizing<Scalar>,
}

impl ServerKey {
    /// Draws a key.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        Self { key: random(rng) }
    }

    /// `DeriveKeyPair` of RFC 9497, section 3.2.1.
    pub fn derive(seed: &[u8; 32], info: &[u8]) -> Result<Self, Error> {
        let length = u16::try_from(info.len()).map_err(|_| Error::Range("info too long"))?;
        for counter in 0..=u8::MAX {
            let parts: [&[u8]; 4] = [seed, &length.to_be_bytes(), info, &[counter]];
            let value = to_scalar(&parts, b"DeriveKeyPair")?;
            if !bool::from(value.is_zero()) {
                return Ok(Self {
                    key: Zeroizing::new(value),
                });
            }
        }
        Err(Error::Range("no key from this seed"))
    }

    /// Version, kind, scalar: 34 bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let scalar: Zeroizing<[u8; 32]> = Zeroizing::new(self.key.to_repr().into());
        message::encode_secret(Kind::OprfServerKey, &[scalar.as_slice()])
    }

    /// Reads [`Self::to_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::OprfServerKey)?;
        let scalar = Zeroizing::new(reader.array()?);
        reader.finish()?;
        Ok(Self {
            key: nonzero(&scalar)?,
        })
    }

    /// `BlindEvaluate`: multiplies the blinded element by the key. The caller counts the attempt **before** this.
    pub fn evaluate(&self, blinded: &[u8]) -> Result<[u8; 33], Error> {
        serialize(&(element(blinded)? * *self.key))
    }
}

/// The phone's blinding factor. Not `Clone`, consumed by [`Blind::finish`], erased on drop.
pub struct Blind {
    blind: Zeroizing<Scalar>,
}

impl Blind {
    /// `Blind`: the state to keep, and the blinded element for the server.
    pub fn start<R: CryptoRng + ?Sized>(
        input: &[u8],
        rng: &mut R,
    ) -> Result<(Self, [u8; 33]), Error> {
        let base = input_element(input)?;
        let blind = random(rng);
        let blinded = serialize(&(base * *blind))?;
        Ok((Self { blind }, blinded))
    }

    /// `Finalize`: removes the blinding and hashes input and result to 32 bytes.
    pub fn finish(self, input: &[u8], evaluated: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
        input_element(input)?;
        let inverse: Scalar =
            Option::from(self.blind.invert()).ok_or(Error::Range("scalar is zero"))?;
        let inverse = Zeroizing::new(inverse);
        let unblinded = Zeroizing::new(serialize(&(element(evaluated)? * *inverse))?);
        let output = Sha256::new()
            .chain_update(message::short_length(input))
            .chain_update(input)
            .chain_update(message::short_length(unblinded.as_slice()))
            .chain_update(unblinded.as_slice())
            .chain_update(b"Finalize")
            .finalize();
        Ok(Zeroizing::new(output.into()))
    }
}

fn to_scalar(parts: &[&[u8]], prefix: &[u8]) -> Result<Scalar, Error> {
    hash_to_scalar::<NistP256, ExpandMsgXmd<Sha256>, elliptic_curve::consts::U48>(
        parts,
        &[prefix, CONTEXT],
    )
    .map_err(|_| Error::Range("hash to scalar"))
}

fn input_element(input: &[u8]) -> Result<ProjectivePoint, Error> {
    if input.len() > INPUT_MAX_BYTES {
        return Err(Error::Range("input too long"));
    }
    let value = NistP256::hash_from_bytes(&[input], &[b"HashToGroup-", CONTEXT])
        .map_err(|_| Error::Range("hash to group"))?;
    if bool::from(value.is_identity()) {
        return Err(Error::Range("point at infinity"));
    }
    Ok(value)
}

fn random<R: CryptoRng + ?Sized>(rng: &mut R) -> Zeroizing<Scalar> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    loop {
        rng.fill_bytes(bytes.as_mut_slice());
        if let Ok(value) = nonzero(&bytes) {
            return value;
        }
    }
}

fn nonzero(bytes: &[u8; 32]) -> Result<Zeroizing<Scalar>, Error> {
    let value: Scalar = Option::from(Scalar::from_repr(FieldBytes::from(*bytes)))
        .ok_or(Error::Range("scalar not below the order"))?;
    if bool::from(value.is_zero()) {
        return Err(Error::Range("scalar is zero"));
    }
    Ok(Zeroizing::new(value))
}

fn element(bytes: &[u8]) -> Result<ProjectivePoint, Error> {
    if bytes.len() != 33 || !matches!(bytes.first(), Some(2 | 3)) {
        return Err(Error::Malformed("element is not a compressed point"));
    }
    let encoded = Sec1Point::from_bytes(bytes).map_err(|_| Error::Malformed("element encoding"))?;
    let affine: AffinePoint = Option::from(AffinePoint::from_sec1_point(&encoded))
        .ok_or(Error::Range("element is not on the curve"))?;
    Ok(ProjectivePoint::from(affine))
}

fn serialize(value: &ProjectivePoint) -> Result<[u8; 33], Error> {
    value
        .to_affine()
        .to_sec1_point(true)
        .as_bytes()
        .try_into()
        .map_err(|_| Error::Range("point at infinity"))
}
