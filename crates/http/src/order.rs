//! Orders, their payments, and what payment providers report.

use app::order::{self, Method, NewOrder, OrderView};
use app::{App, Error};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::entitlement::Kind;
use domain::order::Wish;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::path::id;
use crate::problem::ProblemBody;
use crate::{Json, Once, Problem, Signed};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create))
        .routes(routes!(find))
        .routes(routes!(pay))
        .routes(routes!(callback))
}

/// What is ordered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderRequest {
    /// `null` for oneself.
    unit_id: Option<String>,
    platform_id: String,
    kind: KindWord,
    product_id: String,
    term_years: u8,
    quantity: u32,
    /// 本机安装
    install_here: bool,
    payment_method: MethodWord,
    /// The service agreement.
    agreed: bool,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum KindWord {
    Platform,
    Interconnect,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MethodWord {
    WechatPay,
    Alipay,
}

/// An order.
#[derive(Serialize, ToSchema)]
struct OrderBody {
    order_id: String,
    /// `unpaid`, `paid`, `closed` or `refunded`.
    state: &'static str,
    amount_fen: i64,
    /// When it closes unpaid.
    close_at_us: i64,
    /// The buyer's own holding, once paid.
    holding_id: Option<String>,
}

/// Where to pay.
#[derive(Serialize, ToSchema)]
struct PaymentBody {
    payment_id: String,
    cashier_url: String,
}

impl From<OrderView> for OrderBody {
    fn from(view: OrderView) -> Self {
        let OrderView {
            order_id,
            state,
            amount_fen,
            close_at_us,
            holding_id,
        } = view;
        Self {
            order_id,
            state,
            amount_fen,
            close_at_us,
            holding_id,
        }
    }
}

impl TryFrom<OrderRequest> for NewOrder {
    type Error = Error;

    fn try_from(request: OrderRequest) -> Result<Self, Error> {
        let unit_id = request.unit_id.map(|text| text.parse()).transpose();
        let unknown = |_| Error::invalid("product_not_supported");
        Ok(Self {
            unit_id: unit_id.map_err(|_| Error::forbidden("not_administrator"))?,
            platform_id: request.platform_id.parse().map_err(unknown)?,
            product_id: request.product_id.parse().map_err(unknown)?,
            wish: Wish {
                kind: match request.kind {
                    KindWord::Platform => Kind::Platform,
                    KindWord::Interconnect => Kind::Interconnect,
                },
                term_years: request.term_years,
                quantity: request.quantity,
                agreed: request.agreed,
            },
            install_here: request.install_here,
            method: match request.payment_method {
                MethodWord::WechatPay => Method::WechatPay,
                MethodWord::Alipay => Method::Alipay,
            },
        })
    }
}

/// Orders certificates. With `Idempotency-Key` a repeat gets the same order.
#[utoipa::path(post, path = "/orders", tag = "buying", request_body = OrderRequest, responses(
    (status = 201, body = OrderBody), (status = 400, body = ProblemBody), (status = 403, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn create(
    State(app): State<App>,
    Signed(caller): Signed,
    once: Once<OrderRequest>,
) -> Result<Response, Problem> {
    let work = async |request: OrderRequest, ticket: &app::Ticket| {
        order::create(&app, &caller, request.try_into()?, ticket).await
    };
    once.run(&app, &caller, StatusCode::CREATED, work).await
}

/// One of the caller's orders.
#[utoipa::path(get, path = "/orders/{order_id}", tag = "buying", params(("order_id" = String, Path)),
    responses((status = 200, body = OrderBody), (status = 404, body = ProblemBody)))]
async fn find(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(order_id): Path<String>,
) -> Result<Json<OrderBody>, Problem> {
    let view = order::find(&app, &caller, id(&order_id, "order_not_found")?).await?;
    Ok(Json(view.into()))
}

/// Goes to the cashier; a repeat gets the payment that is open.
#[utoipa::path(post, path = "/orders/{order_id}/payments", tag = "buying", params(("order_id" = String, Path)),
    responses((status = 201, body = PaymentBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn pay(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(order_id): Path<String>,
) -> Result<(StatusCode, Json<PaymentBody>), Problem> {
    let view = order::pay(&app, &caller, id(&order_id, "order_not_found")?).await?;
    Ok((
        StatusCode::CREATED,
        Json(PaymentBody {
            payment_id: view.payment_id,
            cashier_url: view.cashier_url,
        }),
    ))
}

/// A payment provider reports; the signature is over the exact bytes of the body.
#[utoipa::path(post, path = "/callbacks/payments/{provider}", tag = "callbacks", params(("provider" = String, Path)),
    responses((status = 204), (status = 400, body = ProblemBody)))]
async fn callback(
    State(app): State<App>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let header = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    order::report(&app, &provider, &header, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}
