//! The last transaction of an install: certificate and key half come into force together.

use domain::Instant;
use domain::holding::Way;
use domain::usability::{Status, Why};
use gm_pki::certificate::parse;
use issuer::{PreparedLeaf, Reason};
use store::Tx;
use store::certificate::Certificate;
use store::holding::Holding;
use store::install::{Install, State};
use store::key_half::KeyHalf;

use super::certificate::Issued;
use super::start::barred;
use crate::certificate::{algorithm, chain};
use crate::{App, Error, Result};

/// The count is taken, the former certificate revoked with its server half, and what waited for it ends: from here on the
/// former device's half is dead.
async fn supersede(
    app: &App,
    tx: &mut Tx,
    holding: Option<Holding>,
    former: &Certificate,
) -> Result<()> {
    let holding = holding.ok_or_else(|| Error::not_found("holding_not_found"))?;
    let left = holding
        .reissues
        .take()
        .ok_or_else(|| Error::conflict("needs_pack"))?;
    store::holding::set_reissues(tx, &holding, left).await?;
    crate::certificate::revoke(app, tx, former.id, Reason::Superseded).await?;
    store::scan_session::fail_waiting_for(tx, former.id, "certificate_replaced").await?;
    Ok(())
}

/// What ended or was suspended between record and signature gets no certificate: the one that was signed stays unseen.
fn refuse_withdrawn(holding: Option<&Holding>) -> Result<()> {
    match holding {
        Some(holding) if holding.ended_at.is_some() => Err(barred(Why::HoldingEnded)),
        Some(holding) if holding.suspended_at.is_some() => Err(barred(Why::HoldingSuspended)),
        _ => Ok(()),
    }
}

/// Writes certificate and half, deletes older ones, and ends the install.
pub(super) async fn finish(
    app: &App,
    mut install: Install,
    prepared: &PreparedLeaf,
    der: Vec<u8>,
) -> Result<Issued> {
    let now = app.now();
    let facts = parse(&der).map_err(Error::internal)?;
    let ca = algorithm(prepared.family());
    let certificate = Certificate {
        id: app.new_id(),
        holding_id: install.holding_id,
        device_id: install.device_id,
        ca,
        serial: hex::encode(prepared.serial()),
        der,
        not_before: Instant::from_seconds(facts.not_before),
        not_after: Instant::from_seconds(facts.not_after),
        status: Status::Good,
        revoked_at: None,
        reason: None,
        in_force: true,
        version: 1,
    };
    let half = KeyHalf {
        id: app.new_id(),
        holding_id: install.holding_id,
        certificate_id: certificate.id,
        algorithm: ca,
        install_id: install.id,
        sealed: install
            .server_key
            .take()
            .ok_or_else(|| Error::conflict("conflict"))?,
    };
    install.state = State::Done;
    install.certificate_id = Some(certificate.id);
    let mut tx = app.db.begin_write("install.finish").await?;
    let holding = store::holding::find_for_update(&mut tx, install.holding_id).await?;
    refuse_withdrawn(holding.as_ref())?;
    let former = store::certificate::in_force(&mut tx, install.holding_id).await?;
    match (install.way, former) {
        (Way::Install, Some(former)) if former.device_id != install.device_id => {
            return Err(Error::conflict("installed_elsewhere"));
        }
        (Way::Reissue, Some(former)) => supersede(app, &mut tx, holding, &former).await?,
        _ => {}
    }
    store::install::update(&mut tx, &install, now).await?;
    store::certificate::retire(&mut tx, install.holding_id).await?;
    store::certificate::insert(&mut tx, &certificate, now).await?;
    store::key_half::replace(&mut tx, &half, now).await?;
    tx.commit().await?;
    Ok(Issued {
        certificate_id: certificate.id,
        chain: chain(app, ca),
        certificate: certificate.der,
    })
}
