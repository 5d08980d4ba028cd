//! Works on due jobs, one after another; run several for more.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use domain::Instant;
use domain::time::{HOUR_US, SECOND_US};
use serde_json::Value;
use store::wake::Wake;
use store::{Db, Error, Result, job};

use crate::failure::Failure;

/// How long a claimed job belongs to its worker. A handler is stopped before that, so that two never work at once.
const LEASE_US: i64 = 5 * 60 * SECOND_US;
const HANDLER_TIMEOUT: Duration = Duration::from_secs(4 * 60);
const FIRST_PAUSE_US: i64 = 10 * SECOND_US;
const LONGEST_PAUSE_US: i64 = HOUR_US;
/// Looks without being woken so often.
const POLL: Duration = Duration::from_secs(2);
const REASON_CHARS_MAX: usize = 500;

/// Tells the time: the one clock, passed in.
pub type Now = Arc<dyn Fn() -> Instant + Send + Sync>;

/// What a handler returns.
pub type Outcome<'a> = Pin<Box<dyn Future<Output = std::result::Result<(), Failure>> + Send + 'a>>;

/// Does jobs of one kind. It may be run twice for the same job and must then do no harm.
pub trait Handler: Send + Sync {
    /// Does one job.
    fn run(&self, payload: Value) -> Outcome<'_>;
}

impl<F, R> Handler for F
where
    F: Fn(Value) -> R + Send + Sync,
    R: Future<Output = std::result::Result<(), Failure>> + Send + 'static,
{
    fn run(&self, payload: Value) -> Outcome<'_> {
        Box::pin(self(payload))
    }
}

/// Claims due jobs and gives them to the handlers registered for their kinds.
pub struct Worker {
    db: Db,
    now: Now,
    handlers: HashMap<&'static str, Box<dyn Handler>>,
}

impl Worker {
    /// A worker without handlers.
    #[must_use]
    pub fn new(db: Db, now: Now) -> Self {
        Self {
            db,
            now,
            handlers: HashMap::new(),
        }
    }

    /// Adds the handler of a kind; the last one registered counts.
    #[must_use]
    pub fn register(mut self, kind: &'static str, handler: impl Handler + 'static) -> Self {
        self.handlers.insert(kind, Box::new(handler));
        self
    }

    /// Works until `stop` is ready; a job that was begun is finished first.
    pub async fn run(&self, wake: &Wake, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let mut hints = wake.subscribe();
        loop {
            let pause = match self.run_one().await {
                Ok(true) => Duration::ZERO,
                Ok(false) => POLL,
                Err(error) => {
                    tracing::warn!(%error, "the queue cannot be read");
                    POLL
                }
            };
            let rest = hints.wait(crate::TOPIC, pause);
            tokio::select! {
                biased;
                () = &mut stop => return,
                _ = rest => {}
            }
        }
    }

    /// Does all jobs that are due and returns how many tries were made: what tests call instead of waiting.
    ///
    /// # Errors
    /// [`store::Error`] when the queue cannot be read or written.
    pub async fn run_due(&self) -> Result<usize> {
        let mut tries = 0;
        while self.run_one().await? {
            tries += 1;
        }
        Ok(tries)
    }

    /// Does the job that is due longest; false when there is none.
    ///
    /// # Errors
    /// [`store::Error`] when the queue cannot be read or written.
    pub async fn run_one(&self) -> Result<bool> {
        let now = (self.now)();
        let Some(job) = job::claim(&self.db, now, now.plus_micros(LEASE_US)).await? else {
            return Ok(false);
        };
        let written = match self.attempt(&job).await {
            Ok(()) => job::done(&self.db, &job).await,
            Err(failure) => self.record(&job, &failure).await,
        };
        match written {
            // The lease ran out meanwhile: whoever has the job now decides.
            Err(Error::Conflict(_)) => Ok(true),
            other => other.map(|()| true),
        }
    }

    async fn attempt(&self, job: &job::Claimed) -> std::result::Result<(), Failure> {
        // A worker that died with the job in hand counts as a try; one that always kills its worker must end too.
        if job.attempt > job.attempts_max {
            return Err(Failure::dead("the worker died in every try"));
        }
        let handler = self
            .handlers
            .get(job.kind.as_str())
            .ok_or_else(|| Failure::again("no handler of this kind"))?;
        let payload = serde_json::from_str(&job.payload)
            .map_err(|_| Failure::dead("the payload is no JSON"))?;
        match tokio::time::timeout(HANDLER_TIMEOUT, handler.run(payload)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Failure::again("took too long")),
        }
    }

    async fn record(&self, job: &job::Claimed, failure: &Failure) -> Result<()> {
        let reason: String = failure.reason.chars().take(REASON_CHARS_MAX).collect();
        if failure.retry && job.attempt < job.attempts_max {
            tracing::info!(job = %job.id, kind = job.kind, attempt = job.attempt, reason, "job failed, to be tried again");
            let run_at = (self.now)().plus_micros(pause_us(job.attempt));
            return job::retry(&self.db, job, run_at, &reason).await;
        }
        tracing::error!(job = %job.id, kind = job.kind, attempt = job.attempt, reason, "job is dead");
        job::kill(&self.db, job, &reason).await
    }
}

/// Doubles from ten seconds to an hour.
const fn pause_us(attempt: u32) -> i64 {
    let doublings = if attempt > 16 {
        16
    } else {
        attempt.saturating_sub(1)
    };
    let pause = FIRST_PAUSE_US << doublings;
    if pause > LONGEST_PAUSE_US {
        LONGEST_PAUSE_US
    } else {
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        assert_eq!(
            [1, 2, 3, 9, 10, u32::MAX].map(|n| pause_us(n) / SECOND_US),
            [10, 20, 40, 2560, 3600, 3600]
        );
    }
}
