//! SM2 (GB/T 32918, GM/T 0003) with the key in two halves: `(1 + d)^-1 = d1 * d2 mod n`.
//!
//! The phone holds `d1`, the server `d2`. With `P1 = [d1^-1]G` and `P2 = [d2^-1]G` the joint public key is
//! `P = [(d1 d2)^-1 - 1]G`, so that `P + G = [d1^-1]P2 = [d2^-1]P1`.

pub mod decrypt;
pub mod keygen;
mod keys;
mod point;
mod proof;
mod public;
pub mod refresh;
pub mod sign;

pub use keys::{ClientKey, ServerKey};
pub use public::{DEFAULT_ID, PublicKey, Signature, digest, digest_with_id};
