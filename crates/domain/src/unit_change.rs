//! A unit's facts change: its name, its legal representative, or both (UMG-4). The code stays. What decides is the register,
//! after the papers; where they fail, an operator may look instead.

use crate::unit::REGISTER_FAILURES_MAX;

/// What is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The name.
    pub name: bool,
    /// The legal representative is named: another one, or the same one anew.
    pub representative: bool,
}

/// Nothing is to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing changes")]
pub struct Nothing;

/// What a request asks for: a name that is another one, a legal representative, or both.
///
/// # Errors
/// [`Nothing`].
pub fn asked(now: &str, name: Option<&str>, representative: bool) -> Result<Change, Nothing> {
    let change = Change {
        name: name.is_some_and(|name| name != now),
        representative,
    };
    if change.name || change.representative {
        Ok(change)
    } else {
        Err(Nothing)
    }
}

/// A fact that a paper says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Unified social credit code, on the licence.
    Uscc,
    /// The unit's name, on the licence.
    Name,
    /// The legal representative's name, on the licence.
    Representative,
    /// The name on the legal representative's card.
    CardName,
    /// The number on it.
    CardNumber,
    /// The card has run out, or does not say when.
    CardTerm,
}

impl Fact {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uscc => "licence.uscc",
            Self::Name => "licence.name",
            Self::Representative => "licence.legal_representative",
            Self::CardName => "representative_front.name",
            Self::CardNumber => "representative_front.id_number",
            Self::CardTerm => "representative_back.valid_to",
        }
    }
}

/// What was read, beside what was stated; nothing read is not the same.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// Which fact.
    pub fact: Fact,
    /// What the paper says.
    pub read: Option<&'a str>,
    /// What was stated.
    pub stated: &'a str,
}

/// Which facts a paper says otherwise, or not at all.
#[must_use]
pub fn differing(compared: &[Compared<'_>]) -> Vec<Fact> {
    let differs = |one: &&Compared<'_>| one.read != Some(one.stated);
    let differing = compared.iter().filter(differs);
    differing.map(|one| one.fact).collect()
}

/// Whether an operator may look instead: at once where papers failed, and after the register checks of a day are used up (the
/// eleventh is not asked of the register any more).
#[must_use]
pub const fn review_offered(paper_failures: i64, register_failures: i64) -> bool {
    paper_failures > 0 || register_failures >= REGISTER_FAILURES_MAX
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn umg_4_something_has_to_change() {
        let both = |name, representative| {
            Ok(Change {
                name,
                representative,
            })
        };
        assert_eq!(asked("甲公司", Some("乙公司"), false), both(true, false));
        assert_eq!(asked("甲公司", None, true), both(false, true));
        assert_eq!(asked("甲公司", Some("甲公司"), true), both(false, true));
        assert_eq!(asked("甲公司", Some("乙公司"), true), both(true, true));
        assert_eq!(asked("甲公司", Some("甲公司"), false), Err(Nothing));
        assert_eq!(asked("甲公司", None, false), Err(Nothing));
    }

    #[test]
    fn umg_4_when_an_operator_may_look() {
        assert!(!review_offered(0, 9));
        assert!(review_offered(0, 10));
        assert!(review_offered(1, 0));
    }

    proptest! {
        /// Papers agree only where every fact was read, and as it was stated.
        #[test]
        fn umg_4_papers_agree_only_when_they_say_it(pairs in prop::collection::vec((prop::option::of("[甲乙]{1,2}"), "[甲乙]{1,2}"), 1..6)) {
            let facts = [Fact::Uscc, Fact::Name, Fact::Representative, Fact::CardName, Fact::CardNumber, Fact::CardTerm];
            let compared: Vec<_> = pairs.iter().zip(facts).map(|((read, stated), fact)| Compared { fact, read: read.as_deref(), stated }).collect();
            let wrong = differing(&compared);
            for (one, (read, stated)) in compared.iter().zip(&pairs) {
                prop_assert_eq!(wrong.contains(&one.fact), read.as_ref() != Some(stated));
            }
        }
    }
}
