//! Close an order that nobody paid (PAY-1): a job, thirty minutes after the order.

use domain::id::OrderId;
use domain::order::State;

use crate::{App, Result};

/// The job's name; payload `{order_id}`.
pub const CLOSE_JOB: &str = "order.close";

/// Closes the order if it is still unpaid and its time is over. Repeatable.
///
/// # Errors
/// When the database fails.
pub async fn close(app: &App, id: OrderId) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin_write("order.close").await?;
    let Some(mut order) = store::order::find_for_update(&mut tx, id).await? else {
        return Ok(());
    };
    if order.state == State::Unpaid && now >= order.close_at {
        order.state = State::Closed;
        store::order::update(&mut tx, &order).await?;
        tx.commit().await?;
    }
    Ok(())
}
