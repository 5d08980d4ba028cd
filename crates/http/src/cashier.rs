//! The sandbox's cashier page: a payment service's page on our own server. Absent in production.

use app::cashier::{self, Action, CashierPage};
use app::{App, Error};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::get;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;

use crate::Problem;
use crate::page::{Page, escape};
use crate::path::id;

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

async fn show(State(app): State<App>, Path(payment_id): Path<String>) -> Result<Page, Problem> {
    let page = cashier::page(&app, id(&payment_id, "payment_not_found")?).await?;
    Ok(render(&page, &app.settings.phone_url))
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

/// Everything that is filled in is an id, an amount or a word of ours, but for the address of the phone app.
fn render(page: &CashierPage, phone_url: &str) -> Page {
    let state = match page.order_state {
        "paid" => "已支付",
        "closed" => "订单已关闭",
        "refunded" => "已退款",
        _ if page.is_open => "待支付",
        _ => "支付未成功",
    };
    let buttons = [
        ("pay", "支付", "main"),
        ("fail", "支付失败", ""),
        ("late", "订单关闭后才到账", ""),
        ("twice", "支付，但通知两次", ""),
    ];
    let buttons: String = buttons
        .iter()
        .map(|(action, words, class)| {
            format!("<button class=\"{class}\" name=\"action\" value=\"{action}\">{words}</button>")
        })
        .collect();
    let back = format!(
        "<a class=\"button {}\" id=\"back\" href=\"{}/orders/{}\">返回</a>",
        if page.is_open { "" } else { "main" },
        escape(phone_url),
        page.order_id
    );
    // The way on comes first: to pay while it can be paid, back to the order afterwards.
    let (first, second) = if page.is_open {
        (format!("<form method=\"post\">{buttons}</form>"), back)
    } else {
        (
            back,
            format!(
                "<details><summary>再扮演一次</summary><form method=\"post\">{buttons}</form></details>"
            ),
        )
    };
    Page {
        title: "沙箱收银台",
        body: format!(
            "<header><h1>沙箱收银台</h1><p>这里没有真实的钱：按哪个键，支付服务就怎样通知。</p></header><main>\
            <section><div class=\"big\">¥ {amount}</div><p id=\"state\">{state}</p>{first}{second}\
            <p class=\"note\"><small>{id}</small></p></section></main>",
            amount = page.amount,
            id = page.payment_id,
        ),
        refresh_s: Some(5),
        in_frame: false,
        camera: false,
    }
}
