//! Settings that the database keeps: fixed at first start, or changed by operators.

use crate::db::Exec;
use crate::error::Result;
use crate::sql;

/// The value of a setting.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, key: &str) -> Result<Option<String>> {
    let row = sql!(
        "setting.find",
        "SELECT value FROM setting WHERE key = $1",
        key
    )
    .optional(at)
    .await?;
    row.map(|row| row.text("value")).transpose()
}

/// Writes a setting once and returns what holds: the given value, or the one that was there before.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn fix(at: impl Into<Exec<'_>>, key: &str, value: &str) -> Result<String> {
    // The idle update makes the existing row come back.
    let text = "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = setting.value RETURNING value";
    sql!("setting.fix", text, key, value)
        .one(at)
        .await?
        .text("value")
}

/// Writes a setting over whatever was there.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn put(at: impl Into<Exec<'_>>, key: &str, value: &str) -> Result<()> {
    let text = "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = setting.version + 1";
    sql!("setting.put", text, key, value)
        .execute(at)
        .await
        .map(|_| ())
}

/// Settings whose key begins so, by key from the last to the first, `most` at most. The beginning has no character that
/// means something to `LIKE`.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn list(
    at: impl Into<Exec<'_>>,
    beginning: &str,
    most: u32,
) -> Result<Vec<(String, String)>> {
    let text = "SELECT key, value FROM setting WHERE key LIKE $1 ORDER BY key DESC LIMIT $2";
    let rows = sql!("setting.list", text, format!("{beginning}%"), most)
        .all(at)
        .await?;
    let pair = |row: &crate::row::Row| Ok((row.text("key")?, row.text("value")?));
    rows.iter().map(pair).collect()
}
