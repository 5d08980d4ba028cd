//! Applications: what waits for administrators, how they decide, and everybody's own.

mod decide;
mod own;
mod reason;
mod tasks;

pub use decide::{Decision, decide};
pub use own::{OwnApplication, OwnApplications, own};
pub use tasks::{Task, tasks};

pub(crate) use reason::{new, reason_of};
