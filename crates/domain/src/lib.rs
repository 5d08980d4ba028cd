//! The rules: who may, until when, how many are left, what it costs.
//!
//! Invariant: this crate knows no async, SQL, HTTP, wire format, clock or randomness. Time and random bytes are
//! arguments, so every rule is a function that gives the same answer for the same input.

pub mod account;
pub mod application;
pub mod balance;
pub mod certification;
pub mod check_digit;
pub mod content;
pub mod country;
pub mod deposit;
pub mod document;
pub mod entitlement;
pub mod face;
pub mod fault;
pub mod holding;
pub mod id;
pub mod id_card_reading;
pub mod mark;
pub mod membership;
pub mod money;
pub mod operator;
pub mod order;
pub mod password;
pub mod permit;
pub mod person;
pub mod policy;
pub mod product;
pub mod recovery;
pub mod review;
pub mod scan_run;
pub mod scan_session;
pub mod seal;
pub mod session;
pub mod sms_code;
pub mod time;
pub mod unit;
pub mod unit_change;
pub mod unit_permission;
pub mod unit_profile;
pub mod usability;

pub use id::Id;
pub use money::Fen;
pub use time::{Day, Instant};
