//! An access token becomes a caller.

use crate::{App, Caller, Error, Result};

/// Finds the session of an access token: 256 random bits as `b64u`, kept as their SHA-256.
///
/// # Errors
/// `unauthenticated` when the token is unknown, expired or its session has ended.
#[expect(
    clippy::unused_async,
    reason = "the table of sessions comes with the accounts"
)]
pub async fn authenticate(_app: &App, _access_token: &str) -> Result<Caller> {
    Err(Error::unauthenticated("unauthenticated"))
}
