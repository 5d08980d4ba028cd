//! Creating posts that are repeated: the answer is kept in the transaction that earned it.

use domain::time::{DAY_US, SECOND_US};
use serde::Serialize;
pub use store::idempotency::Key;
use store::idempotency::{self, Found};
use store::{Exec, Tx};

use crate::{App, Error, Result};

/// A request that did not come to an end is given up after so long, and a repeat takes over.
const LEASE_US: i64 = 60 * SECOND_US;
/// A repeat that comes later is a new request.
pub const KEPT_US: i64 = DAY_US;

/// The right to do the work of one `Idempotency-Key`, or of a request that came without one.
#[derive(Debug)]
pub struct Ticket(Option<Held>);

#[derive(Debug)]
struct Held {
    key: Key,
    name: String,
    status: u32,
}

/// What a creating post meets.
#[derive(Debug)]
pub enum Begun {
    /// The work is to be done.
    Fresh(Ticket),
    /// It was done; this is its answer.
    Answered {
        /// The HTTP status.
        status: u32,
        /// The body.
        answer: Vec<u8>,
    },
}

impl Ticket {
    /// A request without an `Idempotency-Key`.
    #[must_use]
    pub const fn none() -> Self {
        Self(None)
    }

    /// Keeps the answer. Call it in the transaction of the work, last: then a kill at any moment leaves the work with
    /// its answer, or neither, and a repeat is safe.
    ///
    /// # Errors
    /// `idempotency_in_flight` when a repeat took over meanwhile; the transaction must not be committed.
    pub async fn record(&self, tx: &mut Tx, answer: &impl Serialize) -> Result<()> {
        let Some(held) = &self.0 else { return Ok(()) };
        let answer = serde_json::to_vec(answer).map_err(Error::internal)?;
        finish(tx, held, &answer).await
    }

    /// Keeps the answer of work that did not do so itself.
    ///
    /// # Errors
    /// As [`Ticket::record`].
    pub async fn settle(&self, app: &App, answer: &[u8]) -> Result<()> {
        match &self.0 {
            Some(held) => match finish(&app.db, held, answer).await {
                // Recorded in the transaction already.
                Err(error) if error.code() == "idempotency_in_flight" => Ok(()),
                other => other,
            },
            None => Ok(()),
        }
    }

    /// Gives the key back after a refusal, so that a repeat is judged anew.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release(&self, app: &App) -> Result<()> {
        match &self.0 {
            Some(held) => Ok(idempotency::release(&app.db, &held.key, &held.name).await?),
            None => Ok(()),
        }
    }
}

/// Takes a key, or finds the kept answer.
///
/// # Errors
/// `idempotency_conflict` when the key came with another body, `idempotency_in_flight` when the work is being done.
pub async fn begin(app: &App, key: Key, status: u32) -> Result<Begun> {
    let now = app.now();
    let name = app.new_id::<domain::Id>().to_string();
    match idempotency::begin(&app.db, &key, &name, now, now.plus_micros(LEASE_US)).await? {
        Found::Mine => Ok(Begun::Fresh(Ticket(Some(Held { key, name, status })))),
        Found::Done { status, answer } => Ok(Begun::Answered { status, answer }),
        Found::OtherBody => Err(Error::conflict("idempotency_conflict")),
        Found::InFlight => Err(Error::conflict("idempotency_in_flight").with("retry_after_s", 1)),
    }
}

async fn finish(at: impl Into<Exec<'_>>, held: &Held, answer: &[u8]) -> Result<()> {
    match idempotency::finish(at, &held.key, &held.name, held.status, answer).await {
        Err(store::Error::Conflict(_)) => {
            Err(Error::conflict("idempotency_in_flight").with("retry_after_s", 1))
        }
        other => Ok(other?),
    }
}
