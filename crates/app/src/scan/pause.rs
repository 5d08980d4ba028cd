//! A certificate comes to the phone in the middle of a scan (SCAN-7): the session waits for it, bounded.

use domain::id::ScanSessionId;
use domain::scan_session::{CLAIMED_S, PAUSED_MAX_S};
use store::Tx;

use super::{expire, topic};
use crate::{App, Caller, Result};

/// Gives the sessions that the caller's phone has at hand their full time again; whom to wake once `tx` is committed.
pub(crate) async fn pause(app: &App, tx: &mut Tx, caller: &Caller) -> Result<Vec<ScanSessionId>> {
    let now = app.now();
    let until = now.plus_seconds(CLAIMED_S);
    let device = caller.device_id;
    let moved =
        store::scan_session::extend_of_device(&mut *tx, device, now, until, PAUSED_MAX_S).await?;
    if !moved.is_empty() {
        expire::schedule(app, tx, until).await?;
    }
    Ok(moved)
}

/// Tells those who wait for the sessions.
pub(crate) fn wake(app: &App, sessions: &[ScanSessionId]) {
    for session in sessions {
        app.wake.notify(&topic(*session));
    }
}
