//! Removing members, and asking for it (MEM-3).

use std::collections::BTreeSet;

use domain::application::Asked;
use domain::id::{MembershipId, UnitId};
use domain::membership;
use domain::time::DAY_US;
use store::Tx;
use store::membership::{Ended, Membership};

use super::{Scene, end, refused};
use crate::application::{self, distinct, reason_of};
use crate::{App, Caller, Result, feed, limit};

/// Most members that one request names.
const NAMED_MAX: usize = 50;
/// Requests that a person may make in a day.
const REQUESTS_A_DAY: i64 = 100;

/// An administrator removes members: all that are named, or none.
///
/// # Errors
/// `unit_not_found`, `selection_invalid`, `member_not_found`, `not_administrator`, `member_is_oneself`,
/// `member_is_legal_representative`.
pub async fn remove(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    named: &[MembershipId],
) -> Result<()> {
    let named = distinct(named, NAMED_MAX)?;
    let mut tx = app.db.begin_write("membership.remove").await?;
    let scene = Scene::lock(&mut tx, caller, unit).await?;
    let mut told = Vec::new();
    for member in members(&scene, &mut tx, &named).await? {
        membership::remove(scene.me.place, scene.target(&member)).map_err(refused)?;
        told.extend(end(app, &mut tx, &member, Ended::Removed).await?);
    }
    tx.commit().await?;
    feed::tell(app, unit, &told);
    Ok(())
}

/// A member asks the administrators to remove somebody. Who is named in a request already is not named twice.
///
/// # Errors
/// `unit_not_found`, `selection_invalid`, `reason_invalid`, `member_not_found`, `removal_needs_no_request`,
/// `member_is_oneself`, `member_is_legal_representative`, `member_is_administrator`, `removal_asked_already`, `application_limit`,
/// `rate_limited`.
pub async fn ask_removal(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    named: &[MembershipId],
    reason: &str,
) -> Result<()> {
    let named = distinct(named, NAMED_MAX)?;
    let reason = reason_of(reason)?;
    let person = caller.person_id.to_string();
    limit::check(
        app,
        "membership.ask_removal",
        person.as_bytes(),
        DAY_US,
        REQUESTS_A_DAY,
    )
    .await?;
    let mut tx = app.db.begin_write("membership.ask_removal").await?;
    let scene = Scene::lock(&mut tx, caller, unit).await?;
    let mut asked = Vec::with_capacity(named.len());
    for member in members(&scene, &mut tx, &named).await? {
        membership::ask_removal(scene.me.place, scene.target(&member)).map_err(refused)?;
        asked.push(Asked::Removal(member.person_id));
    }
    let all = (asked.as_slice(), reason.as_str());
    application::hand_in(app, tx, caller, unit, all, "removal_asked_already").await
}

async fn members(
    scene: &Scene,
    tx: &mut Tx,
    named: &BTreeSet<MembershipId>,
) -> Result<Vec<Membership>> {
    let mut members = Vec::with_capacity(named.len());
    for id in named {
        members.push(scene.member(tx, *id).await?);
    }
    Ok(members)
}
