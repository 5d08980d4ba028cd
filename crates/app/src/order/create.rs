//! Order what the catalogue offers (CERT-1, CERT-11).

use domain::Instant;
use domain::entitlement::Kind;
use domain::id::{PlatformId, ProductId, UnitId};
use domain::order::{self, Buyer, Offer, Refusal, State, Wish};
use store::order::Order;
use store::{Exec, Tx, entitlement, platform};

use super::{CLOSE_JOB, OrderView};
use crate::holding::standing;
use crate::{App, Caller, Error, Result, Ticket, person, unit};

/// How it will be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// 微信支付
    WechatPay,
    /// 支付宝
    Alipay,
}

impl Method {
    const fn as_str(self) -> &'static str {
        match self {
            Self::WechatPay => "wechat_pay",
            Self::Alipay => "alipay",
        }
    }
}

/// What is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewOrder {
    /// For which unit; `None` for oneself.
    pub unit_id: Option<UnitId>,
    /// For which platform.
    pub platform_id: PlatformId,
    /// What product.
    pub product_id: ProductId,
    /// The rest of the wish.
    pub wish: Wish,
    /// 本机安装
    pub install_here: bool,
    /// How it will be paid.
    pub method: Method,
}

/// Takes the order, or says why not. What it costs is fixed here.
///
/// # Errors
/// `agreement_required`, `not_verified`, `not_administrator`, `certificate_grant_missing`, `unit_not_certified`, `product_not_supported`, `kind_not_offered`,
/// `quantity_invalid`, `price_unknown`.
pub async fn create(
    app: &App,
    caller: &Caller,
    new: NewOrder,
    ticket: &Ticket,
) -> Result<OrderView> {
    let now = app.now();
    let mut tx = app.db.begin_write("order.create").await?;
    let amount = judge(app, &mut tx, caller, &new, now).await?;
    let order = Order {
        id: app.new_id(),
        person_id: caller.person_id,
        device_id: caller.device_id,
        unit_id: new.unit_id,
        platform_id: new.platform_id,
        product_id: new.product_id,
        kind: new.wish.kind,
        term_years: new.wish.term_years,
        quantity: new.wish.quantity,
        install_here: new.install_here,
        payment_method: new.method.as_str().to_owned(),
        amount,
        state: State::Unpaid,
        close_at: order::close_at(now),
        paid_at: None,
        holding_id: None,
        created_at: now,
        version: 1,
    };
    store::order::insert(&mut tx, &order).await?;
    let payload = serde_json::json!({ "order_id": order.id.to_string() });
    let job = jobs::New::now(app.new_id(), CLOSE_JOB, payload, now).at(order.close_at);
    jobs::enqueue(&mut tx, &job, now).await?;
    let view = OrderView::new(&order, now);
    ticket.record(&mut tx, &view).await?;
    tx.commit().await?;
    Ok(view)
}

async fn judge(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    new: &NewOrder,
    now: Instant,
) -> Result<domain::Fen> {
    let mut at = Exec::from(tx);
    person::require_verified(app, at.again(), caller.person_id).await?;
    let buyer = buyer(app, &mut at, caller, new, now).await?;
    let offer = offer(&mut at, new).await?;
    order::amount(buyer, new.wish, offer).map_err(refuse)
}

async fn buyer(
    app: &App,
    at: &mut Exec<'_>,
    caller: &Caller,
    new: &NewOrder,
    now: Instant,
) -> Result<Buyer> {
    let Some(id) = new.unit_id else {
        return Ok(Buyer::Person);
    };
    Ok(Buyer::Unit {
        certified: unit::is_certified(app, at.again(), id).await?,
        standing: standing(at, id, caller.person_id, new.product_id).await?,
        entitled_here: entitlement::unit_entitled(at.again(), id, new.platform_id, now).await?,
    })
}

async fn offer(at: &mut Exec<'_>, new: &NewOrder) -> Result<Offer> {
    let Some(found) = platform::find(at.again(), new.platform_id).await? else {
        return Ok(Offer {
            supported: false,
            interconnect: false,
            price: None,
        });
    };
    let Wish {
        kind, term_years, ..
    } = new.wish;
    Ok(Offer {
        supported: platform::supports(at.again(), new.platform_id, new.product_id).await?,
        interconnect: found.interconnect,
        price: platform::price(
            at.again(),
            new.platform_id,
            new.product_id,
            kind,
            term_years,
        )
        .await?,
    })
}

fn refuse(refusal: Refusal) -> Error {
    let error = match refusal {
        Refusal::AgreementRequired => Error::invalid("agreement_required"),
        Refusal::NotOfUnit => Error::forbidden("not_administrator"),
        Refusal::GrantMissing => Error::forbidden("certificate_grant_missing"),
        Refusal::UnitNotCertified => Error::conflict("unit_not_certified"),
        Refusal::ProductNotSupported => Error::invalid("product_not_supported"),
        Refusal::KindNotOffered => Error::conflict("kind_not_offered"),
        Refusal::QuantityInvalid => Error::invalid("quantity_invalid"),
        Refusal::PriceUnknown => Error::invalid("price_unknown"),
    };
    error.because(refusal)
}

/// The scope that an order buys.
pub(super) fn scope(order: &Order) -> domain::entitlement::Scope {
    let kind: Kind = order.kind;
    domain::entitlement::Scope::bought(kind, order.platform_id)
}
