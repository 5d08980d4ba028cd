//! Signing: each side raises the padded digest to its exponent modulo its half; the phone combines and verifies.

use super::half::{self, Modulus};
use super::keys::{ClientKey, ServerKey};
use super::public::{self, MODULUS_BYTES};
use crate::Error;
use crate::message::{self, Kind, Reader};
use crypto_bigint::{BoxedUint, ConcatenatingMul};
use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Phone to server: session and digest (50 bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    sid: [u8; 16],
    digest: [u8; 32],
}

impl Request {
    /// The message's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        message::encode(Kind::RsaSignRequest, &[&self.sid, &self.digest])
    }

    /// Reads the message.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::RsaSignRequest)?;
        let (sid, digest) = (reader.array()?, reader.array()?);
        reader.finish()?;
        Ok(Self { sid, digest })
    }

    /// The session the phone means.
    #[must_use]
    pub fn sid(&self) -> &[u8; 16] {
        &self.sid
    }

    /// The digest the phone computed.
    #[must_use]
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }
}

/// Server to phone: `m^ds mod Ns` (258 bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    part: Modulus,
}

impl Reply {
    /// The message's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        message::encode(Kind::RsaSignReply, &[&self.part])
    }

    /// Reads the message; zero is refused here, the rest by [`ClientSign::finish`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::RsaSignReply)?;
        let part = reader.array()?;
        reader.finish()?;
        if part.iter().all(|byte| *byte == 0) {
            return Err(Error::Range("part is zero"));
        }
        Ok(Self { part })
    }
}

/// The phone's part of one signature. Not `Clone`, consumed by [`ClientSign::finish`], erased on drop.
pub struct ClientSign {
    digest: [u8; 32],
    part: Zeroizing<Modulus>,
}

fn padded(digest: &[u8; 32]) -> BoxedUint {
    BoxedUint::from_be_slice_truncated(&public::encoded(digest), 8 * 512)
}

impl ClientSign {
    /// Computes the phone's part, which stays on the phone.
    pub fn start<R: CryptoRng + ?Sized>(
        key: &ClientKey,
        sid: [u8; 16],
        digest: [u8; 32],
        rng: &mut R,
    ) -> Result<(Self, Request), Error> {
        let part = Zeroizing::new(key.half.power(&padded(&digest), rng)?);
        Ok((Self { digest, part }, Request { sid, digest }))
    }

    /// Combines both parts, `s = s_c + Nc * ((s_s - s_c) * Nc^-1 mod Ns)`, and verifies before it returns 512 bytes.
    pub fn finish(self, key: &ClientKey, reply: &Reply) -> Result<Vec<u8>, Error> {
        let divisor = half::divisor(&key.other)?;
        let server_part = half::number(&reply.part);
        if server_part >= *divisor.as_ref() {
            return Err(Error::Range("part is not below the modulus"));
        }
        let own = half::number(&self.part);
        let inverse = half::inverse(&key.half.modulus, &key.other)?;
        let difference = server_part.sub_mod(&own.rem_vartime(&divisor), &divisor);
        let factor = difference.mul_mod(&inverse, &divisor);
        let signature = half::number(&key.half.modulus)
            .concatenating_mul(&factor)
            .wrapping_add(&own);
        let signature: [u8; MODULUS_BYTES] = half::fixed(&signature)?;
        key.public
            .verify_pkcs1v15_sha256(&self.digest, &signature)?;
        Ok(signature.to_vec())
    }
}

/// The server's part of one signature. `sid` and `expected_digest` are the server's own; the part is checked against
/// a fault before it is released.
pub fn server_answer<R: CryptoRng + ?Sized>(
    key: &ServerKey,
    sid: [u8; 16],
    expected_digest: &[u8; 32],
    request: &Request,
    rng: &mut R,
) -> Result<Reply, Error> {
    if !bool::from(request.sid.ct_eq(&sid)) {
        return Err(Error::Check("another session"));
    }
    if !bool::from(request.digest.ct_eq(expected_digest)) {
        return Err(Error::Check("another digest"));
    }
    Ok(Reply {
        part: key.half.power(&padded(expected_digest), rng)?,
    })
}
