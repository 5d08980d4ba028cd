//! The first page of the public origin: where everything is.

use app::App;
use axum::extract::State;

use crate::page::{Page, escape};

/// Shows it.
pub(super) async fn show(State(app): State<App>) -> Page {
    let phone = escape(&app.settings.phone_url);
    let sandbox = if app.settings.production {
        ""
    } else {
        "<section><h2>沙箱</h2><p class=\"note\">这是演示环境：短信、实名核验、工商登记和支付都由系统自己扮演，\
         签发的证书和印章没有法律效力。</p><a class=\"button\" href=\"/sandbox\">短信、样本人员和样本企业</a></section>"
    };
    let body = format!(
        "<header><h1>互连</h1><p>手机上的数字证书和电子印章</p></header><main>\
        <section><h2>手机端</h2><p class=\"note\">在手机或电脑的浏览器里打开，登录、办证、制章、扫码签章。</p>\
        <a class=\"button main\" href=\"{phone}\">{phone}</a></section>\
        <section><h2>验签</h2><p class=\"note\">任何人都可以查验一份已签章的 PDF：谁、哪个单位、何时、之后有没有改动。</p>\
        <a class=\"button\" href=\"/verify/\">打开验签页</a></section>{sandbox}\
        <section><h2>开发者</h2><ul><li><a href=\"/api/v1/openapi.json\">接口描述（OpenAPI）</a></li></ul></section></main>"
    );
    Page {
        title: "互连",
        body,
        refresh_s: None,
        in_frame: false,
        camera: false,
    }
}
