//! National numbers and their check digits. Each type can only be made from a text that passed its check.

mod areas;
mod hkid;
mod id_card;
mod phone;
mod uscc;

pub use areas::{Areas, AreasInvalid};
pub use hkid::hkid;
pub use id_card::{IdCard, IdCardError};
pub use phone::{Area, CallingCode, Phone, PhoneError};
pub use uscc::{Uscc, UsccError};
