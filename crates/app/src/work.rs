//! The jobs of the service: each noun's slice registers its handlers here.

use std::str::FromStr;
use std::sync::Arc;

use jobs::{Failure, Worker};
use serde_json::Value;

use crate::unit::deposit;
use crate::{
    App, Kind, Result, account, bank, cashier, install, order, recovery, scan, sms_code, sweep,
};

/// A worker that knows every job.
#[must_use]
pub fn worker(app: &App) -> Worker {
    let clock = Arc::clone(&app.clock);
    let worker = Worker::new(app.db.clone(), Arc::new(move || clock.now()));
    let worker = commerce(app, accounts(app, worker));
    sweeping(app, sealing(app, certifying(app, worker)))
}

/// What is over is forgotten.
fn sweeping(app: &App, worker: Worker) -> Worker {
    let sweeping = app.clone();
    worker.register(sweep::SWEEP_JOB, move |_: Value| {
        let app = sweeping.clone();
        async move { done(sweep::run(&app).await) }
    })
}

/// Scan sessions run out.
fn sealing(app: &App, worker: Worker) -> Worker {
    let expiring = app.clone();
    worker.register(scan::EXPIRE_JOB, move |_: Value| {
        let app = expiring.clone();
        async move { done(scan::expire_due(&app).await) }
    })
}

/// Text messages go out, accounts end, recoveries of nobody are answered.
fn accounts(app: &App, worker: Worker) -> Worker {
    let (sending, ending, answering) = (app.clone(), app.clone(), app.clone());
    worker
        .register(sms_code::send::KIND, move |payload| {
            sms_code::send::run(sending.clone(), payload)
        })
        .register(account::CANCEL_JOB, move |payload: Value| {
            let app = ending.clone();
            async move { done(account::settle_due(&app, id(&payload, "person_id")?).await) }
        })
        .register(recovery::ANSWER_JOB, move |payload: Value| {
            let app = answering.clone();
            async move { done(recovery::answer(&app, id(&payload, "recovery_id")?).await) }
        })
}

/// Deposits are followed, the sandbox's bank reports.
fn certifying(app: &App, worker: Worker) -> Worker {
    let (following, reporting) = (app.clone(), app.clone());
    worker
        .register(deposit::FOLLOW_JOB, move |payload: Value| {
            let app = following.clone();
            async move { done(deposit::follow(&app, id(&payload, "deposit_id")?).await) }
        })
        .register(bank::CALLBACK_JOB, move |payload: Value| {
            let app = reporting.clone();
            async move {
                let callback = serde_json::from_value(payload).map_err(Failure::dead)?;
                done(bank::deliver(&app, &callback).await)
            }
        })
}

/// Orders close, money goes back, the sandbox's cashier reports.
fn commerce(app: &App, worker: Worker) -> Worker {
    let (closing, refunding, sweeping, reporting) =
        (app.clone(), app.clone(), app.clone(), app.clone());
    worker
        .register(order::CLOSE_JOB, move |payload: Value| {
            let app = closing.clone();
            async move { done(order::close(&app, id(&payload, "order_id")?).await) }
        })
        .register(order::REFUND_JOB, move |payload: Value| {
            let app = refunding.clone();
            async move { done(order::refund(&app, id(&payload, "payment_id")?).await) }
        })
        .register(install::SWEEP_JOB, move |_: Value| {
            let app = sweeping.clone();
            async move { done(install::sweep(&app).await) }
        })
        .register(cashier::CALLBACK_JOB, move |payload: Value| {
            let app = reporting.clone();
            async move {
                let callback = serde_json::from_value(payload).map_err(Failure::dead)?;
                done(cashier::deliver(&app, &callback).await)
            }
        })
}

/// Another try may help unless the refusal is for good.
fn done(outcome: Result<()>) -> std::result::Result<(), Failure> {
    outcome.map_err(|error| match error.kind() {
        Kind::Unavailable | Kind::Internal | Kind::Conflict => Failure::again(error),
        _ => Failure::dead(error),
    })
}

fn id<T: FromStr>(payload: &Value, name: &str) -> std::result::Result<T, Failure> {
    let text = payload.get(name).and_then(Value::as_str);
    text.and_then(|text| text.parse().ok())
        .ok_or_else(|| Failure::dead("the payload has no such id"))
}
