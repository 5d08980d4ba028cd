//! What becomes of a person's holdings of a unit when their place in it changes (MEM-4, MEM-5, CERT-16+).

use domain::id::{PersonId, UnitId};
use domain::usability::Status;
use issuer::Reason;
use store::Tx;
use store::holding::{Holding, end, lock_of_member, suspend};

use crate::certificate::revoke;
use crate::{App, Result};

/// They end for good: certificates are revoked, and what waits to be signed with them comes to no end.
pub(crate) async fn end_of_member(
    app: &App,
    tx: &mut Tx,
    unit: UnitId,
    person: PersonId,
) -> Result<()> {
    for holding in lock_of_member(tx, unit, person).await? {
        end(tx, &holding, app.now()).await?;
        withdraw(app, tx, &holding, Reason::AffiliationChanged).await?;
    }
    Ok(())
}

/// They are suspended until a new grant, or the administrator's place, resumes them.
pub(crate) async fn suspend_of_member(
    app: &App,
    tx: &mut Tx,
    unit: UnitId,
    person: PersonId,
) -> Result<()> {
    for holding in lock_of_member(tx, unit, person).await? {
        if holding.suspended_at.is_none() {
            suspend(tx, &holding, Some(app.now())).await?;
            withdraw(app, tx, &holding, Reason::CertificateHold).await?;
        }
    }
    Ok(())
}

async fn withdraw(app: &App, tx: &mut Tx, holding: &Holding, reason: Reason) -> Result<()> {
    let Some(certificate) = store::certificate::in_force(&mut *tx, holding.id).await? else {
        return Ok(());
    };
    revoke(app, tx, certificate.id, reason).await?;
    store::scan_session::fail_waiting_for(tx, certificate.id, "certificate_not_usable").await?;
    Ok(())
}

/// They go on with what is left of their terms. The certificate that was on hold is given up for a new one, which comes by
/// an install and so takes no reissue.
pub(crate) async fn resume_of_member(
    app: &App,
    tx: &mut Tx,
    unit: UnitId,
    person: PersonId,
) -> Result<()> {
    for holding in lock_of_member(tx, unit, person).await? {
        resume(app, tx, &holding).await?;
    }
    Ok(())
}

/// The same for one, whose row is held.
pub(crate) async fn resume(app: &App, tx: &mut Tx, holding: &Holding) -> Result<()> {
    if holding.suspended_at.is_none() {
        return Ok(());
    }
    suspend(tx, holding, None).await?;
    let on_hold = store::certificate::in_force(&mut *tx, holding.id).await?;
    if let Some(on_hold) = on_hold.filter(|found| found.status == Status::Suspended) {
        revoke(app, tx, on_hold.id, Reason::Superseded).await?;
        store::certificate::retire(tx, holding.id).await?;
    }
    Ok(())
}
