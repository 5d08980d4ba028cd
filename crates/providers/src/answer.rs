//! How an answer from outside comes: later, or not at all.

use std::future::Future;
use std::pin::Pin;

/// No answer: nobody there, too slow, out of order. Nothing was learned and nothing may be counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{provider} gives no answer: {reason}")]
pub struct Unavailable {
    /// Who does not answer.
    pub provider: &'static str,
    /// Why, for operators; no personal data.
    pub reason: String,
}

/// An answer that is on its way.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Unavailable>> + Send + 'a>>;
