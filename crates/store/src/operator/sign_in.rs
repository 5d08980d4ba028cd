//! What a sign-in leaves behind before it is one: counted tries, and tickets between its steps.

use domain::Instant;
use domain::id::OperatorId;

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::sql;

/// What a try met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Try {
    /// Tries in a row with this one; one over the limit stands for all that are refused.
    pub tries: i64,
    /// When they are forgotten.
    pub until: Instant,
}

/// Counts a try before it is judged, so that many at once count right. Each one that is let through puts off the moment
/// at which they are forgotten; those over `most` do not.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn count_try(
    at: impl Into<Exec<'_>>,
    key: &[u8; 32],
    now: Instant,
    until: Instant,
    most: i64,
) -> Result<Try> {
    let text = "INSERT INTO operator_try (key, tries, until_us) VALUES ($1, 1, $3)
        ON CONFLICT (key) DO UPDATE SET
            tries = CASE WHEN operator_try.until_us <= $2 THEN 1
                WHEN operator_try.tries > $4 THEN operator_try.tries ELSE operator_try.tries + 1 END,
            until_us = CASE WHEN operator_try.until_us <= $2 OR operator_try.tries < $4 THEN $3 ELSE operator_try.until_us END
        RETURNING tries, until_us";
    let row = sql!("operator_try.count", text, key, now, until, most)
        .one(at)
        .await?;
    Ok(Try {
        tries: row.int("tries")?,
        until: row.instant("until_us")?,
    })
}

/// The right one came.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn forget_tries(at: impl Into<Exec<'_>>, key: &[u8; 32]) -> Result<()> {
    sql!(
        "operator_try.forget",
        "DELETE FROM operator_try WHERE key = $1",
        key
    )
    .execute(at)
    .await
    .map(|_| ())
}

/// Forgets tries that count no more, `most` of them.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sweep_tries(at: impl Into<Exec<'_>>, now: Instant, most: u32) -> Result<u64> {
    let text = "DELETE FROM operator_try WHERE until_us <= $1 AND key IN (SELECT key FROM operator_try WHERE until_us <= $1 LIMIT $2)";
    sql!("operator_try.sweep", text, now, most)
        .execute(at)
        .await
}

/// A sign-in that has its password.
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Whose.
    pub operator_id: OperatorId,
    /// The secret that is being enrolled.
    pub totp: Option<Vec<u8>>,
    /// When it is over.
    pub expires_at: Instant,
}

/// Writes one down.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn put_ticket(at: impl Into<Exec<'_>>, hash: &[u8; 32], new: &Ticket) -> Result<()> {
    let text =
        "INSERT INTO operator_ticket (hash, operator_id, totp, expires_us) VALUES ($1, $2, $3, $4)";
    sql!(
        "operator_ticket.insert",
        text,
        hash,
        new.operator_id,
        new.totp.clone(),
        new.expires_at
    )
    .execute(at)
    .await
    .map(|_| ())
}

/// One that is not over.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_ticket(
    at: impl Into<Exec<'_>>,
    hash: &[u8; 32],
    now: Instant,
) -> Result<Option<Ticket>> {
    let text = "SELECT operator_id, totp, expires_us FROM operator_ticket WHERE hash = $1 AND expires_us > $2";
    let Some(row) = sql!("operator_ticket.find", text, hash, now)
        .optional(at)
        .await?
    else {
        return Ok(None);
    };
    Ok(Some(Ticket {
        operator_id: row.parse("operator_id")?,
        totp: row.opt_blob("totp")?,
        expires_at: row.instant("expires_us")?,
    }))
}

/// Uses one up.
///
/// # Errors
/// [`crate::Error::Conflict`] when it was used meanwhile.
pub async fn drop_ticket(tx: &mut Tx, hash: &[u8; 32]) -> Result<()> {
    sql!(
        "operator_ticket.drop",
        "DELETE FROM operator_ticket WHERE hash = $1",
        hash
    )
    .execute_one(tx)
    .await
}

/// Forgets those that are over, `most` of them.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sweep_tickets(at: impl Into<Exec<'_>>, now: Instant, most: u32) -> Result<u64> {
    let text = "DELETE FROM operator_ticket WHERE hash IN (SELECT hash FROM operator_ticket WHERE expires_us <= $1 LIMIT $2)";
    sql!("operator_ticket.sweep", text, now, most)
        .execute(at)
        .await
}
