//! The micro-deposit: how often it may be asked for, how often its amount may be guessed, and when it is over (UNIT-7, UNIT-8).
//!
//! ```text
//! asking ──taken──► waiting ──► arrived ──right amount──► passed
//!   │ refused          │ returned    │ third wrong entry: failed
//!   ▼                  ▼             ▼ five days after the transfer: expired
//! ```

use crate::Instant;
use crate::money::Fen;
use crate::review::words;
use crate::time::DAY_US;

/// Requests per account and per unit within [`REQUESTS_WINDOW_US`].
pub const REQUESTS_MAX: i64 = 2;
/// The window of [`REQUESTS_MAX`]; it slides.
pub const REQUESTS_WINDOW_US: i64 = DAY_US;
/// Amounts that may be entered for one transfer.
pub const ENTRIES_MAX: u8 = 3;
/// How long after the transfer an amount may be entered.
pub const ENTRY_US: i64 = 5 * DAY_US;
/// The largest amount that is ever transferred.
pub const AMOUNT_MAX: Fen = Fen(200);

words! {
    /// How a deposit stands.
    DepositState {
        /// The provider has not answered yet; it is asked again until it does.
        Asking = "asking",
        /// On its way.
        Waiting = "waiting",
        /// The money is there.
        Arrived = "arrived",
        /// The right amount was entered.
        Passed = "passed",
        /// Three wrong amounts.
        Failed = "failed",
        /// Nobody entered the amount in time.
        Expired = "expired",
        /// It came back.
        Returned = "returned",
        /// The bank would not take it.
        Refused = "refused",
    }
}

impl DepositState {
    /// Whether something may still come of it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Asking | Self::Waiting | Self::Arrived)
    }
}

/// A deposit as far as the rules look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// As it was written last.
    pub state: DepositState,
    /// When it was asked for.
    pub asked_at: Instant,
    /// When the money arrived.
    pub arrived_at: Option<Instant>,
    /// Amounts entered so far, with one that is being compared.
    pub entries: u8,
}

/// Why an amount is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEntered {
    /// The money is still on its way.
    #[error("not there yet")]
    OnItsWay,
    /// It is over, in this way.
    #[error("over")]
    Over(DepositState),
}

impl Deposit {
    /// The last instant at which an amount is taken: five days after the transfer, or after the request of one that
    /// nobody has seen arrive.
    #[must_use]
    pub fn deadline(&self) -> Instant {
        self.arrived_at
            .unwrap_or(self.asked_at)
            .plus_micros(ENTRY_US)
    }

    /// How it stands now. The rule ends it, the job only writes that down.
    #[must_use]
    pub fn standing(&self, now: Instant) -> DepositState {
        match self.state {
            DepositState::Arrived if self.entries >= ENTRIES_MAX && now > self.deadline() => {
                DepositState::Failed
            }
            open if open.is_open() && now > self.deadline() => DepositState::Expired,
            state => state,
        }
    }

    /// Whether an amount may be entered now.
    ///
    /// # Errors
    /// [`NotEntered`].
    pub fn enter(&self, now: Instant) -> Result<(), NotEntered> {
        match self.standing(now) {
            DepositState::Arrived if self.entries < ENTRIES_MAX => Ok(()),
            DepositState::Arrived => Err(NotEntered::Over(DepositState::Failed)),
            DepositState::Asking | DepositState::Waiting => Err(NotEntered::OnItsWay),
            over => Err(NotEntered::Over(over)),
        }
    }

    /// What becomes of it when the entry that was counted last is compared.
    #[must_use]
    pub const fn compared(&self, right: bool) -> DepositState {
        match (right, self.entries >= ENTRIES_MAX) {
            (true, _) => DepositState::Passed,
            (false, true) => DepositState::Failed,
            (false, false) => DepositState::Arrived,
        }
    }
}

/// Why no further deposit is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("twice within 24 hours")]
pub struct TooOften;

/// Whether a deposit may be asked for, given the requests of the last 24 hours of the unit and to the account.
///
/// # Errors
/// [`TooOften`].
pub const fn request(by_unit: i64, to_account: i64) -> Result<(), TooOften> {
    if by_unit < REQUESTS_MAX && to_account < REQUESTS_MAX {
        Ok(())
    } else {
        Err(TooOften)
    }
}

/// An amount as somebody types it in yuan, between 0.01 and 2.00. No floating point: what was typed is what is compared.
#[must_use]
pub fn amount(text: &str) -> Option<Fen> {
    let text = text.trim();
    let (yuan, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(yuan, 2) || !digits(decimals, 2) {
        return None;
    }
    let tenths = if decimals.len() == 1 { 10 } else { 1 };
    let fen = Fen(yuan.parse::<i64>().ok()? * 100 + decimals.parse::<i64>().ok()? * tenths);
    (Fen(1)..=AMOUNT_MAX).contains(&fen).then_some(fen)
}

/// An account's number as a bank writes it: 6 to 34 digits, without the spaces and hyphens of its groups.
#[must_use]
pub fn account(text: &str) -> Option<String> {
    let digits: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, ' ' | '-'))
        .collect();
    let fits = (6..=34).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const T: Instant = Instant::from_seconds(1_772_416_800);

    fn arrived(entries: u8) -> Deposit {
        Deposit {
            state: DepositState::Arrived,
            asked_at: T.plus_micros(-DAY_US),
            arrived_at: Some(T),
            entries,
        }
    }

    #[test]
    fn unit_8_amounts_are_read_exactly() {
        for (text, fen) in [
            ("0.01", 1),
            ("2", 200),
            ("2.00", 200),
            ("1.5", 150),
            (" 0.29 ", 29),
            ("01.10", 110),
        ] {
            assert_eq!(amount(text), Some(Fen(fen)), "{text}");
        }
        for wrong in [
            "", "0", "0.00", "2.01", "0.001", "1.234", ".5", "1.", "-1", "+1", "1e0", "0,5", "１",
            "100", "NaN",
        ] {
            assert_eq!(amount(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn unit_7_twice_in_24_hours_per_account_and_per_unit() {
        assert_eq!(request(0, 0), Ok(()));
        assert_eq!(request(1, 1), Ok(()));
        assert_eq!(request(2, 0), Err(TooOften));
        assert_eq!(request(0, 2), Err(TooOften));
        assert_eq!(account("6222 0000-1234").as_deref(), Some("622200001234"));
        for wrong in ["", "12345", "62220000123a", &"1".repeat(35)] {
            assert_eq!(account(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn unit_8_five_days_to_the_microsecond_from_the_transfer() {
        let last = T.plus_micros(5 * DAY_US);
        assert_eq!(arrived(0).enter(last), Ok(()));
        let late = last.plus_micros(1);
        let over = Err(NotEntered::Over(DepositState::Expired));
        assert_eq!(arrived(0).enter(late), over);
        assert_eq!(arrived(0).standing(late), DepositState::Expired);
        let waiting = Deposit {
            state: DepositState::Waiting,
            arrived_at: None,
            ..arrived(0)
        };
        assert_eq!(waiting.enter(T), Err(NotEntered::OnItsWay));
        assert_eq!(waiting.standing(last), DepositState::Expired);
    }

    proptest! {
        /// Whatever is entered in whatever order, three wrong amounts end it, and nothing but the right one passes it.
        #[test]
        fn unit_8_three_entries_and_no_more(entries in prop::collection::vec(any::<bool>(), 0..8)) {
            let mut deposit = arrived(0);
            let mut made = 0;
            for right in entries {
                if deposit.enter(T).is_err() {
                    prop_assert!(!deposit.state.is_open());
                    continue;
                }
                made += 1;
                deposit.entries += 1;
                deposit.state = deposit.compared(right);
                prop_assert_eq!(deposit.state == DepositState::Passed, right);
            }
            prop_assert!(made <= ENTRIES_MAX);
            prop_assert_eq!(deposit.state == DepositState::Failed, made == ENTRIES_MAX && deposit.state != DepositState::Passed);
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = (amount(&text), account(&text));
        }
    }
}
