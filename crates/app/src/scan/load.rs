//! A session as one side may see it, with what was prepared.

use domain::Instant;
use domain::scan_session::{Event, State};
use protocol::{Base64Url, MarkWire};
use serde::{Deserialize, Serialize};
use store::scan_session::ScanSession;
use store::{Exec, Tx};

use crate::{App, Caller, Error, Result};

/// What the asker stated, as kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "members of PROTOCOL section 9, prepare")]
pub struct Facts {
    pub digest: Base64Url,
    pub file_name: String,
    pub page_count: u32,
    pub mode: String,
    pub marks: Vec<MarkWire>,
    pub time_us: i64,
    /// Of an un-seal. What was prepared before there was such a thing has none.
    #[serde(default)]
    pub unseal: Option<UnsealFacts>,
}

/// Which signature is to be taken away.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "members of PROTOCOL section 9, prepare")]
pub struct UnsealFacts {
    pub field: String,
    pub signature_sha256: Base64Url,
}

impl Facts {
    /// What was prepared in the session.
    pub(super) fn of(app: &App, session: &ScanSession) -> Result<Option<Self>> {
        let Some(sealed) = &session.prepared else {
            return Ok(None);
        };
        let bytes = app
            .vault
            .unwrap("scan_session.prepared", session.id.as_bytes(), sealed)?;
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|_| Error::internal("scan.prepared"))
    }

    pub(super) fn wrap(&self, app: &App, session: &ScanSession) -> Result<Vec<u8>> {
        let bytes = serde_json::to_vec(self).map_err(|_| Error::internal("scan.prepared"))?;
        Ok(app
            .vault
            .wrap("scan_session.prepared", session.id.as_bytes(), &bytes)?)
    }
}

/// The session of a code for the phone that claimed it. A session whose time has run out is expired, whether or not
/// the sweep has written that yet.
pub(super) async fn own(
    at: impl Into<Exec<'_>>,
    caller: &Caller,
    code: &str,
    now: Instant,
) -> Result<ScanSession> {
    check_code(code)?;
    require_own(
        known(store::scan_session::find_by_code(at, code).await?, now)?,
        caller,
    )
}

/// The same, locked until the transaction ends.
pub(super) async fn lock_own(
    tx: &mut Tx,
    caller: &Caller,
    code: &str,
    now: Instant,
) -> Result<ScanSession> {
    require_own(lock(tx, code, now).await?, caller)
}

/// The session of a code for anybody who knows the code, locked until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, code: &str, now: Instant) -> Result<ScanSession> {
    check_code(code)?;
    known(store::scan_session::lock_by_code(tx, code).await?, now)
}

fn check_code(code: &str) -> Result<()> {
    Base64Url::decode_array::<16>(code)
        .map(drop)
        .map_err(|_| Error::not_found("session_unknown"))
}

fn known(session: Option<ScanSession>, now: Instant) -> Result<ScanSession> {
    session
        .map(|session| aged(session, now))
        .ok_or_else(|| Error::not_found("session_unknown"))
}

fn require_own(session: ScanSession, caller: &Caller) -> Result<ScanSession> {
    if session.device_id.is_none() {
        allow(&session, Event::Choose)?;
    }
    if session.device_id != Some(caller.device_id) || session.person_id != Some(caller.person_id) {
        return Err(Error::conflict("session_claimed_by_other"));
    }
    Ok(session)
}

/// Sees to it that nobody acts on a session whose time has run out.
pub(super) fn aged(mut session: ScanSession, now: Instant) -> ScanSession {
    if !session.state.is_over() && session.expires_at <= now {
        session.state = State::Expired;
        session.failure = Some("session_expired".to_owned());
    }
    session
}

/// The error of a step that the state does not allow.
pub(super) fn allow(session: &ScanSession, event: Event) -> Result<State> {
    let next = session.state.after(session.kind, event);
    next.map_err(|_| not_possible(session))
}

/// The error of a step that a session of this kind, in this state, does not take.
pub(super) fn not_possible(session: &ScanSession) -> Error {
    match session.state {
        State::Expired => Error::gone("session_expired"),
        State::Done => Error::gone("session_used"),
        State::Refused => Error::gone("session_refused")
            .with("reason", session.failure.clone().unwrap_or_default()),
        State::Failed => Error::gone("session_failed")
            .with("reason", session.failure.clone().unwrap_or_default()),
        state => Error::conflict("session_state").with("state", state.as_str()),
    }
}
