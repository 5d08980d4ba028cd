//! A number asks for a code (ACC-2).

use domain::check_digit::Phone;
use domain::id::SmsCodeId;
use domain::sms_code::{self, LIFETIME_US, Purpose, RESEND_AFTER_US, SendRefused};
use domain::time::{HOUR_US, SECOND_US};
use providers::sms::Template;
use store::sms_code::NewCode;

use super::{code_hash, send};
use crate::limit::{check, too_many};
use crate::personal::{phone as typed, phone_hash};
use crate::{App, Result};

/// Codes that one address may ask for in an hour, for whatever numbers; offices share an address.
const PER_ADDRESS_MAX: i64 = 120;
const PER_ADDRESS_SANDBOX_MAX: i64 = 10_000;

/// A code is on its way.
#[derive(Clone, Copy, Debug)]
pub struct Requested {
    /// When the next may be asked for.
    pub resend_after_s: i64,
    /// How long this one is good for.
    pub expires_in_s: i64,
}

/// Makes a code for signing in and sends it by a job. The answer is the same whether the number has an account or not.
///
/// # Errors
/// `phone_invalid`, `sms_too_soon` `{retry_after_s}`, `sms_daily_limit`, `rate_limited`.
pub async fn request(app: &App, area: &str, number: &str, address: &str) -> Result<Requested> {
    let phone = typed(app, area, number)?;
    let most = if app.settings.production {
        PER_ADDRESS_MAX
    } else {
        PER_ADDRESS_SANDBOX_MAX
    };
    check(app, "sms", address.as_bytes(), HOUR_US, most).await?;
    send_to(app, &phone, Purpose::SignIn).await
}

/// Makes a code for a purpose and sends it by a job. A number has one allowance, whatever its codes are for.
///
/// # Errors
/// `sms_too_soon` `{retry_after_s}`, `sms_daily_limit`.
pub(crate) async fn send_to(app: &App, phone: &Phone, purpose: Purpose) -> Result<Requested> {
    let (now, phone_hash) = (app.now(), phone_hash(app, phone));
    let mut tx = app.db.begin_write("sms_code.request").await?;
    let so_far = store::sms_code::lock_allowance(&mut tx, &phone_hash).await?;
    let sent = sms_code::send(so_far, now).map_err(|refused| match refused {
        SendRefused::TooSoon { retry_after_s } => {
            too_many("sms_too_soon", retry_after_s.saturating_mul(SECOND_US))
        }
        SendRefused::DailyLimit => too_many(
            "sms_daily_limit",
            now.day().next().start().micros_since(now),
        ),
    })?;
    store::sms_code::put_allowance(&mut tx, &phone_hash, sent).await?;
    let id: SmsCodeId = app.new_id();
    let code = sms_code::digits(u64::from_le_bytes(app.random_bytes()));
    let new = NewCode {
        id,
        phone_hash: &phone_hash,
        purpose: purpose.as_str(),
        code_hash: &code_hash(app, id, &code),
        at: now,
        expires_at: now.plus_micros(LIFETIME_US),
    };
    store::sms_code::insert(&mut tx, &new).await?;
    let template = Template::of_code(purpose, code);
    send::enqueue(app, &mut tx, &phone.e164(), template, new.expires_at).await?;
    tx.commit().await?;
    app.wake.notify(jobs::TOPIC);
    Ok(Requested {
        resend_after_s: RESEND_AFTER_US / SECOND_US,
        expires_in_s: LIFETIME_US / SECOND_US,
    })
}
