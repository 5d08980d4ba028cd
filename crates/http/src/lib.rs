//! Routes, wire types, sessions, and the one place where errors become problem+json.
//!
//! Invariant: this crate knows no SQL, calls no provider and decides no rule. It turns bytes into the arguments of one
//! use case and its outcome into bytes. The inside text of an error never leaves here.

mod account;
mod application;
mod asker;
mod asker_account;
mod bank;
pub mod body;
mod caller;
mod camera;
mod cashier;
mod client_ip;
mod content;
mod cookie;
mod edge;
mod fault;
mod holding;
pub mod idempotency;
mod identity;
mod install;
mod invitation;
mod material;
mod membership;
mod operation;
mod operator;
mod order;
mod page;
mod password;
mod path;
mod person;
mod pki;
mod platform;
mod poll;
pub mod problem;
mod recovery;
mod router;
mod sandbox;
mod scan;
mod scan_run;
mod scan_session;
mod seal;
mod session;
mod sms_code;
mod specimen_register;
mod system;
mod takeover;
mod unit;
mod unit_change;
mod unit_material;
mod unit_permission;
mod unit_profile;
mod verification;
mod web;
mod wire;

pub use body::Json;
pub use caller::Signed;
pub use client_ip::ClientIp;
pub use idempotency::Once;
pub use problem::Problem;
pub use router::{BODY_BYTES_MAX, dress, openapi, router};
