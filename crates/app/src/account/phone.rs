//! Changing the number: a code to the present one, then one to the new (ACC-5). Whether the new number has an account is
//! told only to those who can read its messages.

use domain::Instant;
use domain::account::PHONE_CHANGE_LIFETIME_US;
use domain::check_digit::Phone;
use domain::face::{PASSED_LIFETIME_US, Purpose as FacePurpose};
use domain::id::{FaceCheckId, PersonId, PhoneChangeId, SessionId};
use domain::permit::PermitRefused;
use domain::sms_code::Purpose;
use domain::time::DAY_US;
use protocol::sha256;
use providers::sms::Template;
use store::Tx;
use store::phone_change::Stored;

use super::present_phone;
use crate::sms_code::{Entered, Requested, send, send_to, take};
use crate::{App, Caller, Error, Result, limit, personal};

/// New numbers that one person may have codes sent to in a day, so that nobody's phone is flooded from an account.
const NEW_PHONES_MAX: i64 = 20;

/// A change that the present number allowed.
pub struct Begun {
    /// Its id.
    pub id: PhoneChangeId,
    /// When it stops being good.
    pub expires_at: Instant,
}

/// The new number, as typed.
pub struct NewPhone<'a> {
    /// `+86`, …
    pub area: &'a str,
    /// Without area.
    pub number: &'a str,
}

impl NewPhone<'_> {
    pub(crate) fn parse(&self, app: &App) -> Result<Phone> {
        personal::phone(app, self.area, self.number)
    }
}

/// What allows a change.
#[derive(Clone, Copy)]
pub enum Allowing<'a> {
    /// The code of the present number.
    Code(&'a str),
    /// The face, of whoever cannot receive codes there.
    Face(FaceCheckId),
}

/// Begins a change with the code of the present number, or with a face that passed for it.
///
/// # Errors
/// `code_wrong` `{left}`, `code_expired`, `code_used`, `code_dead`, `face_check_not_found` (also one that was used, or
/// passed too long ago).
pub async fn begin_phone_change(
    app: &App,
    caller: &Caller,
    allowing: Allowing<'_>,
) -> Result<Begun> {
    let tx = app.db.begin_write("account.begin_phone_change").await?;
    let mut tx = match allowing {
        Allowing::Code(code) => take_present_code(app, tx, caller, code).await?,
        Allowing::Face(check) => use_face(app, tx, caller, check).await?,
    };
    let now = app.now();
    let (id, expires_at) = (app.new_id(), now.plus_micros(PHONE_CHANGE_LIFETIME_US));
    let whose = (caller.person_id, caller.session_id);
    store::phone_change::insert(&mut tx, id, whose, now, expires_at).await?;
    tx.commit().await?;
    Ok(Begun { id, expires_at })
}

async fn use_face(app: &App, mut tx: Tx, caller: &Caller, check: FaceCheckId) -> Result<Tx> {
    let now = app.now();
    let about = caller.session_id.to_string();
    let what = (caller.person_id, FacePurpose::Phone, about.as_str());
    let since = now.plus_micros(-PASSED_LIFETIME_US);
    let used = store::face_check::use_up(&mut tx, check, what, since, now).await;
    used.map_err(|error| Error::not_found("face_check_not_found").because(error))?;
    Ok(tx)
}

async fn take_present_code(app: &App, mut tx: Tx, caller: &Caller, code: &str) -> Result<Tx> {
    let phone = present_phone(app, &mut tx, caller.person_id).await?;
    let entered = Entered {
        phone_hash: &personal::phone_hash(app, &phone),
        purpose: Purpose::PresentPhone,
        code,
        by_sha256: &sha256(format!("{}|{code}", caller.session_id).as_bytes()),
    };
    take(app, tx, &entered).await
}

/// Sends a code to the new number. The answer is the same whether that has an account or not.
///
/// # Errors
/// `phone_change_not_found`, `phone_change_expired`, `phone_invalid`, `phone_unchanged`, `rate_limited` `{retry_after_s}`,
/// `sms_too_soon` `{retry_after_s}`, `sms_daily_limit`.
pub async fn send_new_phone_code(
    app: &App,
    caller: &Caller,
    id: PhoneChangeId,
    new: &NewPhone<'_>,
) -> Result<Requested> {
    let whose = (caller.person_id, caller.session_id);
    let found = store::phone_change::find_own(&app.db, id, whose).await?;
    require_open(found.as_ref(), app.now())?;
    let phone = new.parse(app)?;
    let present = present_phone(app, &app.db, caller.person_id).await?;
    require_other(&present, &phone)?;
    let by = caller.person_id.to_string();
    limit::check(app, "new_phone", by.as_bytes(), DAY_US, NEW_PHONES_MAX).await?;
    send_to(app, &phone, Purpose::NewPhone).await
}

/// Completes the change with the code of the new number, and answers it masked. Every other device of the person signs in
/// anew, by the new number. A byte-equal repeat gets the same answer.
///
/// # Errors
/// `phone_change_not_found`, `phone_change_expired`, `phone_invalid`, `phone_unchanged`, `code_wrong` `{left}`,
/// `code_expired`, `code_used`, `code_dead`, `phone_in_use`.
pub async fn finish_phone_change(
    app: &App,
    caller: &Caller,
    id: PhoneChangeId,
    new: &NewPhone<'_>,
    code: &str,
) -> Result<String> {
    let (now, phone) = (app.now(), new.parse(app)?);
    let phone_hash = personal::phone_hash(app, &phone);
    let by_sha256 = sha256(format!("{id}|{}|{code}", phone.e164()).as_bytes());
    let mut tx = app.db.begin_write("account.finish_phone_change").await?;
    let whose = (caller.person_id, caller.session_id);
    let found = store::phone_change::lock_own(&mut tx, id, whose).await?;
    if let Some(Stored {
        done_by_sha256: Some(by),
        ..
    }) = &found
        && *by == by_sha256
    {
        return Ok(phone.masked());
    }
    require_open(found.as_ref(), now)?;
    let present = present_phone(app, &mut tx, caller.person_id).await?;
    require_other(&present, &phone)?;
    let entered = Entered {
        phone_hash: &phone_hash,
        purpose: Purpose::NewPhone,
        code,
        by_sha256: &by_sha256,
    };
    let mut tx = take(app, tx, &entered).await?;
    let here = Some(caller.session_id);
    move_to(app, &mut tx, (caller.person_id, here), &phone).await?;
    store::phone_change::finish(&mut tx, id, &by_sha256, now).await?;
    tx.commit().await?;
    app.wake.notify(jobs::TOPIC);
    Ok(phone.masked())
}

/// Gives a person the number, signs them out everywhere but `here`, and tells the former number.
///
/// # Errors
/// `phone_in_use`.
pub(crate) async fn move_to(
    app: &App,
    tx: &mut Tx,
    (person, here): (PersonId, Option<SessionId>),
    phone: &Phone,
) -> Result<()> {
    let former = present_phone(app, &mut *tx, person).await?;
    let phone_hash = &personal::phone_hash(app, phone);
    let in_use = || Error::conflict("phone_in_use");
    let holder = store::person::lock_by_phone(&mut *tx, phone_hash).await?;
    if holder.is_some() {
        return Err(in_use());
    }
    let sealed = personal::seal_phone(app, phone)?;
    match store::person::put_phone(&mut *tx, person, phone_hash, &sealed).await {
        // Somebody signed in with it, or changed to it, at the same moment.
        Err(store::Error::Conflict(_)) => return Err(in_use()),
        other => other?,
    }
    store::session::end_all(tx, person, here, "phone_changed", app.now()).await?;
    tell_former(app, tx, &former, phone).await
}

/// Whoever reads the former number's messages learns that the account has left it, in case it was not them.
async fn tell_former(app: &App, tx: &mut Tx, former: &Phone, new: &Phone) -> Result<()> {
    let template = Template::PhoneChanged {
        phone: new.masked(),
    };
    let until = app.now().plus_micros(DAY_US);
    send::enqueue(app, tx, &former.e164(), template, until).await
}

fn require_open(found: Option<&Stored>, now: Instant) -> Result<()> {
    let found = found.ok_or_else(|| Error::not_found("phone_change_not_found"))?;
    found.permit.go_on(now).map_err(|refused| match refused {
        PermitRefused::Expired => Error::gone("phone_change_expired"),
        PermitRefused::Done => Error::not_found("phone_change_not_found"),
    })
}

fn require_other(present: &Phone, new: &Phone) -> Result<()> {
    if present.e164() == new.e164() {
        return Err(Error::invalid("phone_unchanged"));
    }
    Ok(())
}
