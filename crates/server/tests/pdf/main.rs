//! `hulian pdf` as a person runs it: the real binary, real files, judged by tools that know nothing of us.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test ends at the first thing that is wrong, and tells its figures"
)]

mod contract;
#[path = "../story/judge.rs"]
#[allow(dead_code, reason = "the story uses the rest of it")]
mod judge;
mod locked;
mod longterm;
mod memory;
mod page;
mod place;
mod refuse;
mod seal;
mod stamp;
mod verify;
mod whole;
#[path = "../../../../libs/pdf-seal/tests/it/longterm/world.rs"]
#[allow(dead_code, reason = "the library's own tests use the rest of it")]
mod world;
