//! What can go wrong, each with a stable code for the page.

use std::path::Path;

use serde_json::{Map, Value, json};

/// Facts for a message.
pub type Params = Map<String, Value>;

/// An error of the desk.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The wish cannot be done as it is.
    #[error("{code}")]
    Refused {
        /// Which family of answers it belongs to.
        kind: Kind,
        /// Stable.
        code: &'static str,
        /// Facts for a message.
        params: Params,
    },
    /// What the PDF library says about a document.
    #[error("{0}")]
    Document(#[from] pdf_seal::Refusal),
    /// The server, or the way to it.
    #[error("{0}")]
    Server(#[from] client::Error),
    /// The signature could not be put into the document.
    #[error("{0}")]
    Embed(#[from] pdf_seal::Error),
    /// A file could not be read or written.
    #[error("{0}")]
    File(String, #[source] std::io::Error),
    /// Something that only a defect of ours explains.
    #[error("{0}")]
    Internal(&'static str),
}

/// Families of refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The request makes no sense.
    Invalid,
    /// Nobody we know asks.
    Unauthenticated,
    /// We know who asks, and it is not allowed.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// Not in this state.
    Conflict,
    /// Too many bytes.
    TooLarge,
    /// The document cannot be taken.
    Unprocessable,
    /// Later perhaps.
    Unavailable,
}

impl Error {
    /// A refusal without facts.
    #[must_use]
    pub fn new(kind: Kind, code: &'static str) -> Self {
        let params = Params::new();
        Self::Refused { kind, code, params }
    }

    /// There is no such thing.
    #[must_use]
    pub fn not_found(code: &'static str) -> Self {
        Self::new(Kind::NotFound, code)
    }

    /// Not in this state.
    #[must_use]
    pub fn conflict(code: &'static str) -> Self {
        Self::new(Kind::Conflict, code)
    }

    /// The request makes no sense.
    #[must_use]
    pub fn invalid(code: &'static str) -> Self {
        Self::new(Kind::Invalid, code)
    }

    /// With one more fact; other errors stay as they are.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        if let Self::Refused { params, .. } = &mut self {
            params.insert(name.to_owned(), value.into());
        }
        self
    }

    /// For `map_err`: what happened to the file at `path`.
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.display().to_string();
        move |error| Self::File(path, error)
    }

    /// The family.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Refused { kind, .. } => Some(*kind),
            Self::Document(_) => Some(Kind::Unprocessable),
            Self::Server(client::Error::Unreachable(_)) => Some(Kind::Unavailable),
            Self::Server(client::Error::Problem { .. }) => Some(Kind::Conflict),
            Self::File(_, error) if is_full(error) => Some(Kind::Unavailable),
            _ => None,
        }
    }

    /// Stable code and facts, as they go to the page.
    #[must_use]
    pub fn told(&self) -> (String, Params) {
        match self {
            Self::Refused { code, params, .. } => ((*code).to_owned(), params.clone()),
            Self::Document(refusal) => of_document(refusal),
            Self::Server(client::Error::Problem { code, params, .. }) => {
                (code.clone(), params.clone())
            }
            Self::Server(client::Error::Unreachable(_)) => plain("server_unreachable"),
            Self::Server(client::Error::SessionEnded { state, code }) if code.is_empty() => {
                (format!("session_{state}"), Params::new())
            }
            Self::Server(client::Error::SessionEnded { code, .. }) => (code.clone(), Params::new()),
            Self::Server(_) => plain("server_answer_invalid"),
            Self::Embed(_) => plain("signature_does_not_fit"),
            Self::File(_, error) if is_full(error) => plain("disk_full"),
            Self::File(..) => plain("file_unavailable"),
            Self::Internal(_) => plain("internal"),
        }
    }
}

fn plain(code: &str) -> (String, Params) {
    (code.to_owned(), Params::new())
}

fn is_full(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
    )
}

fn of_document(refusal: &pdf_seal::Refusal) -> (String, Params) {
    let facts = match refusal {
        pdf_seal::Refusal::NotPdf => return plain("not_a_pdf"),
        // The bid tool asks for no password: it says what to do with the file instead.
        pdf_seal::Refusal::PasswordNeeded
        | pdf_seal::Refusal::PasswordWrong
        | pdf_seal::Refusal::EncryptedUnsupported(_) => return plain("pdf_encrypted"),
        pdf_seal::Refusal::PageOutOfRange { page, pages } => {
            json!({"reason": refusal.code(), "page": page, "pages": pages})
        }
        pdf_seal::Refusal::BadMark { page, .. } | pdf_seal::Refusal::PageListedTwice(page) => {
            json!({"reason": refusal.code(), "page": page})
        }
        other => json!({"reason": other.code(), "detail": other.to_string()}),
    };
    let params = facts.as_object().cloned().unwrap_or_default();
    ("pdf_refused".to_owned(), params)
}
