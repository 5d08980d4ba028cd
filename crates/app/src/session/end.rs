//! Sessions end: by their person, or by an operator in an emergency.

use domain::id::PersonId;

use crate::{App, Caller, Result};

/// Ends the caller's session. The device keeps its key shares.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(app: &App, caller: &Caller) -> Result<()> {
    let mut tx = app.db.begin_write("session.sign_out").await?;
    store::session::end(&mut tx, caller.session_id, "signed_out", app.now()).await?;
    Ok(tx.commit().await?)
}

/// Ends all sessions of a person and tells how many there were.
///
/// # Errors
/// When the database fails.
pub async fn end_all(app: &App, person_id: PersonId) -> Result<usize> {
    let mut tx = app.db.begin_write("session.end_all").await?;
    let sessions = store::session::of_person(&mut tx, person_id).await?;
    for session in &sessions {
        store::session::end(&mut tx, session.id, "operator", app.now()).await?;
    }
    tx.commit().await?;
    Ok(sessions.len())
}
