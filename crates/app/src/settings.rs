//! What the operator decided at the start.

use std::path::PathBuf;

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
    /// Where files live.
    pub data: PathBuf,
}
