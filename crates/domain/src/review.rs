//! Cases: what operators decide (OPS-1, OPS-4). Anything that a machine cannot or may not decide about a person or a unit
//! becomes one; it is decided once.

use crate::operator::Duty;
use crate::time::MINUTE_US;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$what:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$what])* $variant,)+ }

        impl $name {
            /// Every one there is.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word in the database and on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Reads the word back.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What a case is about.
    CaseKind {
        /// A face that the camera page could not confirm, from a photo with the ID card held up (IDV-2).
        PersonFace = "person_face",
        /// The documents of a person from elsewhere (IDV-3).
        PersonDocument = "person_document",
        /// A registration whose material could not be read, or that the register did not know (UNIT-3).
        UnitRegistration = "unit_registration",
        /// A company from elsewhere (UNIT-5).
        UnitForeign = "unit_foreign",
        /// A micro-deposit to a bank that could not be found (UNIT-9).
        UnitDeposit = "unit_deposit",
        /// Another name or legal representative of a unit (UMG-4).
        UnitChange = "unit_change",
        /// A member who is to become administrator (MEM-6).
        UnitTakeover = "unit_takeover",
        /// An account that its owner cannot recover alone (OPS-4).
        PersonRecovery = "person_recovery",
        /// A new administrator from outside the unit (OPS-4).
        UnitOutsider = "unit_outsider",
    }
}

impl CaseKind {
    /// Whose work it is.
    #[must_use]
    pub const fn duty(self) -> Duty {
        match self {
            Self::UnitDeposit => Duty::DecideDeposits,
            _ => Duty::DecideCases,
        }
    }
}

words! {
    /// How a case stands.
    CaseState {
        /// It waits for an operator.
        Open = "open",
        /// Decided for whoever asked.
        Passed = "passed",
        /// Decided against, with a reason.
        Refused = "refused",
        /// Nobody needs it any more.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What an operator says.
    Decision {
        /// Yes.
        Pass = "pass",
        /// No.
        Refuse = "refuse",
    }
}

/// Why a decision does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDecided {
    /// Somebody was faster, or nobody needs it any more.
    #[error("decided before")]
    Before(CaseState),
    /// It is somebody else's work.
    #[error("not this operator's work")]
    NotYours,
}

/// Decides a case: once, and only by an operator whose duty it is.
///
/// # Errors
/// [`NotDecided`].
pub fn decide(
    state: CaseState,
    kind: CaseKind,
    duties: &[Duty],
    decision: Decision,
) -> Result<CaseState, NotDecided> {
    if !duties.contains(&kind.duty()) {
        return Err(NotDecided::NotYours);
    }
    match (state, decision) {
        (CaseState::Open, Decision::Pass) => Ok(CaseState::Passed),
        (CaseState::Open, Decision::Refuse) => Ok(CaseState::Refused),
        (decided, _) => Err(NotDecided::Before(decided)),
    }
}

words! {
    /// What a photo or file is in a case or a check.
    MaterialRole {
        /// The side of a document with the portrait.
        DocumentFront = "document_front",
        /// Its other side.
        DocumentBack = "document_back",
        /// The person, holding the document up.
        Handheld = "handheld",
        /// A business licence, or what stands for one elsewhere.
        Licence = "licence",
        /// A power of attorney.
        PowerOfAttorney = "power_of_attorney",
        /// The legal representative's document, the side with the portrait.
        RepresentativeFront = "representative_front",
        /// Its other side.
        RepresentativeBack = "representative_back",
        /// What the legal representative has signed.
        Authorisation = "authorisation",
        /// What proves a change.
        Proof = "proof",
        /// A unit's picture.
        Avatar = "avatar",
    }
}

/// How long a case stays open in clear for whoever opened it, and at hand (IDV-5).
pub const OPEN_US: i64 = 15 * MINUTE_US;
/// Facts whose names begin so are nobody's secret.
const PUBLIC: &str = "public_";
/// Stars that stand for what is masked: of a long text, not even its length is shown.
const STARS_MAX: usize = 8;

/// Whether a fact is shown to whoever has not opened the case.
#[must_use]
pub fn is_public(fact: &str) -> bool {
    fact.starts_with(PUBLIC)
}

/// What is shown of a name, a number or another text before the case is opened: its first character, and of longer ones
/// the last, so that operators can tell cases apart.
#[must_use]
pub fn mask(text: &str) -> String {
    let count = text.chars().count();
    let last = text.chars().next_back().filter(|_| count >= 6);
    let shown = 1 + usize::from(last.is_some());
    let stars = "*".repeat(count.saturating_sub(shown).clamp(1, STARS_MAX));
    let first = text.chars().next().filter(|_| count > 1);
    first.into_iter().chain(stars.chars()).chain(last).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_come_back() {
        for kind in CaseKind::ALL {
            assert_eq!(CaseKind::parse(kind.as_str()), Some(*kind));
        }
        for role in MaterialRole::ALL {
            assert_eq!(MaterialRole::parse(role.as_str()), Some(*role));
        }
        assert_eq!(CaseState::parse("decided"), None);
    }

    #[test]
    fn idv_5_little_is_shown_of_what_is_masked() {
        for (text, expected) in [
            ("", "*"),
            ("张", "*"),
            ("张三", "张*"),
            ("欧阳一二", "欧***"),
            ("13800138000", "1********0"),
            ("11010519491231002X", "1********X"),
        ] {
            assert_eq!(mask(text), expected);
        }
        assert!(is_public("public_reading") && !is_public("name") && !is_public("not_public_"));
    }

    proptest! {
        /// Whatever it is, two characters of it are shown at most, and never all.
        #[test]
        fn idv_5_masks_hide(text in "\\PC{0,60}") {
            let masked = mask(&text);
            let open = masked.chars().filter(|c| *c != '*').count();
            prop_assert!(open <= 2 && masked.chars().count() <= 10);
            prop_assert!(text.is_empty() || open < text.chars().count());
        }

        /// However often and by whomever a case is decided, the first decision of somebody who may is the only one.
        #[test]
        fn ops_1_a_case_is_decided_once(
            kind in prop::sample::select(CaseKind::ALL),
            tries in prop::collection::vec((prop::sample::subsequence(Duty::ALL, 0..=Duty::ALL.len()), prop::sample::select(Decision::ALL)), 1..12),
        ) {
            let mut state = CaseState::Open;
            let mut counted = 0;
            for (duties, decision) in tries {
                match decide(state, kind, &duties, decision) {
                    Ok(next) => {
                        counted += 1;
                        prop_assert!(duties.contains(&kind.duty()));
                        prop_assert_eq!(next == CaseState::Passed, decision == Decision::Pass);
                        state = next;
                    }
                    Err(NotDecided::Before(before)) => prop_assert_eq!(before, state),
                    Err(NotDecided::NotYours) => prop_assert!(!duties.contains(&kind.duty())),
                }
            }
            prop_assert!(counted <= 1);
        }
    }
}
