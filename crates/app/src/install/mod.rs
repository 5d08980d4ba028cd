//! Installs: how a certificate comes to a device. Three steps, each of which may be repeated byte for byte and then gets
//! its first answer (PROTOCOL section 7).

mod certificate;
mod finish;
mod key;
mod start;
mod subject;

pub use certificate::{Issued, certificate};
pub use key::{NewKey, key};
pub use start::{NewInstall, Started, start};

pub(crate) use subject::unit_subject;

use domain::Instant;
use domain::id::InstallId;
use protocol::sha256;
use store::install::{Install, State};

use crate::{App, Caller, Error, Result};

/// What is not finished by then is void together with its server half.
const LIFETIME_S: i64 = 10 * 60;

/// The only usage so far; encryption pairs come with their escrow.
pub const USAGE_SIGN: &str = "sign";

/// The job's name: makes void what was not finished in time.
pub const SWEEP_JOB: &str = "install.sweep";

/// Installs of one sweep; what is left has a job of its own, as each has.
const SWEPT_MAX: u32 = 500;

/// Forgets the secrets of installs that were not finished in time. Repeatable.
///
/// # Errors
/// When the database fails.
pub async fn sweep(app: &App) -> Result<()> {
    store::install::sweep(&app.db, app.now(), SWEPT_MAX).await?;
    Ok(())
}

/// The digest by which a repeat is known: every part with its length before it.
fn request_digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    sha256(&bytes)
}

/// The caller's install.
async fn find(app: &App, caller: &Caller, id: InstallId) -> Result<Install> {
    let install = store::install::find(&app.db, id)
        .await?
        .filter(|install| install.device_id == caller.device_id);
    install.ok_or_else(|| Error::not_found("install_not_found"))
}

fn mismatch() -> Error {
    Error::conflict("install_mismatch")
}

fn expired() -> Error {
    Error::gone("install_expired")
}

fn refused(error: cosign::Error) -> Error {
    Error::invalid("cosign_refused").because(error)
}

/// Whether an install may take its next step at `now`.
fn is_live(install: &Install, now: Instant) -> bool {
    install.state != State::Void && now < install.expires_at
}
