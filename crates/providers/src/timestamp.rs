//! Time stamps from outside (RFC 3161). Without such a provider the service's own issuer stamps.

use crate::Provider;
use crate::answer::Answer;

/// The family of algorithms a stamp must belong to: RSA stamps RSA, SM2 stamps SM2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// RSA with SHA-256.
    Rsa,
    /// SM2 with SM3.
    Sm2,
}

/// A time-stamping authority.
pub trait TimeStamp: Provider {
    /// Stamps a 32-byte digest of the family; the answer is the token, DER.
    fn stamp<'a>(&'a self, family: Family, digest: &'a [u8]) -> Answer<'a, Vec<u8>>;
}
