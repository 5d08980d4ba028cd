//! Text messages that tell somebody what has become of them, whether or not they look at the app.

use domain::id::PersonId;
use domain::time::DAY_US;
use providers::sms::Template;
use store::Tx;

use crate::{App, Result, personal, sms_code::send};

/// Tells one person, in the transaction that makes it so. An account that has ended is told nothing.
pub(crate) async fn tell(
    app: &App,
    tx: &mut Tx,
    person: PersonId,
    template: Template,
) -> Result<()> {
    let sealed = store::person::get(&mut *tx, person).await?.phone;
    if sealed.is_empty() {
        return Ok(());
    }
    let phone = personal::open_phone(app, &sealed)?;
    let useless_after = app.now().plus_micros(DAY_US);
    send::enqueue(app, tx, &phone.e164(), template, useless_after).await
}
