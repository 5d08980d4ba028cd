//! How a unit stands on its way to being certified (UNIT-3, UNIT-10, UNIT-11): one function of what was found out about it,
//! of its newest deposit and of its open cases. Nobody ever sets it.

use crate::deposit::DepositState;
use crate::policy::EvidenceKind;
use crate::review::words;
use crate::unit::REGISTER_FAILURES_MAX;

words! {
    /// A row of 我的单位.
    UnitState {
        /// 待人工审核
        InReview = "in_review",
        /// 尚未认证: its business licence is asked for.
        Uncertified = "uncertified",
        /// 待申请打款
        AwaitsDeposit = "awaits_deposit",
        /// 打款申请中
        DepositAsked = "deposit_asked",
        /// 未打款: the last deposit came to nothing.
        NotPaid = "not_paid",
        /// 已认证
        Certified = "certified",
        /// 待审核加入: the person has asked to come in.
        Joining = "joining",
        /// The operator refused what was handed in; it can be handed in again.
        Refused = "refused",
    }
}

/// What the state of a unit is told from.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// What the policy still misses.
    pub missing: &'a [EvidenceKind],
    /// An operator has its licence or its account before them.
    pub in_review: bool,
    /// The newest deposit.
    pub deposit: Option<DepositState>,
}

/// How it stands.
#[must_use]
pub fn unit_state(standing: &Standing<'_>) -> UnitState {
    if standing.missing.is_empty() {
        return UnitState::Certified;
    }
    if standing.in_review {
        return UnitState::InReview;
    }
    if standing.missing != [EvidenceKind::Deposit] {
        return UnitState::Uncertified;
    }
    match standing.deposit {
        None | Some(DepositState::Passed) => UnitState::AwaitsDeposit,
        Some(state) if state.is_open() => UnitState::DepositAsked,
        Some(_) => UnitState::NotPaid,
    }
}

/// Failed recognitions of registration material after which, with one more, an operator may look (UNIT-3).
pub const RECOGNITION_FAILURES_MAX: i64 = 3;

/// Whether an operator may look at a registration: after more than three failed recognitions, and after the register
/// checks of a day are used up (the eleventh is not asked of the register any more).
#[must_use]
pub const fn review_offered(recognition_failures: i64, register_failures: i64) -> bool {
    recognition_failures > RECOGNITION_FAILURES_MAX || register_failures >= REGISTER_FAILURES_MAX
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::policy::Policy;

    fn deposit() -> impl Strategy<Value = Option<DepositState>> {
        prop::option::of(prop::sample::select(DepositState::ALL))
    }

    #[test]
    fn unit_3_an_operator_looks_after_the_fourth_recognition_and_the_tenth_check() {
        assert!(!review_offered(3, 9));
        assert!(review_offered(4, 0));
        assert!(review_offered(0, 10));
    }

    #[test]
    fn unit_6_until_the_licence_is_shown_no_deposit_counts_for_anything() {
        use EvidenceKind::{Deposit, Licence};
        for deposit in DepositState::ALL {
            let standing = Standing {
                missing: &[Licence, Deposit],
                in_review: false,
                deposit: Some(*deposit),
            };
            assert_eq!(unit_state(&standing), UnitState::Uncertified);
        }
    }

    #[test]
    fn unit_11_each_step_has_its_state() {
        use EvidenceKind::{Deposit, Licence};
        let state = |missing: &[EvidenceKind], in_review, deposit| {
            unit_state(&Standing {
                missing,
                in_review,
                deposit,
            })
        };
        assert_eq!(
            state(&[Licence, Deposit], false, None),
            UnitState::Uncertified
        );
        assert_eq!(state(&[Licence, Deposit], true, None), UnitState::InReview);
        assert_eq!(state(&[Deposit], false, None), UnitState::AwaitsDeposit);
        for open in [
            DepositState::Asking,
            DepositState::Waiting,
            DepositState::Arrived,
        ] {
            assert_eq!(
                state(&[Deposit], false, Some(open)),
                UnitState::DepositAsked
            );
        }
        for over in [
            DepositState::Failed,
            DepositState::Expired,
            DepositState::Returned,
            DepositState::Refused,
        ] {
            assert_eq!(state(&[Deposit], false, Some(over)), UnitState::NotPaid);
        }
        assert_eq!(state(&[], false, None), UnitState::Certified);
    }

    proptest! {
        /// No path to certified around register, licence and deposit, or the operator.
        #[test]
        fn unit_10_certified_is_what_the_evidence_says(
            passed in prop::sample::subsequence(EvidenceKind::ALL.to_vec(), 0..=EvidenceKind::ALL.len()),
            in_review: bool,
            deposit in deposit(),
        ) {
            let missing = Policy::Production.unit_lacks(&passed);
            let state = unit_state(&Standing { missing: &missing, in_review, deposit });
            let all = [EvidenceKind::RegisterMatch, EvidenceKind::Licence, EvidenceKind::Deposit];
            let proven = passed.contains(&EvidenceKind::Operator) || all.iter().all(|kind| passed.contains(kind));
            prop_assert_eq!(state == UnitState::Certified, proven);
        }
    }
}
