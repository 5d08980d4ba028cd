//! Who belongs to a unit: how that begins, changes and ends (MEM-1 to MEM-6, MEM-10).
//!
//! ```text
//!            asks                 passed by an administrator
//!  outside ───────► application ─────────────────────────────► member ◄──transfer──► administrator
//!     │  invited by an administrator, to this very number        ▲ │                    │
//!     └───────────────────────────────────────────────────────────┘ └─ leaves, is removed ┴─► outside
//! ```
//! The legal representative enters as administrator by right, once; where an operator names another one, the right goes to
//! that person (UMG-4). An operator may give the administrator's place to somebody else (MEM-6, OPS-4).

use crate::unit::Role;

/// What somebody is in a unit they belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Administrator or member.
    pub role: Role,
    /// Administrator by right: the legal representative, until they leave (MEM-10).
    pub by_right: bool,
}

impl Place {
    /// An ordinary member.
    pub const MEMBER: Self = Self {
        role: Role::Member,
        by_right: false,
    };

    /// Whether this is an administrator, by right or not.
    #[must_use]
    pub fn administers(self) -> bool {
        self.role == Role::Administrator
    }
}

/// Somebody who wants to come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comer {
    /// They are in already.
    pub inside: bool,
    /// They have asked, and nobody has decided.
    pub asked: bool,
    /// An invitation to their very number is open, from somebody who is administrator at this instant.
    pub invited_by_administrator: bool,
}

/// What becomes of a wish to come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// An administrator has to decide.
    Ask,
    /// An administrator has decided already, by the invitation (MEM-2).
    Enter,
}

/// Why a wish to come in is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// They are in.
    #[error("a member already")]
    Inside,
    /// They have asked.
    #[error("asked already")]
    Asked,
}

/// Whether somebody may come in, or must ask.
///
/// # Errors
/// [`NotTaken`].
pub const fn join(comer: Comer) -> Result<Entry, NotTaken> {
    match comer {
        Comer { inside: true, .. } => Err(NotTaken::Inside),
        Comer {
            invited_by_administrator: true,
            ..
        } => Ok(Entry::Enter),
        Comer { asked: true, .. } => Err(NotTaken::Asked),
        Comer { .. } => Ok(Entry::Ask),
    }
}

/// What somebody is from the moment they come in. Whoever was here before has given the right away by leaving.
#[must_use]
pub const fn place_on_entry(legal_representative: bool, was_here: bool) -> Place {
    if legal_representative && !was_here {
        Place {
            role: Role::Administrator,
            by_right: true,
        }
    } else {
        Place::MEMBER
    }
}

/// Somebody to whom something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// What they are.
    pub place: Place,
    /// They are the one who acts.
    pub oneself: bool,
}

/// Why a membership stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Only administrators may.
    #[error("not an administrator")]
    NotAdministrator,
    /// Nobody removes themselves.
    #[error("oneself")]
    Oneself,
    /// Nobody removes the legal representative.
    #[error("the legal representative")]
    LegalRepresentative,
    /// A member's request cannot name an administrator.
    #[error("an administrator")]
    Administrator,
    /// Administrators remove; they have nobody to ask.
    #[error("an administrator needs no request")]
    NoRequestNeeded,
    /// Administrators transfer before they leave.
    #[error("transfer first")]
    TransferFirst,
    /// The legal representative does not transfer beside another administrator.
    #[error("transfer is not offered")]
    TransferNotOffered,
    /// The place cannot be given to somebody who has it.
    #[error("an administrator already")]
    AdministratorAlready,
}

/// Whether an administrator may remove somebody.
///
/// # Errors
/// [`Refusal`].
pub fn remove(actor: Place, target: Target) -> Result<(), Refusal> {
    if !actor.administers() {
        return Err(Refusal::NotAdministrator);
    }
    removable(target)
}

/// Whether a member may ask that somebody be removed.
///
/// # Errors
/// [`Refusal`].
pub fn ask_removal(actor: Place, target: Target) -> Result<(), Refusal> {
    if actor.administers() {
        return Err(Refusal::NoRequestNeeded);
    }
    removable(target)?;
    named_by_member(target.place)
}

/// Whether an administrator may pass a member's request, given what the named person is by now.
///
/// # Errors
/// [`Refusal`].
pub fn pass_removal(actor: Place, target: Target) -> Result<(), Refusal> {
    remove(actor, target)?;
    named_by_member(target.place)
}

fn removable(target: Target) -> Result<(), Refusal> {
    match target {
        Target { oneself: true, .. } => Err(Refusal::Oneself),
        Target { place, .. } if place.by_right => Err(Refusal::LegalRepresentative),
        Target { .. } => Ok(()),
    }
}

fn named_by_member(place: Place) -> Result<(), Refusal> {
    if place.administers() {
        Err(Refusal::Administrator)
    } else {
        Ok(())
    }
}

/// Whether somebody may leave, beside so many other administrators.
///
/// # Errors
/// [`Refusal::TransferFirst`].
pub fn leave(me: Place, other_administrators: u32) -> Result<(), Refusal> {
    if me.administers() && !(me.by_right && other_administrators > 0) {
        return Err(Refusal::TransferFirst);
    }
    Ok(())
}

/// What a transfer does to the one who transfers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handover {
    /// The legal representative stays administrator; the other one is added (MEM-10).
    Added,
    /// They become a member: grants are recalled and holdings suspended.
    Swapped,
}

/// Whether somebody is offered to transfer at all, beside so many other administrators.
///
/// # Errors
/// [`Refusal`].
pub fn may_transfer(me: Place, other_administrators: u32) -> Result<Handover, Refusal> {
    match (me.administers(), me.by_right, other_administrators) {
        (false, _, _) => Err(Refusal::NotAdministrator),
        (true, true, 0) => Ok(Handover::Added),
        (true, true, _) => Err(Refusal::TransferNotOffered),
        (true, false, _) => Ok(Handover::Swapped),
    }
}

/// Whether the place of administrator goes from one to another.
///
/// # Errors
/// [`Refusal`].
pub fn transfer(me: Place, target: Target, other_administrators: u32) -> Result<Handover, Refusal> {
    let handover = may_transfer(me, other_administrators)?;
    match target {
        Target { oneself: true, .. } => Err(Refusal::Oneself),
        Target { place, .. } if place.administers() => Err(Refusal::AdministratorAlready),
        Target { .. } => Ok(handover),
    }
}

/// Whether somebody, inside or outside, may ask an operator for the administrator's place (MEM-6, OPS-4).
///
/// # Errors
/// [`Refusal::AdministratorAlready`].
pub fn ask_takeover(me: Option<Place>) -> Result<(), Refusal> {
    if me.is_some_and(Place::administers) {
        Err(Refusal::AdministratorAlready)
    } else {
        Ok(())
    }
}

/// What somebody is after an operator gave the administrator's place to a successor, who is `successor` or somebody else.
/// The legal representative stays what they are.
#[must_use]
pub const fn place_after_takeover(place: Place, successor: bool) -> Place {
    match (successor, place.by_right) {
        (true, _) => Place {
            role: Role::Administrator,
            ..place
        },
        (false, true) => place,
        (false, false) => Place::MEMBER,
    }
}

/// What somebody is after a unit's legal representative was named anew, who is `named` or somebody else: the right goes to
/// the one, and from the other, who stays administrator like any other (UMG-4).
#[must_use]
pub const fn place_after_naming(place: Place, named: bool) -> Place {
    if named {
        place_on_entry(true, false)
    } else {
        Place {
            by_right: false,
            ..place
        }
    }
}

#[cfg(test)]
mod tests;
