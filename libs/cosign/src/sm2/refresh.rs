//! Fresh shares for the same public key: `d1' = d1 * t`, `d2' = d2 * t^-1`, with `t` from a coin toss.
//!
//! Afterwards an old half and a new half together sign nothing. Who listened to the toss can carry an old half
//! forward, so these messages need a confidential channel. The caller stores the new half beside the old one until
//! the other side has confirmed, then deletes the old one.

use super::keys::{ClientKey, ServerKey};
use super::point::{self, ProjectivePoint, Scalar};
use super::public::PublicKey;
use crate::Error;
use crate::message::{self, Kind, Reader};
use elliptic_curve::PrimeField;
use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const COMMIT: &str = "hulian/cosign/v1/sm2/refresh/commit";
const TOSS_HIGH: &str = "hulian/cosign/v1/sm2/refresh/toss/high";
const TOSS_LOW: &str = "hulian/cosign/v1/sm2/refresh/toss/low";

macro_rules! coin_message {
    ($(#[$doc:meta])* $name:ident, $kind:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name {
            value: [u8; 32],
        }

        impl $name {
            /// The message's bytes.
            #[must_use]
            pub fn encode(&self) -> Vec<u8> {
                message::encode(Kind::$kind, &[&self.value])
            }

            /// Reads the message.
            pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
                let mut reader = Reader::new(bytes, Kind::$kind)?;
                let value = reader.array()?;
                reader.finish()?;
                Ok(Self { value })
            }
        }
    };
}

coin_message!(
    /// First message: the phone's commitment to its coin (34 bytes).
    Commit, Sm2RefreshCommit
);
coin_message!(
    /// Second message: the server's coin (34 bytes).
    Reply, Sm2RefreshReply
);
coin_message!(
    /// Third message: the phone's coin (34 bytes).
    Open, Sm2RefreshOpen
);

fn commitment(ctx: &[u8], public: &PublicKey, coin: &[u8; 32]) -> [u8; 32] {
    point::hash(COMMIT, &[ctx, &public.bytes, coin])
}

/// `t` from both coins: 512 bits reduced, so that its distance from uniform is negligible.
fn factor(
    ctx: &[u8],
    public: &PublicKey,
    client: &[u8; 32],
    server: &[u8; 32],
) -> Result<Zeroizing<Scalar>, Error> {
    let parts: [&[u8]; 4] = [ctx, &public.bytes, client, server];
    let shift = Scalar::from_u128(1 << 127) * Scalar::from_u128(1 << 127) * Scalar::from(4u64);
    let high = point::reduce(&point::hash(TOSS_HIGH, &parts));
    let low = point::reduce(&point::hash(TOSS_LOW, &parts));
    let value = high * shift + low;
    if bool::from(value.is_zero()) {
        return Err(Error::Range("scalar is zero"));
    }
    Ok(Zeroizing::new(value))
}

fn coin<R: CryptoRng + ?Sized>(rng: &mut R) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0u8; 32]);
    rng.fill_bytes(out.as_mut_slice());
    out
}

/// The phone between its first and its last message.
pub struct ClientRefresh {
    ctx: Vec<u8>,
    coin: Zeroizing<[u8; 32]>,
}

impl ClientRefresh {
    /// Commits to a coin for this key and context.
    pub fn start<R: CryptoRng + ?Sized>(
        key: &ClientKey,
        ctx: &[u8],
        rng: &mut R,
    ) -> Result<(Self, Commit), Error> {
        message::check_context(ctx)?;
        let coin = coin(rng);
        let value = commitment(ctx, &key.public, &coin);
        Ok((
            Self {
                ctx: ctx.to_vec(),
                coin,
            },
            Commit { value },
        ))
    }

    /// The phone's new half, and its coin for the server.
    pub fn finish(self, key: &ClientKey, reply: &Reply) -> Result<(ClientKey, Open), Error> {
        let t = factor(&self.ctx, &key.public, &self.coin, &reply.value)?;
        let d1 = Zeroizing::new(*key.d1 * *t);
        let p2 = PublicKey::new(point::affine(&(ProjectivePoint::from(key.p2.point) * *t))?)?;
        let fresh = ClientKey::new(d1, p2)?;
        if fresh.public != key.public {
            return Err(Error::Check("the public key changed"));
        }
        Ok((fresh, Open { value: *self.coin }))
    }
}

/// The server between its reply and the phone's last message; may be stored in between.
pub struct ServerRefresh {
    ctx: Vec<u8>,
    commit: Commit,
    coin: Zeroizing<[u8; 32]>,
}

impl ServerRefresh {
    /// Draws the server's coin once the phone is committed to its own.
    pub fn reply<R: CryptoRng + ?Sized>(
        ctx: &[u8],
        commit: &Commit,
        rng: &mut R,
    ) -> Result<(Self, Reply), Error> {
        message::check_context(ctx)?;
        let coin = coin(rng);
        let value = *coin;
        Ok((
            Self {
                ctx: ctx.to_vec(),
                commit: *commit,
                coin,
            },
            Reply { value },
        ))
    }

    /// Checks the commitment and gives the server's new half.
    pub fn finish(self, key: &ServerKey, open: &Open) -> Result<ServerKey, Error> {
        let expected = commitment(&self.ctx, &key.public, &open.value);
        if !bool::from(expected.ct_eq(&self.commit.value)) {
            return Err(Error::Proof("commitment"));
        }
        let t = factor(&self.ctx, &key.public, &open.value, &self.coin)?;
        let inverse = point::invert(&t)?;
        let d2 = Zeroizing::new(*key.d2 * *inverse);
        let p1 = PublicKey::new(point::affine(
            &(ProjectivePoint::from(key.p1.point) * *inverse),
        )?)?;
        let fresh = ServerKey::new(d2, p1)?;
        if fresh.public != key.public {
            return Err(Error::Check("the public key changed"));
        }
        Ok(fresh)
    }

    /// Version, kind, commitment, coin, context behind its two-byte length.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let length = message::short_length(&self.ctx);
        message::encode_secret(
            Kind::Sm2ServerRefresh,
            &[&self.commit.value, self.coin.as_slice(), &length, &self.ctx],
        )
    }

    /// Reads [`Self::to_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::Sm2ServerRefresh)?;
        let value = reader.array()?;
        let coin = Zeroizing::new(reader.array()?);
        let ctx = reader.short(message::CONTEXT_MAX_BYTES)?.to_vec();
        reader.finish()?;
        Ok(Self {
            ctx,
            commit: Commit { value },
            coin,
        })
    }
}
