//! The bid tool against the real service: everything through its local API, as its page would.

mod api;
mod damaged;
mod files;
mod guard;
mod pick;
mod run;
mod seal;
mod sign_in;
mod trouble;
mod unseal;
