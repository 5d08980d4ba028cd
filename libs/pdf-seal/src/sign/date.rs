//! Dates (7.9.4) from and to seconds since 1970, without a clock.

/// `D:YYYYMMDDHHmmSSZ`.
pub(crate) fn format(unix: i64) -> String {
    let (days, second) = (unix.div_euclid(86_400), unix.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    format!(
        "D:{year:04}{month:02}{day:02}{:02}{:02}{:02}Z",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// Reads a date with any precision; `None` when it is no date.
pub(crate) fn parse(text: &[u8]) -> Option<i64> {
    let text = text.strip_prefix(b"D:").unwrap_or(text);
    let digits = text
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count()
        .min(14);
    let field = |start: usize, len: usize, default: i64| -> Option<i64> {
        if digits < start + len {
            return Some(default);
        }
        let part = text.get(start..start + len)?;
        Some(
            part.iter()
                .fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0')),
        )
    };
    if digits < 4 {
        return None;
    }
    let (year, month, day) = (field(0, 4, 0)?, field(4, 2, 1)?, field(6, 2, 1)?);
    let (hour, minute, second) = (field(8, 2, 0)?, field(10, 2, 0)?, field(12, 2, 0)?);
    let sound = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 61;
    if !sound {
        return None;
    }
    let local = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    Some(local - offset(text.get(digits..)?))
}

/// Seconds east of Greenwich after `+`, `-` or `Z`; absent means unknown and is taken for UTC.
fn offset(text: &[u8]) -> i64 {
    let Some((sign, rest)) = text.split_first() else {
        return 0;
    };
    let digits: Vec<i64> = rest
        .iter()
        .filter(|b| b.is_ascii_digit())
        .take(4)
        .map(|b| i64::from(b - b'0'))
        .collect();
    let seconds = match digits.as_slice() {
        [a, b, c, d] => (a * 10 + b) * 3600 + (c * 10 + d) * 60,
        [a, b, ..] => (a * 10 + b) * 3600,
        _ => 0,
    };
    match sign {
        b'+' => seconds,
        b'-' => -seconds,
        _ => 0,
    }
}

/// Year, month and day of a day counted from 1970 in the Gregorian calendar, by eras of 400 years that begin in March.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The other way round.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_there_and_back() {
        let check = |unix: i64, text: &str| {
            assert_eq!(format(unix), text);
            assert_eq!(parse(text.as_bytes()), Some(unix));
        };
        check(0, "D:19700101000000Z");
        check(951_782_400, "D:20000229000000Z");
        check(1_795_477_310, "D:20261123234150Z");
        check(253_402_300_799, "D:99991231235959Z");
    }

    #[test]
    fn dates_of_other_writers_are_read() {
        assert_eq!(parse(b"D:20261124074150+08'00'"), Some(1_795_477_310));
        assert_eq!(parse(b"D:2026"), Some(1_767_225_600));
        assert_eq!(parse(b"20261123234150-0000"), Some(1_795_477_310));
        assert_eq!(parse(b"yesterday"), None);
        assert_eq!(parse(b"D:20261399"), None);
    }
}
