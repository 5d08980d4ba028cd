//! Following a transfer: asked for until the bank has answered, looked after until it has arrived, ended when its time is over.
//! A callback only hints that it is worth a look.

use domain::Instant;
use domain::deposit::DepositState;
use domain::id::DepositId;
use domain::time::{HOUR_US, MINUTE_US, SECOND_US};
use providers::Unavailable;
use providers::deposit::{Asked, Branch, Progress, Transfer};
use store::deposit::Deposit;
use store::{Exec, Tx};

use super::super::licence::representative_name;
use super::ask::payee;
use super::{bank_unavailable, open_account, seal_why, tell};
use crate::{App, Error, Result};

/// The job's name; payload `{deposit_id}`.
pub const FOLLOW_JOB: &str = "deposit.follow";

/// What the bank says.
enum News {
    Nothing,
    /// The bank's own file of the transfer, in which nothing is paid yet.
    Prepared(String),
    Accepted(String),
    Refused(String),
    Arrived(Instant),
    Returned(String),
}

/// Looks after one, and has the next look come. Repeatable.
///
/// # Errors
/// When the database fails.
pub async fn follow(app: &App, id: DepositId) -> Result<()> {
    advance(app, id).await?;
    let mut tx = app.db.begin_write("deposit.follow").await?;
    if let Some(deposit) = store::deposit::find(&mut tx, id).await? {
        let now = app.now();
        if let Some(next) = next_look(&deposit, now) {
            schedule(app, &mut tx, id, next).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// When to look again.
fn next_look(deposit: &Deposit, now: Instant) -> Option<Instant> {
    // An amount is still taken at the deadline itself.
    let over = deposit.rule.deadline().plus_micros(1);
    let pause_us = match deposit.rule.state {
        DepositState::Arrived => return Some(over.max(now.plus_micros(SECOND_US))),
        DepositState::Asking | DepositState::Waiting => {
            match now.micros_since(deposit.rule.asked_at) {
                age if age < 10 * MINUTE_US => 10 * SECOND_US,
                age if age < 2 * HOUR_US => MINUTE_US,
                _ => 10 * MINUTE_US,
            }
        }
        _ => return None,
    };
    Some(now.plus_micros(pause_us).min(over.max(now)))
}

/// Has a look come at an instant.
pub(super) async fn schedule(app: &App, tx: &mut Tx, id: DepositId, at: Instant) -> Result<()> {
    let now = app.now();
    let key = format!("{FOLLOW_JOB}:{id}:{}", at.micros());
    let payload = serde_json::json!({"deposit_id": id.to_string()});
    let job = jobs::New::now(app.new_id(), FOLLOW_JOB, payload, now);
    jobs::enqueue(tx, &job.keyed(&key).at(at), now).await?;
    Ok(())
}

/// Takes a callback for what it is: a hint to look.
///
/// # Errors
/// `callback_invalid`.
pub async fn hint(
    app: &App,
    provider: &str,
    header: &(dyn Fn(&str) -> Option<String> + Send + Sync),
    query: &str,
    body: &[u8],
) -> Result<()> {
    let invalid = || Error::invalid("callback_invalid");
    if provider != app.providers.deposit.name() {
        return Err(invalid());
    }
    let now = app.now();
    let now_ms = now.micros() / 1000;
    let read = app
        .providers
        .deposit
        .read_callback(header, query, body, now_ms);
    let provider_ref = read.map_err(|error| invalid().because(error))?;
    let found = store::deposit::find_by_ref(&app.db, provider, &provider_ref).await?;
    let id = found.ok_or_else(invalid)?;
    let mut tx = app.db.begin_write("deposit.hint").await?;
    schedule(app, &mut tx, id, now).await?;
    tx.commit().await?;
    app.wake.notify(jobs::TOPIC);
    Ok(())
}

/// Brings one up to date. A bank that does not answer changes nothing.
///
/// # Errors
/// When the database fails.
pub(super) async fn advance(app: &App, id: DepositId) -> Result<()> {
    let Some(deposit) = store::deposit::find(&app.db, id).await? else {
        return Ok(());
    };
    if !deposit.rule.state.is_open() {
        return Ok(());
    }
    let asked = tokio::time::timeout(app.providers.patience, news(app, &deposit)).await;
    let news = match asked {
        Ok(Ok(news)) => news,
        Ok(Err(error)) if error.code() == "bank_unavailable" => News::Nothing,
        Ok(Err(error)) => return Err(error),
        Err(_elapsed) => News::Nothing,
    };
    write(app, &deposit, news).await
}

async fn news(app: &App, deposit: &Deposit) -> Result<News> {
    let provider = &app.providers.deposit;
    match (deposit.rule.state, &deposit.provider_ref) {
        (DepositState::Asking, _) => ask(app, deposit).await,
        (DepositState::Waiting, Some(provider_ref)) => {
            let progress = provider.progress(provider_ref).await;
            Ok(match progress.map_err(bank_unavailable)? {
                Progress::Waiting => News::Nothing,
                Progress::Arrived(at_s) => News::Arrived(Instant::from_seconds(at_s)),
                Progress::Returned(why) => News::Returned(why),
            })
        }
        _ => Ok(News::Nothing),
    }
}

async fn ask(app: &App, deposit: &Deposit) -> Result<News> {
    let unit = store::unit::get(Exec::from(&app.db), deposit.unit_id).await?;
    let representative = representative_name(app, &unit)?;
    let account = open_account(app, deposit)?;
    let provider = &app.providers.deposit;
    let callback_url = format!(
        "{}/api/v1/callbacks/deposits/{}",
        app.settings.public_url,
        provider.name()
    );
    let branch = Branch {
        code: deposit.branch_code.clone(),
        name: deposit.branch_name.clone(),
    };
    let transfer = Transfer {
        deposit_id: &deposit.id.to_string().replace('-', ""),
        payee: payee(&unit, &representative),
        account: &account,
        branch: &branch,
        callback_url: &callback_url,
        file: deposit.provider_ref.as_deref(),
    };
    // Its file is written down before anything is paid in it: the next look finds it, whatever happens to the answer.
    if transfer.file.is_none() {
        let prepared = provider.prepare(transfer.payee).await;
        if let Some(file) = prepared.map_err(bank_unavailable)? {
            return Ok(News::Prepared(file));
        }
    }
    let answer: std::result::Result<Asked, Unavailable> = provider.transfer(&transfer).await;
    Ok(match answer.map_err(bank_unavailable)? {
        Asked::Accepted(provider_ref) => News::Accepted(provider_ref),
        Asked::Refused(why) => News::Refused(why),
    })
}

async fn write(app: &App, before: &Deposit, news: News) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin_write("deposit.advance").await?;
    let found = store::deposit::lock(&mut tx, before.id).await?;
    // Whoever was faster has written at least as much.
    let Some(mut deposit) = found.filter(|found| found.version == before.version) else {
        return Ok(());
    };
    match news {
        News::Prepared(file) => deposit.provider_ref = Some(file),
        News::Accepted(provider_ref) => {
            deposit.provider_ref = Some(provider_ref);
            deposit.rule.state = DepositState::Waiting;
        }
        News::Refused(why) => {
            deposit.rule.state = DepositState::Refused;
            deposit.why = Some(seal_why(app, deposit.id, &why)?);
        }
        News::Arrived(at) => {
            deposit.rule.state = DepositState::Arrived;
            // Money does not arrive in the future, whatever a bank's clock says.
            deposit.rule.arrived_at = Some(at.min(now));
        }
        News::Returned(why) => {
            deposit.rule.state = DepositState::Returned;
            deposit.why = Some(seal_why(app, deposit.id, &why)?);
        }
        // An amount is being compared: whoever does that writes next.
        News::Nothing
            if deposit
                .entering_at
                .is_some_and(|at| now.micros_since(at) < MINUTE_US) =>
        {
            return Ok(());
        }
        News::Nothing => {}
    }
    deposit.rule.state = deposit.rule.standing(now);
    if deposit == *before {
        return Ok(());
    }
    store::deposit::update(&mut tx, &deposit).await?;
    store::unit::touch(&mut tx, deposit.unit_id).await?;
    tx.commit().await?;
    tell(app, deposit.unit_id).await
}
