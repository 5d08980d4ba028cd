//! Nobody but its own page drives the desk.

use hulian_tests::{Answer, TestApp};
use reqwest::Method;
use serde_json::json;

use super::api::Tool;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_hosts_origins_tokens_and_visitors_without_cookie_are_refused() {
    let (app, cleanup) = TestApp::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let tool = Tool::start(&app, folder.path()).await;
    let port = tool.host.rsplit(':').next().unwrap().to_owned();
    for host in [
        format!("localhost:{port}"),
        format!("bid.example:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1.nip.io:{port}"),
        "127.0.0.1:1".to_owned(),
    ] {
        let request = tool
            .client
            .get(format!("http://{}/desk/v1/state", tool.host))
            .header("host", &host);
        Answer::of(request).await.problem(403, "host_refused");
        let page = tool
            .client
            .get(format!("http://{}/", tool.host))
            .header("host", &host);
        Answer::of(page).await.problem(403, "host_refused");
    }
    let url = format!("http://{}/desk/v1/sign-in", tool.host);
    Answer::of(tool.client.post(&url))
        .await
        .problem(403, "origin_refused");
    for origin in [
        format!("http://localhost:{port}"),
        format!("https://127.0.0.1:{port}"),
        "null".to_owned(),
        "http://127.0.0.1:1".to_owned(),
        "https://evil.example".to_owned(),
    ] {
        Answer::of(tool.client.post(&url).header("origin", &origin))
            .await
            .problem(403, "origin_refused");
        let read = tool
            .client
            .get(format!("http://{}/desk/v1/state", tool.host))
            .header("origin", &origin);
        Answer::of(read).await.problem(403, "origin_refused");
    }
    let stranger = reqwest::Client::builder().no_proxy().build().unwrap();
    let own = format!("http://{}", tool.host);
    for (method, path) in [
        (Method::GET, "/state"),
        (Method::POST, "/documents"),
        (Method::GET, "/events"),
        (Method::POST, "/sign-in"),
    ] {
        let request = stranger
            .request(method, format!("{own}/desk/v1{path}"))
            .header("origin", &own);
        Answer::of(request).await.problem(401, "unauthenticated");
    }
    for cookie in ["hulian_desk=", "hulian_desk=AAAA", "x=y"] {
        let request = stranger
            .get(format!("{own}/desk/v1/state"))
            .header("cookie", cookie);
        Answer::of(request).await.problem(401, "unauthenticated");
    }
    tool.post("/session", &json!({"token": "A".repeat(43)}))
        .await
        .problem(401, "token_wrong");
    tool.post("/session", &json!({"token": tool.token, "more": 1}))
        .await
        .problem(400, "body_invalid");
    assert_eq!(
        tool.get("/state").await.ok(200)["server"]["reachable"],
        true
    );
    tool.end().await;
    cleanup.run().await;
}
