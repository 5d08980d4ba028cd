//! Orders.

use domain::entitlement::Kind;
use domain::id::{DeviceId, HoldingId, OrderId, PersonId, PlatformId, ProductId, UnitId};
use domain::order::State;
use domain::{Fen, Instant};

use crate::{Exec, Result, Row, Tx, sql};

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, person_id, device_id, unit_id, platform_id, product_id, kind, term_years, quantity, install_here,
            payment_method, amount_fen, state, close_at_us, paid_us, holding_id, created_us, version FROM orders ",
            $tail
        )
    };
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Who ordered.
    pub person_id: PersonId,
    /// On which device, the one that 本机安装 means.
    pub device_id: DeviceId,
    /// For which unit; `None` for oneself.
    pub unit_id: Option<UnitId>,
    /// For which platform.
    pub platform_id: PlatformId,
    /// What product.
    pub product_id: ProductId,
    /// What kind of certificate.
    pub kind: Kind,
    /// For how long.
    pub term_years: u8,
    /// How many.
    pub quantity: u32,
    /// Whether one of them is for the buyer at once.
    pub install_here: bool,
    /// `wechat_pay` or `alipay`.
    pub payment_method: String,
    /// What it costs.
    pub amount: Fen,
    /// Where it stands.
    pub state: State,
    /// When it closes unpaid.
    pub close_at: Instant,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// The buyer's own holding, once paid.
    pub holding_id: Option<HoldingId>,
    /// When it was made.
    pub created_at: Instant,
    /// Raised with each change.
    pub version: u32,
}

fn from_row(row: &Row) -> Result<Order> {
    Ok(Order {
        id: row.parse("id")?,
        person_id: row.parse("person_id")?,
        device_id: row.parse("device_id")?,
        unit_id: row.opt_parse("unit_id")?,
        platform_id: row.parse("platform_id")?,
        product_id: row.parse("product_id")?,
        kind: row.parse("kind")?,
        term_years: row.u8("term_years")?,
        quantity: row.u32("quantity")?,
        install_here: row.bool("install_here")?,
        payment_method: row.text("payment_method")?,
        amount: row.fen("amount_fen")?,
        state: row.parse("state")?,
        close_at: row.instant("close_at_us")?,
        paid_at: row.opt_instant("paid_us")?,
        holding_id: row.opt_parse("holding_id")?,
        created_at: row.instant("created_us")?,
        version: row.u32("version")?,
    })
}

/// One by id.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: OrderId) -> Result<Option<Order>> {
    let row = sql!("order.find", select!("WHERE id = $1"), id)
        .optional(at)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// One by id, held until the transaction ends.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_for_update(tx: &mut Tx, id: OrderId) -> Result<Option<Order>> {
    let row = sql!("order.lock", select!("WHERE id = $1"), id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// Adds one.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(tx: &mut Tx, order: &Order) -> Result<()> {
    let text = "INSERT INTO orders (id, person_id, device_id, unit_id, platform_id, product_id, kind, term_years, quantity,
        install_here, payment_method, amount_fen, state, close_at_us, created_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    sql!(
        "order.insert",
        text,
        order.id,
        order.person_id,
        order.device_id,
        order.unit_id,
        order.platform_id,
        order.product_id,
        order.kind.as_str(),
        u32::from(order.term_years),
        order.quantity,
        order.install_here,
        &order.payment_method,
        order.amount,
        order.state.as_str(),
        order.close_at,
        order.created_at
    )
    .execute_one(tx)
    .await
}

/// Writes state, payment and holding of `order` over the row of the same version.
///
/// # Errors
/// [`crate::Error::Conflict`] when the row moved on.
pub async fn update(tx: &mut Tx, order: &Order) -> Result<()> {
    let text = "UPDATE orders SET state = $1, paid_us = $2, holding_id = $3, version = version + 1 WHERE id = $4 AND version = $5";
    sql!(
        "order.update",
        text,
        order.state.as_str(),
        order.paid_at,
        order.holding_id,
        order.id,
        order.version
    )
    .execute_one(tx)
    .await
}
