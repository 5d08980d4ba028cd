//! Numbers that carry check characters, and the careful repair of one that was misread.

mod confusion;
mod id_number;
mod uscc;

pub use id_number::{IdNumber, date_exists};
pub use uscc::{Uscc, has_organisation_check};

/// What a number looked like and what it must have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Its check holds as read.
    AsRead,
    /// Its check did not hold, and exactly one small correction makes it hold.
    Repaired,
}
