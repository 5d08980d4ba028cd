//! The binary `hulian`: configuration, wiring, subcommands.
//!
//! Invariant: this crate decides nothing. It reads what the operator wants, puts the layers together and gives them a
//! place to run; a subcommand has a file of its own.

mod admin;
pub mod cli;
pub mod config;
mod config_check;
mod console;
mod demo;
mod openapi;
mod pdf;
mod phone_origin;
pub mod serve;
mod shutdown;
pub mod wiring;
