//! `hulian admin`: what an operator needs at once when something went wrong.

mod operator;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use app::App;
use clap::Subcommand;
use domain::id::PersonId;
use domain::operator::OperatorRole;

use crate::config::{Config, Flags};
use crate::{console, custody, wiring};

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(crate) enum AdminCommand {
    /// The keys outside the database.
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Sign-ins.
    Sessions {
        #[command(subcommand)]
        command: SessionsCommand,
    },
    /// Make an operator and print a password for the first sign-in at the console.
    Create {
        /// The name to sign in with; the other operators see it.
        #[arg(long)]
        name: String,
        /// What for: `reviewer`, `content`, `finance`, `security` or `administrator`; may be given several times.
        #[arg(long = "role", required = true, value_name = "ROLE", value_parser = operator::role)]
        roles: Vec<OperatorRole>,
        #[command(flatten)]
        flags: Flags,
    },
    /// The log of what operators did.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Go over the whole log: say whether it is whole, else where it breaks, and print the digest of its last entry.
    Verify {
        /// A digest that was printed before and kept elsewhere: the log must have led through it.
        #[arg(long, value_name = "HEX", value_parser = operator::head)]
        head: Option<[u8; 32]>,
        #[command(flatten)]
        flags: Flags,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Name the key files; what is in them is never shown.
    List(Flags),
    /// Give keys that stand in their files as they are to the module that [key_custody] names.
    Seal(Flags),
}

#[derive(Debug, Subcommand)]
pub(crate) enum SessionsCommand {
    /// End every session of a person: the next request of any of their devices is refused.
    End {
        /// The person's id.
        #[arg(long, value_name = "ID")]
        person: PersonId,
        #[command(flatten)]
        flags: Flags,
    },
}

pub(crate) fn run(command: AdminCommand) -> Result<()> {
    match command {
        AdminCommand::Keys {
            command: KeysCommand::List(flags),
        } => list_keys(&Config::load(flags)?.keys),
        AdminCommand::Keys {
            command: KeysCommand::Seal(flags),
        } => custody::seal(&Config::load(flags)?),
        AdminCommand::Sessions {
            command: SessionsCommand::End { person, flags },
        } => end_sessions(&Config::load(flags)?, person),
        AdminCommand::Create { name, roles, flags } => {
            operator::create(&Config::load(flags)?, &name, &roles)
        }
        AdminCommand::Audit {
            command: AuditCommand::Verify { head, flags },
        } => operator::verify(&Config::load(flags)?, head),
    }
}

fn list_keys(folder: &Path) -> Result<()> {
    let unreadable = || format!("cannot read the keys folder {}", folder.display());
    let mut lines = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        let facts = entry.metadata().with_context(unreadable)?;
        if facts.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            lines.push(format!("{name:<20} {:>6} bytes", facts.len()));
        }
    }
    lines.sort();
    lines.iter().for_each(|line| console::say(line));
    Ok(())
}

fn end_sessions(config: &Config, person: PersonId) -> Result<()> {
    with_app(config, async |app| {
        let ended = app::session::end_all(app, person).await?;
        console::say(&format!("{ended} sessions ended"));
        Ok(())
    })
}

/// Does something with a system that is there.
fn with_app<T>(config: &Config, work: impl AsyncFnOnce(&App) -> Result<T>) -> Result<T> {
    // A mistyped folder must not become a new, empty system.
    ensure!(
        config.data.is_dir() && config.keys.is_dir(),
        "there is no system in {} with keys in {}",
        config.data.display(),
        config.keys.display()
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let app = wiring::app(config, config.listen.port(), config.phone_listen.port()).await?;
        let done = work(&app).await;
        app.db.close().await;
        done
    })
}
