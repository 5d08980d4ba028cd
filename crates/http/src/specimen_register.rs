//! The sandbox's business register: what stands in it about the specimen companies, to be changed as companies change their
//! names and representatives. Absent in production.

use std::fmt::Write as _;

use app::sandbox::{self, Entry};
use app::{App, Error};
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use axum::routing::get;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;

use crate::Problem;
use crate::page::{Page, escape};

/// Pages for people are not part of the API's description.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().route("/sandbox/register", get(show).post(change))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    uscc: String,
    name: String,
    legal_representative: String,
}

async fn show(State(app): State<App>) -> Result<Page, Problem> {
    Ok(render(&sandbox::entries(&app).await?))
}

async fn change(
    State(app): State<App>,
    form: Result<Form<Change>, axum::extract::rejection::FormRejection>,
) -> Result<Redirect, Problem> {
    let Form(to) = form.map_err(|rejection| Error::invalid("body_invalid").because(rejection))?;
    sandbox::change_entry(&app, &to.uscc, &to.name, &to.legal_representative).await?;
    // Relative, so that it holds behind any proxy.
    Ok(Redirect::to("register"))
}

fn render(entries: &[Entry]) -> Page {
    let mut body = String::from(
        "<header><h1>沙箱工商登记</h1><p>样本企业在这里更名、换法定代表人，手机端的核对随之改变。</p><p><a href=\"/sandbox\">返回沙箱</a></p></header><main><section><div class=\"cards\">",
    );
    for Entry {
        company,
        registered,
    } in entries
    {
        let _ = write!(
            body,
            "<form class=\"card\" method=\"post\"><h3><code>{uscc}</code></h3><input type=\"hidden\" name=\"uscc\" value=\"{uscc}\">\
            <label>名称<input type=\"text\" name=\"name\" value=\"{}\"></label>\
            <label>法定代表人<input type=\"text\" name=\"legal_representative\" value=\"{}\"></label><button>变更登记</button></form>",
            escape(&registered.name),
            escape(&registered.legal_representative),
            uscc = company.uscc,
        );
    }
    body.push_str("</div></section></main>");
    Page {
        title: "沙箱工商登记",
        body,
        refresh_s: None,
        in_frame: false,
        camera: false,
    }
}
