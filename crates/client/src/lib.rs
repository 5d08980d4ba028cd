//! The other side of the API: what a phone and a bid tool do, in Rust. `hulian demo` and the tests drive the system
//! through it, and a second implementation can read it beside `docs/PROTOCOL.md`.
//!
//! Invariant: this crate knows neither `store` nor `app` nor `domain`. It sees the service only as any other client
//! does: through HTTP and the signed statements of `protocol`. Half 1 of a key never leaves [`phone`] unwrapped, and a
//! document never leaves [`asker`]: only digests do.

mod api;
pub mod asker;
mod error;
pub mod phone;
pub mod sandbox;

pub use api::{Api, Auth, Retry};
pub use error::Error;
