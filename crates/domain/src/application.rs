//! Applications: what somebody asks of a unit's administrators, decided once (MEM-1, MEM-3, MEM-7, CERT-9, SEAL-6).

use crate::id::{PersonId, ProductId, SealId};
use crate::time::{Day, Instant};
use crate::unit::Role;

/// Characters of a reason, whoever gives it.
pub const REASON_CHARS_MAX: usize = 200;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To be let in.
    Join,
    /// That somebody else be removed.
    Removal,
    /// The unit's certificate of a product.
    Certificate,
    /// One of the unit's seals, until a day.
    Seal,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Join, Self::Removal, Self::Certificate, Self::Seal];

    /// The word that storage and wire use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Removal => "removal",
            Self::Certificate => "certificate",
            Self::Seal => "seal",
        }
    }

    /// The kind of a stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What is asked, with what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To be let in.
    Join,
    /// That this member be removed.
    Removal(PersonId),
    /// The unit's certificate of this product.
    Certificate(ProductId),
    /// This seal of the unit.
    Seal {
        /// Which one.
        seal: SealId,
        /// The last instant at which it is to serve.
        until: Instant,
    },
}

impl Asked {
    /// Its kind.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Join => Kind::Join,
            Self::Removal(_) => Kind::Removal,
            Self::Certificate(_) => Kind::Certificate,
            Self::Seal { .. } => Kind::Seal,
        }
    }
}

/// How far ahead a seal may be asked for, in years.
pub const LENT_YEARS_MAX: i16 = 10;

/// Why a wish for a certificate or a seal is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAsked {
    /// Administrators use what the unit has without asking.
    #[error("an administrator needs no grant")]
    NoneNeeded,
    /// Nothing can be used for a unit that is not certified.
    #[error("the unit is not certified")]
    UnitNotCertified,
    /// The grant is there.
    #[error("granted already")]
    GrantedAlready,
    /// No new grants on a voided seal (SEAL-5).
    #[error("the seal is voided")]
    SealVoided,
    /// Before today, or too far ahead.
    #[error("not a day to ask for")]
    DayInvalid,
}

/// Whether somebody with `role` in the unit may ask for the certificate of a product (CERT-9).
///
/// # Errors
/// [`NotAsked`].
pub const fn ask_certificate(role: Role, certified: bool, granted: bool) -> Result<(), NotAsked> {
    match role {
        Role::Administrator => Err(NotAsked::NoneNeeded),
        Role::Member if !certified => Err(NotAsked::UnitNotCertified),
        Role::Member if granted => Err(NotAsked::GrantedAlready),
        Role::Member => Ok(()),
    }
}

/// The last instant of a seal that somebody with `role` asks for until the end of a day (SEAL-6). Asking again while it is
/// lent is how to have it for longer.
///
/// # Errors
/// [`NotAsked`].
pub fn ask_seal(role: Role, voided: bool, until: Day, today: Day) -> Result<Instant, NotAsked> {
    match role {
        Role::Administrator => Err(NotAsked::NoneNeeded),
        Role::Member if voided => Err(NotAsked::SealVoided),
        Role::Member if until < today || until > today.plus_years(LENT_YEARS_MAX) => {
            Err(NotAsked::DayInvalid)
        }
        Role::Member => Ok(until.next().start().plus_micros(-1)),
    }
}

/// How an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has decided.
    Pending,
    /// An administrator passed it.
    Passed,
    /// An administrator refused it.
    Refused,
    /// What was asked for has become pointless: who asks, or who is named, has left.
    Lapsed,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Passed, Self::Refused, Self::Lapsed];

    /// The word that storage and wire use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Passed => "passed",
            Self::Refused => "refused",
            Self::Lapsed => "lapsed",
        }
    }

    /// The state of a stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// What an administrator says to an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Pass,
    /// No.
    Refuse,
}

/// Why a decision does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDecided {
    /// Only the unit's administrators decide.
    #[error("not an administrator of the unit")]
    NotAdministrator,
    /// Somebody was faster, or it lapsed.
    #[error("decided before")]
    Before(State),
}

/// The state after a verdict of somebody who has `role` in the unit now.
///
/// # Errors
/// [`NotDecided`].
pub fn decide(now: State, role: Role, verdict: Verdict) -> Result<State, NotDecided> {
    match (role, now, verdict) {
        (Role::Member, _, _) => Err(NotDecided::NotAdministrator),
        (Role::Administrator, State::Pending, Verdict::Pass) => Ok(State::Passed),
        (Role::Administrator, State::Pending, Verdict::Refuse) => Ok(State::Refused),
        (Role::Administrator, state, _) => Err(NotDecided::Before(state)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_come_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
        assert_eq!((Kind::parse("leave"), State::parse("")), (None, None));
    }

    #[test]
    fn cert_9_a_member_of_a_certified_unit_asks_for_what_is_not_granted() {
        let member = |certified, granted| ask_certificate(Role::Member, certified, granted);
        assert_eq!(member(true, false), Ok(()));
        assert_eq!(member(true, true), Err(NotAsked::GrantedAlready));
        assert_eq!(member(false, false), Err(NotAsked::UnitNotCertified));
        for (certified, granted) in [(true, false), (false, true)] {
            let refused = ask_certificate(Role::Administrator, certified, granted);
            assert_eq!(refused, Err(NotAsked::NoneNeeded));
        }
    }

    #[test]
    fn seal_6_a_seal_is_asked_for_until_a_day_from_today_to_ten_years_on() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let today = day("2028-02-29");
        let until = |text: &str| ask_seal(Role::Member, false, day(text), today);
        for (asked, next) in [("2028-02-29", "2028-03-01"), ("2038-02-28", "2038-03-01")] {
            assert_eq!(
                until(asked),
                Ok(day(next).start().plus_micros(-1)),
                "its last second counts whole"
            );
        }
        for wrong in ["2028-02-28", "2038-03-01", "9999-12-31"] {
            assert_eq!(until(wrong), Err(NotAsked::DayInvalid), "{wrong}");
        }
        assert_eq!(
            ask_seal(Role::Member, true, today, today),
            Err(NotAsked::SealVoided)
        );
        assert_eq!(
            ask_seal(Role::Administrator, false, today, today),
            Err(NotAsked::NoneNeeded)
        );
    }

    proptest! {
        /// Whoever decides, in whatever order and however often: the first verdict of an administrator stands.
        #[test]
        fn mem_7_a_decision_happens_once(verdicts in prop::collection::vec((any::<bool>(), any::<bool>()), 0..20)) {
            let mut state = State::Pending;
            let mut first = None;
            for (administrator, pass) in verdicts {
                let role = if administrator { Role::Administrator } else { Role::Member };
                let verdict = if pass { Verdict::Pass } else { Verdict::Refuse };
                match decide(state, role, verdict) {
                    Ok(next) => {
                        prop_assert!(administrator && first.is_none());
                        first = Some(if pass { State::Passed } else { State::Refused });
                        state = next;
                    }
                    Err(NotDecided::NotAdministrator) => prop_assert!(!administrator),
                    Err(NotDecided::Before(known)) => prop_assert_eq!(Some(known), first),
                }
                prop_assert_eq!(state, first.unwrap_or(State::Pending));
            }
        }
    }
}
