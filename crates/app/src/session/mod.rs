//! Sign-ins.

mod authenticate;

pub use authenticate::authenticate;
