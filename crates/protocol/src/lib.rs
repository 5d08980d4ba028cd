//! The statements that both sides of the API sign: the one place where their bytes are made (`docs/PROTOCOL.md`).
//!
//! Invariant: this crate knows nothing of storage, HTTP, rules or keys. It turns facts into canonical bytes and
//! binary into base64url, and it is what `app` (the server's side) and `client` (the phone's and the asker's side)
//! must agree on byte for byte; vectors for other implementations are in `docs/vectors/`.

mod encoding;
mod mark;
mod statement;

pub use encoding::{Base64Url, NotBase64Url, digest_short, sha256};
pub use mark::{MarkWire, marks_sha256};
pub use statement::{
    Confirm, Login, NotCanonical, Operation, Scope, Statement, Unseal, keygen_context,
};
