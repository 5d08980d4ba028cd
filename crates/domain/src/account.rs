//! Accounts: the change of their number (ACC-5) and their end (ACC-6).

use crate::time::{Instant, MINUTE_US};

/// How long a change of number waits for the new number's code.
pub const PHONE_CHANGE_LIFETIME_US: i64 = 15 * MINUTE_US;

/// Whole days in Shanghai that must pass without a sign-in before an account with a proven name ends.
pub const GRACE_DAYS: u32 = 30;

/// Where the wish to end an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The days run.
    Waiting,
    /// The person signed in again.
    Withdrawn,
    /// The account has ended.
    Done,
    /// When the days were over something stood in the way.
    Blocked,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Withdrawn, Self::Done, Self::Blocked];

    /// The word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Withdrawn => "withdrawn",
            Self::Done => "done",
            Self::Blocked => "blocked",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// Something must be settled first: a unit would be without administrator, or an order waits for its payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("something must be settled before the account can end")]
pub struct Blocked;

/// When an account ends for which that is asked now.
///
/// # Errors
/// [`Blocked`].
pub fn cancel(verified: bool, obstacles: usize, now: Instant) -> Result<Instant, Blocked> {
    match (obstacles, verified) {
        (0, false) => Ok(now),
        (0, true) => Ok(end_of_grace(now)),
        _ => Err(Blocked),
    }
}

/// The day of the wish does not count, and the last day counts to its end: articles 201 and 203 of the Civil Code.
fn end_of_grace(asked_at: Instant) -> Instant {
    asked_at.day().plus_days(GRACE_DAYS + 1).start()
}

/// What becomes of a waiting wish when the job comes by, or just before somebody signs in.
#[must_use]
pub fn settle(due_at: Instant, obstacles: usize, now: Instant) -> State {
    if now < due_at {
        State::Waiting
    } else if obstacles > 0 {
        State::Blocked
    } else {
        State::Done
    }
}

/// What a sign-in makes of a wish that [`settle`] left standing.
#[must_use]
pub const fn after_sign_in(state: State) -> State {
    match state {
        State::Waiting => State::Withdrawn,
        over => over,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::{DAY_US, Day};

    const START: Instant = Instant::from_seconds(1_772_294_400 + 10 * 3600);

    #[test]
    fn acc_6_at_once_without_a_proven_name_else_after_thirty_whole_days_in_shanghai() {
        assert_eq!(cancel(false, 0, START), Ok(START));
        let due = Day::new(2026, 4, 1).expect("a day").start();
        for asked in [
            Day::new(2026, 3, 1).expect("a day").start(),
            Day::new(2026, 3, 1).expect("a day").last_second(),
        ] {
            assert_eq!(cancel(true, 0, asked), Ok(due));
        }
        assert_eq!(settle(due, 0, due.plus_micros(-1)), State::Waiting);
        assert_eq!(settle(due, 0, due), State::Done);
    }

    #[test]
    fn acc_6_what_must_be_settled_first_blocks_now_and_when_the_days_are_over() {
        for verified in [false, true] {
            assert_eq!(cancel(verified, 1, START), Err(Blocked));
        }
        assert_eq!(settle(START, 1, START), State::Blocked);
    }

    #[test]
    fn words_come_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
        assert_eq!(State::parse("cancelled"), None);
    }

    proptest! {
        /// Whatever happens in whatever order, an account with a proven name ends only after thirty whole days in which
        /// nobody signed in, and never over an obstacle.
        #[test]
        fn acc_6_no_account_ends_before_its_days_are_over(events in prop::collection::vec((0_u8..3, 0_i64..20 * DAY_US, 0_usize..2), 1..60)) {
            let (mut now, mut wish, mut last_touch) = (START, None, START);
            for (event, gap_us, obstacles) in events {
                now = now.plus_micros(gap_us);
                if let Some(due) = wish {
                    match settle(due, obstacles, now) {
                        State::Done => {
                            prop_assert_eq!(obstacles, 0);
                            prop_assert!(now.micros_since(last_touch) > i64::from(GRACE_DAYS) * DAY_US);
                            return Ok(());
                        }
                        State::Blocked => wish = None,
                        State::Waiting => {}
                        State::Withdrawn => prop_assert!(false, "only a sign-in withdraws"),
                    }
                }
                match event {
                    0 if wish.is_none() => if let Ok(due) = cancel(true, obstacles, now) { wish = Some(due); last_touch = now; },
                    1 => { if wish.take().is_some() { prop_assert_eq!(after_sign_in(State::Waiting), State::Withdrawn); } last_touch = now; }
                    _ => {}
                }
            }
        }

        #[test]
        fn acc_6_a_sign_in_changes_nothing_that_is_over(at in 1_usize..4) {
            let state = State::ALL[at];
            prop_assert_eq!(after_sign_in(state), state);
        }
    }
}
