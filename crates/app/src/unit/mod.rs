//! Units: who stands for them, and whether they are certified.

mod check;
mod create;
pub mod deposit;
mod foreign;
mod licence;
mod list;
mod paper;
mod register;
mod review;
mod standing;

pub use foreign::{Foreign, register_foreign};
pub use licence::show_licence;
pub use list::{Item, PendingItem, Units, get, list};
pub use paper::{Papers, Recognised, recognise};
pub use register::{Empowered, NewUnit, Registered, Registrant, register};
pub use review::{Asked, Handed, HandedIn, Wish, ask_review, asked, offered};
pub use standing::{is_certified, require_administrator, require_certified, require_member};

pub(crate) use check::{check as check_register, failed_today};
pub(crate) use foreign::settle_foreign;
pub(crate) use paper::{is_over, read as read_paper, retake};
pub(crate) use review::settle_registration;
