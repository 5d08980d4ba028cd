//! The service with vendors behind it, through its front door.

use std::sync::Arc;
use std::time::{Duration, Instant as Watch};

use app::{App, Clock as _};
use hulian_tests::certify::{deposit, full, licensed, state, verified};
use hulian_tests::identity::{progress, up_to_face};
use hulian_tests::person::{DeviceKey, sign_in_body};
use hulian_tests::vendors::{
    BRANCH_CODE, BRANCH_NAME, Clock, FaceOutcome, FakeAliyun, FakeEsign, SCENE_ID, Trouble,
};
use hulian_tests::{Answer, TestApp, both};
use providers::Providers;
use providers::specimen::PEOPLE;
use providers::vendor::aliyun::{AliyunFace, AliyunIdentity};
use providers::vendor::esign::EsignDeposit;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{PATIENCE, aliyun_at, aliyun_sms, esign_at};

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
    let key = hex::encode(app.app.random_bytes::<16>());
    let request = app.client.request(Method::POST, url);
    let mut request = request.header("idempotency-key", key).json(body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    Answer::of(request).await
}

/// The same service with a change, where vendors can reach it: its address, and what does its jobs.
async fn with(app: &TestApp, change: impl FnOnce(&mut Providers)) -> (String, App) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let mut providers = app.app.providers.clone();
    providers.patience = PATIENCE;
    change(&mut providers);
    let service = App {
        providers,
        settings: Arc::new(app::Settings {
            public_url: base.clone(),
            ..(*app.app.settings).clone()
        }),
        ..app.app.clone()
    };
    let router = http_api::router(service.clone());
    let router = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (base, service)
}

async fn due(service: &App) {
    let done = app::work::worker(service).run_due().await;
    done.expect("the queue works");
}

both! {
    /// The bank does what it was asked and its answer is lost; what it reports is heard, what a stranger reports is not.
    async fn unit_7_a_deposit_goes_through_esign(sandbox: TestApp) {
        let app = full(&sandbox).await;
        let head = verified(&app, 0).await;
        let unit = licensed(&app, &head, 0).await;
        let fake = FakeEsign::start(clock_of(&app)).await;
        let bank = EsignDeposit::new(esign_at(&fake.base_url, &clock_of(&app)));
        let (base, service) = with(&app, |providers| providers.deposit = Arc::new(bank)).await;
        let url = format!("{base}/api/v1/units/{unit}/deposit");
        let asked = json!({
            "branch_code": BRANCH_CODE, "branch_name": BRANCH_NAME, "account": "6222 0000 1234 0009",
        });
        let asked = post(&app, &url, Some(&head.token), &asked).await.ok(201);
        let number = asked["deposit_id"].as_str().expect("an id").replace('-', "");
        // The file was opened, and nothing is paid in it; then it is, and nobody hears of it.
        assert_eq!((fake.flow_count(), fake.transfers_of(&number)), (1, 0));
        due(&service).await;
        assert_eq!(fake.transfers_of(&number), 1);
        assert_eq!(state(&app, &head, &unit).await, "deposit_asked");
        for _ in 0..3 {
            app.clock.advance_s(10);
            due(&service).await;
        }
        assert_eq!((fake.flow_count(), fake.transfers_of(&number)), (1, 1));
        let flow = fake.flow_of(&number).expect("a flow");
        fake.arrive(&flow);
        let report = fake.report(&flow, app.clock.now().micros() / 1000);
        assert_eq!(report.clone().signed_with("another secret").send().await, 400);
        for _ in 0..2 {
            assert!((200..300).contains(&report.send().await));
        }
        due(&service).await;
        assert_eq!(deposit(&app, &head, &unit).await["deposit"]["state"], "arrived");
        let url = format!("{url}/amount");
        let fen = fake.amount_fen(&flow);
        let typed = |fen: i64| json!({ "amount": domain::Fen(fen).to_string() });
        let wrong = post(&app, &url, Some(&head.token), &typed(fen + 1)).await;
        assert_eq!(wrong.problem(409, "amount_wrong")["left"], 2);
        let right = post(&app, &url, Some(&head.token), &typed(fen)).await.ok(200);
        assert_eq!(right["state"], "certified");
    }

    /// A stranger's face, a report that is forged, and then the right face, reported twice.
    async fn idv_1_a_face_check_goes_through_aliyun(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let fake = FakeAliyun::start(clock_of(&app)).await;
        let face = AliyunFace {
            account: aliyun_at(&fake.base_url, &clock_of(&app)),
            scene_id: SCENE_ID,
        };
        let (base, _) = with(&app, |providers| providers.face = Arc::new(face)).await;
        let phone = app.signed_in(0).await;
        up_to_face(&app, &phone, 0).await;
        let open = || async {
            let url = format!("{base}/api/v1/me/face-checks");
            let opened = post(&app, &url, Some(&phone.token), &Value::Null).await.ok(201);
            let page = opened["url"].as_str().expect("a page").to_owned();
            page.rsplit('/').next().expect("a number").to_owned()
        };
        let first = open().await;
        // Nothing has happened yet, whoever says so and however.
        let callback = fake.callback_of(&first);
        assert_eq!(reqwest::get(&callback).await.expect("an answer").status(), 200);
        let forged = callback.replace("callbackToken=", "callbackToken=0");
        assert_eq!(reqwest::get(&forged).await.expect("an answer").status(), 400);
        let state = progress(&app, &phone).await;
        assert_eq!((&state["face_failures"], &state["missing_evidence"]), (&json!(0), &json!(["face"])));
        fake.decide(&first, FaceOutcome::Failed(204));
        assert_eq!(fake.call_back(&first).await, 200);
        assert_eq!(progress(&app, &phone).await["face_failures"], 1);
        let second = open().await;
        assert_ne!(first, second);
        fake.decide(&second, FaceOutcome::Passed);
        // The second is a repeat, and the third comes late.
        for certify_id in [&second, &second, &first] {
            assert_eq!(fake.call_back(certify_id).await, 200);
        }
        let state = progress(&app, &phone).await;
        assert_eq!((&state["face_failures"], &state["missing_evidence"]), (&json!(1), &json!([])));
    }

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
