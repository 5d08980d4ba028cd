//! Content: questions, contacts, agreements and versions, written by operators and read by everybody (ACC-10, OPS-1).

mod read;
mod write;

pub use store::content::Content;

pub use read::{everything, published};
pub use write::{Words, create, edit, turn};
