//! An order as its owner sees it.

use domain::Instant;
use domain::id::OrderId;
use domain::order::State;
use serde::Serialize;
use store::order::Order;

use crate::{App, Caller, Error, Result};

/// An order in the form in which answers are kept and sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrderView {
    /// Its id.
    pub order_id: String,
    /// `unpaid`, `paid`, `closed` or `refunded`.
    pub state: &'static str,
    /// What it costs, in fen.
    pub amount_fen: i64,
    /// When it closes unpaid.
    pub close_at_us: i64,
    /// The buyer's own holding, once paid.
    pub holding_id: Option<String>,
}

impl OrderView {
    pub(super) fn new(order: &Order, now: Instant) -> Self {
        // The closing time counts, not whether the job has come by.
        let state = match order.state {
            State::Unpaid if now >= order.close_at => State::Closed,
            state => state,
        };
        Self {
            order_id: order.id.to_string(),
            state: state.as_str(),
            amount_fen: order.amount.0,
            close_at_us: order.close_at.micros(),
            holding_id: order.holding_id.map(|id| id.to_string()),
        }
    }
}

/// One of the caller's orders.
///
/// # Errors
/// `order_not_found`.
pub async fn find(app: &App, caller: &Caller, id: OrderId) -> Result<OrderView> {
    let order = store::order::find(&app.db, id).await?;
    let order = order.filter(|order| order.person_id == caller.person_id);
    let order = order.ok_or_else(|| Error::not_found("order_not_found"))?;
    Ok(OrderView::new(&order, app.now()))
}
