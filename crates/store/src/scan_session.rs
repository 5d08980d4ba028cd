//! Scan sessions. Every change tests the version that its decision was made on: who comes second is told so.

mod change;
mod in_run;

pub use change::{
    Prepared, cancel_or_end, choose, choose_identity, claim, confirm, confirm_login, expire_due,
    extend_of_device, fail_waiting_for, finish, mark_second_phone, matched, prepare, supersede,
};
pub use in_run::{Chosen, begin_run, claim_in_run, refuse_in_run_of, refuse_in_runs_of_asker};

use domain::Instant;
use domain::id::{
    AskerId, CertificateId, DeviceId, HoldingId, OperationId, PersonId, PlatformId, ScanRunId,
    ScanSessionId, SealId, UnitId,
};
use domain::scan_session::{Kind, State};

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql;

/// The signature that is to be taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedUnseal {
    /// Its field in the document.
    pub field: String,
    /// Digest of its CMS.
    pub signature_sha256: [u8; 32],
    /// Digest of the certificate that made it.
    pub certificate_sha256: [u8; 32],
}

/// What create writes.
#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "columns of the migration, where they are explained"
)]
pub struct NewSession {
    pub id: ScanSessionId,
    pub asker_id: AskerId,
    pub request_id: String,
    pub request_hash: [u8; 32],
    pub request_answer: Vec<u8>,
    pub code: String,
    pub short_code: String,
    pub secret_hash: [u8; 32],
    pub kind: Kind,
    pub purpose: String,
    pub platform_id: Option<PlatformId>,
    pub mode: String,
    pub mark_count_max: u32,
    pub asked_seal_id: Option<SealId>,
    pub unseal: Option<AskedUnseal>,
    pub one_time_key: [u8; 32],
    pub match_number: String,
    pub match_options: String,
    pub continuous: bool,
    pub created_at: Instant,
    pub expires_at: Instant,
}

/// A session as it stands.
#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "columns of the migration, where they are explained"
)]
pub struct ScanSession {
    pub id: ScanSessionId,
    pub asker_id: AskerId,
    pub request_hash: [u8; 32],
    pub request_answer: Vec<u8>,
    pub code: String,
    pub secret_hash: [u8; 32],
    pub kind: Kind,
    pub purpose: String,
    pub platform_id: Option<PlatformId>,
    pub mode: String,
    pub mark_count_max: u32,
    pub asked_seal_id: Option<SealId>,
    pub unseal: Option<AskedUnseal>,
    pub match_number: String,
    pub match_options: String,
    pub matched: bool,
    pub continuous: bool,
    pub run_id: Option<ScanRunId>,
    pub state: State,
    pub failure: Option<String>,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub person_id: Option<PersonId>,
    pub device_id: Option<DeviceId>,
    pub second_phone: bool,
    pub unit_id: Option<UnitId>,
    pub holding_id: Option<HoldingId>,
    pub certificate_id: Option<CertificateId>,
    pub seal_id: Option<SealId>,
    pub prepared_hash: Option<Vec<u8>>,
    pub prepared: Option<Vec<u8>>,
    pub attributes: Option<Vec<u8>>,
    pub confirm_hash: Option<Vec<u8>>,
    pub confirm_answer: Option<Vec<u8>>,
    pub finish_hash: Option<Vec<u8>>,
    pub cms: Option<Vec<u8>>,
    pub operation_id: Option<OperationId>,
    pub signed_at: Option<Instant>,
    pub version: i64,
}

/// Writes a new session. A request id that the asker used before is [`Error::Conflict`].
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert(at: impl Into<Exec<'_>>, new: &NewSession) -> Result<()> {
    let text = "INSERT INTO scan_session (id, asker_id, request_id, request_hash, request_answer, code, short_code, secret_hash, purpose, \
        platform_id, mode, mark_count_max, one_time_key, match_number, match_options, state, created_at_us, expires_at_us, \
        kind, asked_seal_id, unseal_field, unseal_signature_sha256, unseal_certificate_sha256, continuous) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'created', $16, $17, $18, $19, $20, $21, $22, $23)";
    let unseal = new.unseal.as_ref();
    sql!(
        "scan_session.insert",
        text,
        new.id,
        new.asker_id,
        new.request_id.as_str(),
        new.request_hash,
        &new.request_answer,
        new.code.as_str(),
        new.short_code.as_str(),
        new.secret_hash,
        new.purpose.as_str(),
        new.platform_id,
        new.mode.as_str(),
        new.mark_count_max,
        new.one_time_key,
        new.match_number.as_str(),
        new.match_options.as_str(),
        new.created_at,
        new.expires_at,
        new.kind.as_str(),
        new.asked_seal_id,
        unseal.map(|asked| asked.field.as_str()),
        unseal.map(|asked| asked.signature_sha256),
        unseal.map(|asked| asked.certificate_sha256),
        new.continuous
    )
    .execute_one(at)
    .await
}

/// The session of an id.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: ScanSessionId) -> Result<Option<ScanSession>> {
    let row = sql!(
        "scan_session.find",
        "SELECT * FROM scan_session WHERE id = $1",
        id
    )
    .optional(at)
    .await?;
    row.as_ref().map(read).transpose()
}

/// The session of a code.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_by_code(at: impl Into<Exec<'_>>, code: &str) -> Result<Option<ScanSession>> {
    let row = sql!(
        "scan_session.find_by_code",
        "SELECT * FROM scan_session WHERE code = $1",
        code
    )
    .optional(at)
    .await?;
    row.as_ref().map(read).transpose()
}

/// The session of a code, locked until the transaction ends.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lock_by_code(tx: &mut Tx, code: &str) -> Result<Option<ScanSession>> {
    let row = sql!(
        "scan_session.lock_by_code",
        "SELECT * FROM scan_session WHERE code = $1",
        code
    )
    .for_update()
    .optional(tx)
    .await?;
    row.as_ref().map(read).transpose()
}

/// The session that an asker created under a request id.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_by_request(
    at: impl Into<Exec<'_>>,
    asker_id: AskerId,
    request_id: &str,
) -> Result<Option<ScanSession>> {
    let text = "SELECT * FROM scan_session WHERE asker_id = $1 AND request_id = $2";
    let row = sql!("scan_session.find_by_request", text, asker_id, request_id)
        .optional(at)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The code behind a short code that can still be claimed.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn code_of_short_code(
    at: impl Into<Exec<'_>>,
    short_code: &str,
    now: Instant,
) -> Result<Option<String>> {
    let text = "SELECT code FROM scan_session WHERE short_code = $1 AND state = 'created' AND expires_at_us > $2 ORDER BY created_at_us DESC LIMIT 1";
    let row = sql!("scan_session.short_code", text, short_code, now)
        .optional(at)
        .await?;
    row.map(|row| row.text("code")).transpose()
}

fn unseal(row: &Row) -> Result<Option<AskedUnseal>> {
    let Some(field) = row.opt_text("unseal_field")? else {
        return Ok(None);
    };
    Ok(Some(AskedUnseal {
        field,
        signature_sha256: row.array("unseal_signature_sha256")?,
        certificate_sha256: row.array("unseal_certificate_sha256")?,
    }))
}

fn read(row: &Row) -> Result<ScanSession> {
    let word = |column: &str, expected| Error::Column {
        column: column.to_owned(),
        expected,
    };
    let state = State::parse(&row.text("state")?);
    let kind = Kind::parse(&row.text("kind")?);
    Ok(ScanSession {
        id: row.parse("id")?,
        asker_id: row.parse("asker_id")?,
        request_hash: row.array("request_hash")?,
        request_answer: row.blob("request_answer")?,
        code: row.text("code")?,
        secret_hash: row.array("secret_hash")?,
        kind: kind.ok_or_else(|| word("kind", "a kind of session"))?,
        purpose: row.text("purpose")?,
        platform_id: row.opt_parse("platform_id")?,
        mode: row.text("mode")?,
        mark_count_max: row.u32("mark_count_max")?,
        asked_seal_id: row.opt_parse("asked_seal_id")?,
        unseal: unseal(row)?,
        match_number: row.text("match_number")?,
        match_options: row.text("match_options")?,
        matched: row.bool("matched")?,
        continuous: row.bool("continuous")?,
        run_id: row.opt_parse("run_id")?,
        state: state.ok_or_else(|| word("state", "a state"))?,
        failure: row.opt_text("failure")?,
        created_at: row.instant("created_at_us")?,
        expires_at: row.instant("expires_at_us")?,
        person_id: row.opt_parse("person_id")?,
        device_id: row.opt_parse("device_id")?,
        second_phone: row.bool("second_phone")?,
        unit_id: row.opt_parse("unit_id")?,
        holding_id: row.opt_parse("holding_id")?,
        certificate_id: row.opt_parse("certificate_id")?,
        seal_id: row.opt_parse("seal_id")?,
        prepared_hash: row.opt_blob("prepared_hash")?,
        prepared: row.opt_blob("prepared")?,
        attributes: row.opt_blob("attributes")?,
        confirm_hash: row.opt_blob("confirm_hash")?,
        confirm_answer: row.opt_blob("confirm_answer")?,
        finish_hash: row.opt_blob("finish_hash")?,
        cms: row.opt_blob("cms")?,
        operation_id: row.opt_parse("operation_id")?,
        signed_at: row.opt_instant("signed_at_us")?,
        version: row.int("version")?,
    })
}
