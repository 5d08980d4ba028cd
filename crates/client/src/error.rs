//! What can go wrong on this side.

use serde_json::{Map, Value};

/// An error of the phone or the asker.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server's own answer (RFC 9457).
    #[error("the server answered {status} {code}")]
    Problem {
        /// HTTP status.
        status: u16,
        /// Stable code of PROTOCOL.
        code: String,
        /// Facts for a message.
        params: Map<String, Value>,
    },
    /// No answer, after the repeats that [`crate::Retry`] allows.
    #[error("the server cannot be reached at {0}")]
    Unreachable(String),
    /// An answer that is not of the shape that PROTOCOL fixes.
    #[error("the server's answer to {0} has not the expected shape")]
    Shape(&'static str),
    /// The other half sent something that a check of the key protocol refuses. Nothing was signed.
    #[error("the server half was refused: {0}")]
    Cosign(#[from] cosign::Error),
    /// A certificate or CMS could not be built or read.
    #[error("certificate structures: {0}")]
    Pki(String),
    /// The document was refused.
    #[error("{0}")]
    Document(#[from] pdf_seal::Refusal),
    /// What the server shows is not what this side asked for or holds.
    #[error("the server's facts differ from ours: {0}")]
    Differs(&'static str),
    /// The certificate password did not open the share on this device.
    #[error("wrong certificate password, {attempts_left} attempts left")]
    PasswordWrong {
        /// Before it locks.
        attempts_left: i64,
    },
    /// The password is weak.
    #[error("the password is too weak: {0}")]
    PasswordWeak(&'static str),
    /// This device holds no half of that certificate's key.
    #[error("this device does not hold the key half")]
    NoShare,
    /// The session ended without a signature.
    #[error("the scan session ended: {state} {code}")]
    SessionEnded {
        /// Its last state.
        state: String,
        /// Why, when told.
        code: String,
    },
    /// The signature could not be embedded.
    #[error("{0}")]
    Embed(#[from] pdf_seal::Error),
    /// The store of the phone or a document could not be read or written.
    #[error("{0}: {1}")]
    File(String, #[source] std::io::Error),
    /// Randomness, time or the tool's own state failed.
    #[error("{0}")]
    Local(&'static str),
}

impl Error {
    /// The stable code, when the server gave one.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Problem { code, .. } => Some(code),
            Self::PasswordWrong { .. } => Some("password_wrong"),
            _ => None,
        }
    }
}

impl From<gm_pki::Error> for Error {
    fn from(error: gm_pki::Error) -> Self {
        Self::Pki(error.to_string())
    }
}

impl From<protocol::NotBase64Url> for Error {
    fn from(_: protocol::NotBase64Url) -> Self {
        Self::Shape("base64url")
    }
}

impl From<protocol::NotCanonical> for Error {
    fn from(_: protocol::NotCanonical) -> Self {
        Self::Local("a statement has no canonical form")
    }
}
