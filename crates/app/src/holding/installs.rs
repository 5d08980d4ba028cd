//! How a holding's certificates came to devices (CERT-12).

use domain::id::HoldingId;
pub use store::install::Record as InstallRecord;

use crate::{App, Caller, Error, Result, person};

/// Records of one answer. A holding has a few reissues a year, so this is decades.
const MOST: u32 = 200;

/// The finished installs of a holding of the caller, newest first.
///
/// # Errors
/// `not_verified`, `holding_not_found`, also for a holding of somebody else.
pub async fn installs(
    app: &App,
    caller: &Caller,
    holding: HoldingId,
) -> Result<Vec<InstallRecord>> {
    person::require_verified(app, &app.db, caller.person_id).await?;
    let found = store::holding::find(&app.db, holding).await?;
    if found.is_none_or(|found| found.person_id != caller.person_id) {
        return Err(Error::not_found("holding_not_found"));
    }
    Ok(store::install::records(&app.db, holding, MOST).await?)
}
