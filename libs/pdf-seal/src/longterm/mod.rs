//! Signatures that can be verified for longer than their certificates live (ETSI EN 319 142-1, ISO 32000-2 12.8.4.3
//! and 12.8.5): material for validation inside the file, and time stamps over the whole of it. No key is needed.
//!
//! Level B-LT: [`Document::needs`] tells what has to be proved, [`gather`] asks the outside world through a [`Fetch`],
//! and [`Document::append_material`] writes what was found as a revision of its own. Level B-LTA: on the file with that
//! revision, [`Document::prepare_time_stamp`] makes a revision with a hole, [`crate::Prepared::embed_token`] fills it.
//! Doing both again later, while the newest time stamp can still be verified, goes on for as long as one likes.

mod gather;
mod held;
mod material;
mod stamp;
mod store;
mod write;

pub use gather::{Fetch, Gathered, Missing, RevokedCertificate, gather};
pub use held::{Held, Need};
pub use material::{Material, Proof};
pub(crate) use store::Store;
