//! Signing in two messages with a nonce of each side (R1): `k = w2 + d2^-1 * w1`, `s + r = d1 * (s1 + w1)`.
//!
//! The phone computes `e` itself, from what it showed. It checks `R = [s1 + w1]P2 - [r]G` before anything that depends
//! on `d1` exists, so a server that bends its answer (for example `s1 = 0`) learns nothing; and it verifies the
//! signature before it returns it. The caller must keep `sid` single-use; the server keeps no nonce between messages.

use super::keys::{ClientKey, ServerKey};
use super::point::{self, PointBytes, ProjectivePoint, Scalar};
use super::proof::{self, Proof};
use super::public::Signature;
use crate::Error;
use crate::message::{self, Kind, Reader};
use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const NONCE: &str = "hulian/cosign/v1/sm2/sign/nonce";

/// How often the server draws a nonce before it gives up; one draw fails with probability below `2^-250`.
const DRAWS_MAX: usize = 4;

/// Phone to server: session, digest, `Q1 = [w1]G` and the proof that the phone knows `w1` (179 bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    sid: [u8; 16],
    e: [u8; 32],
    q1: PointBytes,
    proof: Proof,
}

impl Request {
    /// The message's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let Proof {
            challenge,
            response,
        } = &self.proof;
        message::encode(
            Kind::Sm2SignRequest,
            &[&self.sid, &self.e, &self.q1, challenge, response],
        )
    }

    /// Reads the message; ranges and the curve are checked here, the rest by [`server_answer`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::Sm2SignRequest)?;
        let (sid, e, q1) = (reader.array()?, reader.array()?, reader.array()?);
        let proof = Proof {
            challenge: reader.array()?,
            response: reader.array()?,
        };
        reader.finish()?;
        point::point(&q1)?;
        point::nonzero(&proof.challenge)?;
        point::scalar(&proof.response)?;
        Ok(Self { sid, e, q1, proof })
    }

    /// The session the phone means.
    #[must_use]
    pub fn sid(&self) -> &[u8; 16] {
        &self.sid
    }

    /// The digest the phone computed.
    #[must_use]
    pub fn digest(&self) -> &[u8; 32] {
        &self.e
    }
}

/// Server to phone: `r` and `s1 = d2 * (r + w2)` (66 bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    r: [u8; 32],
    s1: [u8; 32],
}

impl Reply {
    /// The message's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        message::encode(Kind::Sm2SignReply, &[&self.r, &self.s1])
    }

    /// Reads the message; zero and what is not below the order are refused.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::Sm2SignReply)?;
        let (r, s1) = (reader.array()?, reader.array()?);
        reader.finish()?;
        point::nonzero(&r)?;
        point::nonzero(&s1)?;
        Ok(Self { r, s1 })
    }
}

/// The phone's nonce and what it is for. Not `Clone`, consumed by [`ClientSign::finish`], erased on every way out.
pub struct ClientSign {
    e: [u8; 32],
    w1: Zeroizing<Scalar>,
    name: u64,
}

impl ClientSign {
    /// Draws the nonce for one signature over `e` in session `sid`. A nonce that was still outstanding for this key
    /// object can no longer be finished.
    pub fn start<R: CryptoRng + ?Sized>(
        key: &ClientKey,
        sid: [u8; 16],
        e: [u8; 32],
        rng: &mut R,
    ) -> Result<(Self, Request), Error> {
        let w1 = point::random(rng);
        let value = point::affine(&point::base_multiple(&w1))?;
        let q1 = point::point_bytes(&value)?;
        let statement: [&[u8]; 4] = [&sid, &key.public.bytes, &e, &q1];
        let proof = proof::prove(NONCE, &statement, &w1, rng)?;
        let name = name_of(&q1);
        key.begin(name);
        Ok((Self { e, w1, name }, Request { sid, e, q1, proof }))
    }

    /// Checks the server's answer, completes the signature and verifies it. On any error the nonce is gone.
    pub fn finish(self, key: &ClientKey, reply: &Reply) -> Result<Signature, Error> {
        key.take(self.name)?;
        let r = point::nonzero(&reply.r)?;
        let s1 = point::nonzero(&reply.s1)?;
        let sum = Zeroizing::new(s1 + *self.w1);
        let nonce_point = point::affine(
            &(ProjectivePoint::from(key.p2.point) * *sum - point::base_multiple(&r)),
        )?;
        if point::reduce(&self.e) + point::x_scalar(&nonce_point) != r {
            return Err(Error::Check("the server's answer does not fit"));
        }
        let total = *key.d1 * *sum;
        let s = total - r;
        if bool::from(s.is_zero()) || bool::from(total.is_zero()) {
            return Err(Error::Range("s or r + s is zero"));
        }
        let signature = Signature::new(reply.r, point::scalar_bytes(&s))?;
        key.public.verify_digest(&self.e, &signature)?;
        Ok(signature)
    }

    /// Gives the signature up: the nonce is erased and the key has none outstanding.
    pub fn abandon(self, key: &ClientKey) {
        key.forget(self.name);
    }
}

/// The first bytes of a point's x-coordinate; never zero, which stands for "none".
fn name_of(q1: &PointBytes) -> u64 {
    let [_, a, b, c, d, e, f, g, h, ..] = *q1;
    u64::from_be_bytes([a, b, c, d, e, f, g, h]).max(1)
}

/// The server's half of one signature. `sid` and `expected_e` are the server's own: it signs what it expects, not what
/// it is asked. The caller marks `sid` used, atomically, before it releases the answer.
pub fn server_answer<R: CryptoRng + ?Sized>(
    key: &ServerKey,
    sid: [u8; 16],
    expected_e: &[u8; 32],
    request: &Request,
    rng: &mut R,
) -> Result<Reply, Error> {
    if !bool::from(request.sid.ct_eq(&sid)) {
        return Err(Error::Check("another session"));
    }
    if !bool::from(request.e.ct_eq(expected_e)) {
        return Err(Error::Check("another digest"));
    }
    let q1 = point::point(&request.q1)?;
    let statement: [&[u8]; 4] = [&sid, &key.public.bytes, expected_e, &request.q1];
    proof::verify(NONCE, &statement, &q1, &request.proof)?;
    let e = point::reduce(expected_e);
    let client_part = ProjectivePoint::from(q1) * *key.d2_inverse;
    for _ in 0..DRAWS_MAX {
        let w2 = point::random(rng);
        let sum = point::base_multiple(&w2) + client_part;
        let Ok(nonce_point) = point::affine(&sum) else {
            continue;
        };
        let r = e + point::x_scalar(&nonce_point);
        let s1 = *key.d2 * (r + *w2);
        if bool::from(r.is_zero()) || bool::from(s1.is_zero()) {
            continue;
        }
        return Ok(Reply {
            r: point::scalar_bytes(&r),
            s1: point::scalar_bytes(&s1),
        });
    }
    Err(Error::Range("no usable nonce"))
}
