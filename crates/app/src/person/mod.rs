//! People: what is known of them, and whether that is enough.

mod identify;
mod review;
mod standing;
mod view;

pub use identify::{Facts, identify};
pub(crate) use review::settle_face;
pub use review::{ask_face_review, face_review};
pub use standing::{Standing, Verified, require_verified, standing};
pub use view::{Me, me};
