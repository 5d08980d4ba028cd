//! The server half answers, if everything holds now. The screen is never the guard: this is.

use domain::scan_session::{Event, Kind, State, deadline};
use protocol::{Base64Url, sha256};
use store::Tx;
use store::scan_session::ScanSession;

use super::choose::{usable_certificate, usable_seal};
use super::statement::Shown;
use super::{Facts, SigningCertificate, expire, load, run, topic};
use crate::key_half::ServerKey;
use crate::{App, Caller, Error, Result};

/// What the phone sends.
#[derive(Debug)]
pub struct ConfirmRequest {
    /// The first message of the signing protocol.
    pub message: Vec<u8>,
    /// Raised with each statement of the device.
    pub counter: i64,
    /// Proof that the right password was entered, over the statement.
    pub password_proof: [u8; 64],
    /// The device key over the statement.
    pub device_signature: [u8; 64],
}

/// Answers with the second message. State and answer move in one compare-and-set: a byte-equal repeat gets the stored
/// answer, anything else is refused, so that a nonce answers once.
///
/// # Errors
/// All of PROTOCOL section 9, confirm.
pub async fn confirm(
    app: &App,
    caller: &Caller,
    code: &str,
    request: &ConfirmRequest,
) -> Result<Vec<u8>> {
    let now = app.now();
    let hash = hash(request);
    let mut tx = app.db.begin_write("scan.confirm").await?;
    let session = load::lock_own(&mut tx, caller, code, now).await?;
    if let (Some(earlier), Some(answer)) = (&session.confirm_hash, &session.confirm_answer) {
        let repeat =
            earlier.as_slice() == hash && matches!(session.state, State::Signing | State::Done);
        return if repeat {
            Ok(answer.clone())
        } else {
            Err(Error::conflict("confirm_conflict"))
        };
    }
    load::allow(&session, Event::Confirm)?;
    run::count(&mut tx, caller, &session, now).await?;
    let certificate = guard(&mut tx, app, caller, &session).await?;
    let facts = Facts::of(app, &session)?.ok_or_else(|| Error::internal("scan.confirm"))?;
    let attributes = attributes(&session, &facts, &certificate)?;
    let asker = store::asker::find(&mut tx, session.asker_id)
        .await?
        .ok_or_else(|| Error::internal("scan.confirm"))?;
    if asker.revoked_at.is_some() {
        return Err(Error::forbidden("asker_revoked"));
    }
    let shown = Shown {
        session: &session,
        asker: &asker,
        certificate: &certificate,
        facts: &facts,
        attributes: &attributes,
    };
    let statement = shown.statement(caller, &request.message, request.counter)?;
    crate::device::verify(
        &mut tx,
        caller.device_id,
        &statement,
        &request.device_signature,
        request.counter,
    )
    .await?;
    crate::password::verify_proof(
        app,
        &mut tx,
        caller.person_id,
        &statement,
        &request.password_proof,
    )
    .await?;
    let key = crate::key_half::server_key(app, &mut tx, &certificate.row).await?;
    let answer = answer(app, &key, &session, &attributes, &request.message)?;
    store::scan_session::supersede(&mut tx, &session, certificate.row.id).await?;
    let expires_at = deadline(State::Signing, now, 0).unwrap_or(session.expires_at);
    store::scan_session::confirm(&mut tx, &session, &hash, &answer, expires_at).await?;
    expire::schedule(app, &mut tx, expires_at).await?;
    tx.commit().await?;
    app.wake.notify(&topic(session.id));
    Ok(answer)
}

/// Certificate and seal hold now, and the certificate is still the one that was chosen.
async fn guard(
    tx: &mut Tx,
    app: &App,
    caller: &Caller,
    session: &ScanSession,
) -> Result<SigningCertificate> {
    let holding = session
        .holding_id
        .ok_or_else(|| Error::internal("scan.guard"))?;
    let certificate = usable_certificate((&mut *tx).into(), app, caller, holding, session).await?;
    if session.certificate_id != Some(certificate.row.id) {
        return Err(Error::conflict("certificate_not_usable").with("state", "replaced"));
    }
    match (session.kind, session.seal_id) {
        (Kind::Seal, Some(seal)) => {
            let person = caller.person_id;
            usable_seal(tx.into(), app, person, seal, session, &certificate).await?;
        }
        (Kind::Unseal, None) => {}
        _ => return Err(Error::internal("scan.guard")),
    }
    Ok(certificate)
}

/// What is signed, recomputed from the facts and compared with what was kept at prepare.
fn attributes(
    session: &ScanSession,
    facts: &Facts,
    certificate: &SigningCertificate,
) -> Result<Vec<u8>> {
    let attributes = certificate.attributes(&facts.digest.0)?;
    if session.attributes.as_deref() != Some(attributes.as_slice()) {
        return Err(Error::internal("scan.attributes"));
    }
    Ok(attributes)
}

fn answer(
    app: &App,
    key: &ServerKey,
    session: &ScanSession,
    attributes: &[u8],
    message: &[u8],
) -> Result<Vec<u8>> {
    let sid =
        Base64Url::decode_array::<16>(&session.code).map_err(|_| Error::internal("scan.sid"))?;
    let refused = |_| Error::invalid("cosign_refused");
    match key {
        ServerKey::Sm2(key) => {
            let e = cosign::sm2::digest(key.public_key(), attributes);
            let request = cosign::sm2::sign::Request::decode(message).map_err(refused)?;
            Ok(
                cosign::sm2::sign::server_answer(key, sid, &e, &request, &mut app.rng())
                    .map_err(refused)?
                    .encode(),
            )
        }
        ServerKey::Rsa(key) => {
            let request = cosign::rsa::sign::Request::decode(message).map_err(refused)?;
            Ok(
                cosign::rsa::server_answer(key, sid, &sha256(attributes), &request, &mut app.rng())
                    .map_err(refused)?
                    .encode(),
            )
        }
    }
}

/// Digest over every member of the request: what "byte-equal" means.
fn hash(request: &ConfirmRequest) -> [u8; 32] {
    let mut bytes = Vec::with_capacity(request.message.len() + 8 + 64 + 64);
    bytes.extend_from_slice(&request.counter.to_be_bytes());
    bytes.extend_from_slice(&request.password_proof);
    bytes.extend_from_slice(&request.device_signature);
    bytes.extend_from_slice(&request.message);
    sha256(&bytes)
}
