//! Devices and what they sign.

mod verify;

pub(crate) use verify::check_signature;
pub use verify::{verify, verify_statement};
