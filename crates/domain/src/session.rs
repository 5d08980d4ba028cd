//! Sign-ins: how long their tokens live, and what a refresh token that comes again means (ACC-2, ACC-12).

use crate::time::{DAY_US, Instant, SECOND_US};

/// How long an access token opens anything.
pub const ACCESS_LIFETIME_US: i64 = 600 * SECOND_US;
/// How long a refresh token waits for its use.
pub const REFRESH_LIFETIME_US: i64 = 30 * DAY_US;
/// How long a used refresh token still gets the same successor, since the answer may have been lost.
pub const REFRESH_REPEAT_US: i64 = 10 * SECOND_US;

/// Which face of the app a person works in (ACC-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// 普通登录
    Standard,
    /// 法定代表人登录; for a person who is legal representative of some unit.
    LegalRepresentative,
}

impl Edition {
    /// The word in the database and on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::LegalRepresentative => "legal_representative",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Standard, Self::LegalRepresentative]
            .into_iter()
            .find(|edition| edition.as_str() == text)
    }
}

/// Nobody made the person legal representative of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the person is legal representative of no unit")]
pub struct NoLegalRepresentative;

/// Whether a person may work in an edition; asked at the sign-in and at every switch (ACC-3).
///
/// # Errors
/// [`NoLegalRepresentative`] when the edition is for those who are one.
pub fn enter(
    edition: Edition,
    is_legal_representative: bool,
) -> Result<Edition, NoLegalRepresentative> {
    match edition {
        Edition::LegalRepresentative if !is_legal_representative => Err(NoLegalRepresentative),
        edition => Ok(edition),
    }
}

/// What a refresh token that was found comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// Its first use: it gets a successor.
    Rotate,
    /// Used a moment ago: the same successor again.
    Repeat,
    /// Used long ago: somebody else has it too, and the session ends.
    Reused,
    /// Too old: sign in again.
    Expired,
}

/// Judges the use of a refresh token of a phone.
#[must_use]
pub fn judge_refresh(issued_at: Instant, rotated_at: Option<Instant>, now: Instant) -> Refresh {
    judge_refresh_within(REFRESH_LIFETIME_US, issued_at, rotated_at, now)
}

/// Judges the use of a refresh token that waits for it `lifetime_us` at most.
#[must_use]
pub fn judge_refresh_within(
    lifetime_us: i64,
    issued_at: Instant,
    rotated_at: Option<Instant>,
    now: Instant,
) -> Refresh {
    match rotated_at {
        Some(at) if now.micros_since(at) <= REFRESH_REPEAT_US => Refresh::Repeat,
        Some(_) => Refresh::Reused,
        None if now.micros_since(issued_at) >= lifetime_us => Refresh::Expired,
        None => Refresh::Rotate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acc_3_the_legal_representatives_edition_is_for_one_who_is() {
        for is in [false, true] {
            assert_eq!(enter(Edition::Standard, is), Ok(Edition::Standard));
        }
        let special = Edition::LegalRepresentative;
        assert_eq!(enter(special, true), Ok(special));
        assert_eq!(enter(special, false), Err(NoLegalRepresentative));
    }

    #[test]
    fn acc_12_a_refresh_token_serves_once_and_its_second_use_is_theft() {
        let issued = Instant::from_seconds(1_772_294_400);
        let at = |seconds| issued.plus_seconds(seconds);
        assert_eq!(judge_refresh(issued, None, at(5)), Refresh::Rotate);
        assert_eq!(judge_refresh(issued, Some(at(5)), at(15)), Refresh::Repeat);
        assert_eq!(judge_refresh(issued, Some(at(5)), at(16)), Refresh::Reused);
        assert_eq!(
            judge_refresh(issued, None, at(30 * 86_400)),
            Refresh::Expired
        );
        assert_eq!(
            judge_refresh(issued, None, at(30 * 86_400 - 1)),
            Refresh::Rotate
        );
    }
}
