//! X.509 certificates, and what was recorded before they were signed.

use domain::Instant;
use domain::id::{CertificateId, DeviceId, HoldingId, InstallId};
use domain::product::Algorithm;
use domain::usability::Status;

use crate::{Exec, Result, Row, Tx, sql};

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, holding_id, device_id, ca, serial, der, not_before_us, not_after_us, status, revoked_us, reason, in_force, version
            FROM certificate ",
            $tail
        )
    };
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Its id.
    pub id: CertificateId,
    /// Of which holding.
    pub holding_id: HoldingId,
    /// The device that has the other half of the key.
    pub device_id: DeviceId,
    /// The family that issued it, which is that of its key.
    pub ca: Algorithm,
    /// Hexadecimal, lower case, without sign byte.
    pub serial: String,
    /// The certificate.
    pub der: Vec<u8>,
    /// Its first instant.
    pub not_before: Instant,
    /// Its last second.
    pub not_after: Instant,
    /// What the issuer says of it.
    pub status: Status,
    /// Since when it is suspended or revoked.
    pub revoked_at: Option<Instant>,
    /// CRLReason, RFC 5280 section 5.3.1.
    pub reason: Option<u32>,
    /// Whether its holding uses it now.
    pub in_force: bool,
    /// Raised with each change.
    pub version: u32,
}

/// A line of a revocation list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// Hexadecimal.
    pub serial: String,
    /// Since when.
    pub at: Instant,
    /// CRLReason.
    pub reason: u32,
}

const fn status_word(status: Status) -> &'static str {
    match status {
        Status::Good => "good",
        Status::Suspended => "suspended",
        Status::Revoked => "revoked",
    }
}

fn status_of(row: &Row) -> Result<Status> {
    let word = row.text("status")?;
    [Status::Good, Status::Suspended, Status::Revoked]
        .into_iter()
        .find(|status| status_word(*status) == word)
        .ok_or_else(|| crate::Error::Column {
            column: "status".to_owned(),
            expected: "a status",
        })
}

fn from_row(row: &Row) -> Result<Certificate> {
    Ok(Certificate {
        id: row.parse("id")?,
        holding_id: row.parse("holding_id")?,
        device_id: row.parse("device_id")?,
        ca: row.parse("ca")?,
        serial: row.text("serial")?,
        der: row.blob("der")?,
        not_before: row.instant("not_before_us")?,
        not_after: row.instant("not_after_us")?,
        status: status_of(row)?,
        revoked_at: row.opt_instant("revoked_us")?,
        reason: row
            .opt_int("reason")?
            .and_then(|reason| u32::try_from(reason).ok()),
        in_force: row.bool("in_force")?,
        version: row.u32("version")?,
    })
}

/// One by id.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: CertificateId) -> Result<Option<Certificate>> {
    let row = sql!("certificate.find", select!("WHERE id = $1"), id)
        .optional(at)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// The signing certificate that a holding uses now.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn in_force(at: impl Into<Exec<'_>>, holding: HoldingId) -> Result<Option<Certificate>> {
    let text = select!("WHERE holding_id = $1 AND usage = 'sign' AND in_force = 1");
    let row = sql!("certificate.in_force", text, holding)
        .optional(at)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// One by family and serial number.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn by_serial(
    at: impl Into<Exec<'_>>,
    ca: Algorithm,
    serial: &str,
) -> Result<Option<Certificate>> {
    let text = select!("WHERE ca = $1 AND serial = $2");
    let row = sql!("certificate.by_serial", text, ca.as_str(), serial)
        .optional(at)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// Adds one and puts it in force; the former one must have been put out of force.
///
/// # Errors
/// [`crate::Error::Conflict`] when another one is in force.
pub async fn insert(tx: &mut Tx, certificate: &Certificate, now: Instant) -> Result<()> {
    let text = "INSERT INTO certificate (id, holding_id, device_id, usage, ca, serial, der, not_before_us, not_after_us, status,
        in_force, created_us) VALUES ($1, $2, $3, 'sign', $4, $5, $6, $7, $8, 'good', 1, $9)";
    sql!(
        "certificate.insert",
        text,
        certificate.id,
        certificate.holding_id,
        certificate.device_id,
        certificate.ca.as_str(),
        &certificate.serial,
        &certificate.der,
        certificate.not_before,
        certificate.not_after,
        now
    )
    .execute_one(tx)
    .await
}

/// Puts the certificate of a holding out of force.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn retire(tx: &mut Tx, holding: HoldingId) -> Result<()> {
    let text = "UPDATE certificate SET in_force = 0, version = version + 1 WHERE holding_id = $1 AND usage = 'sign' AND in_force = 1";
    sql!("certificate.retire", text, holding)
        .execute(tx)
        .await
        .map(|_| ())
}

/// Revokes or suspends; one that is revoked stays as it is. Says whether anything changed.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn revoke(
    tx: &mut Tx,
    id: CertificateId,
    status: Status,
    reason: u32,
    now: Instant,
) -> Result<bool> {
    let text =
        "UPDATE certificate SET status = $1, revoked_us = $2, reason = $3, version = version + 1
        WHERE id = $4 AND status <> 'revoked' AND status <> $1";
    Ok(sql!(
        "certificate.revoke",
        text,
        status_word(status),
        now,
        reason,
        id
    )
    .execute(tx)
    .await?
        == 1)
}

/// What a revocation list of a family holds at `now`; what has ended by itself is left out.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn revoked(at: impl Into<Exec<'_>>, ca: Algorithm, now: Instant) -> Result<Vec<Revoked>> {
    let text = "SELECT serial, revoked_us, reason FROM certificate WHERE ca = $1 AND status <> 'good' AND not_after_us >= $2
        ORDER BY serial";
    let read = |row: &Row| {
        Ok(Revoked {
            serial: row.text("serial")?,
            at: row.instant("revoked_us")?,
            reason: row.u32("reason")?,
        })
    };
    sql!("certificate.revoked", text, ca.as_str(), now)
        .all(at)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Records what is about to be signed.
///
/// # Errors
/// [`crate::Error::Conflict`] when the install or the serial number has a record already.
pub async fn record(
    tx: &mut Tx,
    ca: Algorithm,
    serial: &str,
    install: InstallId,
    tbs: &[u8],
    now: Instant,
) -> Result<()> {
    let text =
        "INSERT INTO issued (ca, serial, install_id, tbs, recorded_us) VALUES ($1, $2, $3, $4, $5)";
    sql!(
        "issued.record",
        text,
        ca.as_str(),
        serial,
        install,
        tbs,
        now
    )
    .execute_one(tx)
    .await
}

/// What was recorded for an install: the family that signs, and the bytes.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn recorded(
    at: impl Into<Exec<'_>>,
    install: InstallId,
) -> Result<Option<(Algorithm, Vec<u8>)>> {
    let row = sql!(
        "issued.recorded",
        "SELECT ca, tbs FROM issued WHERE install_id = $1",
        install
    )
    .optional(at)
    .await?;
    row.map(|row| Ok((row.parse("ca")?, row.blob("tbs")?)))
        .transpose()
}
