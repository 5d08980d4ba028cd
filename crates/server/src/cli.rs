//! The command line: one variant per subcommand, one file per variant.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::admin::{self, AdminCommand};
use crate::config::Flags;
use crate::console;
use crate::demo::DemoArgs;
use crate::desk::DeskArgs;
use crate::pdf::{self, PdfCommand};
use crate::{config_check, demo, desk, openapi, serve};

/// Digital certificates and electronic seals on the phone.
#[derive(Debug, Parser)]
#[command(name = "hulian", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service.
    Serve(Flags),
    /// Play the whole story on a PDF: person, phone half, desk and server.
    Demo(DemoArgs),
    /// Run the bid tool: seal documents on this computer, with the phone.
    Desk(DeskArgs),
    /// Print the API's description (OpenAPI, JSON).
    Openapi,
    /// Act in an emergency.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Seal, verify and un-seal PDF files with a key of one's own.
    #[command(subcommand)]
    Pdf(PdfCommand),
    /// Look at the configuration.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Say what holds and what is wrong, and start nothing.
    Check(Flags),
}

/// Reads the command line and runs it.
#[must_use]
pub fn run() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => cli.run(),
        // What belongs to `pdf` is a promise to scripts: its exit code 2 means something else than "wrong usage".
        Err(error)
            if error.use_stderr() && std::env::args().nth(1).is_some_and(|it| it == "pdf") =>
        {
            pdf::wrong_usage(&error)
        }
        Err(error) => error.exit(),
    }
}

impl Cli {
    /// Runs the subcommand; errors go to the standard error stream with their causes.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let outcome = match self.command {
            Command::Serve(flags) => serve::run(flags),
            Command::Demo(args) => demo::run(args),
            Command::Desk(args) => desk::run(args),
            Command::Openapi => openapi::run(),
            Command::Admin { command } => admin::run(command),
            Command::Pdf(command) => return command.run(),
            Command::Config {
                command: ConfigCommand::Check(flags),
            } => config_check::run(flags),
        };
        match outcome {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                console::complain(&format!("hulian: {error:#}"));
                ExitCode::FAILURE
            }
        }
    }
}
