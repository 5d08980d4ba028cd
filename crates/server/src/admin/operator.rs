//! The first operator, and the log of what all of them did.

use anyhow::{Result, bail};
use app::audit::Verified;
use domain::operator::OperatorRole;

use super::with_app;
use crate::config::Config;
use crate::console;

/// Reads a role.
pub(super) fn role(text: &str) -> Result<OperatorRole, String> {
    OperatorRole::parse(text).ok_or_else(|| {
        let roles: Vec<&str> = OperatorRole::ALL.iter().map(|role| role.as_str()).collect();
        format!("one of {} is expected", roles.join(", "))
    })
}

/// Reads a digest.
pub(super) fn head(text: &str) -> Result<[u8; 32], String> {
    let mut head = [0; 32];
    match hex::decode_to_slice(text, &mut head) {
        Ok(()) => Ok(head),
        Err(_) => Err("64 hexadecimal digits are expected".to_owned()),
    }
}

/// Makes an operator.
pub(super) fn create(config: &Config, name: &str, roles: &[OperatorRole]) -> Result<()> {
    with_app(config, async |app| {
        let made = match app::operator::make_by_command_line(app, name, roles).await {
            Ok(made) => made,
            Err(error) => bail!("{}", words(&error)),
        };
        console::say(&format!("operator  {}", made.operator_id));
        console::say(&format!("password  {}", *made.one_time_password));
        console::say(&format!(
            "Sign in at {}/console/ and choose another password; this one is shown once.",
            app.settings.public_url
        ));
        Ok(())
    })
}

/// Goes over the audit log. A log that is broken is an error, so that scripts notice.
pub(super) fn verify(config: &Config, kept: Option<[u8; 32]>) -> Result<()> {
    with_app(config, async |app| {
        match app::audit::verify(app, kept).await {
            Ok(Verified::Whole { entries, head }) => {
                console::say(&format!("whole: {entries} entries"));
                console::say(&format!("head   {head}"));
                Ok(())
            }
            Ok(Verified::Broken { seq }) => {
                bail!("the audit log is broken: entry {seq} is missing, altered or too many")
            }
            Err(error) if error.code() == "audit_head_unknown" => {
                bail!("the audit log is broken: it does not lead through the digest that was kept")
            }
            Err(error) => Err(error.into()),
        }
    })
}

fn words(error: &app::Error) -> &'static str {
    match error.code() {
        "operator_name_invalid" => "the name must be one line of 1 to 30 characters",
        "operator_exists" => "there is an operator of this name",
        "operator_roles_clash" => {
            "an administrator decides nothing: reviewer and finance are for other operators"
        }
        code => code,
    }
}
