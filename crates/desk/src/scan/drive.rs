//! The driver of a code: waits on the server and does the tool's steps, until something has come of it.

use std::sync::Arc;

use super::view::Failure;
use super::{Kind, Scan, State};
use crate::desk::Desk;
use crate::error::Error;
use crate::journal::Record;

/// How a code ended without what was wished.
#[derive(Debug)]
pub(super) struct Ended {
    pub state: State,
    pub failure: Option<Failure>,
}

impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        let (code, params) = error.told();
        let state = match code.as_str() {
            "working_copy_changed" | "changed_outside" | "document_changed" => State::Changed,
            "session_expired" => State::Expired,
            _ => State::Failed,
        };
        if !matches!(error, Error::Refused { .. }) {
            tracing::warn!(code, %error, "a scan failed");
        }
        let failure = Some(Failure { code, params });
        Self { state, failure }
    }
}

impl From<client::Error> for Ended {
    fn from(error: client::Error) -> Self {
        Error::from(error).into()
    }
}

impl Desk {
    /// Begins to drive the scan's present code.
    pub(super) fn drive(&self, scan: &Arc<Scan>) {
        let (desk, scan) = (self.clone(), Arc::clone(scan));
        let mut stop = scan.stop.subscribe();
        tokio::spawn(async move {
            let driving = async {
                match scan.wish.kind {
                    Kind::Seal => desk.drive_seal(&scan).await,
                    Kind::Login => desk.drive_login(&scan).await,
                    Kind::Unseal => desk.drive_unseal(&scan).await,
                }
            };
            let ended = tokio::select! {
                biased;
                // Whoever stops it says what becomes of the scan.
                _ = stop.changed() => return,
                ended = driving => ended,
            };
            if let Err(ended) = ended
                && !stop.has_changed().unwrap_or(true)
            {
                desk.end(&scan, ended.state, ended.failure);
            }
        });
    }

    /// Nothing more comes of the present code.
    pub(super) fn end(&self, scan: &Scan, state: State, failure: Option<Failure>) {
        scan.change(|view| {
            view.state = state;
            view.failure = failure;
        });
        self.over(scan);
    }

    /// The journal need not offer this scan again, and the page shows its document without it.
    pub(super) fn over(&self, scan: &Scan) {
        if let Err(error) = self.write(&Record::ScanOver { scan_id: scan.id }) {
            // It would be offered again as expired after a restart: a nuisance and no more.
            tracing::warn!(%error, "the end of a scan was not written");
        }
        let document = scan.wish.document_id.and_then(|id| self.document(id).ok());
        if let Some(document) = document {
            self.tell_document(&document);
        }
    }
}
