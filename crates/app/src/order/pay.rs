//! Go to the cashier with an order.

use domain::id::OrderId;
use domain::order::State;
use providers::payment::{Charge, PaymentError};

use crate::{App, Caller, Error, Result};

/// Where to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashierView {
    /// The payment's id.
    pub payment_id: String,
    /// The cashier's page.
    pub cashier_url: String,
}

/// Opens a payment, or finds the one that is open: a repeat gets the same. The row is written before the provider is
/// called, and the provider knows the payment by the row's id, so a lost answer costs nothing.
///
/// # Errors
/// `order_not_found`, `order_closed`, `order_paid`, `payment_unavailable`.
pub async fn pay(app: &App, caller: &Caller, id: OrderId) -> Result<CashierView> {
    let now = app.now();
    let provider = &app.providers.payment;
    let mut tx = app.db.begin_write("order.pay").await?;
    let order = store::order::find_for_update(&mut tx, id).await?;
    let order = order.filter(|order| order.person_id == caller.person_id);
    let order = order.ok_or_else(|| Error::not_found("order_not_found"))?;
    match order.state {
        State::Unpaid if now < order.close_at => {}
        State::Paid => return Err(Error::conflict("order_paid")),
        State::Unpaid | State::Closed | State::Refunded => {
            return Err(Error::conflict("order_closed"));
        }
    }
    let payment = store::payment::find_or_open(
        &mut tx,
        app.new_id(),
        order.id,
        provider.name(),
        order.amount,
        now,
    )
    .await?;
    tx.commit().await?;
    let charge = Charge {
        payment_id: payment.id.to_string(),
        description: format!("互连数字证书 × {}", order.quantity),
        method: order.payment_method,
        amount_fen: order.amount.0,
        public_url: app.settings.public_url.clone(),
    };
    let cashier_url = provider.open(&charge).await.map_err(unavailable)?;
    Ok(CashierView {
        payment_id: charge.payment_id,
        cashier_url,
    })
}

fn unavailable(error: PaymentError) -> Error {
    Error::unavailable("payment_unavailable").because(error)
}
