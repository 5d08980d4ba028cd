//! The binary `hulian`.

use std::process::ExitCode;

use clap::Parser;
use hulian_server::cli::Cli;

fn main() -> ExitCode {
    Cli::parse().run()
}
