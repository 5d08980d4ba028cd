//! Switching between the editions of the app without a new sign-in (ACC-3).

use domain::session::{self, Edition};

use crate::{App, Caller, Error, Result};

/// Puts the caller's session into an edition; the same one again changes nothing.
///
/// # Errors
/// `legal_representative_unknown` when the person is legal representative of no unit.
pub async fn switch(app: &App, caller: &Caller, edition: Edition) -> Result<()> {
    let mut tx = app.db.begin_write("session.switch").await?;
    let is_one = store::person::is_legal_representative(&mut tx, caller.person_id).await?;
    let edition = session::enter(edition, is_one)
        .map_err(|_| Error::conflict("legal_representative_unknown"))?;
    store::session::set_edition(&mut tx, caller.session_id, edition).await?;
    Ok(tx.commit().await?)
}
