//! Two origins: the phone app's serves the app and the API, the public one everything else.

use hulian_tests::{Answer, TestApp, both};
use reqwest::Method;

/// GETs a path as a browser would that has the phone app's address open.
async fn on_phone_origin(app: &TestApp, path: &str) -> Answer {
    let host = app.app.settings.phone_url.trim_start_matches("http://");
    Answer::of(app.request(Method::GET, path).header("host", host)).await
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.bytes.clone()).expect("UTF-8")
}

both! {
    async fn the_phone_origin_serves_the_app_and_the_api_and_nothing_else(app: TestApp) {
        let policy = |answer: &Answer| answer.headers["content-security-policy"].to_str().expect("text").to_owned();
        for path in ["/", "/s/AAECAwQFBgcICQoLDA0ODw", "/sandbox", "/verify/", "/pki/rsa/root"] {
            let page = on_phone_origin(&app, path).await;
            // Built or not: it is the app's page, or the one that says how to build it.
            assert!(matches!(page.status.as_u16(), 200 | 503), "{path}: {}", page.status);
            assert!(policy(&page).starts_with("default-src 'self'; script-src 'self' 'wasm-unsafe-eval';"), "{path}");
            assert!(page.headers["permissions-policy"].to_str().expect("text").contains("publickey-credentials-get=(self)"));
            assert!(!text(&page).contains("样本人员"), "{path}");
        }
        on_phone_origin(&app, "/sandbox/inbox.json").await.problem(404, "not_found");
        on_phone_origin(&app, "/api/v1/me").await.problem(401, "unauthenticated");
        on_phone_origin(&app, "/api/v1/openapi.json").await.ok(200);
        let host = app.app.settings.phone_url.trim_start_matches("http://");
        Answer::of(app.request(Method::POST, "/sandbox").header("host", host)).await.problem(405, "method_not_allowed");
    }

    async fn the_public_origin_never_serves_the_phone_app(app: TestApp) {
        let landing = app.get("/").await;
        assert_eq!(landing.status.as_u16(), 200);
        let (landing, phone) = (text(&landing), &app.app.settings.phone_url);
        for part in ["/verify/", "/sandbox", "沙箱", phone] {
            assert!(landing.contains(part), "{part}");
        }
        app.get("/s/AAECAwQFBgcICQoLDA0ODw").await.problem(404, "not_found");
        for path in ["/verify/", "/console/", "/verify/some/page"] {
            let page = app.get(path).await;
            assert!(matches!(page.status.as_u16(), 200 | 503), "{path}");
            assert!(page.headers["permissions-policy"].to_str().expect("text").contains("camera=()"));
        }
        app.get("/verify/assets/gone-1.js").await.problem(404, "not_found");
    }

    async fn a_newcomer_finds_everything_on_the_sandbox_page(app: TestApp) {
        let page = text(&app.get("/sandbox").await);
        for part in ["10010119790312001X", "91990000MA0000015Q", "照着填", "/sandbox/inbox", &app.app.settings.phone_url] {
            assert!(page.contains(part), "{part}");
        }
        assert!(text(&app.get("/sandbox/inbox").await).contains("还没有消息"));
        let code = app.code("13900000001").await;
        let frame = app.get("/sandbox/inbox").await;
        assert!(text(&frame).contains(&format!("<div class=\"big\">{code}</div>")));
        assert!(text(&frame).contains("http-equiv=\"refresh\""));
        assert_eq!(frame.headers["x-frame-options"], "SAMEORIGIN");
    }

    async fn the_cashier_leads_back_to_the_order(app: TestApp) {
        let phone = app.phone(0).await;
        let body = app.order_body(&phone, None, domain::product::Algorithm::Sm2).await;
        let (order, payment) = app.ordered(&phone, &body).await;
        let path = format!("/sandbox/cashier/{payment}");
        let back = format!("href=\"{}/orders/{order}\"", app.app.settings.phone_url);
        for action in ["", "pay"] {
            if !action.is_empty() {
                app.press(&payment, action).await;
            }
            assert!(text(&app.get(&path).await).contains(&back), "{action}");
        }
    }
}
