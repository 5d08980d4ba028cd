//! The server's side of the present code, seen through outages.

use std::sync::Arc;
use std::time::{Duration, Instant};

use client::asker::{Created, SessionView};
use serde_json::Value;

use super::drive::Ended;
use super::view::{Failure, SignerView};
use super::{Scan, State, View};
use crate::desk::{Desk, lock};
use crate::error::{Error, Params};

/// Pause between two tries to reach a server that is away.
const AWAY: Duration = Duration::from_millis(500);
/// Our clock and the server's may differ by this much before we call a code expired without having been told.
const CLOCKS_US: i64 = 120_000_000;

/// A session that is being followed.
pub(super) struct Following<'a> {
    pub desk: &'a Desk,
    pub scan: &'a Scan,
    pub created: Arc<Created>,
    /// Which driver this is: one that was stopped says nothing any more.
    turn: u64,
    after: Option<i64>,
    expires_at_us: i64,
    /// When the phone was seen to have confirmed.
    pub signing_at: Option<Instant>,
}

impl<'a> Following<'a> {
    pub fn new(desk: &'a Desk, scan: &'a Scan) -> Result<Self, Error> {
        let created = lock(&scan.session).clone();
        let created = created.ok_or(Error::Internal("a scan without a code"))?;
        Ok(Self {
            desk,
            scan,
            expires_at_us: created.claim_expires_at_us,
            created,
            turn: *scan.stop.borrow(),
            after: None,
            signing_at: None,
        })
    }

    /// The next view that differs from the last one, told to the page. Ends with the session.
    pub async fn next(&mut self) -> Result<SessionView, Ended> {
        let view = self.ask().await?;
        self.after = Some(view.version);
        self.expires_at_us = view.expires_at_us;
        if matches!(view.state.as_str(), "signing" | "done") {
            self.signing_at.get_or_insert_with(Instant::now);
        }
        match view.state.as_str() {
            "refused" | "expired" | "failed" => return Err(ended(&view)),
            _ => self.show(&view),
        }
        Ok(view)
    }

    async fn ask(&self) -> Result<SessionView, Ended> {
        let api = self.desk.inner().link.api();
        loop {
            match self.created.view(api, self.after).await {
                Ok(view) => return Ok(view),
                Err(client::Error::Unreachable(_)) => self.desk.inner().link.kick(),
                Err(client::Error::Problem {
                    status: 429 | 500..=599,
                    ..
                }) => {}
                Err(error) => return Err(error.into()),
            }
            if self.desk.now_us() > self.expires_at_us.saturating_add(CLOCKS_US) {
                return Err(Ended {
                    state: State::Expired,
                    failure: None,
                });
            }
            tokio::time::sleep(AWAY).await;
        }
    }

    /// Changes the view, unless this driver was stopped: whoever stops it says last what becomes of the scan.
    pub fn change(&self, change: impl FnOnce(&mut View)) {
        self.scan.change(|view| {
            if *self.scan.stop.borrow() == self.turn {
                change(view);
            }
        });
    }

    fn show(&self, view: &SessionView) {
        let state = match view.state.as_str() {
            "created" => State::Created,
            "claimed" if view.matched => State::Matched,
            "claimed" => State::Claimed,
            "chosen" => State::Chosen,
            "ready" => State::Ready,
            // The signature is there, the seal is not yet in the document.
            _ => State::Signing,
        };
        let signer = view.signer.as_ref().map(|signer| SignerView {
            person_name: signer.person_name.clone(),
            unit: signer.unit.clone(),
            algorithm: signer.algorithm.clone(),
        });
        self.change(|shown| {
            // A pick that is still open stays open while the server's view moves.
            if !(shown.state == State::ChooseSeal && state == State::Chosen) {
                shown.state = state;
            }
            shown.second_phone = view.second_phone;
            shown.expires_at_us = Some(view.expires_at_us);
            shown.signer = signer;
        });
    }
}

fn ended(view: &SessionView) -> Ended {
    let failure = view.failure.as_ref().and_then(Value::as_object);
    let code = failure
        .and_then(|failure| failure.get("code"))
        .and_then(Value::as_str);
    let params = failure
        .and_then(|failure| failure.get("params"))
        .and_then(Value::as_object);
    let state = match view.state.as_str() {
        "refused" => State::Refused,
        "expired" => State::Expired,
        _ => State::Failed,
    };
    Ended {
        state,
        failure: code.map(|code| Failure {
            code: code.to_owned(),
            params: params.cloned().unwrap_or_else(Params::new),
        }),
    }
}
