//! A unit, held still for a decision about who belongs to it, and the one who acts.

use domain::id::{MembershipId, PersonId, UnitId};
use domain::membership::{Refusal, Target};
use store::Tx;
use store::membership::Membership;
use store::unit::Unit;

use crate::{Caller, Error, Result};

/// Who acts where. While it is there, nobody else changes who belongs to the unit.
pub(crate) struct Scene {
    /// The unit, locked.
    pub unit: Unit,
    /// The membership of the one who acts.
    pub me: Membership,
    administrators: Vec<PersonId>,
}

impl Scene {
    /// Locks the unit and reads who is what in it.
    ///
    /// # Errors
    /// `unit_not_found`, also for somebody who does not belong to it.
    pub(crate) async fn lock(tx: &mut Tx, caller: &Caller, unit: UnitId) -> Result<Self> {
        let missing = || Error::not_found("unit_not_found");
        let unit = store::unit::lock(tx, unit).await?.ok_or_else(missing)?;
        let me = store::membership::find(&mut *tx, unit.id, caller.person_id).await?;
        let administrators = store::membership::administrators(&mut *tx, unit.id).await?;
        Ok(Self {
            me: me.ok_or_else(missing)?,
            unit,
            administrators,
        })
    }

    /// How many others administer the unit.
    pub(crate) fn other_administrators(&self) -> u32 {
        let others = self.administrators.iter();
        let others = others
            .filter(|person| **person != self.me.person_id)
            .count();
        u32::try_from(others).unwrap_or(u32::MAX)
    }

    /// Another member, by the id that the list gave.
    ///
    /// # Errors
    /// `member_not_found`.
    pub(crate) async fn member(&self, tx: &mut Tx, id: MembershipId) -> Result<Membership> {
        let found = store::membership::find_by_id(tx, self.unit.id, id).await?;
        found.ok_or_else(|| Error::not_found("member_not_found"))
    }

    /// A member as the rules see them.
    pub(crate) fn target(&self, membership: &Membership) -> Target {
        Target {
            place: membership.place,
            oneself: membership.person_id == self.me.person_id,
        }
    }
}

/// A rule's refusal as callers see it.
pub(crate) fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::NotAdministrator => Error::forbidden("not_administrator"),
        Refusal::Oneself => Error::conflict("member_is_oneself"),
        Refusal::LegalRepresentative => Error::conflict("member_is_legal_representative"),
        Refusal::Administrator => Error::conflict("member_is_administrator"),
        Refusal::NoRequestNeeded => Error::conflict("removal_needs_no_request"),
        Refusal::TransferFirst => Error::conflict("transfer_first"),
        Refusal::TransferNotOffered => Error::conflict("transfer_not_offered"),
        Refusal::AdministratorAlready => Error::conflict("administrator_already"),
    }
}
