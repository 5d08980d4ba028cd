//! Recovering an account whose number is lost, by somebody who is not signed in (ACC-4, OPS-4).
//!
//! A stranger learns nothing here about who has an account: every number can be named, every answer before the proof has
//! the same shape, and facts that are not those of an account look like a number that has none.

mod begin;
mod face;
mod finish;
mod prove;
mod review;

pub use begin::{Begun, View, begin, put_photo, sweep, view};
pub use face::{look_at_face, open_face};
pub use finish::{finish, send_code};
pub use prove::{Claim, prove};
pub use review::{ANSWER_JOB, Request, answer, ask_operators};
pub(crate) use review::{forget, settle};

use domain::Instant;
use domain::id::RecoveryId;
use domain::recovery::{NotNow, RecoveryState, Step, go};
use store::recovery::Recovery;
use store::{Exec, Tx};

use crate::{App, Error, Result};

fn secret_hash(app: &App, secret: &str) -> [u8; 32] {
    app.vault.index_hash("recovery.secret", secret.as_bytes())
}

/// The one that a secret opens.
///
/// # Errors
/// `recovery_not_found`, also for another's.
async fn find(
    app: &App,
    at: impl Into<Exec<'_>>,
    id: RecoveryId,
    secret: &str,
) -> Result<Recovery> {
    let found = store::recovery::find(at, id).await?;
    owned(app, found, secret)
}

async fn lock(app: &App, tx: &mut Tx, id: RecoveryId, secret: &str) -> Result<Recovery> {
    let found = store::recovery::lock(tx, id).await?;
    owned(app, found, secret)
}

/// Both sides are keyed hashes, so the time that comparing takes says nothing about the secret.
fn owned(app: &App, found: Option<Recovery>, secret: &str) -> Result<Recovery> {
    let hash = secret_hash(app, secret);
    let own = found.filter(|recovery| recovery.secret_hash == hash);
    own.ok_or_else(|| Error::not_found("recovery_not_found"))
}

/// Where a step leads.
///
/// # Errors
/// `recovery_expired`, `recovery_order` `{state}`.
fn step(found: &Recovery, step: Step, now: Instant) -> Result<RecoveryState> {
    go(found.state, found.expires_at, step, now).map_err(|refused| match refused {
        NotNow::Expired => Error::gone("recovery_expired"),
        NotNow::Order => Error::conflict("recovery_order").with("state", found.state.as_str()),
    })
}
