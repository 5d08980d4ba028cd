//! The first phone takes the session.

use domain::id::ScanRunId;
use domain::scan_session::{Event, Kind, State, deadline};
use domain::time::SECOND_US;

use super::{PhoneView, expire, load, phone_view, run, topic};
use crate::{App, Caller, Error, Result};

/// Tries of short codes of one person in a minute.
const SHORT_CODES_PER_MINUTE: i64 = 5;

/// Takes the session for this phone; the phone that has it gets its view again. A seal that comes `in_run` needs no
/// number and no choice any more; codes of other kinds are taken as ever. What the run refuses stays as it was.
///
/// # Errors
/// `not_verified`, `password_not_set`, `session_unknown`, `session_expired`, `session_used`, `session_claimed_by_other`;
/// in a run `run_ended`, `run_other_asker`, `certificate_not_usable`.
pub async fn claim(
    app: &App,
    caller: &Caller,
    code: &str,
    in_run: Option<ScanRunId>,
) -> Result<PhoneView> {
    crate::person::require_verified(app, &app.db, caller.person_id).await?;
    let now = app.now();
    let mut tx = app.db.begin_write("scan.claim").await?;
    let session = load::lock(&mut tx, code, now).await?;
    let mine =
        session.device_id == Some(caller.device_id) && session.person_id == Some(caller.person_id);
    if mine && !session.state.is_over() {
        drop(tx);
        return phone_view(app, caller, code).await;
    }
    if session.device_id.is_some() && !session.state.is_over() {
        store::scan_session::mark_second_phone(&mut tx, &session).await?;
        tx.commit().await?;
        app.wake.notify(&topic(session.id));
        return Err(Error::conflict("session_claimed_by_other"));
    }
    load::allow(&session, Event::Claim)?;
    // A login is confirmed by the device key alone.
    let password = session.kind != Kind::Login;
    if password && !crate::password::is_set(&mut tx, caller.person_id).await? {
        return Err(Error::conflict("password_not_set"));
    }
    let expires_at = deadline(State::Claimed, now, 0).unwrap_or(session.expires_at);
    match in_run {
        Some(id) if session.kind == run::KIND => {
            run::take(app, &mut tx, caller, &session, id, expires_at).await?;
        }
        _ => {
            let (person, device) = (caller.person_id, caller.device_id);
            store::scan_session::claim(&mut tx, &session, person, device, expires_at).await?;
        }
    }
    expire::schedule(app, &mut tx, expires_at).await?;
    tx.commit().await?;
    app.wake.notify(&topic(session.id));
    phone_view(app, caller, code).await
}

/// The code behind a short code, for phones without a camera.
///
/// # Errors
/// `rate_limited`, `session_unknown`.
pub async fn code_of_short_code(app: &App, caller: &Caller, short_code: &str) -> Result<String> {
    crate::limit::check(
        app,
        "scan.short_code",
        caller.person_id.as_bytes(),
        60 * SECOND_US,
        SHORT_CODES_PER_MINUTE,
    )
    .await?;
    let typed: String = short_code
        .chars()
        .take(16)
        .filter(|c| !matches!(c, ' ' | '-'))
        .map(|c| crockford(c.to_ascii_uppercase()))
        .collect();
    let found = store::scan_session::code_of_short_code(&app.db, &typed, app.now()).await?;
    found.ok_or_else(|| Error::not_found("session_unknown"))
}

/// Letters that people read for digits.
fn crockford(c: char) -> char {
    match c {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}
