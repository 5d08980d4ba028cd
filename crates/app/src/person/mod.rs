//! People: what is known of them, and whether that is enough.

mod identify;
mod standing;
mod view;

pub use identify::{Facts, identify};
pub use standing::{Standing, Verified, require_verified, standing};
pub use view::{Me, me};
