//! Applications: what somebody asks of a unit's administrators, decided once (MEM-1, MEM-3, MEM-7).

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
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Join, Self::Removal];

    /// The word that storage and wire use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Removal => "removal",
        }
    }

    /// The kind of a stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
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
