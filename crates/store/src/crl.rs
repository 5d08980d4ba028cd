//! The last revocation list of each issuer.

use domain::Instant;
use domain::product::Algorithm;

use crate::{Exec, Result, Tx, sql};

/// A list as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crl {
    /// Its number, raised with each list.
    pub number: i64,
    /// The list.
    pub der: Vec<u8>,
    /// When the next one is due.
    pub next_update: Instant,
    /// Whether something was revoked since.
    pub stale: bool,
    /// Raised with each change.
    pub version: u32,
}

/// The last list of an issuer (`root` or `issuing`).
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, ca: Algorithm, issuer: &str) -> Result<Option<Crl>> {
    let text =
        "SELECT number, der, next_update_us, stale, version FROM crl WHERE ca = $1 AND issuer = $2";
    let Some(row) = sql!("crl.find", text, ca.as_str(), issuer)
        .optional(at)
        .await?
    else {
        return Ok(None);
    };
    Ok(Some(Crl {
        number: row.int("number")?,
        der: row.blob("der")?,
        next_update: row.instant("next_update_us")?,
        stale: row.bool("stale")?,
        version: row.u32("version")?,
    }))
}

/// Keeps a new list, if nothing happened since `crl.version` (0 when there was none) was read. Says whether it was kept.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn put(at: impl Into<Exec<'_>>, ca: Algorithm, issuer: &str, crl: &Crl) -> Result<bool> {
    let text = "INSERT INTO crl (ca, issuer, number, der, next_update_us, stale) VALUES ($1, $2, $3, $4, $5, 0)
        ON CONFLICT (ca, issuer) DO UPDATE SET number = excluded.number, der = excluded.der,
        next_update_us = excluded.next_update_us, stale = 0, version = crl.version + 1 WHERE crl.version = $6";
    let changed = sql!(
        "crl.put",
        text,
        ca.as_str(),
        issuer,
        crl.number,
        &crl.der,
        crl.next_update,
        crl.version
    )
    .execute(at)
    .await?;
    Ok(changed == 1)
}

/// Says that the list no longer tells everything; in the transaction of the revocation.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn mark_stale(tx: &mut Tx, ca: Algorithm) -> Result<()> {
    let text =
        "UPDATE crl SET stale = 1, version = version + 1 WHERE ca = $1 AND issuer = 'issuing'";
    sql!("crl.mark_stale", text, ca.as_str())
        .execute(tx)
        .await
        .map(|_| ())
}
