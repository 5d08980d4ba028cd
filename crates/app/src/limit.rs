//! Limits per address or person that are no rule of a noun: they only keep floods out.

use domain::time::SECOND_US;
use store::counter::{self, Hit};

use crate::{App, Error, Kind, Result};

/// Counts one hit of `what` by `subject` (an address, say, which is kept as a keyed hash only).
/// It counts on its own: never call it while a transaction is open.
///
/// # Errors
/// `rate_limited` `{retry_after_s}` over the limit; that hit did not count.
pub async fn check(
    app: &App,
    what: &str,
    subject: &[u8],
    window_us: i64,
    limit: i64,
) -> Result<()> {
    let hash = app.vault.index_hash("limit", subject);
    let key = format!("{what}:{}", protocol::Base64Url::encode(&hash));
    let now = app.now();
    match counter::hit(&app.db, &key, now, window_us, limit).await? {
        Hit::Allowed { .. } => Ok(()),
        Hit::Denied { retry_at } => Err(too_many("rate_limited", retry_at.micros_since(now))),
    }
}

/// A refusal with the seconds to wait, rounded up and at least one.
pub(crate) fn too_many(code: &'static str, wait_us: i64) -> Error {
    let wait_s = wait_us.max(0).div_euclid(SECOND_US) + i64::from(wait_us % SECOND_US != 0);
    let retry_after_s = u64::try_from(wait_s).unwrap_or(1).max(1);
    Error::new(Kind::TooMany { retry_after_s }, code).with("retry_after_s", retry_after_s)
}
