//! Who belongs to a unit: coming in, leaving, being removed, and the administrator's place.

mod end;
mod enter;
mod join;
mod leave;
mod list;
mod remove;
mod scene;
mod search;
mod transfer;

pub use join::{Joined, Wish, join};
pub use leave::leave;
pub use list::{MemberView, Members, members};
pub use remove::{ask_removal, remove};
pub use search::{Found, search};
pub use transfer::transfer;

pub(crate) use end::end;
pub(crate) use enter::enter;
pub(crate) use scene::{Scene, refused};
pub(crate) use transfer::step_down;
