//! Dates: as signatures want them, and as vendors print them.

use domain::Instant;
use jiff::Timestamp;

fn civil(at: Instant) -> jiff::civil::DateTime {
    let at = Timestamp::from_second(at.seconds()).unwrap_or(Timestamp::UNIX_EPOCH);
    jiff::tz::Offset::UTC.to_datetime(at)
}

/// `2026-03-02T02:00:00Z`
pub(super) fn utc_second(at: Instant) -> String {
    civil(at).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `2026-03-02`
pub(super) fn utc_day(at: Instant) -> String {
    civil(at).strftime("%Y-%m-%d").to_string()
}

/// A date that is printed in any of the ways of cards and licences (`2010.01.02`, `2010年1月2日`, `1987/1/2`) as
/// `2010-01-02`; 长期 stays. None for anything else.
pub(super) fn printed(text: &str) -> Option<String> {
    let text = text.trim();
    if text.contains("长期") {
        return Some("长期".to_owned());
    }
    let digits = |char: char| char.is_ascii_digit();
    let numbers: Vec<&str> = text.split(|char| !digits(char)).collect();
    let numbers: Vec<&str> = numbers
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let (year, month, day) = match *numbers.as_slice() {
        [year, month, day] => (year, month, day),
        [all] if all.len() == 8 => (all.get(..4)?, all.get(4..6)?, all.get(6..)?),
        _ => return None,
    };
    let date = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let date = date.ok()?;
    (date.year() >= 1000).then(|| date.to_string())
}

/// The two ends of a printed term, such as `2010.01.02-2030.01.02` or `2010年1月2日至长期`.
pub(super) fn term(text: &str) -> (Option<String>, Option<String>) {
    let halves = text
        .split_once('至')
        .or_else(|| text.split_once("--"))
        .or_else(|| middle_hyphen(text));
    halves.map_or((None, None), |(from, to)| (printed(from), printed(to)))
}

/// Where dates may have hyphens too, the one that parts them: the only one, the last before 长期, the middle one of five.
fn middle_hyphen(text: &str) -> Option<(&str, &str)> {
    let hyphens: Vec<usize> = text.match_indices('-').map(|(at, _)| at).collect();
    let at = match *hyphens.as_slice() {
        [at] | [_, _, at] | [_, _, at, _, _] => at,
        _ => return None,
    };
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idv_1_dates_are_read_as_vendors_print_them() {
        for (text, expected) in [
            ("1987/1/2", Some("1987-01-02")),
            ("1987年1月2日", Some("1987-01-02")),
            ("2010.01.02", Some("2010-01-02")),
            ("20100102", Some("2010-01-02")),
            ("长期", Some("长期")),
            ("2010.13.02", None),
            ("2010", None),
            ("", None),
            ("99999999999.1.1", None),
        ] {
            assert_eq!(printed(text).as_deref(), expected, "{text}");
        }
        for (text, from, to) in [
            (
                "2010.01.02-2030.01.02",
                Some("2010-01-02"),
                Some("2030-01-02"),
            ),
            (
                "2010-01-02-2030-01-02",
                Some("2010-01-02"),
                Some("2030-01-02"),
            ),
            ("2010-01-02-长期", Some("2010-01-02"), Some("长期")),
            ("2010.01.02-长期", Some("2010-01-02"), Some("长期")),
            (
                "2010年01月02日至2030年01月02日",
                Some("2010-01-02"),
                Some("2030-01-02"),
            ),
            ("2010.01.02", None, None),
            ("-", None, None),
        ] {
            let (read_from, read_to) = term(text);
            assert_eq!(
                (read_from.as_deref(), read_to.as_deref()),
                (from, to),
                "{text}"
            );
        }
    }

    #[test]
    fn ops_2_signatures_carry_the_time_in_utc() {
        let at = Instant::from_seconds(1_551_113_065);
        assert_eq!(utc_second(at), "2019-02-25T16:44:25Z");
        assert_eq!(utc_day(at), "2019-02-25");
    }
}
