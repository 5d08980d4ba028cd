//! What becomes of a wish to end an account that has to wait: a sign-in withdraws it, the job carries it out (ACC-6).

use domain::Instant;
use domain::account::{self, State};
use domain::id::PersonId;
use domain::time::DAY_US;
use providers::sms::Template;
use serde_json::json;
use store::cancellation::Waiting;
use store::{Exec, Tx};

use super::cancel::obstacles;
use super::{end, present_phone};
use crate::sms_code::send;
use crate::{App, Result};

/// The job's name; payload `{person_id}`.
pub const CANCEL_JOB: &str = "account.cancel";

/// How long a withdrawn wish is told of.
const TOLD_US: i64 = 30 * DAY_US;

/// Has the job come when the days are over.
pub(super) async fn schedule(app: &App, tx: &mut Tx, wish: &Waiting) -> Result<()> {
    let now = app.now();
    let payload = json!({ "person_id": wish.person_id.to_string() });
    let job = jobs::New::now(app.new_id(), CANCEL_JOB, payload, now);
    jobs::enqueue(tx, &job.at(wish.due_at), now).await?;
    Ok(())
}

/// Carries a wish out whose days are over. Repeatable; a wish that was withdrawn, or made anew, is left alone.
///
/// # Errors
/// When the database fails.
pub async fn settle_due(app: &App, person: PersonId) -> Result<()> {
    let mut tx = app.db.begin_write("account.settle_due").await?;
    store::person::lock(&mut tx, person).await?;
    settle(app, &mut tx, person).await?;
    tx.commit().await?;
    app.wake.notify(jobs::TOPIC);
    Ok(())
}

/// The same before somebody signs in with a number: whoever comes when the days are over finds a number without an
/// account, whether or not the job was there first.
pub(crate) async fn settle_before_sign_in(
    app: &App,
    tx: &mut Tx,
    phone_hash: &[u8; 32],
) -> Result<()> {
    match store::person::lock_by_phone(tx, phone_hash).await? {
        Some(person) => settle(app, tx, person).await,
        None => Ok(()),
    }
}

/// A sign-in withdraws a wish that waits.
pub(crate) async fn withdraw(app: &App, tx: &mut Tx, person: PersonId) -> Result<()> {
    if let Some(wish) = store::cancellation::lock_waiting(tx, person).await? {
        let state = account::after_sign_in(State::Waiting);
        store::cancellation::settle(tx, wish.id, state, app.now()).await?;
    }
    Ok(())
}

/// When a sign-in withdrew the person's wish, as long as that is worth telling.
pub(crate) async fn withdrawn_recently(
    app: &App,
    at: impl Into<Exec<'_>>,
    person: PersonId,
) -> Result<Option<Instant>> {
    let since = app.now().plus_micros(-TOLD_US);
    Ok(store::cancellation::withdrawn_after(at, person, since).await?)
}

async fn settle(app: &App, tx: &mut Tx, person: PersonId) -> Result<()> {
    let now = app.now();
    let Some(wish) = store::cancellation::lock_waiting(tx, person).await? else {
        return Ok(());
    };
    let in_the_way = obstacles(tx, person, now).await?.len();
    let state = account::settle(wish.due_at, in_the_way, now);
    if state == State::Waiting {
        return Ok(());
    }
    store::cancellation::settle(tx, wish.id, state, now).await?;
    if state == State::Done {
        return end::end(app, tx, person).await;
    }
    let phone = present_phone(app, &mut *tx, person).await?;
    let template = Template::CancellationStopped;
    let until = now.plus_micros(DAY_US);
    send::enqueue(app, tx, &phone.e164(), template, until).await
}
