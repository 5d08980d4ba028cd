//! The sandbox's bank page: what the finance department of a unit sees, and buttons for money on its way. Absent in production.

use std::fmt::Write as _;

use app::bank::{self, Action, Progress, StatementLine};
use app::{App, Error};
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use axum::routing::get;
use domain::Fen;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;

use crate::Problem;
use crate::page::{Page, escape};

/// Pages for people are not part of the API's description.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().route("/sandbox/bank", get(show).post(press))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Press {
    transfer: String,
    action: ActionWord,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ActionWord {
    Arrive,
    Return,
}

async fn show(State(app): State<App>) -> Result<Page, Problem> {
    Ok(render(&bank::statement(&app).await?))
}

async fn press(
    State(app): State<App>,
    form: Result<Form<Press>, axum::extract::rejection::FormRejection>,
) -> Result<Redirect, Problem> {
    let Form(press) =
        form.map_err(|rejection| Error::invalid("body_invalid").because(rejection))?;
    let action = match press.action {
        ActionWord::Arrive => Action::Arrive,
        ActionWord::Return => Action::Return,
    };
    bank::act(&app, &press.transfer, action).await?;
    // Relative, so that it holds behind any proxy.
    Ok(Redirect::to("bank"))
}

fn render(lines: &[StatementLine]) -> Page {
    let mut body = String::from(
        "<header><h1>沙箱银行</h1><p>这里没有真实的钱：单位财务在对账单上会看到的小额打款都列在这里。</p><p><a href=\"/sandbox\">返回沙箱</a></p></header><main>\
        <section><h2>怎样扮演</h2><p class=\"note\">账号尾号 <code>0001</code> 银行不受理，<code>0002</code> 会被退回，<code>0003</code> 两天后才到账，<code>0009</code> 银行始终没有回应；其他账号约半分钟后到账。</p></section>\
        <section id=\"transfers\"><h2>打款记录</h2>",
    );
    if lines.is_empty() {
        body.push_str(
            "<p class=\"note\">还没有打款。在手机端为单位申请对公账号打款，记录会出现在这里。</p>",
        );
    }
    for line in lines {
        write_line(&mut body, line);
    }
    body.push_str("</section></main>");
    Page {
        title: "沙箱银行",
        body,
        refresh_s: Some(5),
        in_frame: false,
        camera: false,
    }
}

fn write_line(body: &mut String, line: &StatementLine) {
    let (state, buttons) = match &line.progress {
        Progress::Waiting => ("在途".to_owned(), true),
        Progress::Arrived(_) => ("已到账".to_owned(), false),
        Progress::Returned(why) => (format!("已退回：{}", escape(why)), false),
    };
    let _ = write!(
        body,
        "<div class=\"card transfer\"><h3>{}</h3><dl><dt>金额</dt><dd class=\"amount\"><code>{}</code> 元</dd><dt>状态</dt><dd class=\"state\">{state}</dd>\
        <dt>开户行</dt><dd>{}</dd><dt>账号尾号</dt><dd>{}</dd><dt>付款方</dt><dd>网银在线（沙箱）</dd></dl>",
        escape(&line.holder),
        Fen(line.amount_fen),
        escape(&line.branch),
        escape(&line.account),
    );
    if buttons {
        let _ = write!(
            body,
            "<form method=\"post\"><input type=\"hidden\" name=\"transfer\" value=\"{}\"><button class=\"main\" name=\"action\" value=\"arrive\">立即到账</button><button name=\"action\" value=\"return\">退回</button></form>",
            escape(&line.provider_ref)
        );
    }
    body.push_str("</div>");
}
