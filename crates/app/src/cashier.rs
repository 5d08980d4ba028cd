//! The sandbox's cashier: what its page shows, and what its buttons do.

use domain::Instant;
use domain::id::{OrderId, PaymentId};
use domain::time::SECOND_US;
use providers::payment::Outcome;
use serde::{Deserialize, Serialize};
use store::{order, payment};

use crate::{App, Error, Result};

/// The job's name; payload [`Callback`].
pub const CALLBACK_JOB: &str = "cashier.callback";

/// A cashier takes a moment.
const DELAY_US: i64 = SECOND_US;

/// A button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Pay.
    Pay,
    /// Give up.
    Fail,
    /// Pay after the order has closed.
    Late,
    /// Pay, and report it twice.
    Twice,
}

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashierPage {
    /// The payment.
    pub payment_id: PaymentId,
    /// What it is for.
    pub order_id: OrderId,
    /// How much.
    pub amount: domain::Fen,
    /// Whether it waits to be paid.
    pub is_open: bool,
    /// Where the order stands.
    pub order_state: &'static str,
    /// When the order closes.
    pub close_at: Instant,
}

/// One report on its way to ourselves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Callback {
    payment_id: String,
    outcome: Outcome,
    amount_fen: i64,
}

async fn find(app: &App, id: PaymentId) -> Result<(payment::Payment, order::Order)> {
    let missing = || Error::not_found("payment_not_found");
    if app.providers.cashier.is_none() {
        return Err(missing());
    }
    let payment = payment::find(&app.db, id).await?.ok_or_else(missing)?;
    let order = order::find(&app.db, payment.order_id)
        .await?
        .ok_or_else(missing)?;
    Ok((payment, order))
}

/// The page of a payment.
///
/// # Errors
/// `payment_not_found`, also wherever there is no sandbox.
pub async fn page(app: &App, id: PaymentId) -> Result<CashierPage> {
    let (payment, order) = find(app, id).await?;
    Ok(CashierPage {
        payment_id: id,
        order_id: order.id,
        amount: payment.amount,
        is_open: payment.state == payment::State::Open,
        order_state: order.state.as_str(),
        close_at: order.close_at,
    })
}

/// Presses a button: the reports come a moment later, like anybody's, and are tried again until they are taken.
///
/// # Errors
/// As [`page`].
pub async fn act(app: &App, id: PaymentId, action: Action) -> Result<()> {
    let (payment, order) = find(app, id).await?;
    let now = app.now();
    let soon = now.plus_micros(DELAY_US);
    let (outcome, times) = match action {
        Action::Pay => (Outcome::Paid, vec![soon]),
        Action::Fail => (Outcome::Failed, vec![soon]),
        Action::Late => (
            Outcome::Paid,
            vec![soon.max(order.close_at.plus_micros(DELAY_US))],
        ),
        Action::Twice => (Outcome::Paid, vec![soon, soon.plus_micros(DELAY_US)]),
    };
    let mut tx = app.db.begin_write("cashier.act").await?;
    for at in times {
        let callback = Callback {
            payment_id: id.to_string(),
            outcome,
            amount_fen: payment.amount.0,
        };
        let payload = serde_json::to_value(callback).map_err(Error::internal)?;
        jobs::enqueue(
            &mut tx,
            &jobs::New::now(app.new_id(), CALLBACK_JOB, payload, now).at(at),
            now,
        )
        .await?;
    }
    tx.commit().await?;
    app.wake.notify(jobs::TOPIC);
    Ok(())
}

/// Delivers one report: signed now, and judged over its bytes by the same use case as any provider's.
///
/// # Errors
/// What [`crate::order::report`] says.
pub async fn deliver(app: &App, callback: &Callback) -> Result<()> {
    let Some(cashier) = &app.providers.cashier else {
        return Ok(());
    };
    let Callback {
        payment_id,
        outcome,
        amount_fen,
    } = callback;
    let signed = cashier.callback(
        payment_id,
        *outcome,
        *amount_fen,
        app.now().seconds(),
        app.random_bytes(),
    );
    let signed = signed.map_err(Error::internal)?;
    let header = |name: &str| {
        signed
            .headers
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.clone())
    };
    crate::order::report(app, app.providers.payment.name(), &header, &signed.body).await
}
