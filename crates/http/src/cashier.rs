//! The sandbox's cashier page: a payment service's page on our own server. Absent in production.

use app::cashier::{self, Action, CashierPage};
use app::{App, Error};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;

use crate::Problem;
use crate::path::id;

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Pages for people are not part of the API's description.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().route("/sandbox/cashier/{payment_id}", get(show).post(press))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Press {
    action: ActionWord,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ActionWord {
    Pay,
    Fail,
    Late,
    Twice,
}

async fn show(State(app): State<App>, Path(payment_id): Path<String>) -> Result<Response, Problem> {
    let page = cashier::page(&app, id(&payment_id, "payment_not_found")?).await?;
    let headers: [(HeaderName, &str); 1] = [(header::CONTENT_SECURITY_POLICY, POLICY)];
    Ok((headers, Html(render(&page))).into_response())
}

async fn press(
    State(app): State<App>,
    Path(payment_id): Path<String>,
    form: Result<Form<Press>, axum::extract::rejection::FormRejection>,
) -> Result<Redirect, Problem> {
    let Form(press) =
        form.map_err(|rejection| Error::invalid("body_invalid").because(rejection))?;
    let action = match press.action {
        ActionWord::Pay => Action::Pay,
        ActionWord::Fail => Action::Fail,
        ActionWord::Late => Action::Late,
        ActionWord::Twice => Action::Twice,
    };
    let payment = id(&payment_id, "payment_not_found")?;
    cashier::act(&app, payment, action).await?;
    // Relative, so that it holds behind any proxy.
    Ok(Redirect::to(&payment.to_string()))
}

/// Everything that is filled in is an id, an amount or a word of ours: nothing of it needs escaping.
fn render(page: &CashierPage) -> String {
    let state = match page.order_state {
        "paid" => "已支付",
        "closed" => "订单已关闭",
        "refunded" => "已退款",
        _ if page.is_open => "待支付",
        _ => "支付未成功",
    };
    let buttons = [
        ("pay", "支付"),
        ("fail", "支付失败"),
        ("late", "订单关闭后才到账"),
        ("twice", "重复通知"),
    ];
    let buttons: String = buttons
        .iter()
        .map(|(action, words)| {
            format!("<button name=\"action\" value=\"{action}\">{words}</button>")
        })
        .collect();
    format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
        <meta http-equiv=\"refresh\" content=\"5\"><title>沙箱收银台</title>\
        <style>body{{font:16px/1.6 system-ui,sans-serif;max-width:26rem;margin:2rem auto;padding:0 1rem}}\
        button{{display:block;width:100%;margin:.5rem 0;padding:.7rem;font:inherit}}b{{font-size:1.6rem}}</style>\
        <h1>沙箱收银台</h1><p>这里没有真实的钱：按哪个键，支付服务就怎样通知。</p>\
        <p><b>¥ {amount}</b></p><p id=\"state\">{state}</p><p><small>{id}</small></p>\
        <form method=\"post\">{buttons}</form></html>",
        amount = page.amount,
        id = page.payment_id,
    )
}
