//! Digests over ranges, and their state kept for the next seal.

use sha2::Digest as _;

use crate::refusal::Error;

/// The digest that a signature is made over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DigestAlgorithm {
    /// SHA-256 (FIPS 180-4), for RSA and P-256.
    Sha256,
    /// SM3 (GB/T 32905-2016), for SM2.
    Sm3,
}

impl From<gm_pki::Algorithm> for DigestAlgorithm {
    fn from(algorithm: gm_pki::Algorithm) -> Self {
        match algorithm {
            gm_pki::Algorithm::Sm2Sm3 => Self::Sm3,
            gm_pki::Algorithm::RsaSha256 | gm_pki::Algorithm::P256Sha256 => Self::Sha256,
        }
    }
}

/// The digest state after a known prefix of a file.
///
/// The next seal's first range begins with the whole file as it is now, so the state after it makes the next seal
/// cost the digest of its increment only. The state knows how many bytes it covers, not which: keep it beside a
/// file that never changes (by its SHA-256, say).
#[derive(Clone)]
pub struct Midstate {
    state: State,
    covered: u64,
}

#[derive(Clone)]
enum State {
    Sha256(sha2::Sha256),
    Sm3(sm3::Sm3),
}

impl std::fmt::Debug for Midstate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Midstate({:?}, {} bytes)",
            self.algorithm(),
            self.covered
        )
    }
}

impl Midstate {
    /// The state before the first byte.
    #[must_use]
    pub fn new(algorithm: DigestAlgorithm) -> Self {
        let state = match algorithm {
            DigestAlgorithm::Sha256 => State::Sha256(sha2::Sha256::new()),
            DigestAlgorithm::Sm3 => State::Sm3(sm3::Sm3::new()),
        };
        Self { state, covered: 0 }
    }

    /// The state after `bytes`.
    pub(crate) fn after(algorithm: DigestAlgorithm, bytes: &[u8]) -> Self {
        let mut state = Self::new(algorithm);
        state.update(bytes);
        state
    }

    /// Which digest.
    #[must_use]
    pub fn algorithm(&self) -> DigestAlgorithm {
        match self.state {
            State::Sha256(_) => DigestAlgorithm::Sha256,
            State::Sm3(_) => DigestAlgorithm::Sm3,
        }
    }

    /// How many bytes went in.
    #[must_use]
    pub fn covered(&self) -> u64 {
        self.covered
    }

    /// Takes further bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.state {
            State::Sha256(hash) => hash.update(bytes),
            State::Sm3(hash) => hash.update(bytes),
        }
        self.covered += bytes.len() as u64;
    }

    /// The digest of everything that went in; the state can go on.
    #[must_use]
    pub fn digest(&self) -> Vec<u8> {
        match &self.state {
            State::Sha256(hash) => hash.clone().finalize().to_vec(),
            State::Sm3(hash) => hash.clone().finalize().to_vec(),
        }
    }

    /// Checks that the state fits a file of `base` bytes.
    pub(crate) fn check(&self, base: u64) -> Result<(), Error> {
        if self.covered == base {
            Ok(())
        } else {
            Err(Error::Midstate {
                covers: self.covered,
                base,
            })
        }
    }
}
