//! The binary hulian: configuration, wiring, subcommands.
