//! What every vendor's adapter stands on: a client, the one clock, and how long a person is kept waiting.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use domain::Instant;
use rand_core::{Rng as _, UnwrapErr};

use super::http::{Fault, Http};
use crate::answer::Unavailable;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// How much of a person's patience a vendor gets: what is left is for our own work around the call.
const SHARE: u32 = 5;

/// The way to a vendor. Cloning is cheap and shares the connections.
#[derive(Clone)]
pub struct Outside {
    pub(super) http: Http,
    clock: Clock,
    limit: Duration,
}

impl Outside {
    /// A way that gives up before `patience` is over.
    ///
    /// # Errors
    /// The system's trust store cannot be read.
    pub fn new(patience: Duration, clock: Clock) -> Result<Self, Unavailable> {
        let limit = patience - patience / SHARE;
        let http = Http::new(limit).map_err(|fault| fault.of("http"))?;
        Ok(Self { http, clock, limit })
    }

    pub(super) fn now(&self) -> Instant {
        (self.clock)()
    }

    pub(super) const fn limit(&self) -> Duration {
        self.limit
    }

    /// A number used once: 32 lower-case hexadecimal digits.
    pub(super) fn nonce() -> String {
        let mut bytes = [0; 16];
        UnwrapErr(getrandom::SysRng).fill_bytes(&mut bytes);
        hex::encode(bytes)
    }

    /// Gives up on work of several calls when the time of one person is over.
    pub(super) async fn within<T>(
        &self,
        provider: &'static str,
        work: impl Future<Output = Result<T, Fault>>,
    ) -> Result<T, Unavailable> {
        let done = tokio::time::timeout(self.limit, work).await;
        done.unwrap_or(Err(Fault::silent("no answer in time")))
            .map_err(|fault| fault.of(provider))
    }
}
