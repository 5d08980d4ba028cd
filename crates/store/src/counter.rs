//! Limits that hold exactly, over restarts and over nodes: one upsert counts and decides.

use domain::Instant;
use domain::time::DAY_US;

use crate::db::Exec;
use crate::error::Result;
use crate::sql;

/// The longest window: [`hit`] takes no longer one, so that [`sweep`] knows which are over.
pub const WINDOW_US_MAX: i64 = DAY_US;

/// What a hit met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// Within the limit.
    Allowed {
        /// Hits in this window with this one, from 1 to the limit.
        count: i64,
    },
    /// Over the limit; this hit did not count.
    Denied {
        /// When the window ends.
        retry_at: Instant,
    },
}

/// Counts a hit in the fixed window that begins with its first hit, unless `limit` hits are already in it. A window
/// ends after [`WINDOW_US_MAX`] whatever was asked for.
///
/// Run on `&Db` it counts even when the caller's own transaction is rolled back later; never call it that way while a
/// transaction is open, since SQLite has one writer.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn hit(
    at: impl Into<Exec<'_>>,
    key: &str,
    now: Instant,
    window_us: i64,
    limit: i64,
) -> Result<Hit> {
    let window_us = window_us.min(WINDOW_US_MAX);
    // One over the limit is kept as the sign of refusal; it grows no further.
    let text = "INSERT INTO counter (key, window_start_us, count) VALUES ($1, $2, 1)
        ON CONFLICT (key) DO UPDATE SET
            count = CASE WHEN counter.window_start_us + $3 <= $2 THEN 1
                WHEN counter.count > $4 THEN counter.count ELSE counter.count + 1 END,
            window_start_us = CASE WHEN counter.window_start_us + $3 <= $2 THEN $2 ELSE counter.window_start_us END
        RETURNING window_start_us, count";
    let row = sql!("counter.hit", text, key, now, window_us, limit)
        .one(at)
        .await?;
    let count = row.int("count")?;
    if count <= limit {
        Ok(Hit::Allowed { count })
    } else {
        Ok(Hit::Denied {
            retry_at: row.instant("window_start_us")?.plus_micros(window_us),
        })
    }
}

/// How many hits are in the window at `now`, counting nothing.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn peek(at: impl Into<Exec<'_>>, key: &str, now: Instant, window_us: i64) -> Result<i64> {
    let text = "SELECT count FROM counter WHERE key = $1 AND window_start_us + $3 > $2";
    let row = sql!("counter.peek", text, key, now, window_us)
        .optional(at)
        .await?;
    row.map_or(Ok(0), |row| row.int("count"))
}

/// Forgets all hits.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn clear(at: impl Into<Exec<'_>>, key: &str) -> Result<()> {
    sql!("counter.clear", "DELETE FROM counter WHERE key = $1", key)
        .execute(at)
        .await
        .map(|_| ())
}

/// Removes counters whose window began before `before`, `most` of them; a job calls it so that the table stays small.
/// The condition stands twice: a hit that begins a new window meanwhile keeps its row.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sweep(at: impl Into<Exec<'_>>, before: Instant, most: u32) -> Result<u64> {
    let text = "DELETE FROM counter WHERE window_start_us < $1
        AND key IN (SELECT key FROM counter WHERE window_start_us < $1 LIMIT $2)";
    sql!("counter.sweep", text, before, most).execute(at).await
}
