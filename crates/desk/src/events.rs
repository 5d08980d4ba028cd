//! What pages hear of by themselves.

use uuid::Uuid;

/// Something has changed; the listener looks itself at how it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// A document.
    Document(Uuid),
    /// A run went on or ended.
    Run(Uuid),
    /// The server's reachability, who is signed in, the list of documents.
    State,
}
