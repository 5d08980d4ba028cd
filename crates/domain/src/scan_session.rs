//! The life of one QR code: which step may follow which, and until when.

use crate::time::Instant;

/// What a session is for. The kind is inside everything that is signed in it: a login never becomes a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A seal on a document.
    Seal,
    /// A person signs the asker in; no certificate, nothing to prepare.
    Login,
    /// A seal is taken away by the certificate that set it.
    Unseal,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Seal, Self::Login, Self::Unseal];

    /// The word that storage, wire and statements use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Seal => "seal",
            Self::Login => "login",
            Self::Unseal => "unseal",
        }
    }

    /// The kind of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

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
    /// The phone picked unit and certificate; in a login, as whom.
    Choose,
    /// The asker sent digest and facts.
    Prepare,
    /// The phone's first signing message was accepted.
    Confirm,
    /// The finished signature was accepted.
    Finish,
    /// The phone's device key has confirmed a login.
    ConfirmLogin,
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

    /// The state after `event` in a session of `kind`.
    pub fn after(self, kind: Kind, event: Event) -> Result<Self, NotPossible> {
        use Event as E;
        use State as S;
        let login = kind == Kind::Login;
        let next = match (self, event) {
            (S::Created, E::Claim) => S::Claimed,
            // There is nothing to prepare; the person may think again until the confirm.
            (S::Claimed | S::Ready, E::Choose) if login => S::Ready,
            (S::Ready, E::ConfirmLogin) if login => S::Done,
            // The person may think again until the asker has prepared for one certificate.
            (S::Claimed | S::Chosen, E::Choose) if !login => S::Chosen,
            (S::Chosen, E::Prepare) if !login => S::Ready,
            (S::Ready, E::Confirm) if !login => S::Signing,
            (S::Signing, E::Finish) if !login => S::Done,
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

/// How long a person's sign-in of an asker serves, unless it is ended before, in seconds.
pub const SIGN_IN_S: i64 = 30 * 86_400;

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

    const EVENTS: [Event; 10] = [
        Event::Claim,
        Event::Choose,
        Event::Prepare,
        Event::Confirm,
        Event::Finish,
        Event::ConfirmLogin,
        Event::Refuse,
        Event::Cancel,
        Event::Expire,
        Event::Fail,
    ];

    proptest! {
        /// Whatever comes in whatever order: done needs each step once and in order, and an end is an end.
        #[test]
        fn scan_1_no_way_around_a_step(kind in prop::sample::select(&Kind::ALL[..]), events in prop::collection::vec(prop::sample::select(&EVENTS[..]), 0..40)) {
            let mut state = State::Created;
            let mut accepted = Vec::new();
            for event in events {
                let was_over = state.is_over();
                if let Ok(next) = state.after(kind, event) {
                    prop_assert!(!was_over);
                    accepted.push(event);
                    state = next;
                }
            }
            if state == State::Done {
                accepted.dedup_by(|a, b| *a == Event::Choose && *b == Event::Choose);
                let steps = match kind {
                    Kind::Login => vec![Event::Claim, Event::Choose, Event::ConfirmLogin],
                    Kind::Seal | Kind::Unseal => vec![Event::Claim, Event::Choose, Event::Prepare, Event::Confirm, Event::Finish],
                };
                prop_assert_eq!(accepted, steps);
            }
        }

        #[test]
        fn words_round_trip(state in prop::sample::select(&State::ALL[..])) {
            prop_assert_eq!(State::parse(state.as_str()), Some(state));
        }

        #[test]
        fn words_of_kinds_round_trip(kind in prop::sample::select(&Kind::ALL[..])) {
            prop_assert_eq!(Kind::parse(kind.as_str()), Some(kind));
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
            for kind in Kind::ALL {
                assert!(
                    State::Signing.after(kind, event).is_err(),
                    "{kind:?} {event:?}"
                );
            }
        }
    }
}
