//! Seals: who may make one, and who may use one now.

use crate::time::Instant;

/// What a seal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Company seal (公章).
    Company,
    /// Finance seal (财务章).
    Finance,
    /// Contract seal (合同章).
    Contract,
    /// The legal representative's seal (法定代表人章).
    LegalRepresentative,
    /// A person's name seal (人名章).
    Name,
    /// A handwritten signature (手写签名).
    Handwritten,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Company,
        Self::Finance,
        Self::Contract,
        Self::LegalRepresentative,
        Self::Name,
        Self::Handwritten,
    ];

    /// The word that storage and wire use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Finance => "finance",
            Self::Contract => "contract",
            Self::LegalRepresentative => "legal_representative",
            Self::Name => "name",
            Self::Handwritten => "handwritten",
        }
    }

    /// The kind of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What the person is in the seal's unit, now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Unit administrator.
    Administrator,
    /// Ordinary member.
    Member,
    /// Neither, or not any more.
    Stranger,
}

/// A seal grant as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Last instant at which it serves.
    pub until: Instant,
    /// When it was recalled, if it was.
    pub recalled_at: Option<Instant>,
}

/// Where the seal is to be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a trading platform, which says whether it takes the legal representative's seal made by an administrator.
    Platform {
        /// The platform takes SEAL-4's form.
        legal_representative_seal: bool,
    },
    /// In document sealing.
    Document,
}

/// The owner's side of a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A unit's seal; the person's standing there and newest grant.
    Unit {
        /// What the person is there.
        standing: Standing,
        /// The person's newest grant for this seal.
        grant: Option<Grant>,
        /// The legal representative permits the administrator's 法定代表人章 now (UMG-5).
        legal_representative_permits: bool,
    },
    /// A personal seal, and whether the person owns it.
    Person {
        /// The person asking is its owner.
        is_owner: bool,
    },
}

/// Why a seal cannot be used now; the word is the wire's `reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The person has nothing to do with the seal's unit.
    #[error("not a member of the unit")]
    NotMember,
    /// Voided, and the person is an administrator or has no grant.
    #[error("the seal is voided")]
    Voided,
    /// A member without a grant.
    #[error("no grant for this seal")]
    GrantMissing,
    /// The grant's end has passed.
    #[error("the grant has ended")]
    GrantEnded,
    /// The grant was recalled.
    #[error("the grant was recalled")]
    GrantRecalled,
    /// The legal representative has not permitted, or has withdrawn the permission.
    #[error("the legal representative has not permitted it")]
    PermissionMissing,
    /// The platform, or document sealing, does not take this kind.
    #[error("not accepted here")]
    NotAcceptedHere,
    /// Somebody else's personal seal.
    #[error("a personal seal of somebody else")]
    NotOwner,
}

impl Refusal {
    /// The word that the wire uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotMember => "not_member",
            Self::Voided => "seal_voided",
            Self::GrantMissing => "seal_grant_missing",
            Self::GrantEnded => "seal_grant_ended",
            Self::GrantRecalled => "seal_grant_recalled",
            Self::PermissionMissing => "legal_representative_permission_missing",
            Self::NotAcceptedHere => "seal_not_accepted_here",
            Self::NotOwner => "seal_of_somebody_else",
        }
    }
}

/// May this person use this seal at this place now? (`model.md`: an administrator while it is not voided; a member
/// with a grant in force, voided or not; a personal seal its owner only.)
pub fn usable(
    kind: Kind,
    voided_at: Option<Instant>,
    owner: Owner,
    place: Place,
    now: Instant,
) -> Result<(), Refusal> {
    let (standing, grant, permits) = match owner {
        Owner::Person { is_owner: true } if voided_at.is_some() => return Err(Refusal::Voided),
        Owner::Person { is_owner: true } => return Ok(()),
        Owner::Person { is_owner: false } => return Err(Refusal::NotOwner),
        Owner::Unit {
            standing,
            grant,
            legal_representative_permits,
        } => (standing, grant, legal_representative_permits),
    };
    if standing == Standing::Stranger {
        return Err(Refusal::NotMember);
    }
    if kind == Kind::LegalRepresentative {
        if place
            != (Place::Platform {
                legal_representative_seal: true,
            })
        {
            return Err(Refusal::NotAcceptedHere);
        }
        if !permits {
            return Err(Refusal::PermissionMissing);
        }
    }
    match standing {
        Standing::Administrator if voided_at.is_some() => Err(Refusal::Voided),
        Standing::Administrator => Ok(()),
        Standing::Stranger => Err(Refusal::NotMember),
        Standing::Member => match grant {
            None if voided_at.is_some() => Err(Refusal::Voided),
            None => Err(Refusal::GrantMissing),
            Some(grant) if grant.recalled_at.is_some() => Err(Refusal::GrantRecalled),
            Some(grant) if grant.until < now => Err(Refusal::GrantEnded),
            Some(_) => Ok(()),
        },
    }
}

/// How a seal is among those that a person calls their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// For use.
    Live,
    /// It was lent, and the time is over (SEAL-6).
    Ended,
}

/// Whether a seal is among those that a person calls their own (HOME-1): a personal one, one of a unit that they
/// administer, or one that was lent to them and not taken back. Only the live ones are counted as their own; what else a unit
/// has is shown in the unit's own place.
#[must_use]
pub fn ones_own(owner: Owner, now: Instant) -> Option<Own> {
    match owner {
        Owner::Person { is_owner } => is_owner.then_some(Own::Live),
        Owner::Unit {
            standing, grant, ..
        } => match (standing, grant) {
            (Standing::Administrator, _) => Some(Own::Live),
            (Standing::Member, Some(grant)) if grant.recalled_at.is_none() => {
                let over = grant.until < now;
                Some(if over { Own::Ended } else { Own::Live })
            }
            (Standing::Member | Standing::Stranger, _) => None,
        },
    }
}

/// Why a seal is not lent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotLent {
    /// No new grants on a voided seal (SEAL-5).
    #[error("the seal is voided")]
    Voided,
    /// The legal representative has not permitted their seal, or has withdrawn the permission (SEAL-4).
    #[error("the legal representative has not permitted it")]
    PermissionMissing,
    /// The time for which it was asked is over.
    #[error("the time is over")]
    Over,
}

/// Whether an administrator may lend a seal until an instant (SEAL-4 to SEAL-6).
///
/// # Errors
/// [`NotLent`].
pub fn lend(
    kind: Kind,
    voided_at: Option<Instant>,
    legal_representative_permits: bool,
    until: Instant,
    now: Instant,
) -> Result<(), NotLent> {
    if voided_at.is_some() {
        Err(NotLent::Voided)
    } else if kind == Kind::LegalRepresentative && !legal_representative_permits {
        Err(NotLent::PermissionMissing)
    } else if until < now {
        Err(NotLent::Over)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_micros(1_000_000);
    const PLATFORM: Place = Place::Platform {
        legal_representative_seal: false,
    };

    fn unit(standing: Standing, grant: Option<Grant>) -> Owner {
        Owner::Unit {
            standing,
            grant,
            legal_representative_permits: false,
        }
    }

    fn grant(until: i64, recalled: bool) -> Option<Grant> {
        Some(Grant {
            until: Instant::from_micros(until),
            recalled_at: recalled.then_some(NOW),
        })
    }

    #[test]
    fn seal_5_a_voided_seal_serves_members_with_a_grant_and_no_administrator() {
        let voided = Some(NOW);
        assert_eq!(
            usable(
                Kind::Company,
                None,
                unit(Standing::Administrator, None),
                PLATFORM,
                NOW
            ),
            Ok(())
        );
        assert_eq!(
            usable(
                Kind::Company,
                voided,
                unit(Standing::Administrator, None),
                PLATFORM,
                NOW
            ),
            Err(Refusal::Voided)
        );
        assert_eq!(
            usable(
                Kind::Company,
                voided,
                unit(Standing::Member, grant(2_000_000, false)),
                PLATFORM,
                NOW
            ),
            Ok(())
        );
        assert_eq!(
            usable(
                Kind::Company,
                voided,
                unit(Standing::Member, None),
                PLATFORM,
                NOW
            ),
            Err(Refusal::Voided)
        );
    }

    #[test]
    fn seal_6_seal_7_a_grant_ends_at_its_date_and_at_once_when_recalled() {
        let check = |grant| {
            usable(
                Kind::Company,
                None,
                unit(Standing::Member, grant),
                PLATFORM,
                NOW,
            )
        };
        assert_eq!(check(None), Err(Refusal::GrantMissing));
        assert_eq!(check(grant(1_000_000, false)), Ok(()));
        assert_eq!(check(grant(999_999, false)), Err(Refusal::GrantEnded));
        assert_eq!(check(grant(2_000_000, true)), Err(Refusal::GrantRecalled));
    }

    #[test]
    fn seal_4_the_legal_representatives_seal_needs_permission_and_a_platform_that_takes_it() {
        let owner = |permits| Owner::Unit {
            standing: Standing::Administrator,
            grant: None,
            legal_representative_permits: permits,
        };
        let takes = Place::Platform {
            legal_representative_seal: true,
        };
        let check =
            |permits, place| usable(Kind::LegalRepresentative, None, owner(permits), place, NOW);
        assert_eq!(check(true, takes), Ok(()));
        assert_eq!(check(false, takes), Err(Refusal::PermissionMissing));
        assert_eq!(check(true, PLATFORM), Err(Refusal::NotAcceptedHere));
        assert_eq!(check(true, Place::Document), Err(Refusal::NotAcceptedHere));
    }

    #[test]
    fn home_1_ones_own_seals_are_personal_administered_or_lent() {
        let lent = |standing, grant| ones_own(unit(standing, grant), NOW);
        assert_eq!(
            ones_own(Owner::Person { is_owner: true }, NOW),
            Some(Own::Live)
        );
        assert_eq!(ones_own(Owner::Person { is_owner: false }, NOW), None);
        assert_eq!(lent(Standing::Administrator, None), Some(Own::Live));
        assert_eq!(
            lent(Standing::Member, grant(1_000_000, false)),
            Some(Own::Live)
        );
        for grant in [None, grant(2_000_000, true), grant(999_999, true)] {
            assert_eq!(lent(Standing::Member, grant), None, "{grant:?}");
        }
        assert_eq!(lent(Standing::Stranger, grant(2_000_000, false)), None);
    }

    #[test]
    fn seal_6_a_lent_seal_stays_in_sight_when_its_time_is_over() {
        let ended = ones_own(unit(Standing::Member, grant(999_999, false)), NOW);
        assert_eq!(ended, Some(Own::Ended));
    }

    #[test]
    fn seal_4_seal_5_seal_6_what_is_lent_is_live_permitted_and_for_a_time_to_come() {
        let lend = |kind, voided, permits, until| {
            lend(kind, voided, permits, Instant::from_micros(until), NOW)
        };
        assert_eq!(lend(Kind::Company, None, false, 1_000_000), Ok(()));
        assert_eq!(
            lend(Kind::Company, Some(NOW), true, 2_000_000),
            Err(NotLent::Voided)
        );
        assert_eq!(lend(Kind::Company, None, true, 999_999), Err(NotLent::Over));
        let representative = Kind::LegalRepresentative;
        assert_eq!(
            lend(representative, None, false, 2_000_000),
            Err(NotLent::PermissionMissing)
        );
        assert_eq!(lend(representative, None, true, 2_000_000), Ok(()));
    }

    #[test]
    fn seal_10_a_personal_seal_is_used_by_its_owner_alone() {
        let check = |is_owner| usable(Kind::Name, None, Owner::Person { is_owner }, PLATFORM, NOW);
        assert_eq!(check(true), Ok(()));
        assert_eq!(check(false), Err(Refusal::NotOwner));
        let stranger = unit(Standing::Stranger, grant(2_000_000, false));
        assert_eq!(
            usable(Kind::Company, None, stranger, PLATFORM, NOW),
            Err(Refusal::NotMember)
        );
    }
}
