//! The audit log: rows that are only ever appended, each with the digest of the one before it.

use domain::Instant;

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// One act of an operator. The detail is ciphertext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place, from 1 without gaps.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// An operator's id, or `console`.
    pub actor: String,
    /// What was done.
    pub act: String,
    /// To whom or what.
    pub subject: String,
    /// Why and how.
    pub detail: Vec<u8>,
    /// The digest of all this and of the entry before it.
    pub hash: [u8; 32],
}

/// The end of the chain, held until the transaction ends: its place and digest.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn lock_head(tx: &mut Tx) -> Result<(i64, [u8; 32])> {
    let row = sql!(
        "audit_head.lock",
        "SELECT seq, hash FROM audit_head WHERE one = 1"
    )
    .for_update()
    .one(tx)
    .await?;
    Ok((row.int("seq")?, row.array("hash")?))
}

/// The end of the chain as it is now.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn head(at: impl Into<Exec<'_>>) -> Result<(i64, [u8; 32])> {
    let row = sql!(
        "audit_head.get",
        "SELECT seq, hash FROM audit_head WHERE one = 1"
    )
    .one(at)
    .await?;
    Ok((row.int("seq")?, row.array("hash")?))
}

/// Appends, in the transaction that holds the head.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn append(tx: &mut Tx, entry: &Entry) -> Result<()> {
    let text = "INSERT INTO audit (seq, at_us, actor, act, subject, detail, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    sql!(
        "audit.append",
        text,
        entry.seq,
        entry.at,
        &entry.actor,
        &entry.act,
        &entry.subject,
        &entry.detail,
        entry.hash
    )
    .execute(&mut *tx)
    .await?;
    let text = "UPDATE audit_head SET seq = $1, hash = $2 WHERE one = 1";
    sql!("audit_head.move", text, entry.seq, entry.hash)
        .execute_one(tx)
        .await
}

/// Entries after a place, oldest first.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn after(at: impl Into<Exec<'_>>, seq: i64, most: u32) -> Result<Vec<Entry>> {
    let text = "SELECT seq, at_us, actor, act, subject, detail, hash FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2";
    let rows = sql!("audit.after", text, seq, most).all(at).await?;
    rows.iter().map(read).collect()
}

/// Entries before a place, newest first; those of one actor, if one is named.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn before(
    at: impl Into<Exec<'_>>,
    seq: i64,
    actor: Option<&str>,
    most: u32,
) -> Result<Vec<Entry>> {
    let query = match actor {
        None => {
            let text = "SELECT seq, at_us, actor, act, subject, detail, hash FROM audit WHERE seq < $1 ORDER BY seq DESC LIMIT $2";
            sql!("audit.before", text, seq, most)
        }
        Some(actor) => {
            let text = "SELECT seq, at_us, actor, act, subject, detail, hash FROM audit WHERE seq < $1 AND actor = $3 ORDER BY seq DESC LIMIT $2";
            sql!("audit.before_of_actor", text, seq, most, actor)
        }
    };
    query.all(at).await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Entry> {
    Ok(Entry {
        seq: row.int("seq")?,
        at: row.instant("at_us")?,
        actor: row.text("actor")?,
        act: row.text("act")?,
        subject: row.text("subject")?,
        detail: row.blob("detail")?,
        hash: row.array("hash")?,
    })
}
