//! Entitlements: the dated right of one holding on one scope (CERT-3, CERT-18).

use jiff::{SignedDuration, ToSpan as _, civil, tz};
use uuid::Uuid;

use crate::time::Instant;

/// The longest term that is sold, in years.
pub const TERM_YEARS_MAX: u8 = 10;

/// Asia/Shanghai, which has had no summer time since 1991.
const SHANGHAI: tz::Offset = tz::offset(8);

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

    /// The kind of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Where an entitlement counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One platform (and, at use, its alliance).
    Platform(Uuid),
    /// Every platform that supports interconnect.
    Interconnect,
    /// Sealing of documents outside any platform.
    DocumentSealing,
}

impl Scope {
    /// The scope that buying `kind` for `platform` gives.
    pub fn bought(kind: Kind, platform: Uuid) -> Self {
        match kind {
            Kind::Platform => Self::Platform(platform),
            Kind::Interconnect => Self::Interconnect,
        }
    }

    /// The one word under which storage keeps the scope: a platform's id, `interconnect` or `document_sealing`.
    pub fn to_word(self) -> String {
        match self {
            Self::Platform(id) => id.hyphenated().to_string(),
            Self::Interconnect => "interconnect".to_owned(),
            Self::DocumentSealing => "document_sealing".to_owned(),
        }
    }

    /// The scope of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "interconnect" => Some(Self::Interconnect),
            "document_sealing" => Some(Self::DocumentSealing),
            id => Uuid::try_parse(id).ok().map(Self::Platform),
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
        self.from <= at && at.as_micros() < self.until.as_micros().saturating_add(1_000_000)
    }
}

/// A term or a date outside what the calendar or the price list knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TermError {
    /// Terms are one to [`TERM_YEARS_MAX`] years.
    #[error("a term of {0} years is not sold")]
    Term(u8),
    /// The date lies outside the calendar.
    #[error("the date lies outside the calendar")]
    Date,
}

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

/// 23:59:59 in Asia/Shanghai of the date of `start`, `term_years` on.
pub fn end_of_term(start: Instant, term_years: u8) -> Result<Instant, TermError> {
    if term_years == 0 || term_years > TERM_YEARS_MAX {
        return Err(TermError::Term(term_years));
    }
    let timestamp =
        jiff::Timestamp::from_microsecond(start.as_micros()).map_err(|_| TermError::Date)?;
    let date = SHANGHAI.to_datetime(timestamp).date();
    let last = date
        .checked_add(i64::from(term_years).years())
        .map_err(|_| TermError::Date)?;
    end_of_day(last)
}

fn end_of_day(date: civil::Date) -> Result<Instant, TermError> {
    let midnight = SHANGHAI
        .to_timestamp(date.at(0, 0, 0, 0))
        .map_err(|_| TermError::Date)?;
    let end = midnight
        .checked_add(SignedDuration::from_secs(86_399))
        .map_err(|_| TermError::Date)?;
    Ok(Instant::from_micros(end.as_microsecond()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Instant {
        Instant::from_micros(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    fn civil_of(instant: Instant) -> civil::DateTime {
        SHANGHAI.to_datetime(jiff::Timestamp::from_microsecond(instant.as_micros()).unwrap())
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
        assert_eq!(bought(None, now, 0), Err(TermError::Term(0)));
        assert_eq!(bought(None, now, 11), Err(TermError::Term(11)));
        assert_eq!(
            end_of_term(Instant::from_micros(i64::MAX), 1),
            Err(TermError::Date)
        );
    }

    proptest! {
        /// Between 2000 and 2100.
        #[test]
        fn cert_3_an_end_is_the_last_second_of_a_day_never_earlier_than_the_start(
            start_us in 946_684_800_000_000_i64..4_102_444_800_000_000,
            term in 1_u8..=TERM_YEARS_MAX,
        ) {
            let start = Instant::from_micros(start_us);
            let end = civil_of(end_of_term(start, term).unwrap());
            let begin = civil_of(start);
            prop_assert_eq!((end.hour(), end.minute(), end.second(), end.subsec_nanosecond()), (23, 59, 59, 0));
            prop_assert_eq!(end.year(), begin.year() + i16::from(term));
            prop_assert_eq!(end.month(), begin.month());
            prop_assert!(end.day() == begin.day() || (begin.month() == 2 && begin.day() == 29 && end.day() == 28));
        }

        /// Extending keeps the beginning, moves the end forward, and never depends on when within the period it happens.
        #[test]
        fn cert_3_extension_moves_the_end_by_the_term_whenever_it_is_bought(
            start_us in 946_684_800_000_000_i64..4_102_444_800_000_000,
            first in 1_u8..=3, second in 1_u8..=3, fraction in 0.0_f64..1.0,
        ) {
            let start = Instant::from_micros(start_us);
            let period = bought(None, start, first).unwrap();
            let length = period.until.as_micros() - start_us;
            let later = Instant::from_micros(start_us + (length as f64 * fraction) as i64);
            let longer = bought(Some(period), later, second).unwrap();
            prop_assert_eq!(longer.from, period.from);
            prop_assert_eq!(longer.until, end_of_term(period.until, second).unwrap());
            prop_assert!(longer.until > period.until);
        }

        #[test]
        fn a_scope_survives_its_word(bits in any::<u128>()) {
            for scope in [Scope::Platform(Uuid::from_u128(bits)), Scope::Interconnect, Scope::DocumentSealing] {
                prop_assert_eq!(Scope::parse(&scope.to_word()), Some(scope));
            }
        }
    }
}
