//! Revoke or suspend a certificate (CERT-16+).

use domain::id::CertificateId;
use domain::usability::Status;
use issuer::Reason;
use store::Tx;

use crate::{App, Result};

/// In the caller's transaction: the row, the revocation list's staleness, and the end of the server's half. A certificate
/// on hold keeps its half, since a new grant may resume it. Says whether anything changed.
///
/// # Errors
/// When the database fails.
pub async fn revoke(app: &App, tx: &mut Tx, id: CertificateId, reason: Reason) -> Result<bool> {
    let Some(certificate) = store::certificate::find(&mut *tx, id).await? else {
        return Ok(false);
    };
    let status = if reason == Reason::CertificateHold {
        Status::Suspended
    } else {
        Status::Revoked
    };
    let changed =
        store::certificate::revoke(tx, id, status, u32::from(reason.code()), app.now()).await?;
    if changed {
        store::crl::mark_stale(tx, certificate.ca).await?;
    }
    if changed && status == Status::Revoked {
        store::key_half::remove_of(tx, id).await?;
    }
    Ok(changed)
}
