//! The service with vendors behind it, through its front door.

use std::sync::Arc;
use std::time::{Duration, Instant as Watch};

use app::{App, Clock as _};
use hulian_tests::person::{DeviceKey, sign_in_body};
use hulian_tests::vendors::{Clock, FakeAliyun, Trouble};
use hulian_tests::{Answer, TestApp, both};
use providers::Providers;
use providers::specimen::PEOPLE;
use providers::vendor::aliyun::AliyunIdentity;
use reqwest::Method;
use serde_json::{Value, json};

use super::{PATIENCE, aliyun_at, aliyun_sms};

const NUMBER: &str = "13712345678";

fn clock_of(app: &TestApp) -> Clock {
    let fixed = Arc::clone(&app.clock);
    Arc::new(move || fixed.now())
}

/// The same service with text messages and the authority at Aliyun's.
fn with_aliyun(app: &TestApp, base_url: &str) -> App {
    let clock = clock_of(app);
    let providers = Providers {
        sms: Arc::new(aliyun_sms(base_url, &clock)),
        identity: Arc::new(AliyunIdentity {
            account: aliyun_at(base_url, &clock),
        }),
        patience: PATIENCE,
        ..app.app.providers.clone()
    };
    App {
        providers,
        ..app.app.clone()
    }
}

async fn post(app: &TestApp, url: &str, token: Option<&str>, body: &Value) -> Answer {
    let mut request = app.client.request(Method::POST, url).json(body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    Answer::of(request).await
}

both! {
    /// Asks for a code, gets it by the vendor, signs in, and is known to the authority.
    async fn ops_2_a_code_and_a_name_go_through_aliyun(app: TestApp) {
        let fake = FakeAliyun::start(clock_of(&app)).await;
        let service = with_aliyun(&app, &fake.base_url);
        let base = app.serve_beside(http_api::router(service.clone())).await;
        let asked = json!({ "area": "+86", "number": NUMBER, "purpose": "sign_in" });
        post(&app, &format!("{base}/api/v1/sms-codes"), None, &asked).await.ok(202);
        app::work::worker(&service).run_due().await.expect("the queue works");
        let sent = fake.sent();
        assert_eq!((sent.len(), sent[0].number.as_str()), (1, NUMBER));
        let code = &sent[0].parameters["code"];
        let device = DeviceKey::new(&app);
        let body = sign_in_body(&device, NUMBER, code);
        let session = post(&app, &format!("{base}/api/v1/sessions"), None, &body).await.ok(201);
        let token = session["access_token"].as_str().expect("a token");
        let identify = format!("{base}/api/v1/identity");
        let facts = |name: &str| json!({
            "nationality": "CN", "name": name, "id_number": PEOPLE[0].id_number,
        });
        post(&app, &identify, Some(token), &facts("何某人")).await.problem(409, "identity_mismatch");
        post(&app, &identify, Some(token), &facts(PEOPLE[0].name)).await.ok(200);
    }

    /// What a vendor refuses for good is not asked for again; its own trouble is.
    async fn ops_2_a_message_is_tried_again_only_where_that_helps(app: TestApp) {
        let fake = FakeAliyun::start(clock_of(&app)).await;
        let service = with_aliyun(&app, &fake.base_url);
        let base = app.serve_beside(http_api::router(service.clone())).await;
        let worker = app::work::worker(&service);
        // The recurring jobs of a service that has just started.
        worker.run_due().await.expect("the queue works");
        for (number, tries) in [("19900000003", [1, 0]), ("19900000002", [1, 1])] {
            let asked = json!({ "area": "+86", "number": number, "purpose": "sign_in" });
            post(&app, &format!("{base}/api/v1/sms-codes"), None, &asked).await.ok(202);
            let first = worker.run_due().await.expect("the queue works");
            app.clock.advance_s(60);
            let later = worker.run_due().await.expect("the queue works");
            assert_eq!([first, later], tries, "{number}");
            app.clock.advance_s(600);
            worker.run_due().await.expect("the queue works");
        }
        assert!(fake.sent().is_empty());
    }

    /// Nobody listens, and then somebody who never answers: the person is told soon, and nothing is counted.
    async fn ops_2_an_authority_that_is_silent_keeps_nobody_waiting(app: TestApp) {
        let person = app.signed_in_by(NUMBER).await;
        for trouble in [Trouble::Down, Trouble::Silent] {
            let service = with_aliyun(&app, &trouble.start().await);
            let base = app.serve_beside(http_api::router(service)).await;
            let facts = json!({
                "nationality": "CN", "name": PEOPLE[0].name, "id_number": PEOPLE[0].id_number,
            });
            for _ in 0..2 {
                let watch = Watch::now();
                let url = format!("{base}/api/v1/identity");
                let answer = post(&app, &url, Some(&person.access_token), &facts).await;
                answer.problem(503, "identity_unavailable");
                assert!(watch.elapsed() < PATIENCE + Duration::from_secs(3));
            }
        }
    }
}
