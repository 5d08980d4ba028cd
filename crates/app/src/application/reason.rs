//! Reasons: bounded lines that people write about people, kept as ciphertext.

use domain::application::{Asked, REASON_CHARS_MAX, State};
use domain::id::{ApplicationId, UnitId};
use store::application::Application;
use zeroize::Zeroizing;

use crate::text::line;
use crate::{App, Caller, Error, Result};

const REASON: &str = "application.reason";
const DECISION_REASON: &str = "application.decision_reason";

/// A reason that must be given.
///
/// # Errors
/// `reason_invalid` `{most}`.
pub(crate) fn reason_of(text: &str) -> Result<String> {
    let reason = line(text, 1, REASON_CHARS_MAX);
    let reason =
        reason.ok_or_else(|| Error::invalid("reason_invalid").with("most", REASON_CHARS_MAX));
    Ok(reason?.to_owned())
}

/// A new application of the caller.
pub(crate) fn new(
    app: &App,
    caller: &Caller,
    unit_id: UnitId,
    asked: Asked,
    reason: &str,
) -> Result<Application> {
    let id: ApplicationId = app.new_id();
    Ok(Application {
        id,
        unit_id,
        asked,
        applicant_id: caller.person_id,
        reason: app.vault.wrap_text(REASON, id.as_bytes(), reason)?,
        state: State::Pending,
        created_at: app.now(),
        decided_at: None,
        decision_reason: None,
    })
}

pub(super) fn seal_decision(app: &App, id: ApplicationId, reason: &str) -> Result<Vec<u8>> {
    Ok(app
        .vault
        .wrap_text(DECISION_REASON, id.as_bytes(), reason)?)
}

pub(super) fn open(app: &App, application: &Application) -> Result<Zeroizing<String>> {
    let Application { id, reason, .. } = application;
    Ok(app.vault.unwrap_text(REASON, id.as_bytes(), reason)?)
}

pub(super) fn open_decision(
    app: &App,
    application: &Application,
) -> Result<Option<Zeroizing<String>>> {
    let sealed = application.decision_reason.as_deref();
    let open = |sealed| {
        app.vault
            .unwrap_text(DECISION_REASON, application.id.as_bytes(), sealed)
    };
    Ok(sealed.map(open).transpose()?)
}
