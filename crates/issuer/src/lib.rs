//! The only code that touches issuing keys: certificates, revocation lists, OCSP answers and time stamps of the embedded
//! authority.
//!
//! Invariant: bytes in, bytes out. This crate knows nothing of the database, of HTTP or of a clock; it does not decide who
//! may have a certificate. The caller records what will be signed before it asks for the signature, keeps the serial
//! numbers, and stores what [`Issuer::to_bytes`] gives in wrapped form.

mod create;
mod error;
mod leaf;
mod params;
mod status;
mod stored;
mod timestamp;

pub use error::{Error, Refusal};
pub use gm_pki::certificate::Finding;
pub use gm_pki::crl::{Entry, Reason};
pub use gm_pki::name::Subject;
pub use gm_pki::ocsp::Status;
pub use leaf::{LeafProfile, LeafRequest, PreparedLeaf};
pub use params::{Address, Family, Params};
pub use status::OCSP_LIFETIME_SECONDS;
pub use timestamp::ACCURACY_SECONDS;

use create::Keys;
use rand_core::CryptoRng;

/// The embedded certificate authority, both families.
pub struct Issuer {
    params: Params,
    rsa: Keys,
    sm2: Keys,
}

impl core::fmt::Debug for Issuer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Issuer")
            .field("params", &self.params)
            .finish_non_exhaustive()
    }
}

/// The public certificates of one family, DER.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Certificates<'a> {
    /// Trust anchor.
    pub root: &'a [u8],
    /// Signs holders' certificates and lists.
    pub issuing: &'a [u8],
    /// Signs time stamps.
    pub tsa: &'a [u8],
    /// Signs OCSP answers.
    pub ocsp: &'a [u8],
}

impl Issuer {
    /// Makes all keys and certificates. With RSA keys of 3072 bits this takes seconds.
    ///
    /// # Errors
    /// [`Error::Parameter`] for an address or name that cannot be used.
    pub fn create<R: CryptoRng + ?Sized>(
        params: Params,
        now_unix: i64,
        rng: &mut R,
    ) -> Result<Self, Error> {
        params.check()?;
        let rsa = Keys::create(&params, Family::Rsa, now_unix, rng)?;
        let sm2 = Keys::create(&params, Family::Sm2, now_unix, rng)?;
        Ok(Issuer { params, rsa, sm2 })
    }

    /// Gives time stamper and OCSP responder of a family new keys and certificates; store the issuer afterwards.
    ///
    /// # Errors
    /// As [`Issuer::create`]; then nothing has changed.
    pub fn renew_services<R: CryptoRng + ?Sized>(
        &mut self,
        family: Family,
        now_unix: i64,
        rng: &mut R,
    ) -> Result<(), Error> {
        let keys = match family {
            Family::Rsa => &mut self.rsa,
            Family::Sm2 => &mut self.sm2,
        };
        keys.renew_services(&self.params, family, now_unix, rng)
    }

    /// What it was made from.
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// The public certificates of a family.
    pub fn certificates(&self, family: Family) -> Certificates<'_> {
        let keys = self.keys(family);
        Certificates {
            root: &keys.root.certificate,
            issuing: &keys.issuing.certificate,
            tsa: &keys.tsa.certificate,
            ocsp: &keys.ocsp.certificate,
        }
    }

    pub(crate) fn new(params: Params, rsa: Keys, sm2: Keys) -> Self {
        Issuer { params, rsa, sm2 }
    }

    pub(crate) fn keys(&self, family: Family) -> &Keys {
        match family {
            Family::Rsa => &self.rsa,
            Family::Sm2 => &self.sm2,
        }
    }
}
