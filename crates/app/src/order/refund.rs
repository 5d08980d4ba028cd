//! Give back a payment that came too late or twice: a job.

use domain::id::PaymentId;
use providers::payment::{PaymentError, Refund};
use store::payment;

use crate::{App, Error, Result};

/// The job's name; payload `{payment_id}`.
pub const REFUND_JOB: &str = "payment.refund";

/// Asks the provider, under the refund's own number: asking twice gives back once.
///
/// # Errors
/// `payment_unavailable`: another try may help; `refund_refused`: none will.
pub async fn refund(app: &App, id: PaymentId) -> Result<()> {
    let Some(wanted) = payment::find_refund(&app.db, id)
        .await?
        .filter(|refund| !refund.done)
    else {
        return Ok(());
    };
    let refund = Refund {
        refund_id: wanted.id.to_string(),
        payment_id: wanted.payment_id.to_string(),
        amount_fen: wanted.amount.0,
    };
    app.providers
        .payment
        .refund(&refund)
        .await
        .map_err(|error| match error {
            PaymentError::Unavailable(_) => {
                Error::unavailable("payment_unavailable").because(error)
            }
            PaymentError::Refused(_) => Error::conflict("refund_refused").because(error),
        })?;
    let mut tx = app.db.begin_write("payment.refund").await?;
    payment::finish_refund(&mut tx, wanted.id, app.now()).await?;
    tx.commit().await?;
    Ok(())
}
