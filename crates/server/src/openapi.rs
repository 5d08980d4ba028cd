//! `hulian openapi`: the API's description, as it is committed under `docs/api`.

use anyhow::Result;

use crate::console;

/// Prints it.
pub(crate) fn run() -> Result<()> {
    console::say(&serde_json::to_string_pretty(&http_api::openapi())?);
    Ok(())
}
