//! The sandbox's camera page: a face provider's page on our own server. Absent in production.

use app::face::{self, CameraPage, Press};
use app::{App, Error};
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;

use crate::Problem;
use crate::page::{Page, escape};

/// Shows what the camera sees, where there is one, and sends it nowhere.
const SCRIPT: &str = "\
const video = document.querySelector('video');
const note = document.querySelector('#camera');
navigator.mediaDevices?.getUserMedia({ video: { facingMode: 'user' } }).then(
  (stream) => { video.srcObject = stream; video.hidden = false; note.hidden = true; },
  () => undefined,
);
";

/// Pages for people are not part of the API's description.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .route("/sandbox/face/{check_id}", get(show).post(press))
        .route("/sandbox/camera.js", get(script))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pressed {
    action: ActionWord,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ActionWord {
    Pass,
    Fail,
    NoPicture,
    GiveUp,
}

async fn show(State(app): State<App>, Path(check_id): Path<String>) -> Result<Page, Problem> {
    Ok(render(&face::camera(&app, &check_id)?))
}

async fn press(
    State(app): State<App>,
    Path(check_id): Path<String>,
    form: Result<Form<Pressed>, FormRejection>,
) -> Result<Redirect, Problem> {
    let Form(pressed) =
        form.map_err(|rejection| Error::invalid("body_invalid").because(rejection))?;
    let press = match pressed.action {
        ActionWord::Pass => Press::Pass,
        ActionWord::Fail => Press::Fail,
        ActionWord::NoPicture => Press::NoPicture,
        ActionWord::GiveUp => Press::GiveUp,
    };
    let page = face::press(&app, &check_id, press).await?;
    Ok(Redirect::to(&page.return_url))
}

async fn script(State(app): State<App>) -> Result<Response, Problem> {
    if app.settings.production {
        return Err(Error::not_found("not_found").into());
    }
    let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], SCRIPT).into_response())
}

/// The one thing that is filled in and not of ours is the address to go back to.
fn render(page: &CameraPage) -> Page {
    let buttons = [
        ("pass", "通过", "main"),
        ("fail", "不通过", ""),
        ("no_picture", "没有底照可比对", ""),
        ("give_up", "放弃", ""),
    ];
    let buttons: String = buttons
        .iter()
        .map(|(action, words, class)| {
            format!("<button class=\"{class}\" name=\"action\" value=\"{action}\">{words}</button>")
        })
        .collect();
    let act = if page.is_over {
        format!(
            "<p id=\"state\">这次识别已经结束。</p><a class=\"button main\" id=\"back\" href=\"{}\">返回</a>",
            escape(&page.return_url)
        )
    } else {
        format!("<form method=\"post\">{buttons}</form>")
    };
    Page {
        title: "沙箱人脸识别",
        body: format!(
            "<header><h1>沙箱人脸识别</h1><p>这里不比对真实的人脸：画面不会上传，按哪个键，就是哪个结果。</p></header><main><section>\
            <video autoplay muted playsinline hidden></video><p class=\"note\" id=\"camera\">这台设备没有可用的摄像头，不影响演示。</p>\
            {act}</section></main>"
        ),
        refresh_s: None,
        in_frame: false,
        camera: true,
    }
}
