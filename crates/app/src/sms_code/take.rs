//! A code that somebody typed.

use domain::sms_code::{Purpose, Try, judge};
use store::Tx;

use super::code_hash;
use crate::{App, Error, Result};

/// A code as it came, and the request that it came with.
pub(crate) struct Entered<'a> {
    /// Keyed hash of the number that it was sent to.
    pub phone_hash: &'a [u8; 32],
    /// What it is to serve for.
    pub purpose: Purpose,
    /// As typed.
    pub code: &'a str,
    /// Digest of everything that was sent: what makes two requests the same.
    pub by_sha256: &'a [u8; 32],
}

/// Uses a code up in the caller's transaction, which goes on with the one that comes back. A byte-equal repeat of the
/// request that used it, a moment later, may go on too. A wrong code ends the transaction, with its count kept.
///
/// # Errors
/// `code_wrong` `{left}`, `code_expired` (also when there is none), `code_used`, `code_dead`.
pub(crate) async fn take(app: &App, mut tx: Tx, entered: &Entered<'_>) -> Result<Tx> {
    let purpose = entered.purpose.as_str();
    let latest = store::sms_code::lock_latest(&mut tx, entered.phone_hash, purpose).await?;
    let latest = latest.ok_or_else(|| Error::conflict("code_expired"))?;
    // Both sides are keyed hashes, so the time that comparing takes says nothing about the code.
    let equal = code_hash(app, latest.id, entered.code) == latest.code_hash;
    let same_request = latest.used_by_sha256.as_deref() == Some(entered.by_sha256);
    match judge(latest.code, equal, same_request, app.now()) {
        Try::Right => {
            store::sms_code::use_up(&mut tx, latest.id, entered.by_sha256, app.now()).await?;
            Ok(tx)
        }
        Try::Repeat => Ok(tx),
        Try::Wrong { left } => {
            store::sms_code::count_wrong_try(&mut tx, latest.id).await?;
            tx.commit().await?;
            Err(Error::conflict("code_wrong").with("left", left))
        }
        Try::Used => Err(Error::conflict("code_used")),
        Try::Dead => Err(Error::conflict("code_dead")),
        Try::Expired => Err(Error::conflict("code_expired")),
    }
}
