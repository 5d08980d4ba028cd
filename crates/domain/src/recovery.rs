//! The recovery of an account whose number is lost (ACC-4, OPS-4).

use crate::review::words;
use crate::time::{DAY_US, HOUR_US, Instant, MINUTE_US};

/// How long a recovery waits for its next step.
pub const STEP_LIFETIME_US: i64 = 30 * MINUTE_US;
/// How long it waits for operators, and for its beginner after they have passed it.
pub const REVIEW_LIFETIME_US: i64 = 14 * DAY_US;
/// Attempts to prove who one is, within one recovery.
pub const TRIES_MAX: i64 = 5;
/// Recoveries of one number that may be begun in one day, by whomever.
pub const PER_NUMBER_MAX: i64 = 10;

/// How long after it was asked for a recovery is answered that no operator sees: two to twenty-six hours, by 16 random bits.
#[must_use]
pub fn answered_after(random: u16) -> i64 {
    2 * HOUR_US + i64::from(random) * (DAY_US / 65_536)
}

words! {
    /// How a recovery stands.
    RecoveryState {
        /// Somebody has named a number.
        Begun = "begun",
        /// Name, number and ID card are the account's; the face is next.
        Proven = "proven",
        /// Operators are asked.
        Reviewing = "reviewing",
        /// The new number is next.
        Allowed = "allowed",
        /// Operators have refused.
        Refused = "refused",
        /// The account has another number.
        Done = "done",
    }
}

/// What happens in a recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Facts and card are the account's.
    Prove,
    /// The face passed.
    Face,
    /// Operators are asked.
    Ask,
    /// They have passed it.
    Pass,
    /// They have refused it.
    Refuse,
    /// The new number's code came.
    Finish,
}

/// The step is not the next one, or comes too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    /// Its time is over.
    #[error("the recovery has expired")]
    Expired,
    /// Another step is next.
    #[error("another step is next")]
    Order,
}

/// Where a step leads.
///
/// # Errors
/// [`NotNow`].
pub fn go(
    state: RecoveryState,
    expires_at: Instant,
    step: Step,
    now: Instant,
) -> Result<RecoveryState, NotNow> {
    if now >= expires_at {
        return Err(NotNow::Expired);
    }
    match (state, step) {
        (RecoveryState::Begun, Step::Prove) => Ok(RecoveryState::Proven),
        (RecoveryState::Proven, Step::Face) => Ok(RecoveryState::Allowed),
        (RecoveryState::Begun, Step::Ask) => Ok(RecoveryState::Reviewing),
        (RecoveryState::Reviewing, Step::Pass) => Ok(RecoveryState::Allowed),
        (RecoveryState::Reviewing, Step::Refuse) => Ok(RecoveryState::Refused),
        (RecoveryState::Allowed, Step::Finish) => Ok(RecoveryState::Done),
        _ => Err(NotNow::Order),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STEPS: [Step; 6] = [
        Step::Prove,
        Step::Face,
        Step::Ask,
        Step::Pass,
        Step::Refuse,
        Step::Finish,
    ];

    #[test]
    fn words_come_back() {
        for state in RecoveryState::ALL {
            assert_eq!(RecoveryState::parse(state.as_str()), Some(*state));
        }
    }

    proptest! {
        /// No order of steps changes the number without a face that passed after the facts, or an operator's word.
        #[test]
        fn acc_4_no_way_leads_around_the_proof(steps in prop::collection::vec(prop::sample::select(&STEPS[..]), 0..12), late: bool) {
            let end = Instant::from_seconds(1_000);
            let now = if late { end } else { Instant::from_seconds(1) };
            let mut state = RecoveryState::Begun;
            let mut taken = Vec::new();
            for step in steps {
                if let Ok(next) = go(state, end, step, now) {
                    state = next;
                    taken.push(step);
                }
            }
            if late {
                prop_assert!(taken.is_empty());
            }
            if state == RecoveryState::Done {
                let by_face = [Step::Prove, Step::Face, Step::Finish];
                let by_operator = [Step::Ask, Step::Pass, Step::Finish];
                prop_assert!(taken == by_face || taken == by_operator);
            }
        }
    }
}
