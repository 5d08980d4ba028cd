//! What the phone does with a certificate password: refuse weak ones, stretch, and from the OPRF output derive the
//! proof key and the wrapping key.

mod proof;
mod strength;
mod stretch;
mod unlocked;

pub use proof::{p256_public_key, verify_p256};
pub use strength::{Weakness, is_weak};
pub use stretch::{StretchParams, stretch};
pub use unlocked::Unlocked;
