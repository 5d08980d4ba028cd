//! Why a use case did not do what was asked: a stable code for clients, parameters for their words, and an inside
//! source that never leaves the server.

use std::error::Error as StdError;
use std::fmt;

use serde_json::{Map, Value};

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The family of an error; `http` gives each its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The request is wrong whatever the state.
    Invalid,
    /// Nobody is signed in.
    Unauthenticated,
    /// The caller may not.
    Forbidden,
    /// There is no such thing, or none that the caller may know of.
    NotFound,
    /// The state forbids it now.
    Conflict,
    /// It was there once.
    Gone,
    /// Too often.
    TooMany {
        /// When to come back.
        retry_after_s: u64,
    },
    /// Too many bytes.
    TooLarge,
    /// Somebody that is needed does not answer; nothing was counted.
    Unavailable,
    /// Our fault.
    Internal,
}

/// A refusal or failure.
pub struct Error {
    kind: Kind,
    code: &'static str,
    params: Map<String, Value>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

macro_rules! constructors {
    ($($(#[$doc:meta])* $name:ident => $kind:ident;)+) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(code: &'static str) -> Self { Self::new(Kind::$kind, code) }
    )+};
}

impl Error {
    /// An error of a family.
    #[must_use]
    pub fn new(kind: Kind, code: &'static str) -> Self {
        Self {
            kind,
            code,
            params: Map::new(),
            source: None,
        }
    }

    constructors! {
        /// See [`Kind::Invalid`].
        invalid => Invalid;
        /// See [`Kind::Unauthenticated`].
        unauthenticated => Unauthenticated;
        /// See [`Kind::Forbidden`].
        forbidden => Forbidden;
        /// See [`Kind::NotFound`].
        not_found => NotFound;
        /// See [`Kind::Conflict`].
        conflict => Conflict;
        /// See [`Kind::Gone`].
        gone => Gone;
        /// See [`Kind::TooLarge`].
        too_large => TooLarge;
        /// See [`Kind::Unavailable`].
        unavailable => Unavailable;
    }

    /// See [`Kind::TooMany`]; the parameter `retry_after_s` is set.
    #[must_use]
    pub fn too_many(code: &'static str, retry_after_s: u64) -> Self {
        Self::new(Kind::TooMany { retry_after_s }, code).with("retry_after_s", retry_after_s)
    }

    /// Our fault, code `internal`.
    #[must_use]
    pub fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Kind::Internal, "internal").because(source)
    }

    /// Adds a parameter for the clients' words.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// Adds the inside reason, for logs only.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The family.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The parameters.
    #[must_use]
    pub const fn params(&self) -> &Map<String, Value> {
        &self.params
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl fmt::Debug for Error {
    /// Without the parameters: they may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind)
            .field("code", &self.code)
            .field("source", &self.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}

impl From<store::Error> for Error {
    /// A use case that expects a duplicate or a missing row names it itself; what arrives here is a race that was lost,
    /// a busy database, or our fault.
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Conflict(_) => Self::conflict("conflict").because(error),
            store::Error::Busy(_) => Self::unavailable("busy").because(error),
            _ => Self::internal(error),
        }
    }
}

impl From<protocol::NotCanonical> for Error {
    fn from(error: protocol::NotCanonical) -> Self {
        Self::internal(error)
    }
}

impl From<store::vault::Error> for Error {
    fn from(error: store::vault::Error) -> Self {
        Self::internal(error)
    }
}
