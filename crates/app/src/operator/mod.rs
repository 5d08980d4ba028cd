//! Operators: the people behind the app (OPS-1). Whoever signs in has a password and a code of their second factor; what
//! they may do follows from their roles, and each act of theirs is in the audit log.

mod acting;
mod audit_log;
mod list;
mod make;
mod manage;
mod name;
mod password;
mod session;
mod sign_in;
mod totp;
mod tries;

pub use acting::{Acting, SignedIn};
pub use audit_log::{Entry, Page, audit_log, audit_verify};
pub use list::{Item, list};
pub use make::{Made, make, make_by_command_line};
pub use manage::{Change, change, change_own_password};
pub(crate) use name::Names;
pub use session::{Tokens, authenticate, refresh, sign_out};
pub use sign_in::{Next, Step, begin, choose_password, finish};
pub use totp::code;
