//! What goes wrong at the edge is told as problem+json, and every answer carries the headers.

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Router, middleware};
use http_api::{Json, Problem};
use hulian_tests::{Answer, TestApp, both};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Echo {
    n: u8,
}

async fn echo(Json(echo): Json<Echo>) -> Json<Echo> {
    Json(echo)
}

async fn refuse(State(app): State<app::App>) -> Result<(), Problem> {
    let _ = app;
    Err(app::Error::too_many("sms_too_soon", 42)
        .because("inside words")
        .into())
}

async fn fail() -> Result<(), Problem> {
    Err(app::Error::internal("inside words").into())
}

/// Routes of the test under the layers of the service.
async fn beside(app: &TestApp) -> String {
    let routes = Router::new()
        .route("/echo", post(echo))
        .route("/refuse", get(refuse))
        .route("/fail", get(fail));
    app.serve_beside(http_api::dress(routes, app.app.clone()))
        .await
}

both! {
    async fn health_and_readiness_answer(app: TestApp) {
        app.get("/healthz").await.ok(204);
        let ready = app.get("/readyz").await;
        ready.ok(204);
        assert_eq!(ready.headers["x-content-type-options"], "nosniff");
        assert_eq!(ready.headers["cache-control"], "no-store");
        assert_eq!(ready.headers["x-request-id"].len(), 36);
    }

    async fn a_database_that_is_gone_is_not_ready(app: TestApp) {
        app.app.db.close().await;
        app.get("/healthz").await.ok(204);
        app.get("/readyz").await.problem(503, "not_ready");
    }

    async fn unknown_paths_and_methods_have_codes(app: TestApp) {
        app.get("/api/v1/nothing").await.problem(404, "not_found");
        app.get("/nothing").await.problem(404, "not_found");
        app.post("/healthz", &json!({})).await.problem(405, "method_not_allowed");
    }
}

#[tokio::test]
async fn bodies_of_the_wrong_shape_have_codes() {
    let (app, cleanup) = TestApp::sqlite().await;
    let base = beside(&app).await;
    let send = async |kind: &str, body: Vec<u8>| {
        let request = app.client.request(Method::POST, format!("{base}/echo"));
        Answer::of(request.header("content-type", kind).body(body)).await
    };
    assert_eq!(
        send("application/json", b"{\"n\": 7}".to_vec())
            .await
            .ok(200),
        json!({"n": 7})
    );
    assert_eq!(
        send("application/json; charset=utf-8", b"{\"n\":7}".to_vec())
            .await
            .ok(200),
        json!({"n": 7})
    );
    for body in [
        "",
        "{",
        "[]",
        "{}",
        "{\"n\": 256}",
        "{\"n\": 1, \"m\": 2}",
        "{\"n\": 1} x",
        "\u{feff}{\"n\": 1}",
    ] {
        let params = send("application/json", body.into())
            .await
            .problem(400, "body_invalid");
        assert!(params["at"].is_string(), "{params}");
    }
    let deep = "[".repeat(10_000);
    send("application/json", deep.into())
        .await
        .problem(400, "body_invalid");
    send("text/plain", b"{\"n\": 7}".to_vec())
        .await
        .problem(400, "content_type_invalid");
    send("application/json", vec![b' '; http_api::BODY_BYTES_MAX + 1])
        .await
        .problem(413, "body_too_large");
    cleanup.run().await;
}

#[tokio::test]
async fn refusals_carry_their_parameters_and_no_inside_words() {
    let (app, cleanup) = TestApp::sqlite().await;
    let base = beside(&app).await;
    let refused = Answer::of(app.client.get(format!("{base}/refuse"))).await;
    assert_eq!(
        refused.problem(429, "sms_too_soon"),
        json!({"retry_after_s": 42})
    );
    assert_eq!(refused.headers["retry-after"], "42");
    let failed = Answer::of(app.client.get(format!("{base}/fail"))).await;
    assert_eq!(failed.problem(500, "internal"), json!({}));
    for answer in [refused, failed] {
        assert!(!String::from_utf8_lossy(&answer.bytes).contains("inside"));
    }
    cleanup.run().await;
}

#[tokio::test]
async fn a_layer_of_a_route_may_raise_its_limit() {
    let (app, cleanup) = TestApp::sqlite().await;
    let limit = axum::extract::DefaultBodyLimit::max(256 * 1024);
    let routes = Router::new().route("/echo", post(echo).layer(limit));
    let quiet = middleware::from_fn(
        async |request: axum::extract::Request, next: middleware::Next| next.run(request).await,
    );
    let base = app
        .serve_beside(http_api::dress(routes.layer(quiet), app.app.clone()))
        .await;
    let mut body = vec![b' '; 200 * 1024];
    body.extend_from_slice(b"{\"n\": 7}");
    let request = app
        .client
        .post(format!("{base}/echo"))
        .header("content-type", "application/json");
    assert_eq!(
        Answer::of(request.body(body)).await.ok(200),
        json!({"n": 7})
    );
    cleanup.run().await;
}

#[test]
fn the_description_names_its_routes() {
    let document = serde_json::to_value(http_api::openapi()).expect("JSON");
    assert!(document["paths"]["/healthz"]["get"].is_object());
    assert!(document["components"]["schemas"]["ProblemBody"]["properties"]["code"].is_object());
}
