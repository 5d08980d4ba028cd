//! Argon2id over the password, so that even one guess by who has everything costs memory and time.

use crate::Error;
use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

/// The parameters of one stretching, stored beside the salt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StretchParams {
    /// Memory in KiB, 19456 (19 MiB) to 262144.
    pub memory_kib: u32,
    /// Passes over the memory, 2 to 10.
    pub iterations: u32,
    /// Lanes, 1 to 4.
    pub parallelism: u32,
}

impl Default for StretchParams {
    fn default() -> Self {
        Self {
            memory_kib: 19 * 1024,
            iterations: 2,
            parallelism: 1,
        }
    }
}

impl StretchParams {
    /// Refuses what a hostile server might ask: parameters too cheap to protect or too dear to compute.
    pub fn check(&self) -> Result<(), Error> {
        let fits = (19 * 1024..=256 * 1024).contains(&self.memory_kib)
            && (2..=10).contains(&self.iterations)
            && (1..=4).contains(&self.parallelism);
        if fits {
            Ok(())
        } else {
            Err(Error::Range("stretch parameters"))
        }
    }
}

/// `Argon2id(password, salt)`, version 0x13, 32 bytes; the input of the OPRF.
pub fn stretch(
    password: &str,
    salt: &[u8; 16],
    params: &StretchParams,
) -> Result<Zeroizing<[u8; 32]>, Error> {
    params.check()?;
    if password.len() > 256 {
        return Err(Error::Range("password too long"));
    }
    let settings = Params::new(
        params.memory_kib,
        params.iterations,
        params.parallelism,
        Some(32),
    )
    .map_err(|_| Error::Range("stretch parameters"))?;
    let mut out = Zeroizing::new([0u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, settings)
        .hash_password_into(password.as_bytes(), salt, out.as_mut_slice())
        .map_err(|_| Error::Range("stretch"))?;
    Ok(out)
}
