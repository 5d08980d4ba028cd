//! The devices on which a person is signed in (ACC-12).

use domain::Instant;
use domain::id::SessionId;
use domain::session::REFRESH_LIFETIME_US;

use crate::{App, Caller, Result};

/// One of them.
pub struct Item {
    /// Of the session, by which it is ended.
    pub session_id: SessionId,
    /// What the device calls itself.
    pub device_name: String,
    /// When it signed in.
    pub signed_in_at: Instant,
    /// When it was last seen, exact to the life of an access token.
    pub seen_at: Instant,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// All of them, the one that asks first, then by when they were seen. Sessions that nobody can go on with any more, since
/// their refresh token is too old, are not among them.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Item>> {
    let since = app.now().plus_micros(-REFRESH_LIFETIME_US);
    let live = store::session::live(&app.db, caller.person_id, since).await?;
    let mut items: Vec<Item> = live
        .into_iter()
        .map(|live| Item {
            session_id: live.id,
            device_name: live.device_name,
            signed_in_at: live.created_at,
            seen_at: live.seen_at,
            current: live.id == caller.session_id,
        })
        .collect();
    items.sort_by_key(|item| !item.current);
    Ok(items)
}
