//! Payments of orders, and refunds of payments.

use domain::id::{OrderId, PaymentId, RefundId};
use domain::{Fen, Instant};

use crate::{Exec, Result, Row, Tx, sql};

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, order_id, provider, amount_fen, state, version FROM payment ",
            $tail
        )
    };
}

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The cashier waits.
    Open,
    /// The payer gave up, or the bank refused.
    Failed,
    /// The money gave the goods.
    Given,
    /// It came too late or twice, and goes back.
    Returned,
    /// Not the order's amount: somebody must look.
    WrongAmount,
}

impl State {
    const ALL: [Self; 5] = [
        Self::Open,
        Self::Failed,
        Self::Given,
        Self::Returned,
        Self::WrongAmount,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Failed => "failed",
            Self::Given => "given",
            Self::Returned => "returned",
            Self::WrongAmount => "wrong_amount",
        }
    }

    /// Whether money came and was dealt with.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Given | Self::Returned)
    }
}

impl std::str::FromStr for State {
    type Err = domain::product::UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or(domain::product::UnknownWord)
    }
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its id, which is the number that the provider knows.
    pub id: PaymentId,
    /// Of which order.
    pub order_id: OrderId,
    /// Through whom.
    pub provider: String,
    /// How much is asked for.
    pub amount: Fen,
    /// Where it stands.
    pub state: State,
    /// Raised with each change.
    pub version: u32,
}

/// A refund to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Its id, which is the number that the provider knows.
    pub id: RefundId,
    /// Of which payment.
    pub payment_id: PaymentId,
    /// How much goes back.
    pub amount: Fen,
    /// Whether the provider has taken it.
    pub done: bool,
}

fn from_row(row: &Row) -> Result<Payment> {
    Ok(Payment {
        id: row.parse("id")?,
        order_id: row.parse("order_id")?,
        provider: row.text("provider")?,
        amount: row.fen("amount_fen")?,
        state: row.parse("state")?,
        version: row.u32("version")?,
    })
}

/// One by id.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: PaymentId) -> Result<Option<Payment>> {
    let row = sql!("payment.find", select!("WHERE id = $1"), id)
        .optional(at)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// One by id, held until the transaction ends.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_for_update(tx: &mut Tx, id: PaymentId) -> Result<Option<Payment>> {
    let row = sql!("payment.lock", select!("WHERE id = $1"), id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// The open payment of an order, made under `id` when there is none; the order's row is held by the caller.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_or_open(
    tx: &mut Tx,
    id: PaymentId,
    order: OrderId,
    provider: &str,
    amount: Fen,
    now: Instant,
) -> Result<Payment> {
    let text = "INSERT INTO payment (id, order_id, provider, amount_fen, state, created_us)
        VALUES ($1, $2, $3, $4, 'open', $5) ON CONFLICT DO NOTHING";
    sql!("payment.open", text, id, order, provider, amount, now)
        .execute(&mut *tx)
        .await?;
    let row = sql!(
        "payment.find_open",
        select!("WHERE order_id = $1 AND state = 'open'"),
        order
    )
    .one(tx)
    .await?;
    from_row(&row)
}

/// Writes down what the provider reported.
///
/// # Errors
/// [`crate::Error::Conflict`] when the row moved on.
pub async fn settle(
    tx: &mut Tx,
    payment: &Payment,
    state: State,
    (trade_no, paid): (&str, Fen),
    now: Instant,
) -> Result<()> {
    let text = "UPDATE payment SET state = $1, trade_no = $2, paid_fen = $3, settled_us = $4, version = version + 1
        WHERE id = $5 AND version = $6";
    sql!(
        "payment.settle",
        text,
        state.as_str(),
        trade_no,
        paid,
        now,
        payment.id,
        payment.version
    )
    .execute_one(tx)
    .await
}

/// Writes down that a payment goes back; once is enough.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn request_refund(
    tx: &mut Tx,
    id: RefundId,
    payment: PaymentId,
    amount: Fen,
    now: Instant,
) -> Result<()> {
    let text = "INSERT INTO refund (id, payment_id, amount_fen, state, created_us) VALUES ($1, $2, $3, 'requested', $4)
        ON CONFLICT (payment_id) DO NOTHING";
    sql!("refund.request", text, id, payment, amount, now)
        .execute(tx)
        .await
        .map(|_| ())
}

/// The refund of a payment.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_refund(at: impl Into<Exec<'_>>, payment: PaymentId) -> Result<Option<Refund>> {
    let text = "SELECT id, payment_id, amount_fen, state FROM refund WHERE payment_id = $1";
    let row = sql!("refund.find", text, payment).optional(at).await?;
    let read = |row: Row| {
        Ok(Refund {
            id: row.parse("id")?,
            payment_id: row.parse("payment_id")?,
            amount: row.fen("amount_fen")?,
            done: row.text("state")? == "done",
        })
    };
    row.map(read).transpose()
}

/// Writes down that the provider has taken a refund.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn finish_refund(tx: &mut Tx, id: RefundId, now: Instant) -> Result<()> {
    let text = "UPDATE refund SET state = 'done', done_us = $1, version = version + 1 WHERE id = $2 AND state = 'requested'";
    sql!("refund.finish", text, now, id)
        .execute(tx)
        .await
        .map(|_| ())
}
