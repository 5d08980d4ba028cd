//! Askers: bid tools and platforms that may open scan sessions (PROTOCOL section 8).

mod authenticate;
mod register;

pub use authenticate::{Signed, authenticate};
pub use register::{Registration, register};
pub use store::asker::Asker;
