//! The story of `hulian demo`, played by the real binary as a person would start it, and judged by tools that know
//! nothing of us.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test ends at the first thing that is wrong, and tells its figures"
)]

mod custody;
mod demo;
mod desk;
#[allow(dead_code, reason = "the commands on PDFs use the rest of it")]
mod judge;
mod killed;
mod paper;
mod person;
mod phone_origin;
mod production;
mod server;
mod vendors;
