//! The one error type of the crate. It names what was refused and never holds the bytes themselves.

use crate::certificate::Finding;
use crate::path::PathError;

/// Why bytes were refused or could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not the DER structure that was expected.
    #[error("{0} is malformed")]
    Malformed(&'static str),
    /// The input is longer, or holds more items, than the crate reads.
    #[error("{what} is larger than the limit of {limit}")]
    TooLarge {
        /// What was counted.
        what: &'static str,
        /// The largest accepted value, in bytes or items.
        limit: usize,
    },
    /// Well formed, but of a kind or algorithm that the crate does not handle.
    #[error("{0} is not supported")]
    Unsupported(&'static str),
    /// A signature does not verify.
    #[error("the signature of {0} does not verify")]
    Signature(&'static str),
    /// A key could not be read, made or used.
    #[error("key: {0}")]
    Key(&'static str),
    /// Two parts that belong together do not.
    #[error("{0} does not match")]
    Mismatch(&'static str),
    /// A value cannot stand in a certificate or a name.
    #[error("{field}: {reason}")]
    Value {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// What was about to be signed breaks the certificate profile.
    #[error("the certificate to be signed has {} finding(s), first: {}", .0.len(), .0.first().map_or("none", |finding| finding.detail))]
    Lint(Vec<Finding>),
    /// The certificate of a signer does not lead to a root that is believed.
    #[error("{0}")]
    Path(PathError),
}
