//! Signing in two steps: prepare builds the revision with a hole, embed fills the hole.

pub(crate) mod contents;
mod date;
mod digest;
mod prepare;
mod prepared;
mod request;
mod unseal;

pub use digest::{DigestAlgorithm, Midstate};
pub use prepared::Prepared;
pub use request::Request;

pub(crate) use date::{format as format_date, parse as parse_date};
pub(crate) use unseal::Prefix;
