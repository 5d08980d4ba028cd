//! SMS codes and how often a number gets one.

use domain::Instant;
use domain::id::SmsCodeId;
use domain::sms_code::{Code, Sent};

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::sql;

/// A code that is about to be sent.
pub struct NewCode<'a> {
    /// Its id.
    pub id: SmsCodeId,
    /// Keyed hash of the number.
    pub phone_hash: &'a [u8; 32],
    /// What it is for.
    pub purpose: &'a str,
    /// Keyed hash of the code.
    pub code_hash: &'a [u8; 32],
    /// Now.
    pub at: Instant,
    /// When it stops being good.
    pub expires_at: Instant,
}

/// The latest code of a number.
pub struct Latest {
    /// Its id.
    pub id: SmsCodeId,
    /// Keyed hash of the code.
    pub code_hash: [u8; 32],
    /// Its life so far.
    pub code: Code,
    /// The request that used it.
    pub used_by_sha256: Option<Vec<u8>>,
}

/// Locks a number's allowance until the transaction ends and returns what was sent so far.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn lock_allowance(tx: &mut Tx, phone_hash: &[u8; 32]) -> Result<Option<Sent>> {
    // The row is made when it is missing, since one cannot lock what is not there.
    let text = "INSERT INTO sms_allowance (phone_hash, last_us, that_day) VALUES ($1, 0, 0)
        ON CONFLICT (phone_hash) DO UPDATE SET that_day = sms_allowance.that_day RETURNING last_us, that_day";
    let row = sql!("sms_allowance.lock", text, phone_hash).one(tx).await?;
    let sent = Sent {
        last_at: row.instant("last_us")?,
        that_day: row.int("that_day")?,
    };
    Ok((sent.that_day > 0).then_some(sent))
}

/// Writes what was sent.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn put_allowance(tx: &mut Tx, phone_hash: &[u8; 32], sent: Sent) -> Result<()> {
    let text = "UPDATE sms_allowance SET last_us = $2, that_day = $3 WHERE phone_hash = $1";
    sql!(
        "sms_allowance.put",
        text,
        phone_hash,
        sent.last_at,
        sent.that_day
    )
    .execute_one(tx)
    .await
}

/// Writes a new code; from now on it is the latest.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(at: impl Into<Exec<'_>>, code: &NewCode<'_>) -> Result<()> {
    let text = "INSERT INTO sms_code (id, phone_hash, purpose, code_hash, created_us, expires_us) VALUES ($1, $2, $3, $4, $5, $6)";
    sql!(
        "sms_code.insert",
        text,
        code.id,
        code.phone_hash,
        code.purpose,
        code.code_hash,
        code.at,
        code.expires_at
    )
    .execute(at)
    .await
    .map(|_| ())
}

/// Locks the latest code of a number for a purpose.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn lock_latest(
    tx: &mut Tx,
    phone_hash: &[u8; 32],
    purpose: &str,
) -> Result<Option<Latest>> {
    let text =
        "SELECT id, code_hash, expires_us, wrong_tries, used_us, used_by_sha256 FROM sms_code
        WHERE phone_hash = $1 AND purpose = $2 ORDER BY created_us DESC, id DESC LIMIT 1";
    let Some(row) = sql!("sms_code.latest", text, phone_hash, purpose)
        .for_update()
        .optional(tx)
        .await?
    else {
        return Ok(None);
    };
    Ok(Some(Latest {
        id: row.parse("id")?,
        code_hash: row.array("code_hash")?,
        code: Code {
            expires_at: row.instant("expires_us")?,
            wrong_tries: row.int("wrong_tries")?,
            used_at: row.opt_instant("used_us")?,
        },
        used_by_sha256: row.opt_blob("used_by_sha256")?,
    }))
}

/// Counts one wrong try.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn count_wrong_try(at: impl Into<Exec<'_>>, id: SmsCodeId) -> Result<()> {
    sql!(
        "sms_code.wrong",
        "UPDATE sms_code SET wrong_tries = wrong_tries + 1 WHERE id = $1",
        id
    )
    .execute_one(at)
    .await
}

/// Uses a code up.
///
/// # Errors
/// [`crate::Error::Conflict`] when it was used meanwhile.
pub async fn use_up(
    at: impl Into<Exec<'_>>,
    id: SmsCodeId,
    used_by_sha256: &[u8; 32],
    now: Instant,
) -> Result<()> {
    let text =
        "UPDATE sms_code SET used_us = $2, used_by_sha256 = $3 WHERE id = $1 AND used_us IS NULL";
    sql!("sms_code.use", text, id, now, used_by_sha256)
        .execute_one(at)
        .await
}

/// Forgets codes whose time was over before `before`, `most` of them.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sweep(at: impl Into<Exec<'_>>, before: Instant, most: u32) -> Result<u64> {
    let text = "DELETE FROM sms_code WHERE id IN
        (SELECT id FROM sms_code WHERE expires_us < $1 LIMIT $2)";
    sql!("sms_code.sweep", text, before, most).execute(at).await
}

/// Forgets what numbers were sent when the last of it was before `before`, `most` of them. A number that is sent
/// something meanwhile keeps its row.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sweep_allowance(at: impl Into<Exec<'_>>, before: Instant, most: u32) -> Result<u64> {
    let text = "DELETE FROM sms_allowance WHERE last_us < $1
        AND phone_hash IN (SELECT phone_hash FROM sms_allowance WHERE last_us < $1 LIMIT $2)";
    sql!("sms_allowance.sweep", text, before, most)
        .execute(at)
        .await
}
