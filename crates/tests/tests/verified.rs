//! ACC-11 through HTTP: before the real-name check is complete, no door about certificates, seals, certificate password and
//! scans opens, and each says the same; what lies behind is as it was.

use domain::product::Algorithm;
use hulian_tests::person::TestPerson;
use hulian_tests::{Answer, Phone, TestApp, both};
use protocol::Base64Url;
use providers::specimen::PEOPLE;
use reqwest::Method;
use serde_json::{Value, json};

type Door = (Method, String, Value);

/// Every door, with what a verified person would bring.
async fn doors(app: &TestApp, phone: &Phone, unit: &str) -> Vec<Door> {
    let (desk, blinded) = (
        app.desk().await,
        cosign::oprf::Blind::start(b"295831", &mut app.app.rng())
            .expect("blinded")
            .1,
    );
    let opened = app.opened(&desk, phone).await;
    let get = |path: &str| (Method::GET, path.to_owned(), Value::Null);
    let post = |path: &str, body: Value| (Method::POST, path.to_owned(), body);
    let seal = json!({"unit_id": unit, "kind": "company"});
    let evaluation = json!({"blinded": Base64Url::encode(&blinded), "purpose": "set"});
    vec![
        get("/api/v1/holdings"),
        get(&format!("/api/v1/holdings/{unit}/installs")),
        get("/api/v1/seals"),
        get(&format!("/api/v1/seals?unit_id={unit}")),
        get("/api/v1/me/guessable"),
        post("/api/v1/seals", seal.clone()),
        post("/api/v1/seals/preview", seal),
        post(
            "/api/v1/orders",
            app.order_body(phone, None, Algorithm::Rsa).await,
        ),
        post("/api/v1/password/evaluations", evaluation),
        post(&opened.phone_path("/claim"), json!({})),
    ]
}

async fn knock(app: &TestApp, token: &str, (method, path, body): &Door) -> Answer {
    let request = app.request(method.clone(), path).bearer_auth(token);
    let request = request.header("idempotency-key", "knock");
    Answer::of(if body.is_null() {
        request
    } else {
        request.json(body)
    })
    .await
}

/// Signed in, and no more than that.
async fn newcomer(app: &TestApp, number: usize) -> TestPerson {
    let person = app.signed_in_by(PEOPLE[number].phone).await;
    let me = person.get(app, "/api/v1/me").await.ok(200);
    assert_eq!(me["verified"], false);
    person
}

both! {
    async fn acc_11_no_door_opens_before_the_real_name_and_each_says_the_same(app: TestApp) {
        let (owner, person) = (app.phone(0).await, newcomer(&app, 1).await);
        let unit = app.unit(&owner, 0).await;
        let doors = doors(&app, &owner, &unit).await;
        for door in &doors {
            knock(&app, &person.access_token, door).await.problem(403, "not_verified");
        }
        assert_eq!(person.get(&app, "/api/v1/me").await.ok(200)["password_set"], false);
        person.identify(&app, 1).await.ok(200);
        for door in &doors {
            let answer = knock(&app, &person.access_token, door).await;
            let body: Option<Value> = serde_json::from_slice(&answer.bytes).ok();
            let code = body.as_ref().and_then(|body| body["code"].as_str());
            assert_ne!(code, Some("not_verified"), "{} {}", door.0, door.1);
        }
        person.get(&app, "/api/v1/holdings").await.ok(200);
        person.get(&app, "/api/v1/seals").await.ok(200);
    }

    async fn acc_11_a_check_that_is_half_done_opens_nothing(sandbox: TestApp) {
        let owner = sandbox.phone(0).await;
        let unit = sandbox.unit(&owner, 0).await;
        let doors = doors(&sandbox, &owner, &unit).await;
        let app = sandbox.full_policy_node().await;
        let person = newcomer(&app, 1).await;
        // Name and number hold; card and face are still to come.
        let half = person.identify(&app, 1).await.ok(200);
        assert_eq!((&half["verified"], &half["missing_evidence"]), (&json!(false), &json!(["id_card", "face"])));
        for door in &doors {
            knock(&app, &person.access_token, door).await.problem(403, "not_verified");
        }
        app.app.db.close().await;
    }
}
