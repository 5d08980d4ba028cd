//! Sessions end: by their person, here or from another device, or by an operator in an emergency.

use domain::id::{PersonId, SessionId};

use crate::{App, Caller, Error, Result};

/// Ends the caller's session. The device keeps its key shares.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(app: &App, caller: &Caller) -> Result<()> {
    let mut tx = app.db.begin_write("session.sign_out").await?;
    store::session::end(&mut tx, caller.session_id, "signed_out", app.now()).await?;
    Ok(tx.commit().await?)
}

/// Ends one of the caller's sessions on another device (ACC-12).
///
/// # Errors
/// `session_not_found`, also for those of others and those that have ended.
pub async fn end_one(app: &App, caller: &Caller, id: SessionId) -> Result<()> {
    let mut tx = app.db.begin_write("session.end_one").await?;
    if !store::session::find_live(&mut tx, caller.person_id, id).await? {
        return Err(Error::not_found("session_not_found"));
    }
    store::session::end(&mut tx, id, "ended_elsewhere", app.now()).await?;
    Ok(tx.commit().await?)
}

/// Ends all sessions of the caller but this one, and tells how many there were (ACC-12).
///
/// # Errors
/// When the database fails.
pub async fn end_others(app: &App, caller: &Caller) -> Result<u64> {
    let (person, here) = (caller.person_id, Some(caller.session_id));
    let mut tx = app.db.begin_write("session.end_others").await?;
    let ended =
        store::session::end_all(&mut tx, person, here, "ended_elsewhere", app.now()).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Ends all sessions of a person and tells how many there were.
///
/// # Errors
/// When the database fails.
pub async fn end_all(app: &App, person_id: PersonId) -> Result<u64> {
    let mut tx = app.db.begin_write("session.end_all").await?;
    let ended = store::session::end_all(&mut tx, person_id, None, "operator", app.now()).await?;
    tx.commit().await?;
    Ok(ended)
}
