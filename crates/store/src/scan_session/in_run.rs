//! The changes of a session that come with a continuous run.

use domain::Instant;
use domain::id::{AskerId, CertificateId, DeviceId, HoldingId, PersonId, ScanRunId, ScanSessionId};

use super::ScanSession;
use crate::db::Exec;
use crate::error::Result;
use crate::{Row, sql};

/// Who takes a code into a run, and what it is signed with.
#[derive(Clone, Copy, Debug)]
pub struct Chosen {
    /// The run.
    pub run_id: ScanRunId,
    /// Who.
    pub person_id: PersonId,
    /// On which device.
    pub device_id: DeviceId,
    /// As in the run's first session.
    pub holding_id: HoldingId,
    /// The holding's certificate in force.
    pub certificate_id: CertificateId,
}

/// A phone takes the session into a run: claimed, matched and chosen in one step.
///
/// # Errors
/// [`crate::Error::Conflict`] when it moved on.
pub async fn claim_in_run(
    at: impl Into<Exec<'_>>,
    session: &ScanSession,
    chosen: &Chosen,
    expires_at: Instant,
) -> Result<()> {
    let text = "UPDATE scan_session SET state = 'chosen', matched = 1, person_id = $3, device_id = $4, run_id = $5, holding_id = $6, \
        certificate_id = $7, expires_at_us = $8, version = version + 1 WHERE id = $1 AND version = $2 AND state = 'created'";
    sql!(
        "scan_session.claim_in_run",
        text,
        session.id,
        session.version,
        chosen.person_id,
        chosen.device_id,
        chosen.run_id,
        chosen.holding_id,
        chosen.certificate_id,
        expires_at
    )
    .execute_one(at)
    .await
}

/// A run begins in the session.
///
/// # Errors
/// [`crate::Error::Conflict`] when it moved on.
pub async fn begin_run(
    at: impl Into<Exec<'_>>,
    session: &ScanSession,
    run: ScanRunId,
) -> Result<()> {
    let text = "UPDATE scan_session SET run_id = $3, version = version + 1 WHERE id = $1 AND version = $2 AND state IN ('chosen', 'ready')";
    let (id, version) = (session.id, session.version);
    sql!("scan_session.begin_run", text, id, version, run)
        .execute_one(at)
        .await
}

/// Refuses the sessions that were taken into a run and are not signed yet. Answers them.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn refuse_in_run_of(
    at: impl Into<Exec<'_>>,
    run: ScanRunId,
) -> Result<Vec<ScanSessionId>> {
    let text = "UPDATE scan_session SET state = 'refused', failure = 'run_ended', version = version + 1 \
        WHERE run_id = $1 AND state IN ('chosen', 'ready') \
        AND id NOT IN (SELECT session_id FROM scan_run WHERE id = $1) RETURNING id";
    ids(&sql!("scan_session.refuse_in_run", text, run)
        .all(at)
        .await?)
}

/// The same for all runs of an asker.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn refuse_in_runs_of_asker(
    at: impl Into<Exec<'_>>,
    asker: AskerId,
) -> Result<Vec<ScanSessionId>> {
    let text = "UPDATE scan_session SET state = 'refused', failure = 'run_ended', version = version + 1 \
        WHERE run_id IN (SELECT id FROM scan_run WHERE asker_id = $1 AND ended_at_us IS NULL) AND state IN ('chosen', 'ready') \
        AND id NOT IN (SELECT session_id FROM scan_run WHERE asker_id = $1) RETURNING id";
    ids(&sql!("scan_session.refuse_in_runs", text, asker)
        .all(at)
        .await?)
}

fn ids(rows: &[Row]) -> Result<Vec<ScanSessionId>> {
    rows.iter().map(|row| row.parse("id")).collect()
}
