//! The sweep: sessions whose time has run out are written so. Nobody acts on such a session even before that
//! (`load::aged`), so the sweep only makes the rows say what already holds.

use domain::Instant;
use store::Tx;

use crate::{App, Result};

/// The job's name.
pub const EXPIRE_JOB: &str = "scan_session.expire";

/// Expires what is due. Repeatable.
///
/// # Errors
/// Internal only.
pub async fn expire_due(app: &App) -> Result<()> {
    store::scan_session::expire_due(&app.db, app.now()).await?;
    Ok(())
}

/// Has the sweep come when a deadline that was just set has passed.
pub(super) async fn schedule(app: &App, tx: &mut Tx, deadline: Instant) -> Result<()> {
    let now = app.now();
    let job = jobs::New::now(app.new_id(), EXPIRE_JOB, serde_json::json!({}), now).at(deadline);
    jobs::enqueue(tx, &job, now).await?;
    Ok(())
}
