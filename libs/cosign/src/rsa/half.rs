//! One side's ordinary RSA-2048 key, and the shape that both sides demand of a half.

use crate::Error;
use ::rsa::hazmat::rsa_decrypt_and_check;
use ::rsa::traits::{PrivateKeyParts, PublicKeyParts};
use ::rsa::{Pkcs1v15Sign, PrivateKey, PublicKey};
use crypto_bigint::{BoxedUint, Gcd, NonZero, Odd};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub(crate) const HALF_BITS: u32 = 2048;
pub(crate) const HALF_BYTES: usize = 256;
pub(crate) const PRIME_BYTES: usize = 128;
const EXPONENT: u64 = 65537;

pub(crate) type Modulus = [u8; HALF_BYTES];

pub(crate) fn exponent() -> BoxedUint {
    BoxedUint::from(EXPONENT)
}

/// A half's modulus as a number.
pub(crate) fn number(modulus: &Modulus) -> BoxedUint {
    BoxedUint::from_be_slice_truncated(modulus, HALF_BITS)
}

pub(crate) fn fixed<const N: usize>(value: &BoxedUint) -> Result<[u8; N], Error> {
    value
        .to_be_bytes()
        .as_ref()
        .try_into()
        .map_err(|_| Error::Range("number of another width"))
}

/// Refuses a modulus that is even or has not both top bits set: two such halves always make exactly 4096 bits.
pub(crate) fn check_shape(modulus: &Modulus) -> Result<(), Error> {
    match modulus {
        [first, .., last] if first & 0xC0 == 0xC0 && last & 1 == 1 => Ok(()),
        _ => Err(Error::Range("modulus is not 2048 bits, top two set, odd")),
    }
}

/// Refuses halves with a common factor, equal halves among them.
pub(crate) fn check_coprime(a: &Modulus, b: &Modulus) -> Result<(), Error> {
    if number(a).gcd(&number(b)) == BoxedUint::one() {
        Ok(())
    } else {
        Err(Error::Check("the halves have a common factor"))
    }
}

/// A half as an ordinary public key.
pub(crate) fn public(modulus: &Modulus) -> Result<PublicKey, Error> {
    check_shape(modulus)?;
    PublicKey::new(number(modulus), exponent()).map_err(|_| Error::Range("modulus"))
}

/// Verifies a proof of possession: an ordinary signature of the half over `statement`.
pub(crate) fn verify_possession(
    modulus: &Modulus,
    statement: &[u8],
    proof: &Modulus,
) -> Result<(), Error> {
    public(modulus)?
        .verify(
            Pkcs1v15Sign::new::<Sha256>(),
            &Sha256::digest(statement),
            proof,
        )
        .map_err(|_| Error::Proof("possession of a half"))
}

/// The modulus as a divisor.
pub(crate) fn divisor(modulus: &Modulus) -> Result<NonZero<BoxedUint>, Error> {
    Option::from(NonZero::new(number(modulus))).ok_or(Error::Range("modulus"))
}

/// `a^-1 mod b` for two public halves.
pub(crate) fn inverse(a: &Modulus, b: &Modulus) -> Result<BoxedUint, Error> {
    let odd: Odd<BoxedUint> = Option::from(Odd::new(number(b))).ok_or(Error::Range("modulus"))?;
    let reduced = number(a).rem_vartime(&divisor(b)?);
    Option::from(reduced.invert_odd_mod(&odd))
        .ok_or(Error::Check("the halves have a common factor"))
}

/// One side's private half. The primes are erased on drop by the key itself.
pub(crate) struct Half {
    key: PrivateKey,
    pub(crate) modulus: Modulus,
}

impl Half {
    /// Draws keys until both top bits of the modulus are set, which takes two draws on average.
    pub(crate) fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Result<Self, Error> {
        loop {
            let key = PrivateKey::new(rng, HALF_BITS as usize)
                .map_err(|_| Error::Range("key generation"))?;
            let modulus = fixed(key.n().as_ref())?;
            if check_shape(&modulus).is_ok() {
                return Ok(Self { key, modulus });
            }
        }
    }

    /// Both primes, 256 bytes.
    pub(crate) fn primes(&self) -> Zeroizing<[u8; HALF_BYTES]> {
        let mut out = Zeroizing::new([0u8; HALF_BYTES]);
        for (part, prime) in out.chunks_exact_mut(PRIME_BYTES).zip(self.key.primes()) {
            let bytes = Zeroizing::new(prime.as_ref().to_be_bytes().into_vec());
            let start = bytes.len().saturating_sub(PRIME_BYTES);
            if let Some(tail) = bytes.get(start..) {
                let offset = PRIME_BYTES - tail.len();
                if let Some(target) = part.get_mut(offset..) {
                    target.copy_from_slice(tail);
                }
            }
        }
        out
    }

    pub(crate) fn from_primes(bytes: &[u8; HALF_BYTES]) -> Result<Self, Error> {
        let (p, q) = bytes.split_at(PRIME_BYTES);
        let bits = HALF_BITS / 2;
        let key = PrivateKey::from_p_q(
            BoxedUint::from_be_slice_truncated(p, bits),
            BoxedUint::from_be_slice_truncated(q, bits),
            exponent(),
        )
        .map_err(|_| Error::Range("primes"))?;
        let modulus = fixed(key.n().as_ref())?;
        check_shape(&modulus)?;
        Ok(Self { key, modulus })
    }

    /// Proves possession of the half over `statement`.
    pub(crate) fn prove_possession<R: CryptoRng + ?Sized>(
        &self,
        statement: &[u8],
        rng: &mut R,
    ) -> Result<Modulus, Error> {
        self.key
            .sign_with_rng(
                rng,
                Pkcs1v15Sign::new::<Sha256>(),
                &Sha256::digest(statement),
            )
            .map_err(|_| Error::Check("the half's own signature"))?
            .try_into()
            .map_err(|_| Error::Check("the half's own signature"))
    }

    /// `(m mod n)^d mod n`, blinded, and checked by `s^e = m mod n` so that a fault in the computation by primes never
    /// leaves.
    pub(crate) fn power<R: CryptoRng + ?Sized>(
        &self,
        m: &BoxedUint,
        rng: &mut R,
    ) -> Result<Modulus, Error> {
        let reduced = m.rem_vartime(&divisor(&self.modulus)?);
        let power = rsa_decrypt_and_check(&self.key, Some(rng), &reduced)
            .map_err(|_| Error::Check("the half's own signature"))?;
        fixed(&power)
    }
}
