//! The life of one QR code: which step may follow which, and until when.

use crate::time::Instant;

/// Where a scan session stands (PROTOCOL section 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// The asker shows the code, nobody has it yet.
    Created,
    /// One phone has it.
    Claimed,
    /// The phone has picked whose certificate signs.
    Chosen,
    /// The asker has said what exactly is to be signed.
    Ready,
    /// The server half has answered once; nothing but `finish` can follow.
    Signing,
    /// The signature stands.
    Done,
    /// The person, or the asker, ended it before anything was signed.
    Refused,
    /// Time ran out.
    Expired,
    /// It cannot be completed; the reason is kept beside it.
    Failed,
}

/// What can happen to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// A phone read the code.
    Claim,
    /// The phone picked unit and certificate.
    Choose,
    /// The asker sent digest and facts.
    Prepare,
    /// The phone's first signing message was accepted.
    Confirm,
    /// The finished signature was accepted.
    Finish,
    /// The phone refused, or the match number was wrong.
    Refuse,
    /// The asker took it back.
    Cancel,
    /// The deadline passed.
    Expire,
    /// A newer confirm for the same key, or a reason that no repeat can cure.
    Fail,
}

/// An event that the state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{event:?} is not possible in state {state:?}")]
pub struct NotPossible {
    /// The state it was in.
    pub state: State,
    /// What was tried.
    pub event: Event,
}

impl State {
    /// Every state, for tables and tests.
    pub const ALL: [Self; 9] = [
        Self::Created,
        Self::Claimed,
        Self::Chosen,
        Self::Ready,
        Self::Signing,
        Self::Done,
        Self::Refused,
        Self::Expired,
        Self::Failed,
    ];

    /// The word that storage and wire use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Claimed => "claimed",
            Self::Chosen => "chosen",
            Self::Ready => "ready",
            Self::Signing => "signing",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Failed => "failed",
        }
    }

    /// The state of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// True when nothing can happen any more.
    pub fn is_over(self) -> bool {
        matches!(
            self,
            Self::Done | Self::Refused | Self::Expired | Self::Failed
        )
    }

    /// The state after `event`.
    pub fn after(self, event: Event) -> Result<Self, NotPossible> {
        use Event as E;
        use State as S;
        let next = match (self, event) {
            (S::Created, E::Claim) => S::Claimed,
            (S::Claimed, E::Choose) => S::Chosen,
            // The person may think again until the asker has prepared for one certificate.
            (S::Chosen, E::Choose) => S::Chosen,
            (S::Chosen, E::Prepare) => S::Ready,
            (S::Ready, E::Confirm) => S::Signing,
            (S::Signing, E::Finish) => S::Done,
            (S::Claimed | S::Chosen | S::Ready, E::Refuse) => S::Refused,
            (S::Created | S::Claimed | S::Chosen | S::Ready, E::Cancel) => S::Refused,
            (state, E::Expire) if !state.is_over() => S::Expired,
            (state, E::Fail) if !state.is_over() => S::Failed,
            (state, event) => return Err(NotPossible { state, event }),
        };
        Ok(next)
    }
}

/// Shortest and longest wish for the time until a phone claims, in seconds.
pub const LIFETIME_S: std::ops::RangeInclusive<i64> = 30..=600;
/// What the asker gets when it wishes nothing, in seconds.
pub const LIFETIME_DEFAULT_S: i64 = 90;
/// From the claim until the confirm, in seconds.
pub const CLAIMED_S: i64 = 600;
/// From the server half's answer until the finished signature, in seconds. A nonce does not wait longer.
pub const SIGNING_S: i64 = 180;

/// While a certificate comes to the phone in the middle of a scan its clock stops, but a session is over so many seconds
/// after its making whatever happens.
pub const PAUSED_MAX_S: i64 = 2400;

/// The instant at which a session that has just come into `state` runs out, if it can.
pub fn deadline(state: State, entered: Instant, lifetime_s: i64) -> Option<Instant> {
    match state {
        State::Created => Some(entered.plus_seconds(lifetime_s)),
        State::Claimed => Some(entered.plus_seconds(CLAIMED_S)),
        State::Signing => Some(entered.plus_seconds(SIGNING_S)),
        // These two keep the deadline that the claim set.
        State::Chosen | State::Ready => None,
        State::Done | State::Refused | State::Expired | State::Failed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EVENTS: [Event; 9] = [
        Event::Claim,
        Event::Choose,
        Event::Prepare,
        Event::Confirm,
        Event::Finish,
        Event::Refuse,
        Event::Cancel,
        Event::Expire,
        Event::Fail,
    ];

    proptest! {
        /// Whatever comes in whatever order: done needs each step once and in order, and an end is an end.
        #[test]
        fn scan_1_no_way_around_a_step(events in prop::collection::vec(prop::sample::select(&EVENTS[..]), 0..40)) {
            let mut state = State::Created;
            let mut accepted = Vec::new();
            for event in events {
                let was_over = state.is_over();
                if let Ok(next) = state.after(event) {
                    prop_assert!(!was_over);
                    accepted.push(event);
                    state = next;
                }
            }
            if state == State::Done {
                accepted.dedup_by(|a, b| *a == Event::Choose && *b == Event::Choose);
                prop_assert_eq!(accepted, vec![Event::Claim, Event::Choose, Event::Prepare, Event::Confirm, Event::Finish]);
            }
        }

        #[test]
        fn words_round_trip(state in prop::sample::select(&State::ALL[..])) {
            prop_assert_eq!(State::parse(state.as_str()), Some(state));
        }
    }

    #[test]
    fn scan_1_nothing_is_refused_or_taken_back_once_the_server_half_has_answered() {
        for event in [
            Event::Refuse,
            Event::Cancel,
            Event::Prepare,
            Event::Choose,
            Event::Confirm,
        ] {
            assert!(State::Signing.after(event).is_err(), "{event:?}");
        }
    }
}
