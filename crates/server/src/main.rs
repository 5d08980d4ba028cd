//! The binary `hulian`.

use std::process::ExitCode;

use hulian_server::cli;

fn main() -> ExitCode {
    cli::run()
}
