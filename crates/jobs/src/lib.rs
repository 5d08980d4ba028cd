//! The queue: claim, lease, retry, schedule.
//!
//! Invariant: this crate knows no concrete job. Handlers are registered by name; they run at least once, so each of them
//! must be repeatable without harm. Time comes from the clock passed in.

mod failure;
mod worker;

pub use failure::Failure;
pub use worker::{Handler, Now, Worker};

use domain::Instant;
use domain::id::JobId;
use serde_json::Value;
use store::{Exec, Result, job};

/// Tries of a job unless it says otherwise: with the back-off of [`Worker`] about five hours.
pub const ATTEMPTS_MAX: u32 = 10;

/// The topic on which workers are woken.
pub const TOPIC: &str = "jobs";

/// A job to be done.
#[derive(Debug, Clone)]
pub struct New<'a> {
    /// Its id.
    pub id: JobId,
    /// The name its handler is registered under.
    pub kind: &'a str,
    /// What the handler needs. Ids rather than personal data: the column is not sealed.
    pub payload: Value,
    /// At most one unfinished job has this key.
    pub unique_key: Option<&'a str>,
    /// Not before.
    pub run_at: Instant,
    /// Tries before it is dead, see [`ATTEMPTS_MAX`].
    pub attempts_max: u32,
}

impl<'a> New<'a> {
    /// A job to be done at once.
    #[must_use]
    pub const fn now(id: JobId, kind: &'a str, payload: Value, now: Instant) -> Self {
        Self {
            id,
            kind,
            payload,
            unique_key: None,
            run_at: now,
            attempts_max: ATTEMPTS_MAX,
        }
    }

    /// At most one unfinished job has this key.
    #[must_use]
    pub const fn keyed(mut self, key: &'a str) -> Self {
        self.unique_key = Some(key);
        self
    }

    /// Not before `at`.
    #[must_use]
    pub const fn at(mut self, at: Instant) -> Self {
        self.run_at = at;
        self
    }
}

/// Writes a job in the transaction that causes it. After the commit, `wake.notify(TOPIC)` saves the worker's poll.
/// False: an unfinished job with the same key is there already.
///
/// # Errors
/// [`store::Error`] when the database fails.
pub async fn enqueue(at: impl Into<Exec<'_>>, new: &New<'_>, now: Instant) -> Result<bool> {
    let payload = new.payload.to_string();
    let row = job::New {
        id: new.id,
        kind: new.kind,
        payload: &payload,
        unique_key: new.unique_key,
        run_at: new.run_at,
        attempts_max: new.attempts_max,
        created: now,
    };
    job::insert(at, &row).await
}
