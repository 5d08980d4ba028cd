//! How an operator signs in: passwords, one-time codes, and how long what follows lives.

use crate::time::{HOUR_US, Instant, MINUTE_US};

/// Wrong passwords, or wrong codes, in a row that are let through.
pub const TRIES_MAX: i64 = 5;
/// How long nobody may try after them.
pub const LOCK_US: i64 = 15 * MINUTE_US;
/// How long a sign-in may take from the password to the code; whoever enrols looks for their telephone first.
pub const TICKET_US: i64 = 10 * MINUTE_US;
/// How long an access token opens anything.
pub const ACCESS_LIFETIME_US: i64 = 5 * MINUTE_US;
/// How long a session lives without use.
pub const IDLE_US: i64 = 30 * MINUTE_US;
/// How long it lives at all.
pub const SESSION_US: i64 = 12 * HOUR_US;
/// The shortest password.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// The longest.
pub const PASSWORD_CHARS_MAX: usize = 128;
/// Letters that differ; fewer are soon guessed.
const PASSWORD_KINDS_MIN: usize = 5;

/// The password is too short, too long, too plain, or has the operator's name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the password is weak")]
pub struct PasswordWeak;

/// Judges a password that an operator has chosen. Length is what helps; no kinds of characters are asked for.
///
/// # Errors
/// [`PasswordWeak`].
pub fn check_password(name: &str, password: &str) -> Result<(), PasswordWeak> {
    let fits = password.len() <= PASSWORD_CHARS_MAX * 4
        && (PASSWORD_CHARS_MIN..=PASSWORD_CHARS_MAX).contains(&password.chars().count());
    if !fits || password.chars().any(char::is_control) {
        return Err(PasswordWeak);
    }
    let mut kinds: Vec<char> = password.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    let names_itself = password.to_lowercase().contains(&name.to_lowercase());
    if kinds.len() < PASSWORD_KINDS_MIN || names_itself {
        return Err(PasswordWeak);
    }
    Ok(())
}

/// Seconds of one code (RFC 6238, X).
pub const CODE_STEP_S: i64 = 30;

/// The step of the code that stands at an instant (RFC 6238, T).
#[must_use]
pub const fn code_step(at: Instant) -> i64 {
    at.seconds().div_euclid(CODE_STEP_S)
}

/// Whether a code of a step serves now: this one, the one before or the one after, since clocks differ, and none that is
/// not newer than the last one that served.
#[must_use]
pub const fn fits_code(step: i64, last: i64, now: Instant) -> bool {
    let ahead = step - code_step(now);
    step > last && ahead >= -1 && ahead <= 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ops_1_weak_passwords_are_refused() {
        let check = |password: &str| check_password("lisi", password);
        assert_eq!(check("correct horse battery"), Ok(()));
        assert_eq!(check("十二个汉字也可以当作口令用"), Ok(()));
        let too_long = "abcdefgh".repeat(17);
        for weak in [
            "",
            "short-one",
            "aaaaaaaaaaaaaaaa",
            "abababababababab",
            "password-of-LiSi",
            "line\nbreak in it",
            &too_long,
        ] {
            assert_eq!(check(weak), Err(PasswordWeak), "{weak:?}");
        }
    }

    proptest! {
        /// Whatever codes come in whatever order, no step serves twice, and none that is far from now.
        #[test]
        fn ops_1_a_code_serves_once(tries in prop::collection::vec((0_i64..300, -3_i64..=3), 1..40)) {
            let (mut last, mut served, mut clock) = (0, Vec::new(), 1_772_416_800);
            for (later, ahead) in tries {
                clock += later;
                let now = Instant::from_seconds(clock);
                let step = code_step(now) + ahead;
                if fits_code(step, last, now) {
                    prop_assert!(ahead.abs() <= 1 && !served.contains(&step));
                    served.push(step);
                    last = step;
                }
            }
        }
    }
}
