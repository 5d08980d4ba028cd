//! Time stamps over signature values, by the stamper of the same family.

use gm_pki::Algorithm;

use crate::scan::SigningCertificate;
use crate::{App, Error, Result};

/// An RFC 3161 token over the signature value. Asked before the transaction that records the signature, never inside.
///
/// # Errors
/// `timestamp_unavailable`: try again, nothing is lost.
pub async fn stamp(app: &App, certificate: &SigningCertificate, value: &[u8]) -> Result<Vec<u8>> {
    let family: Algorithm = certificate.algorithm();
    let stamped = app.providers.timestamp.stamp(family, &family.digest(value)).await;
    stamped.map_err(|failure| Error::unavailable("timestamp_unavailable").because(failure))
}
