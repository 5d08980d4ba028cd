//! Askers: bid tools and platforms that may open scan sessions (PROTOCOL section 8).

mod account;
mod authenticate;
mod register;

pub use account::{
    Account, AccountSeal, SignedIn, account, is_registered, seals, sign_out, signed_in,
};
pub use authenticate::{Signed, authenticate};
pub use register::{Registration, register};
pub use store::asker::Asker;
pub use store::unit::Unit;
