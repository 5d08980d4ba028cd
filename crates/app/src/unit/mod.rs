//! Units: who stands for them, and whether they are certified.

mod list;
mod register;
mod standing;

pub use list::{Item, get, list};
pub use register::{NewUnit, Registered, register};
pub use standing::{is_certified, require_administrator, require_certified, require_member};
