//! Seals: made by an administrator from a template, shown, and checked at every use.

mod artwork;
mod list;
mod make;
mod usable;

pub use artwork::{Picture, picture};
pub use list::{Listed, Owned, of_unit, own};
pub use make::{MakeSeal, make, preview};
pub use usable::{Usable, check, offered};
