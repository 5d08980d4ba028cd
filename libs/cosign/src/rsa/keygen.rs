//! Key generation without a dealer: the phone commits to its modulus before it sees the server's, and each side proves
//! possession of its half by an ordinary signature bound to the context.

use super::half::{self, HALF_BYTES, Half, Modulus};
use super::keys::{ClientKey, ServerKey};
use crate::Error;
use crate::message::{self, Kind, Reader, framed};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const COMMIT: &[u8] = b"hulian/cosign/v1/rsa/keygen/commit";
const CLIENT: &[u8] = b"hulian/cosign/v1/rsa/keygen/client";
const SERVER: &[u8] = b"hulian/cosign/v1/rsa/keygen/server";

/// First message: the phone's commitment to `Nc` (34 bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commit {
    commitment: [u8; 32],
}

impl Commit {
    /// The message's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        message::encode(Kind::RsaKeygenCommit, &[&self.commitment])
    }

    /// Reads the message.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::RsaKeygenCommit)?;
        let commitment = reader.array()?;
        reader.finish()?;
        Ok(Self { commitment })
    }
}

macro_rules! modulus_message {
    ($(#[$doc:meta])* $name:ident, $kind:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            modulus: Modulus,
            proof: [u8; HALF_BYTES],
        }

        impl $name {
            /// The message's bytes.
            #[must_use]
            pub fn encode(&self) -> Vec<u8> {
                message::encode(Kind::$kind, &[&self.modulus, &self.proof])
            }

            /// Reads the message; the modulus's shape is checked here, the proof by who knows the context.
            pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
                let mut reader = Reader::new(bytes, Kind::$kind)?;
                let (modulus, proof) = (reader.array()?, reader.array()?);
                reader.finish()?;
                half::check_shape(&modulus)?;
                Ok(Self { modulus, proof })
            }
        }
    };
}

modulus_message!(
    /// Second message: `Ns` and the server's proof over context, commitment and `Ns` (514 bytes).
    Reply, RsaKeygenReply
);
modulus_message!(
    /// Third message: `Nc` and the phone's proof over context, `Nc` and `Ns` (514 bytes).
    Open, RsaKeygenOpen
);

fn commitment(ctx: &[u8], modulus: &Modulus) -> [u8; 32] {
    Sha256::digest(framed(&[COMMIT, ctx, modulus])).into()
}

/// The phone between its first and its last message.
pub struct ClientStart {
    ctx: Vec<u8>,
    half: Half,
    commit: Commit,
}

impl ClientStart {
    /// Generates the phone's half and commits to it. `ctx` (at most 512 bytes) must be what the server uses.
    pub fn start<R: CryptoRng + ?Sized>(ctx: &[u8], rng: &mut R) -> Result<(Self, Commit), Error> {
        message::check_context(ctx)?;
        let half = Half::generate(rng)?;
        let commit = Commit {
            commitment: commitment(ctx, &half.modulus),
        };
        Ok((
            Self {
                ctx: ctx.to_vec(),
                half,
                commit,
            },
            commit,
        ))
    }

    /// Checks the server's proof and the pair of moduli, then opens the commitment.
    pub fn finish<R: CryptoRng + ?Sized>(
        self,
        reply: &Reply,
        rng: &mut R,
    ) -> Result<(ClientKey, Open), Error> {
        let statement = framed(&[SERVER, &self.ctx, &self.commit.commitment, &reply.modulus]);
        half::verify_possession(&reply.modulus, &statement, &reply.proof)?;
        let key = ClientKey::new(self.half, reply.modulus)?;
        let modulus = key.half.modulus;
        let statement = framed(&[CLIENT, &self.ctx, &modulus, &reply.modulus]);
        let proof = key.half.prove_possession(&statement, rng)?;
        Ok((key, Open { modulus, proof }))
    }
}

/// The server between the phone's first and last message; may be stored in between.
pub struct ServerStart {
    ctx: Vec<u8>,
    commit: Commit,
    half: Half,
}

impl ServerStart {
    /// Generates the server's half and proves possession, bound to context and commitment.
    pub fn reply<R: CryptoRng + ?Sized>(
        ctx: &[u8],
        commit: &Commit,
        rng: &mut R,
    ) -> Result<(Self, Reply), Error> {
        message::check_context(ctx)?;
        let half = Half::generate(rng)?;
        let modulus = half.modulus;
        let statement = framed(&[SERVER, ctx, &commit.commitment, &modulus]);
        let proof = half.prove_possession(&statement, rng)?;
        Ok((
            Self {
                ctx: ctx.to_vec(),
                commit: *commit,
                half,
            },
            Reply { modulus, proof },
        ))
    }

    /// Checks commitment, proof and the pair of moduli.
    pub fn finish(self, open: &Open) -> Result<ServerKey, Error> {
        let expected = commitment(&self.ctx, &open.modulus);
        if !bool::from(expected.ct_eq(&self.commit.commitment)) {
            return Err(Error::Proof("commitment"));
        }
        let statement = framed(&[CLIENT, &self.ctx, &open.modulus, &self.half.modulus]);
        half::verify_possession(&open.modulus, &statement, &open.proof)?;
        ServerKey::new(self.half, open.modulus)
    }

    /// Version, kind, commitment, primes, context behind its two-byte length.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let primes = self.half.primes();
        let length = message::short_length(&self.ctx);
        message::encode_secret(
            Kind::RsaServerStart,
            &[
                &self.commit.commitment,
                primes.as_slice(),
                &length,
                &self.ctx,
            ],
        )
    }

    /// Reads [`Self::to_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::RsaServerStart)?;
        let commitment = reader.array()?;
        let primes = Zeroizing::new(reader.array()?);
        let ctx = reader.short(message::CONTEXT_MAX_BYTES)?.to_vec();
        reader.finish()?;
        Ok(Self {
            ctx,
            commit: Commit { commitment },
            half: Half::from_primes(&primes)?,
        })
    }
}
