//! Codes to the number that a person has: they come to nobody else, so the number is not asked for.

use domain::sms_code::Purpose;

use super::present_phone;
use crate::sms_code::{Requested, send_to};
use crate::{App, Caller, Result};

/// Sends a code for `purpose` to the caller's present number.
///
/// # Errors
/// `sms_too_soon` `{retry_after_s}`, `sms_daily_limit`.
pub async fn send_code(app: &App, caller: &Caller, purpose: Purpose) -> Result<Requested> {
    let phone = present_phone(app, &app.db, caller.person_id).await?;
    send_to(app, &phone, purpose).await
}
