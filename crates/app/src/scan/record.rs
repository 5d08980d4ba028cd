//! The record of what a session has done, and its leaf in the log.

use domain::Instant;
use domain::id::{OperationId, PersonId, UnitId};
use protocol::{Base64Url, Operation, Scope, Statement, sha256};
use store::Tx;
use store::scan_session::ScanSession;

use super::SigningCertificate;
use crate::{App, Error, Result};

/// What was done.
pub(super) struct Act<'a> {
    pub session: &'a ScanSession,
    pub person_id: PersonId,
    /// A login uses none.
    pub certificate: Option<&'a SigningCertificate>,
    pub unit_id: Option<UnitId>,
    pub file_name: &'a str,
    /// Of what was signed.
    pub digest: &'a [u8],
    pub mode: &'a str,
    pub mark_count: usize,
}

/// Writes operation and log leaf in the transaction that completes the act.
pub(super) async fn append(
    app: &App,
    tx: &mut Tx,
    act: &Act<'_>,
    now: Instant,
) -> Result<OperationId> {
    let id: OperationId = app.new_id();
    let salt = app.random_bytes::<32>();
    let canonical = canonical(act, id, now.micros())?;
    let leaf = leaf(&salt, &canonical);
    let operation = store::operation::Operation {
        id,
        session_id: act.session.id,
        person_id: act.person_id,
        unit_id: act.unit_id,
        holding_id: act.session.holding_id,
        kind: act.session.kind.as_str().to_owned(),
        seal_id: act.session.seal_id,
        certificate_serial: act.certificate.map(|found| found.row.serial.clone()),
        record: app
            .vault
            .wrap("operation.record", id.as_bytes(), &canonical)?,
        salt,
        at: now,
    };
    store::operation::append(tx, &operation, &leaf).await?;
    Ok(id)
}

/// What an act does not have is an empty text, so that every record has the same members.
fn canonical(act: &Act<'_>, id: OperationId, at_us: i64) -> Result<Vec<u8>> {
    let missing = || Error::internal("scan.record");
    let session = act.session;
    let platform = session.platform_id.map(|id| id.to_string());
    let unit = act.unit_id.map(|id| id.to_string());
    let holding = session.holding_id.map(|id| id.to_string());
    let seal = session.seal_id.map(|id| id.to_string());
    let device = session.device_id.ok_or_else(missing)?.to_string();
    let statement = Statement::Operation(Operation {
        operation_id: &id.to_string(),
        session_id: &session.id.to_string(),
        kind: session.kind.as_str(),
        person_id: &act.person_id.to_string(),
        unit_id: unit.as_deref(),
        holding_id: holding.as_deref().unwrap_or_default(),
        certificate_serial: act
            .certificate
            .map_or("", |found| found.row.serial.as_str()),
        seal_id: seal.as_deref().unwrap_or_default(),
        device_id: &device,
        asker_id: &session.asker_id.to_string(),
        scope: platform.as_deref().map_or(Scope::DOCUMENT_SEALING, Scope),
        file_name: act.file_name,
        digest: &Base64Url::encode(act.digest),
        mode: act.mode,
        mark_count: u32::try_from(act.mark_count).map_err(|_| missing())?,
        outcome: "done",
        at_us,
    });
    Ok(statement.to_bytes()?)
}

/// `SHA-256(0x00 || salt || record)`: RFC 6962's leaf prefix, salted so that a leaf says nothing to those without the record.
fn leaf(salt: &[u8; 32], canonical: &[u8]) -> [u8; 32] {
    let mut bytes = Vec::with_capacity(33 + canonical.len());
    bytes.push(0);
    bytes.extend_from_slice(salt);
    bytes.extend_from_slice(canonical);
    sha256(&bytes)
}
