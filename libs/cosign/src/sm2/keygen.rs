//! Key generation without a dealer: the phone commits to its point before it sees the server's, both prove that they
//! know their share, and every proof is bound to the context (request, usage, device) that the caller names.

use super::keys::{ClientKey, ServerKey};
use super::point::{self, PointBytes, Scalar};
use super::proof::{self, Proof};
use super::public::PublicKey;
use crate::Error;
use crate::message::{self, Kind, Reader};
use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const COMMIT: &str = "hulian/cosign/v1/sm2/keygen/commit";
const CLIENT: &str = "hulian/cosign/v1/sm2/keygen/client";
const SERVER: &str = "hulian/cosign/v1/sm2/keygen/server";

/// First message: the phone's commitment to its point and proof (34 bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commit {
    commitment: [u8; 32],
}

/// Second message: the server's point and proof (131 bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    point: PointBytes,
    proof: Proof,
}

/// Third message: what the phone committed to (131 bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    point: PointBytes,
    proof: Proof,
}

impl Commit {
    /// The message's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        message::encode(Kind::Sm2KeygenCommit, &[&self.commitment])
    }

    /// Reads the message.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::Sm2KeygenCommit)?;
        let commitment = reader.array()?;
        reader.finish()?;
        Ok(Self { commitment })
    }
}

fn decode_point(bytes: &[u8], kind: Kind) -> Result<(PointBytes, Proof), Error> {
    let mut reader = Reader::new(bytes, kind)?;
    let (point, challenge, response) = (reader.array()?, reader.array()?, reader.array()?);
    reader.finish()?;
    point::point(&point)?;
    point::nonzero(&challenge)?;
    point::scalar(&response)?;
    Ok((
        point,
        Proof {
            challenge,
            response,
        },
    ))
}

impl Reply {
    /// The message's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let Proof {
            challenge,
            response,
        } = &self.proof;
        message::encode(Kind::Sm2KeygenReply, &[&self.point, challenge, response])
    }

    /// Reads the message; ranges and the curve are checked here, proofs by who knows the context.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let (point, proof) = decode_point(bytes, Kind::Sm2KeygenReply)?;
        Ok(Self { point, proof })
    }
}

impl Open {
    /// The message's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let Proof {
            challenge,
            response,
        } = &self.proof;
        message::encode(Kind::Sm2KeygenOpen, &[&self.point, challenge, response])
    }

    /// Reads the message; ranges and the curve are checked here, commitment and proof by the server's state.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let (point, proof) = decode_point(bytes, Kind::Sm2KeygenOpen)?;
        Ok(Self { point, proof })
    }

    fn commit(&self, ctx: &[u8]) -> Commit {
        let Proof {
            challenge,
            response,
        } = &self.proof;
        Commit {
            commitment: point::hash(COMMIT, &[ctx, &self.point, challenge, response]),
        }
    }
}

/// `[d^-1]G` for a share `d`, with its encoding.
fn share_point(d: &Scalar) -> Result<(Zeroizing<Scalar>, PointBytes), Error> {
    let inverse = point::invert(d)?;
    let value = point::affine(&point::base_multiple(&inverse))?;
    Ok((inverse, point::point_bytes(&value)?))
}

/// The phone between its first and its last message. Erased when dropped.
pub struct ClientStart {
    ctx: Vec<u8>,
    d1: Zeroizing<Scalar>,
    commit: Commit,
    open: Open,
}

impl ClientStart {
    /// Draws `d1` and commits to `P1 = [d1^-1]G`. `ctx` (at most 512 bytes) must be what the server uses.
    pub fn start<R: CryptoRng + ?Sized>(ctx: &[u8], rng: &mut R) -> Result<(Self, Commit), Error> {
        message::check_context(ctx)?;
        let d1 = point::random(rng);
        let (inverse, point) = share_point(&d1)?;
        let proof = proof::prove(CLIENT, &[ctx, &point], &inverse, rng)?;
        let open = Open { point, proof };
        let commit = open.commit(ctx);
        Ok((
            Self {
                ctx: ctx.to_vec(),
                d1,
                commit,
                open,
            },
            commit,
        ))
    }

    /// Checks the server's proof and computes the joint key. Nothing of the phone is shown before this succeeds.
    pub fn finish(self, reply: &Reply) -> Result<(ClientKey, Open), Error> {
        let p2 = PublicKey::from_sec1(&reply.point)?;
        let statement: [&[u8]; 3] = [&self.ctx, &self.commit.commitment, &reply.point];
        proof::verify(SERVER, &statement, &p2.point, &reply.proof)?;
        Ok((ClientKey::new(self.d1, p2)?, self.open))
    }
}

/// The server between the phone's first and last message; may be stored in between.
pub struct ServerStart {
    ctx: Vec<u8>,
    commit: Commit,
    d2: Zeroizing<Scalar>,
}

impl ServerStart {
    /// Draws `d2` and answers with `P2 = [d2^-1]G` and a proof bound to context and commitment.
    pub fn reply<R: CryptoRng + ?Sized>(
        ctx: &[u8],
        commit: &Commit,
        rng: &mut R,
    ) -> Result<(Self, Reply), Error> {
        message::check_context(ctx)?;
        let d2 = point::random(rng);
        let (inverse, point) = share_point(&d2)?;
        let proof = proof::prove(SERVER, &[ctx, &commit.commitment, &point], &inverse, rng)?;
        Ok((
            Self {
                ctx: ctx.to_vec(),
                commit: *commit,
                d2,
            },
            Reply { point, proof },
        ))
    }

    /// Checks commitment and proof and computes the joint key.
    pub fn finish(self, open: &Open) -> Result<ServerKey, Error> {
        let commit = open.commit(&self.ctx);
        if !bool::from(commit.commitment.ct_eq(&self.commit.commitment)) {
            return Err(Error::Proof("commitment"));
        }
        let p1 = PublicKey::from_sec1(&open.point)?;
        proof::verify(CLIENT, &[&self.ctx, &open.point], &p1.point, &open.proof)?;
        ServerKey::new(self.d2, p1)
    }

    /// Version, kind, commitment, `d2`, context behind its two-byte length.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let share = Zeroizing::new(point::scalar_bytes(&self.d2));
        let length = message::short_length(&self.ctx);
        message::encode_secret(
            Kind::Sm2ServerStart,
            &[
                &self.commit.commitment,
                share.as_slice(),
                &length,
                &self.ctx,
            ],
        )
    }

    /// Reads [`Self::to_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::Sm2ServerStart)?;
        let commitment = reader.array()?;
        let share = Zeroizing::new(reader.array()?);
        let ctx = reader.short(message::CONTEXT_MAX_BYTES)?.to_vec();
        reader.finish()?;
        let d2 = Zeroizing::new(point::nonzero(&share)?);
        Ok(Self {
            ctx,
            commit: Commit { commitment },
            d2,
        })
    }
}
