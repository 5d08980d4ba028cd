//! The end of an account (ACC-6). Number and document are free again; what was done with it stays, under an id that leads
//! to nobody any more.

use domain::id::PersonId;
use issuer::Reason;
use providers::sms::Template;
use store::Tx;

use super::present_phone;
use crate::sms_code::send;
use crate::{App, Result, certificate, recovery, review};

/// How long the last message may take to be of use.
const MESSAGE_LIFETIME_US: i64 = domain::time::DAY_US;

/// Ends it in the caller's transaction; the person's sessions have ended already.
pub(super) async fn end(app: &App, tx: &mut Tx, person: PersonId) -> Result<()> {
    let now = app.now();
    let phone = present_phone(app, &mut *tx, person).await?;
    for holding in store::holding::list(&mut *tx, person).await? {
        if let Some(found) = certificate::in_force(&mut *tx, holding.id).await? {
            certificate::revoke(app, tx, found.id, Reason::CessationOfOperation).await?;
            let why = "certificate_revoked";
            store::scan_session::fail_waiting_for(&mut *tx, found.id, why).await?;
        }
    }
    store::cancellation::leave_everything(tx, person, now).await?;
    review::forget(app, tx, person).await?;
    recovery::forget(tx, person).await?;
    store::person::forget(tx, person, &app.random_bytes(), now).await?;
    let until = now.plus_micros(MESSAGE_LIFETIME_US);
    send::enqueue(app, tx, &phone.e164(), Template::AccountEnded, until).await
}
