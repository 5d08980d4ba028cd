//! What hostile bytes must never do to `pdf-seal` and `gm-pki`, and a driver that tries.
//!
//! [`Target`] names the four promises: each is a plain function over bytes that panics when its promise is broken. They are
//! driven in two ways:
//!
//! * by the program `fuzz` of this package (`cargo xtask fuzz`) on stable Rust: it makes inputs from seeds by changes that
//!   know what a PDF and what DER is. Execution number `i` of a target is the same on every machine, so that a find is a
//!   number. A short run is one of the tests.
//! * by libFuzzer, guided by coverage: `libfuzzer/` is a workspace of its own for `cargo fuzz` on nightly Rust.
//!
//! Invariant: this crate knows only the public face of the two libraries, and nothing of ours ships with it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a promise that is broken ends the program"
)]

mod drive;
mod input;
mod random;
mod seeds;
mod target;

pub use drive::{Ran, Run};
pub use target::Target;
