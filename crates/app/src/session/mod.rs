//! Sign-ins.

mod authenticate;
mod edition;
mod end;
mod list;
mod refresh;
mod sign_in;
mod token;

pub use authenticate::authenticate;
pub use edition::switch;
pub use end::{end_all, end_one, end_others, sign_out};
pub use list::{Item, list};
pub use refresh::refresh;
pub use sign_in::{SignIn, sign_in};
pub use token::Tokens;
