//! The one source of randomness, passed in like the clock.

use std::convert::Infallible;
use std::sync::Arc;

use rand_core::{Rng, TryCryptoRng, TryRng, UnwrapErr};

/// Gives unpredictable bytes.
pub trait RandomSource: Send + Sync {
    /// Fills the whole slice.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsRandom;

impl RandomSource for OsRandom {
    fn fill(&self, bytes: &mut [u8]) {
        // A system without randomness cannot go on in any way that is safe, so this one failure ends the request.
        UnwrapErr(getrandom::SysRng).fill_bytes(bytes);
    }
}

/// A source in the form that libraries take: `&mut impl CryptoRng`.
#[derive(Clone)]
pub struct Draw(Arc<dyn RandomSource>);

impl From<Arc<dyn RandomSource>> for Draw {
    fn from(source: Arc<dyn RandomSource>) -> Self {
        Self(source)
    }
}

impl TryRng for Draw {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Draw {}
