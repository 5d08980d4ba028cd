//! Who may call what: every route of the API is really called by everybody that the service tells apart, and what they are
//! answered stands in `golden/access.txt`. A route that is new, gone or answers otherwise fails here; look at the difference,
//! then write the file anew with `HULIAN_TEST_WRITE=1 cargo nextest run -p hulian-tests access`.

mod callers;
mod sample;

use std::collections::BTreeMap;
use std::path::Path;

use hulian_tests::{Answer, TestApp};
use reqwest::Method;
use serde_json::Value;

use callers::{Caller, Scene};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/access.txt");

#[tokio::test(flavor = "multi_thread")]
async fn ops_1_every_route_answers_everybody_as_the_golden_file_has_it() {
    let (app, cleanup) = TestApp::sqlite().await;
    let scene = Scene::set(&app).await;
    let openapi = serde_json::to_value(http_api::openapi()).expect("JSON");
    let mut found = String::new();
    for (path, operations) in openapi["paths"].as_object().expect("paths") {
        for (verb, operation) in operations.as_object().expect("operations") {
            let method: Method = verb.to_uppercase().parse().expect("a method");
            let body = sample::body(&openapi, operation, &scene);
            found.push_str(&entry(&app, &scene, &method, path, body.as_ref()).await);
        }
    }
    cleanup.run().await;
    if std::env::var_os("HULIAN_TEST_WRITE").is_some() {
        std::fs::create_dir_all(Path::new(GOLDEN).parent().expect("a folder")).expect("made");
        std::fs::write(GOLDEN, &found).expect("written");
    }
    let golden = std::fs::read_to_string(GOLDEN).expect("the golden file");
    let first = golden
        .lines()
        .zip(found.lines())
        .find(|(golden, found)| golden != found);
    assert_eq!(first, None, "the first line that differs (golden, found)");
    assert_eq!(
        golden.len(),
        found.len(),
        "lines at the end are missing or too many"
    );
}

/// What everybody is answered on one route. Each route meets the scene as it was set, whatever others have changed; within
/// a route those who may least come first.
async fn entry(
    app: &TestApp,
    scene: &Scene,
    method: &Method,
    path: &str,
    body: Option<&Value>,
) -> String {
    let (twin, cleanup) = app.twin().await;
    let filled = sample::path(path, scene);
    let mut answers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for caller in &scene.callers {
        let answer = call(&twin, caller, method, &filled, body).await;
        answers.entry(told(&answer)).or_default().push(caller.name);
    }
    drop(twin);
    cleanup.run().await;
    let mut entry = format!("{method} {path}\n");
    for (answer, names) in answers {
        entry.push_str(&format!("  {answer}: {}\n", names.join(", ")));
    }
    entry
}

async fn call(
    app: &TestApp,
    caller: &Caller,
    method: &Method,
    path: &str,
    body: Option<&Value>,
) -> Answer {
    let mut request = app.request(method.clone(), path);
    if let Some(token) = &caller.token {
        request = request.bearer_auth(token);
    }
    request = match body {
        Some(Value::String(bytes)) => request.body(bytes.clone()),
        Some(body) => request.json(body),
        None => request,
    };
    Answer::of(request).await
}

/// The status, and the code of a refusal.
fn told(answer: &Answer) -> String {
    let body: Option<Value> = serde_json::from_slice(&answer.bytes).ok();
    let code = body.as_ref().and_then(|body| body["code"].as_str());
    match code {
        Some(code) if !answer.status.is_success() => format!("{} {code}", answer.status.as_u16()),
        _ => answer.status.as_u16().to_string(),
    }
}
