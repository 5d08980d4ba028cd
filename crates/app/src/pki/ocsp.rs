//! Answer OCSP requests (RFC 6960) from the rows.

use std::collections::HashMap;

use domain::product::Algorithm;
use domain::usability;
use issuer::Status;
use store::certificate::Certificate;

use super::crl::reason;
use crate::certificate::family;
use crate::{App, Result};

/// Always a DER response; what cannot be read is refused in it.
///
/// # Errors
/// When the database fails.
pub async fn ocsp(app: &App, ca: Algorithm, request: &[u8]) -> Result<Vec<u8>> {
    let mut known = HashMap::new();
    if let Ok(request) = gm_pki::ocsp::parse_request(request) {
        for id in request.ids {
            let found =
                store::certificate::by_serial(&app.db, ca, &hex::encode(&id.serial)).await?;
            if let Some(certificate) = found {
                known.insert(id.serial, status(&certificate));
            }
        }
    }
    let lookup = |serial: &[u8]| known.get(serial).copied().unwrap_or(Status::Unknown);
    Ok(app
        .issuer
        .ocsp(family(ca), request, lookup, app.now().seconds()))
}

fn status(certificate: &Certificate) -> Status {
    match (certificate.status, certificate.revoked_at) {
        (usability::Status::Good, _) => Status::Good,
        (_, at) => Status::Revoked {
            at: at.unwrap_or(certificate.not_before).seconds(),
            reason: reason(certificate.reason.unwrap_or(0)),
        },
    }
}
