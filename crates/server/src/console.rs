//! Lines for people on the terminal. A closed pipe is no error.

use std::io::{self, Write};

/// To the standard output.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// To the standard error stream.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
