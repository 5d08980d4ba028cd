//! The finished signature comes back: verified, time-stamped, recorded.

use domain::id::OperationId;
use domain::scan_session::{Event, State};
use gm_pki::cms::Parts;
use protocol::sha256;
use store::scan_session::ScanSession;

use super::record::{Act, append};
use super::{Facts, SigningCertificate, load, topic};
use crate::{App, Caller, Error, Result};

/// Completes the session; answers the operation. A byte-equal repeat gets the same answer.
///
/// # Errors
/// `signature_invalid` (the session stays), `timestamp_unavailable` (try again), `finish_conflict`, `session_state`, `session_expired`.
pub async fn finish(
    app: &App,
    caller: &Caller,
    code: &str,
    signature: &[u8],
) -> Result<OperationId> {
    let hash = sha256(signature);
    let session = load::own(&app.db, caller, code, app.now()).await?;
    if let Some(operation) = repeated(&session, &hash)? {
        return Ok(operation);
    }
    load::allow(&session, Event::Finish)?;
    let certificate = session
        .certificate_id
        .ok_or_else(|| Error::internal("scan.finish"))?;
    let certificate = SigningCertificate::find((&app.db).into(), certificate).await?;
    let value = verified(&session, &certificate, signature)?;
    // The stamp comes from outside, so it is taken before the transaction and never inside.
    let stamp = crate::timestamp::stamp(app, &certificate, &value).await?;
    let cms = assemble(app, &session, &certificate, &value, &stamp)?;
    record(app, caller, &session, &certificate, &hash, &cms).await
}

fn repeated(session: &ScanSession, hash: &[u8; 32]) -> Result<Option<OperationId>> {
    match (&session.finish_hash, session.operation_id) {
        (Some(earlier), Some(operation)) if earlier.as_slice() == hash => Ok(Some(operation)),
        (Some(_), _) => Err(Error::conflict("finish_conflict")),
        _ => Ok(None),
    }
}

/// The signature as CMS carries it, if it verifies under the certificate over exactly what was prepared.
fn verified(
    session: &ScanSession,
    certificate: &SigningCertificate,
    signature: &[u8],
) -> Result<Vec<u8>> {
    let invalid = || Error::invalid("signature_invalid");
    let attributes = session
        .attributes
        .as_deref()
        .ok_or_else(|| Error::internal("scan.finish"))?;
    let value = match certificate.algorithm() {
        gm_pki::Algorithm::Sm2Sm3 => cosign::sm2::Signature::from_bytes(signature)
            .map_err(|_| invalid())?
            .to_der(),
        _ => signature.to_vec(),
    };
    let spki = gm_pki::certificate::parse(&certificate.row.der)
        .map_err(Error::internal)?
        .spki_der;
    gm_pki::public_key::verify(&spki, certificate.algorithm(), attributes, &value)
        .map_err(|_| invalid())?;
    Ok(value)
}

fn assemble(
    app: &App,
    session: &ScanSession,
    certificate: &SigningCertificate,
    value: &[u8],
    stamp: &[u8],
) -> Result<Vec<u8>> {
    let attributes = session
        .attributes
        .as_deref()
        .ok_or_else(|| Error::internal("scan.finish"))?;
    let mut certificates: Vec<&[u8]> = vec![&certificate.row.der];
    let chain = certificate.chain(app);
    certificates.extend(chain.iter().map(Vec::as_slice));
    let parts = Parts {
        algorithm: certificate.algorithm(),
        signed_attributes: attributes,
        signature: value,
        certificates: &certificates,
        timestamp_token: Some(stamp),
    };
    gm_pki::cms::assemble(&parts).map_err(|_| Error::internal("scan.cms"))
}

/// Operation, log leaf and result in one transaction.
async fn record(
    app: &App,
    caller: &Caller,
    earlier: &ScanSession,
    certificate: &SigningCertificate,
    hash: &[u8; 32],
    cms: &[u8],
) -> Result<OperationId> {
    let mut tx = app.db.begin_write("scan.finish").await?;
    let now = app.now();
    let session = load::lock_own(&mut tx, caller, &earlier.code, now).await?;
    if let Some(operation) = repeated(&session, hash)? {
        return Ok(operation);
    }
    load::allow(&session, Event::Finish)?;
    if session.state != State::Signing || session.version != earlier.version {
        return Err(Error::conflict("session_state").with("state", session.state.as_str()));
    }
    let facts = Facts::of(app, &session)?.ok_or_else(|| Error::internal("scan.finish"))?;
    let act = Act {
        session: &session,
        person_id: caller.person_id,
        certificate: Some(certificate),
        unit_id: certificate.unit_id,
        file_name: &facts.file_name,
        digest: &facts.digest.0,
        mode: &facts.mode,
        mark_count: facts.marks.len(),
    };
    let id = append(app, &mut tx, &act, now).await?;
    store::scan_session::finish(&mut tx, &session, hash, cms, id, now).await?;
    tx.commit().await?;
    app.wake.notify(&topic(session.id));
    Ok(id)
}
