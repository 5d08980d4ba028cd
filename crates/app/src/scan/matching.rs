//! The person types the number that the asker shows: two screens, one session.

use domain::scan_session::{Event, State};

use super::{PhoneView, load, phone_view, topic};
use crate::{App, Caller, Error, Result};

/// Compares; a wrong number ends the session, since two codes were mixed up or somebody else's was slipped in.
///
/// # Errors
/// `match_wrong`, `session_state`, `session_expired`, `session_claimed_by_other`.
pub async fn match_number(
    app: &App,
    caller: &Caller,
    code: &str,
    number: &str,
) -> Result<PhoneView> {
    let mut tx = app.db.begin_write("scan.match").await?;
    let session = load::lock_own(&mut tx, caller, code, app.now()).await?;
    if session.matched && !session.state.is_over() {
        drop(tx);
        return phone_view(app, caller, code).await;
    }
    load::allow(&session, Event::Choose)?;
    let right = number == session.match_number;
    if right {
        store::scan_session::matched(&mut tx, &session).await?;
    } else {
        store::scan_session::cancel_or_end(&mut tx, &session, State::Refused, "match_wrong")
            .await?;
    }
    tx.commit().await?;
    app.wake.notify(&topic(session.id));
    if right {
        phone_view(app, caller, code).await
    } else {
        Err(Error::conflict("match_wrong"))
    }
}
