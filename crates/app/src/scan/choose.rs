//! The person picks whose certificate signs.

use domain::id::HoldingId;
use domain::scan_session::{Event, State};
use store::Exec;
use store::scan_session::ScanSession;

use super::choices::scope;
use super::{PhoneView, SigningCertificate, load, phone_view, topic};
use crate::{App, Caller, Error, Result};

/// Picks; may be picked anew until the asker has prepared for it.
///
/// # Errors
/// `match_first`, `holding_not_found`, `certificate_not_usable` with state and reason, `session_state`.
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
    require_match(&session)?;
    let certificate = usable_certificate((&mut tx).into(), app, caller, holding, &session).await?;
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
    let seen =
        crate::holding::usable_here(app, at.again(), caller, holding, scope(session), app.now())
            .await?;
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
