//! How a try ends badly.

use std::fmt;

/// A failed try. The reason is kept beside the job and shown to operators: no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Why, for the operator.
    pub reason: String,
    /// Whether another try may help.
    pub retry: bool,
}

impl Failure {
    /// Another try may help: network, a busy database, a provider that is down.
    #[must_use]
    pub fn again(reason: impl fmt::Display) -> Self {
        Self {
            reason: reason.to_string(),
            retry: true,
        }
    }

    /// No other try will help.
    #[must_use]
    pub fn dead(reason: impl fmt::Display) -> Self {
        Self {
            reason: reason.to_string(),
            retry: false,
        }
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::again(error)
    }
}
