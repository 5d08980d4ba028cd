//! Time: instants are 64-bit microseconds UTC; days and terms are those of Asia/Shanghai, a fixed +08:00
//! (no daylight saving since 1991, and nothing in this system is older).

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// Microseconds in one second.
pub const SECOND_US: i64 = 1_000_000;
/// Microseconds in one minute.
pub const MINUTE_US: i64 = 60 * SECOND_US;
/// Microseconds in one hour.
pub const HOUR_US: i64 = 60 * MINUTE_US;
/// Microseconds in one day.
pub const DAY_US: i64 = 24 * HOUR_US;
const SHANGHAI_US: i64 = 8 * HOUR_US;

/// A moment: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// From microseconds since 1970 UTC.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From seconds since 1970 UTC; far ends saturate.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(SECOND_US))
    }

    /// Microseconds since 1970 UTC.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970 UTC, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND_US)
    }

    /// This many microseconds later (earlier when negative); far ends saturate.
    #[must_use]
    pub const fn plus_micros(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// This many seconds later (earlier when negative); far ends saturate.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_micros(seconds.saturating_mul(SECOND_US))
    }

    /// Microseconds from `earlier` to here; negative when it is later.
    #[must_use]
    pub const fn micros_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The day in Shanghai that this moment belongs to.
    #[must_use]
    pub fn day(self) -> Day {
        Day::from_number(self.0.saturating_add(SHANGHAI_US).div_euclid(DAY_US))
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(at) => write!(f, "{at}"),
            Err(_) => write!(f, "{} us", self.0),
        }
    }
}

/// A calendar day in Asia/Shanghai.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// A day of the Gregorian calendar, or nothing when there is no such day.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The first moment of the day.
    #[must_use]
    pub fn start(self) -> Instant {
        self.at(Time::midnight())
    }

    /// The last second of the day, 23:59:59.
    #[must_use]
    pub fn last_second(self) -> Instant {
        self.start().plus_seconds(DAY_US / SECOND_US - 1)
    }

    /// The same date `years` on; 29 February becomes 28 February where the year has no such day.
    #[must_use]
    pub fn plus_years(self, years: i16) -> Self {
        let year = self.0.year().saturating_add(years).clamp(-9999, 9999);
        let same = Date::new(year, self.0.month(), self.0.day());
        Self(same.or_else(|_| Date::new(year, 2, 28)).unwrap_or(self.0))
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.tomorrow().unwrap_or(self.0))
    }

    /// So many days later; the calendar's last day stays.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        (0..days).fold(self, |day, _| day.next())
    }

    fn at(self, time: Time) -> Instant {
        // Only the last hours of year 9999 do not fit a timestamp.
        let at = Offset::constant(8).to_timestamp(self.0.to_datetime(time));
        Instant(at.map_or(
            jiff::Timestamp::MAX.as_microsecond(),
            jiff::Timestamp::as_microsecond,
        ))
    }

    fn from_number(days: i64) -> Self {
        let at = jiff::Timestamp::from_second(days.saturating_mul(DAY_US / SECOND_US));
        let last = if days < 0 { Date::MIN } else { Date::MAX };
        Self(at.map_or(last, |at| Offset::UTC.to_datetime(at).date()))
    }
}

/// The text is no day written as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day")]
pub struct NotADay;

impl FromStr for Day {
    type Err = NotADay;

    /// `YYYY-MM-DD` and nothing else.
    fn from_str(text: &str) -> Result<Self, NotADay> {
        let day = text.parse().map(Self).map_err(|_| NotADay)?;
        // The parser would also take other forms of ISO 8601, and years that are longer.
        if text.len() == "YYYY-MM-DD".len() && day.to_string() == text {
            Ok(day)
        } else {
            Err(NotADay)
        }
    }
}

impl fmt::Display for Day {
    /// `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The last moment of a term of `years` that begins at `from`: the same date so many years on, 23:59:59 Shanghai;
/// 29 February ends on 28 February.
#[must_use]
pub fn end_of_term(from: Instant, years: i16) -> Instant {
    from.day().plus_years(years).last_second()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i16, month: i8, day: i8) -> Day {
        Day::new(year, month, day).expect("a day")
    }

    #[test]
    fn the_day_turns_at_midnight_in_shanghai() {
        let start = day(2026, 3, 1).start();
        assert_eq!(start.seconds(), 1_772_294_400);
        assert_eq!(start.day(), day(2026, 3, 1));
        assert_eq!(start.plus_micros(-1).day(), day(2026, 2, 28));
    }

    #[test]
    fn a_term_ends_on_the_same_date() {
        let from = day(2024, 2, 29).start().plus_seconds(5);
        assert_eq!(end_of_term(from, 1), day(2025, 2, 28).last_second());
        assert_eq!(end_of_term(from, 4), day(2028, 2, 29).last_second());
        let from = day(2026, 7, 1).last_second();
        assert_eq!(
            end_of_term(from, 3).plus_seconds(1),
            day(2029, 7, 2).start()
        );
    }

    #[test]
    fn a_day_is_written_in_one_form() {
        assert_eq!("2028-02-29".parse(), Ok(day(2028, 2, 29)));
        for wrong in [
            "",
            "2027-02-29",
            "20280229",
            "2028-2-9",
            "2028-02-29T00:00",
            " 2028-02-29",
            "-002028-02-29",
        ] {
            assert_eq!(wrong.parse::<Day>(), Err(NotADay), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_moment_lies_in_its_day(micros in -1_000_000_000_000_000i64..4_000_000_000_000_000) {
            let at = Instant::from_micros(micros);
            prop_assert!(at.day().start() <= at && at < at.day().next().start());
        }

        #[test]
        fn no_input_panics(micros: i64, years: i16) {
            let _ = end_of_term(Instant::from_micros(micros), years);
        }
    }
}
