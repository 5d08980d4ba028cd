//! The person picks whose certificate signs.

use domain::id::{HoldingId, PersonId, SealId};
use domain::scan_session::{Event, Kind, State};
use store::Exec;
use store::scan_session::ScanSession;

use super::choices::scope;
use super::{PhoneView, SigningCertificate, load, phone_view, topic, unseal};
use crate::{App, Caller, Error, Result};

/// Picks; may be picked anew until the asker has prepared for it.
///
/// # Errors
/// `match_first`, `holding_not_found`, `certificate_not_usable` with state and reason, `seal_not_usable`, `session_state`.
pub async fn choose(
    app: &App,
    caller: &Caller,
    code: &str,
    holding: HoldingId,
) -> Result<PhoneView> {
    let mut tx = app.db.begin_write("scan.choose").await?;
    let session = load::lock_own(&mut tx, caller, code, app.now()).await?;
    let same = session.holding_id == Some(holding);
    if same && session.state == State::Ready {
        drop(tx);
        return phone_view(app, caller, code).await;
    }
    load::allow(&session, Event::Choose)?;
    if session.kind == Kind::Login {
        return Err(load::not_possible(&session));
    }
    require_match(&session)?;
    let certificate = usable_certificate((&mut tx).into(), app, caller, holding, &session).await?;
    if let Some(seal) = session.asked_seal_id {
        usable_seal(
            (&mut tx).into(),
            app,
            caller.person_id,
            seal,
            &session,
            &certificate,
        )
        .await?;
    }
    // A reissue between two choices leaves the holding and changes the certificate.
    if same && session.certificate_id == Some(certificate.row.id) {
        drop(tx);
        return phone_view(app, caller, code).await;
    }
    store::scan_session::choose(&mut tx, &session, holding, certificate.row.id).await?;
    tx.commit().await?;
    app.wake.notify(&topic(session.id));
    phone_view(app, caller, code).await
}

/// The person must have shown that phone and asker are on the same session.
pub(super) fn require_match(session: &ScanSession) -> Result<()> {
    if session.matched {
        Ok(())
    } else {
        Err(Error::conflict("match_first"))
    }
}

/// The certificate in force of a holding that is usable here, now, on this device. The guard of choose and of confirm.
pub(super) async fn usable_certificate(
    mut at: Exec<'_>,
    app: &App,
    caller: &Caller,
    holding: HoldingId,
    session: &ScanSession,
) -> Result<SigningCertificate> {
    let mut seen =
        crate::holding::usable_here(app, at.again(), caller, holding, scope(session), app.now())
            .await?;
    unseal::narrow(at.again(), session, &mut seen).await?;
    if !seen.usability.is_usable() {
        let refusal =
            Error::forbidden("certificate_not_usable").with("state", seen.usability.state());
        return Err(match seen.usability.reason() {
            Some(reason) => refusal.with("reason", reason),
            None => refusal,
        });
    }
    let certificate = SigningCertificate::in_force(at, holding).await?;
    certificate
        .ok_or_else(|| Error::forbidden("certificate_not_usable").with("state", "needs_install"))
}

/// A seal that this person may use here, now, and that belongs to the identity that signs.
pub(super) async fn usable_seal(
    at: Exec<'_>,
    app: &App,
    person: PersonId,
    seal: SealId,
    session: &ScanSession,
    certificate: &SigningCertificate,
) -> Result<store::seal::Seal> {
    let refused = |reason: &str| Error::forbidden("seal_not_usable").with("reason", reason);
    if session.asked_seal_id.is_some_and(|asked| asked != seal) {
        return Err(refused("another_seal_asked"));
    }
    let seal = crate::seal::check(at, app, person, seal, session.platform_id).await?;
    if seal.unit_id == certificate.unit_id {
        Ok(seal)
    } else {
        Err(refused("seal_of_other_identity"))
    }
}
