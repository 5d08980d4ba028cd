//! The job that sends a text message. Number and parameters lie in its payload as ciphertext.

use domain::Instant;
use domain::id::JobId;
use jobs::{Failure, New};
use protocol::Base64Url;
use providers::sms::{Limit, Refusal, Sent, Template, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;

use crate::{App, Error, Result};

/// The job's name.
pub const KIND: &str = "sms.send";
const PURPOSE: &str = "job.sms";
/// With the queue's pauses about two minutes: a code that comes later helps nobody.
const ATTEMPTS_MAX: u32 = 4;

#[derive(Serialize, Deserialize)]
struct Sealed {
    to: String,
    template: Template,
    useless_after_us: i64,
}

/// Writes the job in the transaction that causes it.
pub(crate) async fn enqueue(
    app: &App,
    tx: &mut Tx,
    to: &str,
    template: Template,
    useless_after: Instant,
) -> Result<()> {
    let sealed = Sealed {
        to: to.to_owned(),
        template,
        useless_after_us: useless_after.micros(),
    };
    let plain = serde_json::to_vec(&sealed).map_err(Error::internal)?;
    let payload = json!({ "sealed": Base64Url::encode(&app.vault.wrap(PURPOSE, b"", &plain)?) });
    let now = app.now();
    let job = New {
        attempts_max: ATTEMPTS_MAX,
        ..New::now(app.new_id::<JobId>(), KIND, payload, now)
    };
    jobs::enqueue(tx, &job, now).await?;
    Ok(())
}

/// Sends one message.
///
/// # Errors
/// [`Failure`]: to be tried again when the provider does not answer or asks for a minute's patience, for good when the
/// message came too late or is refused.
pub async fn run(app: App, payload: Value) -> Result<(), Failure> {
    let sealed = payload
        .get("sealed")
        .and_then(Value::as_str)
        .and_then(|text| Base64Url::decode(text).ok());
    let sealed = sealed.ok_or_else(|| Failure::dead("the payload is not sealed"))?;
    let plain = app
        .vault
        .unwrap(PURPOSE, b"", &sealed)
        .map_err(Failure::dead)?;
    let Sealed {
        to,
        template,
        useless_after_us,
    } = serde_json::from_slice(&plain).map_err(|_| Failure::dead("the payload is damaged"))?;
    let at = app.now();
    if at.micros() >= useless_after_us {
        return Err(Failure::dead("too late to be of use"));
    }
    let message = Text { to, template, at };
    match tokio::time::timeout(app.providers.patience, app.providers.sms.send(&message)).await {
        Ok(Ok(Sent::Taken)) => Ok(()),
        Ok(Ok(Sent::Refused(why @ Refusal::TooOften(Limit::Minute)))) => Err(Failure::again(why)),
        Ok(Ok(Sent::Refused(why))) => Err(Failure::dead(why)),
        Ok(Err(unavailable)) => Err(Failure::again(unavailable)),
        Err(_) => Err(Failure::again("no answer in time")),
    }
}
