//! One binary for every test that needs the running system; one module per noun.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends at the first thing that is wrong"
)]

mod access;
mod account;
mod application;
mod busy;
mod content;
mod counter;
mod database;
mod desk;
mod granted;
mod idempotency;
mod identity;
mod identity_review;
mod install;
mod job;
mod membership;
mod migration;
mod operator;
mod operator_case;
mod order;
mod password;
mod password_change;
mod password_kept;
mod password_reset;
mod person;
mod personal;
mod pki;
mod problem;
mod recovery;
mod refused;
mod review;
mod scan;
mod scan_edge;
mod scan_login;
mod scan_mode;
mod scan_reissue;
mod scan_run;
mod scan_unseal;
mod seal;
mod session;
mod sign_in;
mod sweep;
mod takeover;
mod unit;
mod unit_change;
mod unit_deposit;
mod unit_material;
mod unit_permission;
mod unit_profile;
mod unit_review;
mod vendor;
mod verification;
mod verified;
mod wake;
mod web;
