//! Times as seconds since 1970 on one side, as DER on the other.

use crate::Error;
use crate::wire::{Cursor, GENERALIZED_TIME, UTC_TIME, encoded, tlv};
use core::time::Duration;
use der::asn1::GeneralizedTime;
use x509_cert::time::Time;

/// The last second that X.509 can write: 9999-12-31T23:59:59Z.
pub(crate) const MAX_UNIX: i64 = 253_402_300_799;

/// GeneralizedTime with whole seconds, as RFC 3161, RFC 6960 and RFC 5280 ask for.
pub(crate) fn generalized(unix: i64) -> Result<Vec<u8>, Error> {
    let seconds = u64::try_from(unix).map_err(|_| Error::Value {
        field: "time",
        reason: "before 1970",
    })?;
    let time = GeneralizedTime::from_unix_duration(Duration::from_secs(seconds)).map_err(|_| {
        Error::Value {
            field: "time",
            reason: "after the year 9999",
        }
    })?;
    encoded(&time, "time")
}

/// The `Time` of RFC 5280 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050 on.
pub(crate) fn x509(unix: i64) -> Result<Vec<u8>, Error> {
    /// 2050-01-01T00:00:00Z.
    const YEAR_2050: i64 = 2_524_608_000;
    let general = generalized(unix)?;
    if unix >= YEAR_2050 {
        return Ok(general);
    }
    // UTCTime is the same text without the century.
    let text = general.get(4..).ok_or(Error::Malformed("time"))?;
    Ok(tlv(UTC_TIME, text))
}

/// Reads either form of `Time`.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Result<i64, Error> {
    let time: Time = match cursor.peek() {
        Some(UTC_TIME | GENERALIZED_TIME) => cursor.decode()?,
        _ => return Err(cursor.malformed()),
    };
    i64::try_from(time.to_unix_duration().as_secs()).map_err(|_| cursor.malformed())
}

/// Reads a GeneralizedTime and cuts a fraction of a second off, since other stampers write one.
pub(crate) fn read_generalized(cursor: &mut Cursor<'_>) -> Result<i64, Error> {
    let text = cursor.expect(GENERALIZED_TIME)?.content;
    let whole = text.get(..14).ok_or(cursor.malformed())?;
    let fraction = text
        .get(14..)
        .and_then(|rest| rest.strip_suffix(b"Z"))
        .ok_or(cursor.malformed())?;
    let good = match fraction {
        [] => true,
        [b'.', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    if !good {
        return Err(cursor.malformed());
    }
    let element = tlv(GENERALIZED_TIME, &[whole, b"Z"].concat());
    read(&mut Cursor::new(&element, "time"))
}
