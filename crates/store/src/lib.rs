//! SQL for SQLite and PostgreSQL, paired migrations, blobs, wake-ups, sealed columns; one file per noun.
//!
//! Invariant: this crate knows no rules and calls no provider. What it stores has been decided elsewhere; time is an
//! argument. One SQL text serves both engines; what must differ is in `dialect.rs`.
//!
//! Conventions of the tables: integers (counts, fen, booleans as 0 and 1) are `BIGINT`, instants `BIGINT` microseconds
//! named `…_us`, enums `TEXT` with a `CHECK`, ids `TEXT`, every mutable row has a `version` that updates test.
//! The vault lives here and not above, since a personal column is only ever written sealed.

pub mod application;
pub mod asker;
pub mod audit;
pub mod balance;
pub mod blob;
pub mod cancellation;
pub mod certificate;
pub mod certificate_grant;
pub mod content;
pub mod counter;
pub mod crl;
mod db;
pub mod deposit;
pub mod device;
mod dialect;
pub mod entitlement;
mod error;
pub mod evidence;
pub mod face_check;
pub mod fault;
pub mod holding;
pub mod idempotency;
pub mod install;
pub mod invitation;
pub mod job;
pub mod key_half;
pub mod material;
pub mod membership;
pub mod migrate;
pub mod operation;
pub mod operator;
pub mod order;
pub mod paper;
pub mod password;
pub mod password_reset;
pub mod payment;
pub mod person;
pub mod phone_change;
pub mod platform;
pub mod product;
mod query;
pub mod recovery;
pub mod review;
mod row;
pub mod scan_run;
pub mod scan_session;
pub mod seal;
pub mod session;
pub mod setting;
pub mod sms_code;
pub mod unit;
pub mod unit_change;
pub mod unit_material;
pub mod unit_permission;
pub mod unit_profile;
mod value;
pub mod vault;
pub mod wake;

pub use db::{Db, Exec, Tx};
pub use error::{Error, Result};
pub use query::Query;
pub use row::Row;
pub use value::Value;
pub use vault::Vault;
pub use wake::Wake;
