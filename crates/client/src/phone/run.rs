//! Continuous runs: one unlock, code after code of one asker.

use super::{Phone, View};
use crate::Error;
use serde::Deserialize;
use serde_json::json;

/// A run that has just begun.
#[derive(Clone, Debug, Deserialize)]
pub struct Run {
    /// Its id.
    pub run_id: String,
    /// What it signs with.
    pub holding_id: String,
    /// Whose codes it takes.
    pub asker_id: String,
    /// How many codes may still be signed in it.
    pub codes_left: u32,
    /// It is over at this instant if no code comes.
    pub idle_until_us: i64,
}

/// A run as a session in it shows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RunView {
    /// Its id.
    pub run_id: String,
    /// How many codes may still be signed in it.
    pub codes_left: u32,
    /// It is over at this instant if no code comes.
    pub idle_until_us: i64,
}

impl Phone {
    /// Begins a run with the choice that was made in a session.
    pub async fn begin_run(&self, code: &str) -> Result<Run, Error> {
        let body = json!({"code": code});
        self.api
            .post(self.auth(), "/api/v1/scan-runs", &body, None)
            .await
    }

    /// Takes a further code into the run: it needs no number and no choice any more.
    pub async fn claim_in_run(&self, code_text: &str, run_id: &str) -> Result<View, Error> {
        self.claim_with(code_text, &json!({"run_id": run_id})).await
    }

    /// Ends the run.
    pub async fn end_run(&self, run_id: &str) -> Result<(), Error> {
        let path = format!("/api/v1/scan-runs/{run_id}");
        self.api.delete(self.auth(), &path).await
    }
}
