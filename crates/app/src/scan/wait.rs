//! Waiting for a session to move, from either side. Rows are the truth: a wake-up only shortens the pause.

use std::time::Duration;

use store::scan_session::ScanSession;

use super::{PhoneView, load, phone_view, topic};
use crate::{App, Caller, Error, Result};

/// Longest pause between two looks at the row, should a wake-up be lost.
const LOOK: Duration = Duration::from_secs(2);

/// Waits until the session's version is another than `after`, at most `at_most`.
///
/// # Errors
/// Internal only.
pub async fn wait(
    app: &App,
    session: ScanSession,
    after: i64,
    at_most: Duration,
) -> Result<ScanSession> {
    let mut subscription = app.wake.subscribe();
    let deadline = tokio::time::Instant::now() + at_most;
    let mut session = session;
    loop {
        if session.version != after || session.state.is_over() {
            return Ok(session);
        }
        let left = deadline.saturating_duration_since(tokio::time::Instant::now());
        if left.is_zero() {
            return Ok(session);
        }
        subscription.wait(&topic(session.id), left.min(LOOK)).await;
        let found = store::scan_session::find(&app.db, session.id)
            .await?
            .ok_or_else(|| Error::not_found("session_unknown"))?;
        session = load::aged(found, app.now());
    }
}

/// The phone's view once its version is another than `after`, or when the wait ends.
///
/// # Errors
/// As [`phone_view`].
pub async fn phone_view_after(
    app: &App,
    caller: &Caller,
    code: &str,
    after: i64,
    at_most: Duration,
) -> Result<PhoneView> {
    let session = load::own(&app.db, caller, code, app.now()).await?;
    wait(app, session, after, at_most).await?;
    phone_view(app, caller, code).await
}
