//! People: what is known of them, and whether that is enough.

mod document;
mod face;
mod guessable;
mod id_card;
mod identify;
mod progress;
mod review;
mod standing;
mod view;

pub(crate) use document::settle_document;
pub use document::{Papers, ask_document_review};
pub use face::{face_check, open_face_check};
pub use guessable::{Guessable, guessable};
pub use id_card::{Sides, check_id_card};
pub(crate) use id_card::{compare_sides, read_sides};
pub use identify::{Facts, identify};
pub use progress::{DocumentProgress, FaceProgress, Progress, progress};
pub(crate) use review::settle_face;
pub use review::{ask_face_review, face_review};
pub use standing::{Standing, Verified, require_verified, standing};
pub use view::{Me, me};
