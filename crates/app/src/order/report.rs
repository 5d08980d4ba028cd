//! A payment provider reports what became of a payment (PAY-1).

use domain::id::PaymentId;
use domain::order::{Payable, Settlement, State, settle};
use domain::{Fen, Instant};
use providers::payment::Report;
use store::Tx;
use store::order::Order;
use store::payment::{self, Payment};

use super::REFUND_JOB;
use super::give::give;
use crate::{App, Error, Result};

/// Judges the exact bytes of a callback, and applies it at most once.
///
/// # Errors
/// `callback_invalid` for anything that is unsigned, old, unknown, or not about the money that was asked for.
pub async fn report(
    app: &App,
    provider: &str,
    header: &(dyn Fn(&str) -> Option<String> + Send + Sync),
    body: &[u8],
) -> Result<()> {
    let now = app.now();
    if provider != app.providers.payment.name() {
        return Err(invalid());
    }
    let read = app
        .providers
        .payment
        .read_callback(header, body, now.seconds());
    let report = read.map_err(|error| invalid().because(error))?;
    let id: PaymentId = report
        .payment_id
        .parse()
        .map_err(|error| invalid().because(error))?;
    let known = payment::find(&app.db, id)
        .await?
        .filter(|payment| payment.provider == provider);
    let known = known.ok_or_else(invalid)?;
    let mut tx = app.db.begin_write("order.report").await?;
    // Always the order first, then its payment: two reports of one order wait for each other.
    let order = store::order::find_for_update(&mut tx, known.order_id).await?;
    let order = order.ok_or(store::Error::NotFound("order.lock"))?;
    let payment = payment::find_for_update(&mut tx, id)
        .await?
        .ok_or_else(invalid)?;
    let accepted = if report.paid {
        money_came(app, &mut tx, order, &payment, &report, now).await?
    } else {
        money_failed(&mut tx, &payment, &report, now).await?;
        true
    };
    tx.commit().await?;
    app.wake.notify(jobs::TOPIC);
    if accepted { Ok(()) } else { Err(invalid()) }
}

fn invalid() -> Error {
    Error::invalid("callback_invalid")
}

async fn money_failed(tx: &mut Tx, payment: &Payment, report: &Report, now: Instant) -> Result<()> {
    if payment.state == payment::State::Open {
        payment::settle(
            tx,
            payment,
            payment::State::Failed,
            (&report.trade_no, Fen::ZERO),
            now,
        )
        .await?;
    }
    Ok(())
}

/// Whether the report is one that we could ask for.
async fn money_came(
    app: &App,
    tx: &mut Tx,
    mut order: Order,
    payment: &Payment,
    report: &Report,
    now: Instant,
) -> Result<bool> {
    let payable = Payable {
        state: order.state,
        amount: order.amount,
        close_at: order.close_at,
        settled: payment.state.is_settled(),
    };
    let paid = Fen(report.amount_fen);
    let money = (report.trade_no.as_str(), paid);
    match settle(payable, paid, now) {
        Settlement::Already => {}
        Settlement::Apply => {
            payment::settle(tx, payment, payment::State::Given, money, now).await?;
            order.holding_id = give(app, tx, &order, now).await?;
            order.state = State::Paid;
            order.paid_at = Some(now);
            store::order::update(tx, &order).await?;
        }
        Settlement::Refund => {
            payment::settle(tx, payment, payment::State::Returned, money, now).await?;
            payment::request_refund(tx, app.new_id(), payment.id, paid, now).await?;
            let payload = serde_json::json!({ "payment_id": payment.id.to_string() });
            jobs::enqueue(
                &mut *tx,
                &jobs::New::now(app.new_id(), REFUND_JOB, payload, now),
                now,
            )
            .await?;
            if order.state != State::Paid {
                order.state = State::Refunded;
                store::order::update(tx, &order).await?;
            }
        }
        Settlement::WrongAmount => {
            tracing::error!(payment = %payment.id, "a payment of another amount than was asked for");
            if payment.state != payment::State::WrongAmount {
                payment::settle(tx, payment, payment::State::WrongAmount, money, now).await?;
            }
            return Ok(false);
        }
    }
    Ok(true)
}
