//! A person signs the asker in: as whom is picked, and the device key confirms it. No certificate, no password (SCAN-3).

use domain::id::{OperationId, UnitId};
use domain::scan_session::{Event, Kind, SIGN_IN_S};
use protocol::{Login, Scope, Statement, sha256};
use store::asker::{Asker, SignIn};
use store::scan_session::ScanSession;
use store::{Exec, Tx};

use super::choose::require_match;
use super::record::{Act, append};
use super::{PhoneView, load, phone_view, topic};
use crate::{App, Caller, Error, Result};

/// What the phone sends to confirm.
#[derive(Debug)]
pub struct ConfirmLogin {
    /// Raised with each statement of the device.
    pub counter: i64,
    /// The device key over the statement.
    pub device_signature: [u8; 64],
}

/// Picks as whom; may be picked anew until the confirm.
///
/// # Errors
/// `match_first`, `unit_not_found`, `unit_not_certified`, `session_state`.
pub async fn choose_identity(
    app: &App,
    caller: &Caller,
    code: &str,
    unit: Option<UnitId>,
) -> Result<PhoneView> {
    let mut tx = app.db.begin_write("scan.choose_identity").await?;
    let session = load::lock_own(&mut tx, caller, code, app.now()).await?;
    load::allow(&session, Event::Choose)?;
    if session.kind != Kind::Login {
        return Err(load::not_possible(&session));
    }
    require_match(&session)?;
    require_identity((&mut tx).into(), app, caller, unit).await?;
    store::scan_session::choose_identity(&mut tx, &session, unit).await?;
    tx.commit().await?;
    app.wake.notify(&topic(session.id));
    phone_view(app, caller, code).await
}

/// Signs the asker in. A byte-equal repeat gets the same answer.
///
/// # Errors
/// `session_state`, `session_expired`, `confirm_conflict`, `asker_revoked`, `unit_not_found`, `unit_not_certified`,
/// `device_proof_invalid`, `device_counter_stale`.
pub async fn confirm_login(
    app: &App,
    caller: &Caller,
    code: &str,
    request: &ConfirmLogin,
) -> Result<OperationId> {
    let now = app.now();
    let hash = hash(request);
    let mut tx = app.db.begin_write("scan.confirm_login").await?;
    let session = load::lock_own(&mut tx, caller, code, now).await?;
    if let (Kind::Login, Some(earlier), Some(operation)) =
        (session.kind, &session.confirm_hash, session.operation_id)
    {
        return if earlier.as_slice() == hash {
            Ok(operation)
        } else {
            Err(Error::conflict("confirm_conflict"))
        };
    }
    load::allow(&session, Event::ConfirmLogin)?;
    require_identity((&mut tx).into(), app, caller, session.unit_id).await?;
    let asker = standing_asker(&mut tx, &session).await?;
    let statement = statement(caller, &session, &asker, request.counter)?;
    let (device, counter) = (caller.device_id, request.counter);
    crate::device::verify(
        &mut tx,
        device,
        &statement,
        &request.device_signature,
        counter,
    )
    .await?;
    let act = Act {
        session: &session,
        person_id: caller.person_id,
        certificate: None,
        unit_id: session.unit_id,
        file_name: "",
        digest: &sha256(&statement),
        mode: Kind::Login.as_str(),
        mark_count: 0,
    };
    let operation = append(app, &mut tx, &act, now).await?;
    store::scan_session::confirm_login(&mut tx, &session, &hash, operation, now).await?;
    let sign_in = SignIn {
        person_id: caller.person_id,
        unit_id: session.unit_id,
        until: now.plus_seconds(SIGN_IN_S),
    };
    store::asker::sign_in(&mut tx, asker.id, &sign_in).await?;
    tx.commit().await?;
    app.wake.notify(&topic(session.id));
    Ok(operation)
}

/// The identity is the person's own, and proven, now.
async fn require_identity(
    mut at: Exec<'_>,
    app: &App,
    caller: &Caller,
    unit: Option<UnitId>,
) -> Result<()> {
    crate::person::require_verified(app, at.again(), caller.person_id).await?;
    if let Some(unit) = unit {
        crate::unit::require_member(at.again(), caller.person_id, unit).await?;
        crate::unit::require_certified(app, at, unit).await?;
    }
    Ok(())
}

async fn standing_asker(tx: &mut Tx, session: &ScanSession) -> Result<Asker> {
    let asker = store::asker::find(tx, session.asker_id)
        .await?
        .ok_or_else(|| Error::internal("scan.asker"))?;
    if asker.revoked_at.is_some() {
        return Err(Error::forbidden("asker_revoked"));
    }
    Ok(asker)
}

/// The bytes that the device key has signed, if the phone showed what this server holds.
fn statement(
    caller: &Caller,
    session: &ScanSession,
    asker: &Asker,
    counter: i64,
) -> Result<Vec<u8>> {
    let platform = session.platform_id.map(|id| id.to_string());
    let unit = session.unit_id.map(|id| id.to_string());
    let statement = Statement::Login(Login {
        code: &session.code,
        purpose: &session.purpose,
        asker_id: &asker.id.to_string(),
        asker_name: &asker.name,
        scope: platform.as_deref().map_or(Scope::DOCUMENT_SEALING, Scope),
        person_id: &caller.person_id.to_string(),
        unit_id: unit.as_deref(),
        device_id: &caller.device_id.to_string(),
        counter,
    });
    Ok(statement.to_bytes()?)
}

/// Digest over every member of the request: what "byte-equal" means.
fn hash(request: &ConfirmLogin) -> [u8; 32] {
    let mut bytes = request.counter.to_be_bytes().to_vec();
    bytes.extend_from_slice(&request.device_signature);
    sha256(&bytes)
}
