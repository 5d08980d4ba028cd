//! The lock ladder of the certificate password (PWD-5): pure, so that every node and every restart agree.

use crate::check_digit::IdCard;
use crate::policy::Policy;
use crate::time::{Day, HOUR_US, Instant, MINUTE_US};

/// How long a reset waits for the new password (PWD-4).
pub const RESET_LIFETIME_US: i64 = 10 * MINUTE_US;
/// Tries before a lock.
pub const ATTEMPTS_MAX: i64 = 5;
const FIRST_LOCK_US: i64 = 15 * MINUTE_US;
const LONGEST_LOCK_US: i64 = 24 * HOUR_US;

/// What is counted for one person. A fresh one is `Attempts::default()`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    /// Tries since the last proof or lock.
    pub made: i64,
    /// Locks since the last proof.
    pub level: i64,
    /// Until when nothing is answered.
    pub locked_until: Option<Instant>,
}

/// Nothing is answered before this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("locked after too many tries without a proof")]
pub struct Locked {
    /// When the lock opens.
    pub until: Instant,
}

impl Attempts {
    /// Counts one try; to be written down **before** it is answered. The fifth is still answered and locks what follows.
    ///
    /// # Errors
    /// [`Locked`] while a lock holds: nothing is counted and nothing may be answered.
    pub fn count(self, now: Instant) -> Result<Self, Locked> {
        if let Some(until) = self.locked(now) {
            return Err(Locked { until });
        }
        let made = self.made + 1;
        if made < ATTEMPTS_MAX {
            return Ok(Self {
                made,
                locked_until: None,
                ..self
            });
        }
        let until = now.plus_micros(lock_us(self.level));
        Ok(Self {
            made: 0,
            level: self.level + 1,
            locked_until: Some(until),
        })
    }

    /// After a valid proof everything is forgotten, a lock that the same try set included.
    #[must_use]
    pub fn proven(self) -> Self {
        Self::default()
    }

    /// Tries left now.
    #[must_use]
    pub fn left(self, now: Instant) -> i64 {
        if self.locked(now).is_some() {
            0
        } else {
            (ATTEMPTS_MAX - self.made).max(0)
        }
    }

    /// The end of the lock that holds now.
    #[must_use]
    pub fn locked(self, now: Instant) -> Option<Instant> {
        self.locked_until.filter(|until| now < *until)
    }
}

/// What is asked of a change of password, and what is on record (PWD-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The epoch of the password in force.
    pub present: u32,
    /// The epoch of the change that was begun last.
    pub begun: Option<u32>,
    /// The epoch that is to come into force.
    pub asked: u32,
    /// Whether the key that is to come is the one in force.
    pub same_key: bool,
}

/// What it comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeStep {
    /// The new password comes into force, once both proofs hold.
    Apply,
    /// It is in force: the answer was lost.
    Already,
}

/// Another change was begun or made meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("another change of the password came between")]
pub struct ChangeStale;

/// Decides on a change of password.
///
/// # Errors
/// [`ChangeStale`].
pub fn change(change: Change) -> Result<ChangeStep, ChangeStale> {
    let Change {
        present,
        begun,
        asked,
        same_key,
    } = change;
    match begun {
        _ if asked == present && same_key => Ok(ChangeStep::Already),
        Some(begun) if asked == begun && begun > present => Ok(ChangeStep::Apply),
        _ => Err(ChangeStale),
    }
}

/// The epoch of a change that begins: above everything that was evaluated before.
#[must_use]
pub fn next_epoch(present: u32, begun: Option<u32>) -> u32 {
    present.max(begun.unwrap_or(0)).saturating_add(1)
}

/// The date of birth that a document's number tells, for the rule that no part of it may be in a password (PWD-1): of a
/// number in the form of GB 11643, whatever document carries it; other numbers tell none.
#[must_use]
pub fn birth_date(document_number: &str, today: Day) -> Option<Day> {
    let number = IdCard::parse(document_number, today).ok()?;
    Some(number.born())
}

/// Whether a reset takes a face besides the code (PWD-4). A phone that keeps halves opens them with what it has besides; on any
/// other phone the code alone would let whoever reads the messages set a password and have the certificates reissued to them.
#[must_use]
pub fn reset_needs_face(policy: Policy, has_reset_key: bool) -> bool {
    policy == Policy::Production && !has_reset_key
}

/// 15 minutes, doubled for every lock since the last proof, a day at most.
fn lock_us(level: i64) -> i64 {
    let doublings = u32::try_from(level.clamp(0, 16)).unwrap_or(16);
    FIRST_LOCK_US
        .saturating_mul(1 << doublings)
        .min(LONGEST_LOCK_US)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const START: Instant = Instant::from_seconds(1_772_294_400);

    #[test]
    fn pwd_5_five_tries_lock_and_every_lock_is_longer() {
        let (mut attempts, mut now) = (Attempts::default(), START);
        for minutes in [15, 30, 60, 120, 240, 480, 960, 1440, 1440] {
            for left in [4, 3, 2, 1, 0] {
                attempts = attempts.count(now).expect("not locked");
                assert_eq!(attempts.left(now), left);
            }
            let until = now.plus_micros(minutes * MINUTE_US);
            assert_eq!(attempts.count(now), Err(Locked { until }));
            assert_eq!(attempts.count(until.plus_micros(-1)), Err(Locked { until }));
            now = until;
            assert_eq!(attempts.left(now), 5);
        }
    }

    #[test]
    fn pwd_1_a_documents_number_tells_the_birth_date_that_the_password_may_not_hold() {
        let today = Day::new(2026, 3, 2).expect("a day");
        let born = birth_date("11010519491231002x", today).expect("a number of the mainland");
        assert_eq!(born.to_string(), "1949-12-31");
        // One digit off, a date that does not exist, a date to come, and documents of elsewhere.
        for none in [
            "11010519491231003X",
            "110105194902300021",
            "110105209912310025",
            "H12345678",
            "",
        ] {
            assert_eq!(birth_date(none, today), None, "{none}");
        }
    }

    #[test]
    fn pwd_5_a_proof_clears_count_and_level() {
        let mut attempts = Attempts {
            made: 4,
            level: 3,
            locked_until: None,
        };
        attempts = attempts.count(START).expect("the fifth is answered");
        assert!(attempts.locked(START).is_some());
        assert_eq!(attempts.proven(), Attempts::default());
    }

    #[test]
    fn pwd_3_only_the_change_that_was_begun_last_comes_into_force() {
        let begun = Change {
            present: 3,
            begun: Some(5),
            asked: 5,
            same_key: false,
        };
        assert_eq!(change(begun), Ok(ChangeStep::Apply));
        for stale in [3, 4, 6] {
            let other = Change {
                asked: stale,
                ..begun
            };
            assert_eq!(change(other), Err(ChangeStale), "{stale}");
        }
        let made = Change {
            present: 5,
            begun: None,
            asked: 5,
            same_key: true,
        };
        assert_eq!(change(made), Ok(ChangeStep::Already));
        let another = Change {
            same_key: false,
            ..made
        };
        assert_eq!(change(another), Err(ChangeStale));
    }

    proptest! {
        #[test]
        fn pwd_3_epochs_only_rise(present in 1_u32..1000, begun in prop::option::of(1_u32..1000), asked in 0_u32..1000, same_key: bool) {
            let next = next_epoch(present, begun);
            prop_assert!(next > present && begun.is_none_or(|begun| next > begun));
            let step = change(Change { present, begun, asked, same_key });
            if step == Ok(ChangeStep::Apply) {
                prop_assert!(asked > present && begun == Some(asked));
            }
        }

        /// A guesser who never proves anything gets five tries a lock and, in the long run, five a day.
        #[test]
        fn pwd_5_guesses_a_year_are_few(gaps in prop::collection::vec(1i64..7200, 1..400)) {
            let (mut attempts, mut now, mut answered) = (Attempts::default(), START, 0i64);
            for gap in gaps {
                now = now.plus_seconds(gap);
                if let Ok(next) = attempts.count(now) {
                    prop_assert!(next.level >= attempts.level);
                    attempts = next;
                    answered += 1;
                }
            }
            let days = now.micros_since(START) / (24 * HOUR_US);
            prop_assert!(answered <= 5 * (8 + days + 1), "{answered} in {days} days");
        }

        #[test]
        fn pwd_5_nothing_is_answered_while_locked(made in 0i64..5, level in 0i64..100, ahead in 1i64..1_000_000_000) {
            let until = START.plus_micros(ahead);
            let attempts = Attempts { made, level, locked_until: Some(until) };
            prop_assert_eq!(attempts.count(START), Err(Locked { until }));
            prop_assert_eq!(attempts.left(START), 0);
            prop_assert!(attempts.count(until).is_ok());
        }
    }
}
