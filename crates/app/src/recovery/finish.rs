//! The new number and its code.

use domain::check_digit::Phone;
use domain::id::{PersonId, RecoveryId};
use domain::recovery::{RecoveryState, Step};
use domain::sms_code::Purpose;
use domain::time::DAY_US;
use protocol::sha256;
use store::recovery::Recovery;

use super::{find, lock, step};
use crate::account::{self, NewPhone};
use crate::sms_code::{Entered, Requested, send_to, take};
use crate::{App, Error, Result, limit, personal};

/// New numbers that one recovery may have codes sent to.
const NEW_PHONES_MAX: i64 = 10;

/// Sends a code to the new number. The answer is the same whether that has an account or not.
///
/// # Errors
/// `recovery_not_found`, `recovery_expired`, `recovery_order`, `phone_invalid`, `phone_unchanged`, `rate_limited`,
/// `sms_too_soon`, `sms_daily_limit`.
pub async fn send_code(
    app: &App,
    id: RecoveryId,
    secret: &str,
    new: &NewPhone<'_>,
) -> Result<Requested> {
    let found = find(app, &app.db, id, secret).await?;
    step(&found, Step::Finish, app.now())?;
    let phone = other(app, &found, new)?;
    let by = id.to_string();
    limit::check(app, "recovery_phone", by.as_bytes(), DAY_US, NEW_PHONES_MAX).await?;
    send_to(app, &phone, Purpose::NewPhone).await
}

/// Gives the account the new number, and answers it masked. Every session of it ends, and the former number is told. A
/// byte-equal repeat gets the same answer.
///
/// # Errors
/// `recovery_not_found`, `recovery_expired`, `recovery_order`, `phone_invalid`, `phone_unchanged`, `code_wrong` `{left}`,
/// `code_expired`, `code_used`, `code_dead`, `phone_in_use`.
pub async fn finish(
    app: &App,
    id: RecoveryId,
    secret: &str,
    new: &NewPhone<'_>,
    code: &str,
) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin_write("recovery.finish").await?;
    let found = lock(app, &mut tx, id, secret).await?;
    let phone = other(app, &found, new)?;
    let by_sha256 = sha256(format!("{id}|{}|{code}", phone.e164()).as_bytes());
    let is_repeat = found.done_by_sha256.as_deref() == Some(&by_sha256[..]);
    if found.state == RecoveryState::Done && is_repeat {
        return Ok(phone.masked());
    }
    let state = step(&found, Step::Finish, now)?;
    let person: PersonId = found
        .person_id
        .ok_or_else(|| Error::conflict("recovery_not_possible"))?;
    let entered = Entered {
        phone_hash: &personal::phone_hash(app, &phone),
        purpose: Purpose::NewPhone,
        code,
        by_sha256: &by_sha256,
    };
    let mut tx = take(app, tx, &entered).await?;
    account::move_to(app, &mut tx, (person, None), &phone).await?;
    let done = Recovery {
        state,
        done_by_sha256: Some(by_sha256.to_vec()),
        ..found.clone()
    };
    store::recovery::put(&mut tx, found.state, &done).await?;
    tx.commit().await?;
    app.wake.notify(jobs::TOPIC);
    Ok(phone.masked())
}

/// The new number, which is not the one that is left.
fn other(app: &App, found: &Recovery, new: &NewPhone<'_>) -> Result<Phone> {
    let phone = new.parse(app)?;
    if found.phone_hash == personal::phone_hash(app, &phone) {
        return Err(Error::invalid("phone_unchanged"));
    }
    Ok(phone)
}
