//! The server's halves of keys, sealed under a key outside the database.

use domain::Instant;
use domain::id::{CertificateId, HoldingId, InstallId, KeyHalfId};
use domain::product::Algorithm;

use crate::{Exec, Result, Tx, sql};

/// A sealed half.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyHalf {
    /// Its id.
    pub id: KeyHalfId,
    /// Of which holding.
    pub holding_id: HoldingId,
    /// Of which certificate's key.
    pub certificate_id: CertificateId,
    /// The key's algorithm.
    pub algorithm: Algorithm,
    /// The install whose id is authenticated with the sealed bytes.
    pub install_id: InstallId,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
}

/// The half of a certificate's key, while it is in force.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, certificate: CertificateId) -> Result<Option<KeyHalf>> {
    let text = "SELECT id, holding_id, certificate_id, algorithm, install_id, sealed FROM key_half WHERE certificate_id = $1";
    let Some(row) = sql!("key_half.find", text, certificate)
        .optional(at)
        .await?
    else {
        return Ok(None);
    };
    Ok(Some(KeyHalf {
        id: row.parse("id")?,
        holding_id: row.parse("holding_id")?,
        certificate_id: row.parse("certificate_id")?,
        algorithm: row.parse("algorithm")?,
        install_id: row.parse("install_id")?,
        sealed: row.blob("sealed")?,
    }))
}

/// Puts a half in force and deletes the one that was: a holding has one signing key.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn replace(tx: &mut Tx, half: &KeyHalf, now: Instant) -> Result<()> {
    remove(&mut *tx, half.holding_id).await?;
    let text = "INSERT INTO key_half (id, holding_id, usage, certificate_id, algorithm, install_id, sealed, created_us)
        VALUES ($1, $2, 'sign', $3, $4, $5, $6, $7)";
    sql!(
        "key_half.insert",
        text,
        half.id,
        half.holding_id,
        half.certificate_id,
        half.algorithm.as_str(),
        half.install_id,
        &half.sealed,
        now
    )
    .execute_one(tx)
    .await
}

/// Deletes the half of a holding: the device's half is worthless from then on.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn remove(tx: &mut Tx, holding: HoldingId) -> Result<()> {
    sql!(
        "key_half.remove",
        "DELETE FROM key_half WHERE holding_id = $1 AND usage = 'sign'",
        holding
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// Deletes the half of a certificate's key.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn remove_of(tx: &mut Tx, certificate: CertificateId) -> Result<()> {
    sql!(
        "key_half.remove_of",
        "DELETE FROM key_half WHERE certificate_id = $1",
        certificate
    )
    .execute(tx)
    .await
    .map(|_| ())
}
