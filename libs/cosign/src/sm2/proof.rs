//! Schnorr proofs of knowledge and of equality of discrete logarithms, made non-interactive by SM3.
//!
//! A proof is `(c, z)`: with a fresh `t` the prover computes `T = [t]B`, `c = H(label, statement, T)` and
//! `z = t + c * x`; the verifier recomputes `T = [z]B - [c]X` and compares `c`.

use super::point::{self, AffinePoint, PointBytes, ProjectivePoint, Scalar};
use crate::Error;
use elliptic_curve::ops::LinearCombination;
use rand_core::CryptoRng;

/// A proof as it stands in a message: challenge and response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Proof {
    pub(crate) challenge: [u8; 32],
    pub(crate) response: [u8; 32],
}

fn challenge(label: &str, statement: &[&[u8]], commitments: &[PointBytes]) -> Scalar {
    let parts: Vec<&[u8]> = statement
        .iter()
        .copied()
        .chain(commitments.iter().map(PointBytes::as_slice))
        .collect();
    point::reduce(&point::hash(label, &parts))
}

/// Proves knowledge of `x` with `X = [x]G`. `statement` must hold the encoding of `X` and all that the run is bound to.
pub(crate) fn prove<R: CryptoRng + ?Sized>(
    label: &str,
    statement: &[&[u8]],
    x: &Scalar,
    rng: &mut R,
) -> Result<Proof, Error> {
    let t = point::random(rng);
    let commitment = point::affine(&point::base_multiple(&t))?;
    let c = challenge(label, statement, &[point::point_bytes(&commitment)?]);
    Ok(Proof {
        challenge: point::scalar_bytes(&c),
        response: point::scalar_bytes(&(*t + c * x)),
    })
}

/// Checks a proof of knowledge of the discrete logarithm of `public`.
pub(crate) fn verify(
    label: &str,
    statement: &[&[u8]],
    public: &AffinePoint,
    proof: &Proof,
) -> Result<(), Error> {
    let c = point::nonzero(&proof.challenge)?;
    let z = point::scalar(&proof.response)?;
    let commitment = point::affine(&point::public_combination(&z, &-c, public))?;
    if challenge(label, statement, &[point::point_bytes(&commitment)?]) == c {
        Ok(())
    } else {
        Err(Error::Proof("knowledge of a discrete logarithm"))
    }
}

/// Proves `log_G(X) = log_B(Y)`, knowing that logarithm.
pub(crate) fn prove_equal<R: CryptoRng + ?Sized>(
    label: &str,
    statement: &[&[u8]],
    base: &AffinePoint,
    x: &Scalar,
    rng: &mut R,
) -> Result<Proof, Error> {
    let t = point::random(rng);
    let first = point::affine(&point::base_multiple(&t))?;
    let second = point::affine(&(ProjectivePoint::from(*base) * *t))?;
    let commitments = [point::point_bytes(&first)?, point::point_bytes(&second)?];
    let c = challenge(label, statement, &commitments);
    Ok(Proof {
        challenge: point::scalar_bytes(&c),
        response: point::scalar_bytes(&(*t + c * x)),
    })
}

/// Checks a proof that `log_G(X) = log_base(Y)`.
pub(crate) fn verify_equal(
    label: &str,
    statement: &[&[u8]],
    base: &AffinePoint,
    x: &AffinePoint,
    y: &AffinePoint,
    proof: &Proof,
) -> Result<(), Error> {
    let c = point::nonzero(&proof.challenge)?;
    let z = point::scalar(&proof.response)?;
    let first = point::affine(&point::public_combination(&z, &-c, x))?;
    let second = point::affine(&ProjectivePoint::lincomb_vartime(&[
        (ProjectivePoint::from(*base), z),
        (ProjectivePoint::from(*y), -c),
    ]))?;
    let commitments = [point::point_bytes(&first)?, point::point_bytes(&second)?];
    if challenge(label, statement, &commitments) == c {
        Ok(())
    } else {
        Err(Error::Proof("equality of discrete logarithms"))
    }
}
