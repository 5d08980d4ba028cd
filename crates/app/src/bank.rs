//! The sandbox's bank: what the finance department of a unit would see on its statement, and what becomes of money on its way.

use providers::deposit::{Fate, SandboxDeposit};
pub use providers::deposit::{Progress, StatementLine};
use serde::{Deserialize, Serialize};

use crate::unit::deposit;
use crate::{App, Error, Result};

/// The job's name; payload [`Callback`].
pub const CALLBACK_JOB: &str = "bank.callback";

/// A button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The money arrives now.
    Arrive,
    /// It comes back now.
    Return,
}

/// One hint on its way to ourselves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Callback {
    provider_ref: String,
}

fn bank(app: &App) -> Result<&SandboxDeposit> {
    let bank = app.providers.bank.as_deref();
    bank.filter(|_| !app.settings.production)
        .ok_or_else(|| Error::not_found("not_found"))
}

/// The newest transfers.
///
/// # Errors
/// `not_found` wherever there is no sandbox.
pub async fn statement(app: &App) -> Result<Vec<StatementLine>> {
    bank(app)?.statement().await.map_err(Error::internal)
}

/// Presses a button: the hint comes like anybody's, signed.
///
/// # Errors
/// `not_found` wherever there is no sandbox, and for money that is not on its way.
pub async fn act(app: &App, provider_ref: &str, action: Action) -> Result<()> {
    let fate = match action {
        Action::Arrive => Fate::Arrive,
        Action::Return => Fate::Return,
    };
    let settled = bank(app)?.settle(provider_ref, fate).await;
    if !settled.map_err(Error::internal)? {
        return Err(Error::not_found("not_found"));
    }
    let callback = Callback {
        provider_ref: provider_ref.to_owned(),
    };
    let payload = serde_json::to_value(callback).map_err(Error::internal)?;
    let now = app.now();
    let job = jobs::New::now(app.new_id(), CALLBACK_JOB, payload, now);
    jobs::enqueue(&app.db, &job, now).await?;
    app.wake.notify(jobs::TOPIC);
    Ok(())
}

/// Delivers one hint: signed now, and judged over its bytes by the same use case as any provider's.
///
/// # Errors
/// What [`deposit::hint`] says.
pub async fn deliver(app: &App, callback: &Callback) -> Result<()> {
    let Ok(bank) = bank(app) else { return Ok(()) };
    let now_s = app.now().seconds();
    let signed = bank.callback(&callback.provider_ref, now_s, app.random_bytes());
    let signed = signed.map_err(Error::internal)?;
    let header = |name: &str| {
        let found = signed.headers.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone())
    };
    deposit::hint(app, app.providers.deposit.name(), &header, "", &signed.body).await
}
