//! Applications: what waits for administrators, how they decide, and everybody's own.

mod ask;
mod decide;
mod grant;
mod own;
mod reason;
mod tasks;

pub use ask::{AskableProduct, ask_certificates, ask_seals, askable_products};
pub use decide::{Decision, decide};
pub use own::{OwnApplication, OwnApplications, own};
pub use tasks::{Task, tasks};

pub use store::application::About;

pub(crate) use ask::{distinct, hand_in, require_room};
pub(crate) use reason::{new, reason_of};
