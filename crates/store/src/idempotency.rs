//! Answers of creating posts, kept for repeats with the same `Idempotency-Key`.

use domain::Instant;

use crate::db::Exec;
use crate::error::Result;
use crate::sql;

/// What identifies a repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Who asks, such as `person:ID`.
    pub owner: String,
    /// Method and path pattern.
    pub route: String,
    /// The header's value.
    pub key: String,
    /// SHA-256 of the body's bytes.
    pub body_sha256: [u8; 32],
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing yet, or the earlier request died: the work is the caller's now, under this ticket.
    Mine,
    /// The same request is being worked on elsewhere.
    InFlight,
    /// The same key came with another body.
    OtherBody,
    /// The work is done.
    Done {
        /// The HTTP status.
        status: u32,
        /// The body.
        answer: Vec<u8>,
    },
}

/// Takes the key for `ticket` until `lease_until`, or says why not.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn begin(
    at: impl Into<Exec<'_>>,
    key: &Key,
    ticket: &str,
    now: Instant,
    lease_until: Instant,
) -> Result<Found> {
    let text = "INSERT INTO idempotency (owner, route, key, body_sha256, ticket, lease_until_us, created_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (owner, route, key) DO UPDATE SET
            ticket = CASE WHEN idempotency.status IS NULL AND idempotency.lease_until_us <= $7
                AND idempotency.body_sha256 = $4 THEN $5 ELSE idempotency.ticket END,
            lease_until_us = CASE WHEN idempotency.status IS NULL AND idempotency.lease_until_us <= $7
                AND idempotency.body_sha256 = $4 THEN $6 ELSE idempotency.lease_until_us END
        RETURNING body_sha256, ticket, status, answer";
    let row = sql!(
        "idempotency.begin",
        text,
        &key.owner,
        &key.route,
        &key.key,
        key.body_sha256,
        ticket,
        lease_until,
        now
    );
    let row = row.one(at).await?;
    if row.array::<32>("body_sha256")? != key.body_sha256 {
        return Ok(Found::OtherBody);
    }
    if row.opt_int("status")?.is_some() {
        return Ok(Found::Done {
            status: row.u32("status")?,
            answer: row.blob("answer")?,
        });
    }
    Ok(if row.text("ticket")? == ticket {
        Found::Mine
    } else {
        Found::InFlight
    })
}

/// Keeps the answer. In the transaction of the work itself, a kill leaves either both or neither.
///
/// # Errors
/// [`crate::Error::Conflict`] when another request took over: the transaction must not be committed.
pub async fn finish(
    at: impl Into<Exec<'_>>,
    key: &Key,
    ticket: &str,
    status: u32,
    answer: &[u8],
) -> Result<()> {
    let text = "UPDATE idempotency SET status = $5, answer = $6
        WHERE owner = $1 AND route = $2 AND key = $3 AND ticket = $4 AND status IS NULL";
    sql!(
        "idempotency.finish",
        text,
        &key.owner,
        &key.route,
        &key.key,
        ticket,
        status,
        answer
    )
    .execute_one(at)
    .await
}

/// Gives the key back after a refusal, so that a repeat is judged anew. A kept answer stays.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn release(at: impl Into<Exec<'_>>, key: &Key, ticket: &str) -> Result<()> {
    let text = "DELETE FROM idempotency WHERE owner = $1 AND route = $2 AND key = $3 AND ticket = $4 AND status IS NULL";
    sql!(
        "idempotency.release",
        text,
        &key.owner,
        &key.route,
        &key.key,
        ticket
    )
    .execute(at)
    .await
    .map(|_| ())
}

/// Forgets answers older than `before`, `most` of them. A key whose work was taken up again since then stays.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sweep(at: impl Into<Exec<'_>>, before: Instant, most: u32) -> Result<u64> {
    let text = "DELETE FROM idempotency WHERE lease_until_us < $1 AND (owner, route, key) IN
        (SELECT owner, route, key FROM idempotency WHERE created_us < $1 AND lease_until_us < $1 LIMIT $2)";
    sql!("idempotency.sweep", text, before, most)
        .execute(at)
        .await
}
