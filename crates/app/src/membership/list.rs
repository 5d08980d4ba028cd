//! A unit's people as they see one another, and what each of them may do here.

use std::time::Duration;

use domain::Instant;
use domain::id::{MembershipId, UnitId};
use domain::membership::{leave, may_transfer};
use domain::unit::Role;
use store::membership::Member;

use crate::feed::{self, Feed};
use crate::unit::require_member;
use crate::{App, Caller, Error, Result, personal};

/// A member as colleagues see them: by name, since they have to tell one another apart.
pub struct MemberView {
    /// Id of the membership.
    pub member_id: MembershipId,
    /// Name.
    pub name: String,
    /// `138****0001`
    pub phone_masked: String,
    /// Administrator or member.
    pub role: Role,
    /// The legal representative with their right.
    pub by_right: bool,
    /// It is the caller.
    pub me: bool,
    /// Since when.
    pub joined_at: Instant,
}

/// Everybody, with what the caller may do.
pub struct Members {
    /// Rises with every change.
    pub version: i64,
    /// Administrators first.
    pub members: Vec<MemberView>,
    /// What waits for the caller as administrator; 0 for members.
    pub task_count: u32,
    /// The caller may transfer the administrator's place.
    pub may_transfer: bool,
    /// The caller may leave without transferring first.
    pub may_leave: bool,
}

/// Everybody who belongs to the unit, once its version is another than `wish` says, or when the wait ends.
///
/// # Errors
/// `unit_not_found`.
pub async fn members(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    wish: Option<(i64, Duration)>,
) -> Result<Members> {
    require_member(&app.db, caller.person_id, unit).await?;
    if let Some((after, at_most)) = wish {
        feed::wait(app, Feed::Unit(unit), after, at_most).await?;
    }
    // The version first: what changes meanwhile is seen by the next look at the latest.
    let version = Feed::Unit(unit).version(app).await?;
    let rows = store::membership::of_unit(&app.db, unit).await?;
    let mine = store::membership::find(&app.db, unit, caller.person_id).await?;
    let mine = mine.ok_or_else(|| Error::not_found("unit_not_found"))?;
    let administrators = store::membership::administrators(&app.db, unit).await?;
    let others = administrators
        .iter()
        .filter(|person| **person != caller.person_id)
        .count();
    let others = u32::try_from(others).unwrap_or(u32::MAX);
    let task_count = if mine.place.administers() {
        store::application::count_waiting(&app.db, unit).await?
    } else {
        0
    };
    Ok(Members {
        version,
        members: rows
            .into_iter()
            .map(|row| view(app, caller, row))
            .collect::<Result<_>>()?,
        task_count,
        may_transfer: may_transfer(mine.place, others).is_ok(),
        may_leave: leave(mine.place, others).is_ok(),
    })
}

fn view(app: &App, caller: &Caller, row: Member) -> Result<MemberView> {
    let Member {
        membership,
        name,
        phone,
    } = row;
    let person = membership.person_id;
    Ok(MemberView {
        member_id: membership.id,
        name: personal::name_or_empty(app, person, name.as_deref())?,
        phone_masked: personal::open_phone(app, &phone)?.masked(),
        role: membership.place.role,
        by_right: membership.place.by_right,
        me: person == caller.person_id,
        joined_at: membership.joined_at,
    })
}
