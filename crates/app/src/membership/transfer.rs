//! The administrator's place goes to a member (MEM-5, MEM-10).

use domain::id::{MembershipId, UnitId};
use domain::membership::{self, Handover, Place};
use domain::unit::Role;
use store::Tx;
use store::membership::Membership;

use super::end::recall_grants;
use super::{Scene, refused};
use crate::{App, Caller, Result, feed, holding};

/// Makes a member administrator. The caller becomes a member whose holdings are suspended, unless they are the legal
/// representative.
///
/// # Errors
/// `unit_not_found`, `member_not_found`, `not_administrator`, `transfer_not_offered`, `administrator_already`,
/// `member_is_oneself`.
pub async fn transfer(app: &App, caller: &Caller, unit: UnitId, to: MembershipId) -> Result<()> {
    let mut tx = app.db.begin_write("membership.transfer").await?;
    let scene = Scene::lock(&mut tx, caller, unit).await?;
    let successor = scene.member(&mut tx, to).await?;
    let target = scene.target(&successor);
    let others = scene.other_administrators();
    let handover = membership::transfer(scene.me.place, target, others).map_err(refused)?;
    let place = Place {
        role: Role::Administrator,
        ..successor.place
    };
    store::membership::set_place(&mut tx, &successor, place).await?;
    // An administrator needs no grant, so what was suspended for want of one goes on.
    holding::resume_of_member(app, &mut tx, unit, successor.person_id).await?;
    let mut told =
        store::application::lapse_about(&mut tx, unit, successor.person_id, app.now()).await?;
    told.extend([successor.person_id, scene.me.person_id]);
    if handover == Handover::Swapped {
        step_down(app, &mut tx, &scene.me).await?;
    }
    tx.commit().await?;
    feed::tell(app, unit, &told);
    Ok(())
}

/// An administrator becomes a member, who has to ask for seals and certificates anew.
pub(crate) async fn step_down(app: &App, tx: &mut Tx, me: &Membership) -> Result<()> {
    store::membership::set_place(tx, me, Place::MEMBER).await?;
    recall_grants(app, tx, me).await?;
    holding::suspend_of_member(app, tx, me.unit_id, me.person_id).await
}
