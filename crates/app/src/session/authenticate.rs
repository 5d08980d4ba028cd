//! An access token becomes a caller.

use super::token;
use crate::{App, Caller, Error, Result};

/// Finds the session of an access token: 256 random bits as `b64u`, kept as their SHA-256.
///
/// # Errors
/// `unauthenticated` when the token is unknown, expired or its session has ended.
pub async fn authenticate(app: &App, access_token: &str) -> Result<Caller> {
    let found =
        store::session::find_by_access(&app.db, &token::hash(access_token), app.now()).await?;
    let session = found.ok_or_else(|| Error::unauthenticated("unauthenticated"))?;
    Ok(Caller {
        person_id: session.person_id,
        session_id: session.id,
        device_id: session.device_id,
        edition: session.edition,
    })
}
