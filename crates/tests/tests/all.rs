//! One binary for every test that needs the running system; one module per noun.

mod counter;
mod idempotency;
mod install;
mod job;
mod migration;
mod order;
mod password;
mod person;
mod pki;
mod problem;
mod session;
mod unit;
