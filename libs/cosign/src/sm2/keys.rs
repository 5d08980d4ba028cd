//! The two halves as they are kept.

use super::point::{self, AffinePoint, ProjectivePoint, Scalar};
use super::public::PublicKey;
use crate::Error;
use crate::message::{self, Kind, Reader};
use core::fmt;
use core::sync::atomic::{AtomicU64, Ordering};
use zeroize::{Zeroize, Zeroizing};

/// The phone's half: `d1`, the joint public key, and the server's point `P2`.
pub struct ClientKey {
    pub(crate) d1: Zeroizing<Scalar>,
    pub(crate) public: PublicKey,
    pub(crate) p2: PublicKey,
    /// Names the one outstanding nonce of this key, zero for none (attack A3: no parallel sessions).
    outstanding: AtomicU64,
}

/// The server's half: `d2`, its inverse, the joint public key, and the phone's point `P1`.
pub struct ServerKey {
    pub(crate) d2: Zeroizing<Scalar>,
    pub(crate) d2_inverse: Zeroizing<Scalar>,
    pub(crate) public: PublicKey,
    pub(crate) p1: PublicKey,
}

/// `P = [d^-1]Q - G` for one side's share `d` and the other side's point `Q`; refuses the point at infinity.
pub(crate) fn joint(inverse: &Scalar, other: &AffinePoint) -> Result<PublicKey, Error> {
    let sum = ProjectivePoint::from(*other) * inverse;
    PublicKey::new(point::affine(&(sum - ProjectivePoint::GENERATOR))?)
}

impl ClientKey {
    pub(crate) fn new(d1: Zeroizing<Scalar>, p2: PublicKey) -> Result<Self, Error> {
        let public = joint(&*point::invert(&d1)?, &p2.point)?;
        Ok(Self {
            d1,
            public,
            p2,
            outstanding: AtomicU64::new(0),
        })
    }

    /// The joint public key.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// Version, kind, `d1`, `P`, `P2`: 164 bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let share = Zeroizing::new(point::scalar_bytes(&self.d1));
        message::encode_secret(
            Kind::Sm2ClientKey,
            &[share.as_slice(), &self.public.bytes, &self.p2.bytes],
        )
    }

    /// Reads [`Self::to_bytes`] and checks that share and points belong together.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::Sm2ClientKey)?;
        let share = Zeroizing::new(reader.array()?);
        let public = PublicKey::from_sec1(&reader.array::<65>()?)?;
        let p2 = PublicKey::from_sec1(&reader.array::<65>()?)?;
        reader.finish()?;
        let key = Self::new(Zeroizing::new(point::nonzero(&share)?), p2)?;
        if key.public != public {
            return Err(Error::Check("share and public key do not belong together"));
        }
        Ok(key)
    }

    /// Makes a nonce the outstanding one; an older one can no longer be finished.
    pub(crate) fn begin(&self, name: u64) {
        self.outstanding.store(name, Ordering::SeqCst);
    }

    /// Takes the outstanding nonce, once.
    pub(crate) fn take(&self, name: u64) -> Result<(), Error> {
        self.outstanding
            .compare_exchange(name, 0, Ordering::SeqCst, Ordering::SeqCst)
            .map(|_| ())
            .map_err(|_| Error::Check("superseded by a later signature of this key"))
    }

    /// Forgets the outstanding nonce if it is still this one.
    pub(crate) fn forget(&self, name: u64) {
        let _ = self.take(name);
    }
}

impl ServerKey {
    pub(crate) fn new(d2: Zeroizing<Scalar>, p1: PublicKey) -> Result<Self, Error> {
        let d2_inverse = point::invert(&d2)?;
        let public = joint(&d2_inverse, &p1.point)?;
        Ok(Self {
            d2,
            d2_inverse,
            public,
            p1,
        })
    }

    /// The joint public key.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// Version, kind, `d2`, `P`, `P1`: 164 bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let share = Zeroizing::new(point::scalar_bytes(&self.d2));
        message::encode_secret(
            Kind::Sm2ServerKey,
            &[share.as_slice(), &self.public.bytes, &self.p1.bytes],
        )
    }

    /// Reads [`Self::to_bytes`]. Ranges and points are checked; whether they belong together is what
    /// [`Self::check`] tells, which costs a point multiplication and is left to the caller.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::Sm2ServerKey)?;
        let share = Zeroizing::new(reader.array()?);
        let public = PublicKey::from_sec1(&reader.array::<65>()?)?;
        let p1 = PublicKey::from_sec1(&reader.array::<65>()?)?;
        reader.finish()?;
        let d2 = Zeroizing::new(point::nonzero(&share)?);
        let d2_inverse = point::invert(&d2)?;
        Ok(Self {
            d2,
            d2_inverse,
            public,
            p1,
        })
    }

    /// Checks that share and points belong together.
    pub fn check(&self) -> Result<(), Error> {
        if joint(&self.d2_inverse, &self.p1.point)? == self.public {
            Ok(())
        } else {
            Err(Error::Check("share and public key do not belong together"))
        }
    }

    /// The server's own point `P2 = [d2^-1]G`.
    pub(crate) fn p2(&self) -> Result<PublicKey, Error> {
        PublicKey::new(point::affine(&point::base_multiple(&self.d2_inverse))?)
    }
}

impl Drop for ClientKey {
    fn drop(&mut self) {
        self.d1.zeroize();
    }
}

impl fmt::Debug for ClientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientKey")
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerKey")
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}
