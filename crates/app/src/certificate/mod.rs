//! X.509 certificates of holdings.

mod chain;
mod revoke;

pub use chain::{algorithm, chain, family};
pub use revoke::revoke;

use domain::id::HoldingId;
use store::Exec;
use store::certificate::Certificate;

use crate::Result;

/// The signing certificate that a holding uses now, whatever its status.
///
/// # Errors
/// When the database fails.
pub async fn in_force(at: impl Into<Exec<'_>>, holding: HoldingId) -> Result<Option<Certificate>> {
    Ok(store::certificate::in_force(at, holding).await?)
}
