//! The sweep: sessions whose time has run out are written so, and whoever waits is woken by the slow poll.

use crate::{App, Result};

/// Expires what is due; answers how many.
///
/// # Errors
/// Internal only.
pub async fn expire_due(app: &App) -> Result<u64> {
    Ok(store::scan_session::expire_due(&app.db, app.now()).await?)
}
