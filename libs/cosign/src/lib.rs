#![doc = include_str!("../README.md")]
//!
//! Invariant: this crate knows numbers, curves and bytes. It must not know certificates, HTTP, storage, people,
//! clocks or where randomness comes from; time and randomness are arguments, and no whole private key ever exists in it.

mod error;
pub mod message;
pub mod oprf;
pub mod password;
pub mod rsa;
pub mod sm2;

pub use error::Error;
pub use password::verify_p256;
