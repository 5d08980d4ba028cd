//! What the operator decided at the start.

use std::path::PathBuf;

use domain::check_digit::Areas;
use domain::policy::Policy;
use store::password::Stretch;

/// Settings that hold until the next start.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Origin of console, verification page, sandbox and API documents, without a slash at the end.
    pub public_url: String,
    /// Origin of the phone app, which keeps key halves and shares it with nothing else.
    pub phone_url: String,
    /// Address of `/pki`, written into every certificate and fixed at first start.
    pub pki_url: String,
    /// No stand-ins, no sandbox pages.
    pub production: bool,
    /// Which evidence verifies people and certifies units.
    pub policy: Policy,
    /// From where people may sign in.
    pub areas: Areas,
    /// Where files live.
    pub data: PathBuf,
}

impl Settings {
    /// Which evidence this deployment asks for: production always asks for all of it.
    #[must_use]
    pub const fn policy(&self) -> Policy {
        if self.production {
            Policy::Production
        } else {
            self.policy
        }
    }

    /// How new certificate passwords are stretched: what OWASP names as the least for Argon2id.
    #[must_use]
    pub const fn password_stretch(&self) -> Stretch {
        Stretch {
            memory_kib: 19_456,
            iterations: 2,
            parallelism: 1,
        }
    }
}
