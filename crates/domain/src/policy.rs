//! Evidence and policy: verified and certified are what a policy says of the evidence, never a flag that somebody sets.

/// What was checked about a person or a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EvidenceKind {
    /// Name and ID number, against the authority.
    IdentityTwoFactor,
    /// Both sides of the ID card, read and compared.
    IdCard,
    /// A live face, compared with the authority's picture.
    Face,
    /// An operator's decision, which stands for all the others.
    Operator,
    /// Name, USCC and legal representative, against the business register.
    RegisterMatch,
    /// The business licence, read and compared.
    Licence,
    /// The micro-deposit's amount typed back.
    Deposit,
}

impl EvidenceKind {
    /// Every kind there is.
    pub const ALL: [Self; 7] = [
        Self::IdentityTwoFactor,
        Self::IdCard,
        Self::Face,
        Self::Operator,
        Self::RegisterMatch,
        Self::Licence,
        Self::Deposit,
    ];

    /// The word in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::IdentityTwoFactor => "identity_two_factor",
            Self::IdCard => "id_card",
            Self::Face => "face",
            Self::Operator => "operator",
            Self::RegisterMatch => "register_match",
            Self::Licence => "licence",
            Self::Deposit => "deposit",
        }
    }

    /// Reads the word back.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Which evidence is needed in this deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// What the law and the manual ask.
    Production,
    /// The short policy: no camera and no bank are asked for. `GET /me` tells `sandbox: true`.
    Sandbox,
}

impl Policy {
    /// What a mainland person needs (IDV-1).
    pub fn person_needs(self) -> &'static [EvidenceKind] {
        match self {
            Self::Production => &[
                EvidenceKind::IdentityTwoFactor,
                EvidenceKind::IdCard,
                EvidenceKind::Face,
            ],
            Self::Sandbox => &[EvidenceKind::IdentityTwoFactor],
        }
    }

    /// What a mainland unit needs (UNIT-10).
    pub fn unit_needs(self) -> &'static [EvidenceKind] {
        match self {
            Self::Production => &[
                EvidenceKind::RegisterMatch,
                EvidenceKind::Licence,
                EvidenceKind::Deposit,
            ],
            Self::Sandbox => &[EvidenceKind::RegisterMatch],
        }
    }

    /// What a person still lacks, given the kinds that passed. Empty means verified.
    pub fn person_lacks(self, passed: &[EvidenceKind]) -> Vec<EvidenceKind> {
        lacks(self.person_needs(), passed)
    }

    /// What a unit still lacks, given the kinds that passed. Empty means certified.
    pub fn unit_lacks(self, passed: &[EvidenceKind]) -> Vec<EvidenceKind> {
        lacks(self.unit_needs(), passed)
    }
}

fn lacks(needs: &[EvidenceKind], passed: &[EvidenceKind]) -> Vec<EvidenceKind> {
    if passed.contains(&EvidenceKind::Operator) {
        return Vec::new();
    }
    let missing = needs.iter().filter(|kind| !passed.contains(kind));
    missing.copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use EvidenceKind::{
        Deposit, Face, IdCard, IdentityTwoFactor, Licence, Operator, RegisterMatch,
    };
    use proptest::prelude::*;

    #[test]
    fn idv_1_a_mainland_person_needs_all_three_or_an_operator() {
        let policy = Policy::Production;
        assert_eq!(policy.person_lacks(&[]), [IdentityTwoFactor, IdCard, Face]);
        assert_eq!(policy.person_lacks(&[IdentityTwoFactor, Face]), [IdCard]);
        assert!(
            policy
                .person_lacks(&[Face, IdCard, IdentityTwoFactor])
                .is_empty()
        );
        assert!(policy.person_lacks(&[Operator]).is_empty());
        assert!(
            Policy::Sandbox
                .person_lacks(&[IdentityTwoFactor])
                .is_empty()
        );
        assert_eq!(Policy::Sandbox.person_lacks(&[Face]), [IdentityTwoFactor]);
    }

    #[test]
    fn unit_10_a_unit_needs_the_deposit() {
        let policy = Policy::Production;
        assert_eq!(policy.unit_lacks(&[RegisterMatch, Licence]), [Deposit]);
        assert!(
            policy
                .unit_lacks(&[RegisterMatch, Licence, Deposit])
                .is_empty()
        );
        assert!(policy.unit_lacks(&[Operator]).is_empty());
    }

    #[test]
    fn unit_2_a_register_match_certifies_in_the_sandbox_only() {
        assert!(Policy::Sandbox.unit_lacks(&[RegisterMatch]).is_empty());
        assert!(!Policy::Production.unit_lacks(&[RegisterMatch]).is_empty());
    }

    #[test]
    fn words_come_back() {
        for kind in EvidenceKind::ALL {
            assert_eq!(EvidenceKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(EvidenceKind::parse("verified"), None);
    }

    proptest! {
        #[test]
        fn acc_11_the_check_is_complete_with_all_that_is_needed_or_an_operators_word_and_not_before(mask in 0_u8..128) {
            let passed: Vec<_> = EvidenceKind::ALL.into_iter().enumerate()
                .filter(|(at, _)| mask >> at & 1 == 1).map(|(_, kind)| kind).collect();
            for policy in [Policy::Production, Policy::Sandbox] {
                let complete = passed.contains(&Operator)
                    || policy.person_needs().iter().all(|kind| passed.contains(kind));
                prop_assert_eq!(policy.person_lacks(&passed).is_empty(), complete, "{:?} {:?}", policy, passed);
            }
        }

        #[test]
        fn idv_1_more_evidence_never_hurts(mask in 0_u8..128, more in 0_usize..7) {
            let mut passed: Vec<_> = EvidenceKind::ALL.into_iter().enumerate()
                .filter(|(at, _)| mask >> at & 1 == 1).map(|(_, kind)| kind).collect();
            let before = Policy::Production.person_lacks(&passed).len();
            passed.push(EvidenceKind::ALL[more]);
            prop_assert!(Policy::Production.person_lacks(&passed).len() <= before);
        }
    }
}
