//! Wrong passwords and codes are counted before they are judged, in the database, so that fifty at once are five.

use domain::operator::{LOCK_US, TRIES_MAX};

use crate::limit::too_many;
use crate::{App, Result};

/// What is tried.
#[derive(Clone, Copy)]
pub(super) enum Of {
    /// A password for a name.
    Password,
    /// A code of an operator.
    Code,
}

fn key(app: &App, of: Of, whose: &[u8]) -> [u8; 32] {
    let purpose = match of {
        Of::Password => "operator_try.password",
        Of::Code => "operator_try.code",
    };
    app.vault.index_hash(purpose, whose)
}

/// Counts one, and tells whether it is the last that is let through. Call it outside of transactions.
///
/// # Errors
/// `operator_tries_exceeded` `{retry_after_s}`.
pub(super) async fn count(app: &App, of: Of, whose: &[u8]) -> Result<bool> {
    let (now, key) = (app.now(), key(app, of, whose));
    let until = now.plus_micros(LOCK_US);
    let met = store::operator::count_try(&app.db, &key, now, until, TRIES_MAX).await?;
    if met.tries > TRIES_MAX {
        return Err(too_many(
            "operator_tries_exceeded",
            met.until.micros_since(now),
        ));
    }
    Ok(met.tries == TRIES_MAX)
}

/// The right one came.
pub(super) async fn forget(app: &App, of: Of, whose: &[u8]) -> Result<()> {
    Ok(store::operator::forget_tries(&app.db, &key(app, of, whose)).await?)
}
