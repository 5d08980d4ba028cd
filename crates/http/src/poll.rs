//! Long polls: the query that says how long to wait, and for what.

use std::time::Duration;

use serde::Deserialize;
use utoipa::IntoParams;

/// Longest wait of one poll.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(25);

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wait {
    /// How long to wait for a change, 0 to 25.
    wait_s: Option<u64>,
    /// The version that one has.
    after_version: Option<i64>,
}

impl Wait {
    /// The version to wait for the end of, and how long, if both are said.
    pub(crate) fn wish(&self) -> Option<(i64, Duration)> {
        let at_most = Duration::from_secs(self.wait_s?).min(LONGEST_WAIT);
        Some((self.after_version?, at_most))
    }
}
