//! The joint public key, signatures, and the digest that SM2 signs.

use super::point::{self, AffinePoint};
use crate::Error;
use sm2::dsa;
use sm2::pkcs8::EncodePublicKey;
use sm3::{Digest, Sm3};

/// The signer identity that GM/T 0009 and GB/T 35276 give where none is agreed.
pub const DEFAULT_ID: &[u8] = b"1234567812345678";

/// The curve's `a || b || xG || yG`, as `Z` covers them (GB/T 32918.5).
const CURVE: [u8; 128] = {
    const PARAMETERS: [u128; 8] = [
        0xFFFF_FFFE_FFFF_FFFF_FFFF_FFFF_FFFF_FFFF,
        0xFFFF_FFFF_0000_0000_FFFF_FFFF_FFFF_FFFC,
        0x28E9_FA9E_9D9F_5E34_4D5A_9E4B_CF65_09A7,
        0xF397_89F5_15AB_8F92_DDBC_BD41_4D94_0E93,
        0x32C4_AE2C_1F19_8119_5F99_0446_6A39_C994,
        0x8FE3_0BBF_F266_0BE1_715A_4589_334C_74C7,
        0xBC37_36A2_F4F6_779C_59BD_CEE3_6B69_2153,
        0xD0A9_877C_C62A_4740_02DF_32E5_2139_F0A0,
    ];
    let mut out = [0u8; 128];
    let mut index = 0;
    while index < 128 {
        out[index] = PARAMETERS[index / 16].to_be_bytes()[index % 16];
        index += 1;
    }
    out
};

/// A joint SM2 public key; to everybody else an ordinary one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey {
    pub(crate) point: AffinePoint,
    pub(crate) bytes: point::PointBytes,
}

impl PublicKey {
    pub(crate) fn new(value: AffinePoint) -> Result<Self, Error> {
        Ok(Self {
            point: value,
            bytes: point::point_bytes(&value)?,
        })
    }

    /// Reads `04 || x || y`; points off the curve and at infinity are refused.
    pub fn from_sec1(bytes: &[u8]) -> Result<Self, Error> {
        Self::new(point::point(bytes)?)
    }

    /// `04 || x || y`.
    #[must_use]
    pub fn to_sec1(&self) -> [u8; 65] {
        self.bytes
    }

    /// DER SubjectPublicKeyInfo: `id-ecPublicKey` with the SM2 curve, as OpenSSL and X.509 expect it.
    #[must_use]
    pub fn to_spki_der(&self) -> Vec<u8> {
        // A point that is not at infinity always has an encoding; the empty answer is never taken.
        sm2::PublicKey::from_affine(self.point)
            .ok()
            .and_then(|key| key.to_public_key_der().ok())
            .map(sm2::pkcs8::Document::into_vec)
            .unwrap_or_default()
    }

    /// Verifies a signature over the digest `e` (GB/T 32918.2, clause 7).
    pub fn verify_digest(&self, e: &[u8; 32], signature: &Signature) -> Result<(), Error> {
        let r = point::nonzero(&signature.r)?;
        let s = point::nonzero(&signature.s)?;
        let t = r + s;
        if bool::from(t.is_zero()) {
            return Err(Error::Signature);
        }
        let sum = point::affine(&point::public_combination(&s, &t, &self.point))?;
        if point::reduce(e) + point::x_scalar(&sum) == r {
            Ok(())
        } else {
            Err(Error::Signature)
        }
    }
}

/// A signature `(r, s)`, both within `1..n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    r: [u8; 32],
    s: [u8; 32],
}

impl Signature {
    pub(crate) fn new(r: [u8; 32], s: [u8; 32]) -> Result<Self, Error> {
        point::nonzero(&r)?;
        point::nonzero(&s)?;
        Ok(Self { r, s })
    }

    /// Reads `r || s`, 64 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        match bytes.split_first_chunk::<32>() {
            Some((r, s)) => {
                let s = s
                    .try_into()
                    .map_err(|_| Error::Malformed("signature is not 64 bytes"))?;
                Self::new(*r, s)
            }
            None => Err(Error::Malformed("signature is not 64 bytes")),
        }
    }

    /// `r || s`.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 64] {
        let mut out = [0u8; 64];
        let (r, s) = out.split_at_mut(32);
        r.copy_from_slice(&self.r);
        s.copy_from_slice(&self.s);
        out
    }

    /// DER `SEQUENCE { r INTEGER, s INTEGER }`, the form of certificates and CMS.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        // Both numbers were checked at construction; the empty answer is never taken.
        dsa::Signature::from_slice(&self.to_bytes())
            .map(|signature| signature.to_der().as_ref().to_vec())
            .unwrap_or_default()
    }

    /// Reads the DER form.
    pub fn from_der(bytes: &[u8]) -> Result<Self, Error> {
        let signature = dsa::Signature::from_der(bytes)
            .map_err(|_| Error::Malformed("signature is not DER"))?;
        Self::from_bytes(signature.to_bytes().as_slice())
    }
}

/// `e = SM3(Z || M)` with the default signer identity.
#[must_use]
pub fn digest(public: &PublicKey, message: &[u8]) -> [u8; 32] {
    digest_with_id(public, DEFAULT_ID, message).unwrap_or_default()
}

/// `e = SM3(Z || M)`; an identity of 8192 bytes and more has no form in `Z`.
pub fn digest_with_id(public: &PublicKey, id: &[u8], message: &[u8]) -> Result<[u8; 32], Error> {
    let bits = u16::try_from(id.len() * 8).map_err(|_| Error::Range("signer identity too long"))?;
    let [_, coordinates @ ..] = &public.bytes;
    let z = Sm3::new()
        .chain_update(bits.to_be_bytes())
        .chain_update(id)
        .chain_update(CURVE)
        .chain_update(coordinates)
        .finalize();
    Ok(Sm3::new()
        .chain_update(z)
        .chain_update(message)
        .finalize()
        .into())
}
