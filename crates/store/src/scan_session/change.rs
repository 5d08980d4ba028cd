//! The changes of a session: each one statement that moves state and version together.

use domain::Instant;
use domain::id::{
    CertificateId, DeviceId, HoldingId, OperationId, PersonId, ScanSessionId, SealId, UnitId,
};
use domain::scan_session::State;

use super::ScanSession;
use crate::db::Exec;
use crate::error::Result;
use crate::sql;

/// A phone takes the session.
///
/// # Errors
/// [`crate::Error::Conflict`] when it moved on.
pub async fn claim(
    at: impl Into<Exec<'_>>,
    session: &ScanSession,
    person: PersonId,
    device: DeviceId,
    expires_at: Instant,
) -> Result<()> {
    let text = "UPDATE scan_session SET state = 'claimed', person_id = $3, device_id = $4, expires_at_us = $5, version = version + 1 \
        WHERE id = $1 AND version = $2 AND state = 'created'";
    sql!(
        "scan_session.claim",
        text,
        session.id,
        session.version,
        person,
        device,
        expires_at
    )
    .execute_one(at)
    .await
}

/// Notes that a second phone has tried.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn mark_second_phone(at: impl Into<Exec<'_>>, session: &ScanSession) -> Result<()> {
    let text = "UPDATE scan_session SET second_phone = 1, version = version + 1 WHERE id = $1 AND second_phone = 0";
    sql!("scan_session.second_phone", text, session.id)
        .execute(at)
        .await
        .map(drop)
}

/// Notes that the person typed the number that the asker shows.
///
/// # Errors
/// [`crate::Error::Conflict`] when it moved on.
pub async fn matched(at: impl Into<Exec<'_>>, session: &ScanSession) -> Result<()> {
    let text = "UPDATE scan_session SET matched = 1, version = version + 1 WHERE id = $1 AND version = $2 AND state = 'claimed'";
    sql!("scan_session.matched", text, session.id, session.version)
        .execute_one(at)
        .await
}

/// The person picks whose certificate signs.
///
/// # Errors
/// [`crate::Error::Conflict`] when it moved on.
pub async fn choose(
    at: impl Into<Exec<'_>>,
    session: &ScanSession,
    holding: HoldingId,
    certificate: CertificateId,
) -> Result<()> {
    let text = "UPDATE scan_session SET state = 'chosen', holding_id = $3, certificate_id = $4, version = version + 1 \
        WHERE id = $1 AND version = $2 AND state IN ('claimed', 'chosen')";
    sql!(
        "scan_session.choose",
        text,
        session.id,
        session.version,
        holding,
        certificate
    )
    .execute_one(at)
    .await
}

/// The person picks as whom they sign the asker in; nothing is to be prepared.
///
/// # Errors
/// [`crate::Error::Conflict`] when it moved on.
pub async fn choose_identity(
    at: impl Into<Exec<'_>>,
    session: &ScanSession,
    unit: Option<UnitId>,
) -> Result<()> {
    let text = "UPDATE scan_session SET state = 'ready', unit_id = $3, version = version + 1 \
        WHERE id = $1 AND version = $2 AND kind = 'login' AND state IN ('claimed', 'ready')";
    sql!(
        "scan_session.choose_identity",
        text,
        session.id,
        session.version,
        unit
    )
    .execute_one(at)
    .await
}

/// The person has signed the asker in.
///
/// # Errors
/// [`crate::Error::Conflict`] when it moved on.
pub async fn confirm_login(
    at: impl Into<Exec<'_>>,
    session: &ScanSession,
    hash: &[u8; 32],
    operation: OperationId,
    now: Instant,
) -> Result<()> {
    let text = "UPDATE scan_session SET state = 'done', confirm_hash = $3, operation_id = $4, signed_at_us = $5, version = version + 1 \
        WHERE id = $1 AND version = $2 AND kind = 'login' AND state = 'ready'";
    sql!(
        "scan_session.confirm_login",
        text,
        session.id,
        session.version,
        hash,
        operation,
        now
    )
    .execute_one(at)
    .await
}

/// What prepare writes.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    /// Which seal; none takes one away.
    pub seal_id: Option<SealId>,
    /// Digest of the request, for byte-equal repeats.
    pub hash: [u8; 32],
    /// Wrapped facts.
    pub facts: &'a [u8],
    /// The signed attributes that follow from them.
    pub attributes: &'a [u8],
}

/// The asker has said what is to be signed.
///
/// # Errors
/// [`crate::Error::Conflict`] when it moved on.
pub async fn prepare(
    at: impl Into<Exec<'_>>,
    session: &ScanSession,
    prepared: &Prepared<'_>,
) -> Result<()> {
    let text = "UPDATE scan_session SET state = 'ready', seal_id = $3, prepared_hash = $4, prepared = $5, attributes = $6, version = version + 1 \
        WHERE id = $1 AND version = $2 AND state = 'chosen'";
    sql!(
        "scan_session.prepare",
        text,
        session.id,
        session.version,
        prepared.seal_id,
        prepared.hash,
        prepared.facts,
        prepared.attributes
    )
    .execute_one(at)
    .await
}

/// The server half answers: state and stored answer are one compare-and-set.
///
/// # Errors
/// [`crate::Error::Conflict`] when it moved on; then nothing may be answered.
pub async fn confirm(
    at: impl Into<Exec<'_>>,
    session: &ScanSession,
    hash: &[u8; 32],
    answer: &[u8],
    expires_at: Instant,
) -> Result<()> {
    let text = "UPDATE scan_session SET state = 'signing', confirm_hash = $3, confirm_answer = $4, expires_at_us = $5, version = version + 1 \
        WHERE id = $1 AND version = $2 AND state = 'ready'";
    sql!(
        "scan_session.confirm",
        text,
        session.id,
        session.version,
        hash,
        answer,
        expires_at
    )
    .execute_one(at)
    .await
}

/// The signature stands.
///
/// # Errors
/// [`crate::Error::Conflict`] when it moved on.
pub async fn finish(
    at: impl Into<Exec<'_>>,
    session: &ScanSession,
    hash: &[u8; 32],
    cms: &[u8],
    operation: OperationId,
    now: Instant,
) -> Result<()> {
    let text = "UPDATE scan_session SET state = 'done', finish_hash = $3, cms = $4, operation_id = $5, signed_at_us = $6, version = version + 1 \
        WHERE id = $1 AND version = $2 AND state = 'signing'";
    sql!(
        "scan_session.finish",
        text,
        session.id,
        session.version,
        hash,
        cms,
        operation,
        now
    )
    .execute_one(at)
    .await
}

/// Ends a session without a signature.
///
/// # Errors
/// [`crate::Error::Conflict`] when it moved on.
pub async fn cancel_or_end(
    at: impl Into<Exec<'_>>,
    session: &ScanSession,
    state: State,
    failure: &str,
) -> Result<()> {
    let text = "UPDATE scan_session SET state = $3, failure = $4, version = version + 1 WHERE id = $1 AND version = $2";
    sql!(
        "scan_session.end",
        text,
        session.id,
        session.version,
        state.as_str(),
        failure
    )
    .execute_one(at)
    .await
}

/// A newer confirm for the same key ends the older session: one outstanding nonce per key.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn supersede(
    at: impl Into<Exec<'_>>,
    newer: &ScanSession,
    certificate: CertificateId,
) -> Result<u64> {
    let text = "UPDATE scan_session SET state = 'failed', failure = 'superseded', version = version + 1 \
        WHERE certificate_id = $1 AND state = 'signing' AND id <> $2";
    sql!("scan_session.supersede", text, certificate, newer.id)
        .execute(at)
        .await
}

/// A certificate serves no more: what waits to be signed with it, or is being signed, fails with `why`.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn fail_waiting_for(
    at: impl Into<Exec<'_>>,
    certificate: CertificateId,
    why: &str,
) -> Result<u64> {
    let text = "UPDATE scan_session SET state = 'failed', failure = $2, version = version + 1 \
        WHERE certificate_id = $1 AND state IN ('ready', 'signing')";
    sql!("scan_session.fail_waiting_for", text, certificate, why)
        .execute(at)
        .await
}

/// The clock of the sessions that a device has at hand stops while a certificate comes to it: their deadline moves to
/// `until`, but never past `bound_s` seconds from their making. Answers those that moved.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn extend_of_device(
    at: impl Into<Exec<'_>>,
    device: DeviceId,
    now: Instant,
    until: Instant,
    bound_s: i64,
) -> Result<Vec<ScanSessionId>> {
    let text = "UPDATE scan_session SET expires_at_us = $3, version = version + 1 \
        WHERE device_id = $1 AND state IN ('claimed', 'chosen') AND expires_at_us > $2 AND expires_at_us < $3 \
        AND created_at_us >= $4 RETURNING id";
    let earliest = until.plus_seconds(-bound_s);
    sql!("scan_session.extend", text, device, now, until, earliest)
        .all(at)
        .await?
        .iter()
        .map(|row| row.parse("id"))
        .collect()
}

/// Ends all sessions whose time has run out.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn expire_due(at: impl Into<Exec<'_>>, now: Instant) -> Result<u64> {
    let text = "UPDATE scan_session SET state = 'expired', failure = 'session_expired', version = version + 1 \
        WHERE state IN ('created', 'claimed', 'chosen', 'ready', 'signing') AND expires_at_us <= $1";
    sql!("scan_session.expire_due", text, now).execute(at).await
}
