//! SMS codes: how often one is sent and what a try at one means (ACC-2).

use crate::time::{DAY_US, Instant, MINUTE_US, SECOND_US};

/// How long a code is good for.
pub const LIFETIME_US: i64 = 5 * MINUTE_US;
/// The least time between two codes to one number.
pub const RESEND_AFTER_US: i64 = MINUTE_US;
/// Most codes to one number in one Shanghai day.
pub const DAILY_MAX: i64 = 10;
/// The wrong try that kills a code.
pub const WRONG_TRIES_MAX: i64 = 5;
/// How long a used code still answers a byte-equal repeat of its own sign-in, whose answer may have been lost.
pub const REPEAT_US: i64 = 60 * SECOND_US;

/// What a code is for; it serves for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Signing in (ACC-2).
    SignIn,
    /// Showing that the present number is at hand, before it is changed (ACC-5).
    PresentPhone,
    /// Showing that the new number is (ACC-5).
    NewPhone,
    /// Cancelling the account (ACC-6).
    CancelAccount,
    /// Another certificate password in place of a forgotten one (PWD-4).
    PasswordReset,
}

impl Purpose {
    /// The word in the database and on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::PresentPhone => "present_phone",
            Self::NewPhone => "new_phone",
            Self::CancelAccount => "cancel_account",
            Self::PasswordReset => "password_reset",
        }
    }
}

/// What was sent to a number so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// When the last code went out.
    pub last_at: Instant,
    /// How many went out on that Shanghai day.
    pub that_day: i64,
}

/// Why no code is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendRefused {
    /// The last one is less than a minute old.
    #[error("a code was sent less than a minute ago")]
    TooSoon {
        /// Seconds until the next may be asked for, rounded up.
        retry_after_s: i64,
    },
    /// Ten went out today.
    #[error("no more codes today")]
    DailyLimit,
}

/// Decides whether a code may be sent now, and what is then on record.
///
/// # Errors
/// [`SendRefused`] says which limit holds; the day's limit is told first, since waiting a minute would not help.
pub fn send(so_far: Option<Sent>, now: Instant) -> Result<Sent, SendRefused> {
    let Some(sent) = so_far else {
        return Ok(Sent {
            last_at: now,
            that_day: 1,
        });
    };
    let today = if sent.last_at.day() == now.day() {
        sent.that_day
    } else {
        0
    };
    if today >= DAILY_MAX {
        return Err(SendRefused::DailyLimit);
    }
    // A clock set back must not silence a number for longer than the rule says.
    let age_us = now.micros_since(sent.last_at);
    if (-DAY_US..RESEND_AFTER_US).contains(&age_us) {
        let wait_us = RESEND_AFTER_US.saturating_sub(age_us.max(0));
        return Err(SendRefused::TooSoon {
            retry_after_s: wait_us.div_euclid(SECOND_US) + i64::from(wait_us % SECOND_US != 0),
        });
    }
    Ok(Sent {
        last_at: now,
        that_day: today + 1,
    })
}

/// The latest code of a number, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// When it stops being good.
    pub expires_at: Instant,
    /// Wrong tries so far.
    pub wrong_tries: i64,
    /// When it was used.
    pub used_at: Option<Instant>,
}

/// What a try at a code comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    /// It is right: use it up.
    Right,
    /// It is right and was used by this very request a moment ago: answer again, change nothing.
    Repeat,
    /// It is wrong: write down one more wrong try.
    Wrong {
        /// Tries that are left after this one.
        left: i64,
    },
    /// It was used.
    Used,
    /// Five tries were wrong.
    Dead,
    /// Its five minutes are over.
    Expired,
}

/// Judges a try. `same_request` tells whether the request that used the code was byte-equal to this one.
#[must_use]
pub fn judge(code: Code, equal: bool, same_request: bool, now: Instant) -> Try {
    if let Some(used_at) = code.used_at {
        let recent = now.micros_since(used_at) <= REPEAT_US;
        return if same_request && equal && recent {
            Try::Repeat
        } else {
            Try::Used
        };
    }
    if code.wrong_tries >= WRONG_TRIES_MAX {
        Try::Dead
    } else if now >= code.expires_at {
        Try::Expired
    } else if equal {
        Try::Right
    } else {
        Try::Wrong {
            left: WRONG_TRIES_MAX - code.wrong_tries - 1,
        }
    }
}

/// Six digits from random bits; the bias of the remainder is below 2^-44.
#[must_use]
pub fn digits(random: u64) -> String {
    format!("{:06}", random % 1_000_000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const START: Instant = Instant::from_seconds(1_772_294_400 + 10 * 3600);

    fn at(seconds: i64) -> Instant {
        START.plus_seconds(seconds)
    }

    #[test]
    fn acc_2_one_code_a_minute() {
        let first = send(None, at(0)).expect("the first");
        assert_eq!(
            send(Some(first), at(0)),
            Err(SendRefused::TooSoon { retry_after_s: 60 })
        );
        assert_eq!(
            send(Some(first), at(59).plus_micros(1)),
            Err(SendRefused::TooSoon { retry_after_s: 1 })
        );
        assert_eq!(
            send(Some(first), at(60)),
            Ok(Sent {
                last_at: at(60),
                that_day: 2
            })
        );
    }

    #[test]
    fn acc_2_ten_codes_a_day_in_shanghai() {
        let tenth = Sent {
            last_at: at(0),
            that_day: 10,
        };
        assert_eq!(send(Some(tenth), at(30)), Err(SendRefused::DailyLimit));
        let midnight = START.day().next().start();
        assert_eq!(
            send(Some(tenth), midnight.plus_micros(-1)),
            Err(SendRefused::DailyLimit)
        );
        assert_eq!(
            send(Some(tenth), midnight),
            Ok(Sent {
                last_at: midnight,
                that_day: 1
            })
        );
    }

    #[test]
    fn acc_2_a_code_lives_five_minutes_serves_once_and_dies_of_five_wrong_tries() {
        let fresh = Code {
            expires_at: at(300),
            wrong_tries: 0,
            used_at: None,
        };
        assert_eq!(
            judge(fresh, true, false, at(300).plus_micros(-1)),
            Try::Right
        );
        assert_eq!(judge(fresh, true, false, at(300)), Try::Expired);
        assert_eq!(judge(fresh, false, false, at(1)), Try::Wrong { left: 4 });
        assert_eq!(
            judge(
                Code {
                    wrong_tries: 4,
                    ..fresh
                },
                false,
                false,
                at(1)
            ),
            Try::Wrong { left: 0 }
        );
        assert_eq!(
            judge(
                Code {
                    wrong_tries: 5,
                    ..fresh
                },
                true,
                false,
                at(1)
            ),
            Try::Dead
        );
        let used = Code {
            used_at: Some(at(10)),
            ..fresh
        };
        assert_eq!(judge(used, true, false, at(11)), Try::Used);
        assert_eq!(judge(used, true, true, at(70)), Try::Repeat);
        assert_eq!(judge(used, true, true, at(71)), Try::Used);
        assert_eq!(judge(used, false, true, at(11)), Try::Used);
    }

    proptest! {
        #[test]
        fn acc_2_no_day_has_more_than_ten_codes(gaps in prop::collection::vec(1i64..20_000, 1..200)) {
            let (mut so_far, mut now, mut per_day) = (None, START, std::collections::HashMap::new());
            for gap in gaps {
                now = now.plus_seconds(gap);
                let last = so_far;
                if let Ok(sent) = send(so_far, now) {
                    if let Some(Sent { last_at, .. }) = last {
                        prop_assert!(now.micros_since(last_at) >= RESEND_AFTER_US);
                    }
                    so_far = Some(sent);
                    let count = per_day.entry(now.day()).or_insert(0);
                    *count += 1;
                    prop_assert!(*count <= DAILY_MAX);
                }
            }
        }

        #[test]
        fn acc_2_codes_have_six_digits(random: u64) {
            let code = digits(random);
            prop_assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()));
        }
    }
}
