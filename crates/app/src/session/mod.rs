//! Sign-ins.

mod authenticate;
mod end;
mod refresh;
mod sign_in;
mod token;

pub use authenticate::authenticate;
pub use end::{end_all, sign_out};
pub use refresh::refresh;
pub use sign_in::{SignIn, sign_in};
pub use token::Tokens;
