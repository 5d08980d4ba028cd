//! Time stamps over signature values, by a stamper of the same family: one from outside where the operator has one,
//! else the service's own.

use domain::product::Algorithm;
use providers::timestamp::Family;

use crate::scan::SigningCertificate;
use crate::{App, Error, Result};

/// An RFC 3161 token over the signature value. Asked before the transaction that records the signature, never inside.
///
/// # Errors
/// `timestamp_unavailable`: try again, nothing is lost.
pub async fn stamp(app: &App, certificate: &SigningCertificate, value: &[u8]) -> Result<Vec<u8>> {
    let digest = certificate.algorithm().digest(value);
    let unavailable = || Error::unavailable("timestamp_unavailable");
    if let Some(outside) = &app.providers.timestamp {
        let family = match certificate.row.ca {
            Algorithm::Rsa => Family::Rsa,
            Algorithm::Sm2 => Family::Sm2,
        };
        return outside
            .stamp(family, &digest)
            .await
            .map_err(|failure| unavailable().because(failure));
    }
    let family = crate::certificate::family(certificate.row.ca);
    let stamped = app
        .issuer
        .timestamp(family, &digest, app.now().seconds(), None, &mut app.rng());
    stamped.map_err(|failure| unavailable().because(failure))
}
