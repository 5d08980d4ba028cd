//! Either side ends the session before anything is signed.

use domain::scan_session::Event;
use store::scan_session::ScanSession;

use super::{load, topic};
use crate::{App, Caller, Result};

/// The asker takes it back. Twice is once.
///
/// # Errors
/// `session_state` once the server half has answered, `session_used`.
pub async fn cancel(app: &App, session: &ScanSession) -> Result<()> {
    let mut tx = app.db.begin_write("scan.cancel").await?;
    let found = load::lock(&mut tx, &session.code, app.now()).await?;
    if found.failure.as_deref() == Some("cancelled") {
        return Ok(());
    }
    let state = load::allow(&found, Event::Cancel)?;
    store::scan_session::cancel_or_end(&mut tx, &found, state, "cancelled").await?;
    tx.commit().await?;
    app.wake.notify(&topic(found.id));
    Ok(())
}

/// The person refuses. Twice is once.
///
/// # Errors
/// `session_state` once the server half has answered, `session_used`, `session_expired`.
pub async fn refuse(app: &App, caller: &Caller, code: &str) -> Result<()> {
    let mut tx = app.db.begin_write("scan.refuse").await?;
    let session = load::lock_own(&mut tx, caller, code, app.now()).await?;
    if session.failure.as_deref() == Some("refused_on_phone") {
        return Ok(());
    }
    let state = load::allow(&session, Event::Refuse)?;
    store::scan_session::cancel_or_end(&mut tx, &session, state, "refused_on_phone").await?;
    tx.commit().await?;
    app.wake.notify(&topic(session.id));
    Ok(())
}
