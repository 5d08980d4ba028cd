//! The binary `hulian`: configuration, wiring, subcommands.
//!
//! Invariant: this crate decides nothing. It reads what the operator wants, puts the layers together and gives them a
//! place to run; a subcommand has a file of its own.

mod admin;
pub mod cli;
pub mod config;
mod config_check;
mod console;
mod custody;
pub mod demo;
mod desk;
mod openapi;
mod pdf;
mod phone_origin;
mod pkcs11;
pub mod serve;
mod shutdown;
mod tables;
mod vendors;
pub mod wiring;

/// The clock of the tools that run on a person's own computer, microseconds since 1970.
#[allow(
    clippy::disallowed_methods,
    reason = "a tool is a program of its own: this is where its clock is read"
)]
fn now_us() -> i64 {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
