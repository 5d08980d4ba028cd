//! Entitlements: the dated right of one holding on one scope (CERT-3, CERT-18).

use std::str::FromStr;

use crate::id::PlatformId;
use crate::product::UnknownWord;
use crate::time::{self, Instant, SECOND_US};

/// The longest term that is sold, in years.
pub const TERM_YEARS_MAX: u8 = 10;

/// What was bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Platform certificate (平台证书): one platform and its alliance.
    Platform,
    /// Interconnect certificate (互连证书): every platform that supports it where the unit has a platform certificate.
    Interconnect,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Platform, Self::Interconnect];

    /// The word that storage and wire use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Interconnect => "interconnect",
        }
    }
}

impl FromStr for Kind {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or(UnknownWord)
    }
}

/// Where an entitlement counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One platform (and, at use, its alliance).
    Platform(PlatformId),
    /// Every platform that supports interconnect.
    Interconnect,
    /// Sealing of documents outside any platform.
    DocumentSealing,
}

impl Scope {
    /// The scope that buying `kind` for `platform` gives.
    pub fn bought(kind: Kind, platform: PlatformId) -> Self {
        match kind {
            Kind::Platform => Self::Platform(platform),
            Kind::Interconnect => Self::Interconnect,
        }
    }

    /// The one word under which storage keeps the scope: a platform's id, `interconnect` or `document_sealing`.
    pub fn to_word(self) -> String {
        match self {
            Self::Platform(id) => id.to_string(),
            Self::Interconnect => "interconnect".to_owned(),
            Self::DocumentSealing => "document_sealing".to_owned(),
        }
    }
}

impl FromStr for Scope {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "interconnect" => Ok(Self::Interconnect),
            "document_sealing" => Ok(Self::DocumentSealing),
            id => id.parse().map(Self::Platform).map_err(|_| UnknownWord),
        }
    }
}

/// A dated right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entitlement {
    /// Where it counts.
    pub scope: Scope,
    /// What was bought.
    pub kind: Kind,
    /// First and last instant.
    pub period: Period,
}

impl Entitlement {
    /// Whether it is in force at `at`.
    pub fn in_force(&self, at: Instant) -> bool {
        self.period.contains(at)
    }
}

/// From an instant to the end of a day; the last second belongs to it whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First instant.
    pub from: Instant,
    /// The beginning of its last second, 23:59:59 in Asia/Shanghai.
    pub until: Instant,
}

impl Period {
    /// Whether `at` lies in it.
    pub fn contains(&self, at: Instant) -> bool {
        self.from <= at && at < self.until.plus_micros(SECOND_US)
    }
}

/// Terms are one to [`TERM_YEARS_MAX`] years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a term of {0} years is not sold")]
pub struct TermError(pub u8);

/// What a bought term makes of the present entitlement of the same holding and scope (CERT-3): in force, its end moves by
/// the term; otherwise a new one runs from now. The end is 23:59:59 in Asia/Shanghai of the same date `term_years` on,
/// 29 February becoming 28 February where that year has none.
pub fn bought(present: Option<Period>, now: Instant, term_years: u8) -> Result<Period, TermError> {
    match present.filter(|period| period.contains(now)) {
        Some(period) => Ok(Period {
            from: period.from,
            until: end_of_term(period.until, term_years)?,
        }),
        None => Ok(Period {
            from: now,
            until: end_of_term(now, term_years)?,
        }),
    }
}

fn end_of_term(start: Instant, term_years: u8) -> Result<Instant, TermError> {
    if term_years == 0 || term_years > TERM_YEARS_MAX {
        return Err(TermError(term_years));
    }
    Ok(time::end_of_term(start, i16::from(term_years)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Instant {
        Instant::from_micros(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn cert_3_a_term_ends_at_the_end_of_the_same_date_in_shanghai() {
        let period = bought(None, at("2026-11-23T10:00:00Z"), 1).unwrap();
        assert_eq!(period.until, at("2027-11-23T23:59:59+08:00"));
        // 17:00 UTC is already the next day in Shanghai.
        let late = bought(None, at("2026-11-23T17:00:00Z"), 1).unwrap();
        assert_eq!(late.until, at("2027-11-24T23:59:59+08:00"));
    }

    #[test]
    fn cert_3_the_leap_day_becomes_the_28th_and_stays_where_there_is_one() {
        let leap_day = at("2028-02-29T12:00:00+08:00");
        assert_eq!(
            end_of_term(leap_day, 1).unwrap(),
            at("2029-02-28T23:59:59+08:00")
        );
        assert_eq!(
            end_of_term(leap_day, 4).unwrap(),
            at("2032-02-29T23:59:59+08:00")
        );
    }

    #[test]
    fn cert_3_the_last_second_counts_whole_and_what_ended_starts_anew() {
        let period = bought(None, at("2026-01-01T08:00:00+08:00"), 1).unwrap();
        assert!(period.contains(at("2027-01-01T23:59:59.999999+08:00")));
        assert!(!period.contains(at("2027-01-02T00:00:00+08:00")));
        let now = at("2027-03-05T00:00:00+08:00");
        let again = bought(Some(period), now, 1).unwrap();
        assert_eq!(
            (again.from, again.until),
            (now, at("2028-03-05T23:59:59+08:00"))
        );
    }

    #[test]
    fn terms_that_are_not_sold_are_refused() {
        let now = at("2026-01-01T00:00:00Z");
        assert_eq!(bought(None, now, 0), Err(TermError(0)));
        assert_eq!(bought(None, now, 11), Err(TermError(11)));
    }

    proptest! {
        /// Between 2000 and 2100.
        #[test]
        fn cert_3_an_end_is_the_last_second_of_a_day_never_earlier_than_the_start(
            start_us in 946_684_800_000_000_i64..4_102_444_800_000_000,
            term in 1_u8..=TERM_YEARS_MAX,
        ) {
            let start = Instant::from_micros(start_us);
            let end = end_of_term(start, term).unwrap();
            let (first, last) = (start.day(), end.day());
            prop_assert_eq!(end, last.last_second());
            prop_assert_eq!(last.year(), first.year() + i16::from(term));
            prop_assert_eq!(last.month(), first.month());
            prop_assert!(last.day() == first.day() || (first.month() == 2 && first.day() == 29 && last.day() == 28));
        }

        /// Extending keeps the beginning, moves the end forward, and never depends on when within the period it happens.
        #[test]
        fn cert_3_extension_moves_the_end_by_the_term_whenever_it_is_bought(
            start_us in 946_684_800_000_000_i64..4_102_444_800_000_000,
            first in 1_u8..=3, second in 1_u8..=3, fraction in 0.0_f64..1.0,
        ) {
            let start = Instant::from_micros(start_us);
            let period = bought(None, start, first).unwrap();
            let length = period.until.micros() - start_us;
            let later = Instant::from_micros(start_us + (length as f64 * fraction) as i64);
            let longer = bought(Some(period), later, second).unwrap();
            prop_assert_eq!(longer.from, period.from);
            prop_assert_eq!(longer.until, end_of_term(period.until, second).unwrap());
            prop_assert!(longer.until > period.until);
        }

        #[test]
        fn a_scope_survives_its_word(micros in 0_i64..4_102_444_800_000_000, random in any::<[u8; 10]>()) {
            for scope in [Scope::Platform(PlatformId::from_parts(Instant::from_micros(micros), random)), Scope::Interconnect, Scope::DocumentSealing] {
                prop_assert_eq!(scope.to_word().parse(), Ok(scope));
            }
        }
    }
}
