//! The two halves as they are kept: own primes, the other side's modulus.

use super::half::{Half, Modulus};
use super::public::PublicKey;
use crate::Error;
use crate::message::{self, Kind, Reader};
use core::fmt;
use zeroize::Zeroizing;

macro_rules! key {
    ($(#[$doc:meta])* $name:ident, $kind:ident, $client:ident, $server:ident) => {
        $(#[$doc])*
        pub struct $name {
            pub(crate) half: Half,
            pub(crate) other: Modulus,
            pub(crate) public: PublicKey,
        }

        impl $name {
            pub(crate) fn new(half: Half, other: Modulus) -> Result<Self, Error> {
                let own = half.modulus;
                let ($client, $server) = (&own, &other);
                let public = PublicKey::new($client, $server)?;
                Ok(Self { half, other, public })
            }

            /// The joint public key.
            #[must_use]
            pub fn public_key(&self) -> &PublicKey {
                &self.public
            }

            /// Version, kind, own primes, the other side's modulus: 514 bytes.
            #[must_use]
            pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
                let primes = self.half.primes();
                message::encode_secret(Kind::$kind, &[primes.as_slice(), &self.other])
            }

            /// Reads [`Self::to_bytes`]; shapes are checked, and that the halves have no common factor.
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
                let mut reader = Reader::new(bytes, Kind::$kind)?;
                let primes = Zeroizing::new(reader.array()?);
                let other = reader.array()?;
                reader.finish()?;
                Self::new(Half::from_primes(&primes)?, other)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

key!(
    /// The phone's half.
    ClientKey, RsaClientKey, own, other
);
key!(
    /// The server's half.
    ServerKey, RsaServerKey, own, other
);
