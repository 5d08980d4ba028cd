//! Composite RSA-4096: two ordinary RSA-2048 halves whose product is the modulus that everybody sees
//! (Damgård, Mikkelsen, Skeltved 2015). `N = Nc * Ns`, `e = 65537`, PKCS#1 v1.5 with SHA-256 under `N`.
//!
//! Each side exponentiates modulo its own half; the phone puts both results together by the Chinese remainder theorem.

mod half;
pub mod keygen;
mod keys;
mod public;
pub mod sign;

pub use keygen::{ClientStart, Commit, Open, Reply, ServerStart};
pub use keys::{ClientKey, ServerKey};
pub use public::PublicKey;
pub use sign::{ClientSign, server_answer};
