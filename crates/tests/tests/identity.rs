//! The real name under the full policy: the ID card and the face (IDV-1).

use std::future::Future;

use hulian_tests::identity::{
    camera_path, id_card, identify, open_face, paper, press, progress, up_to_face,
};
use hulian_tests::{Answer, Phone, TestApp, both};
use providers::face::{Face, Opened, SandboxFace, Subject, Verdict};
use providers::ocr::{Document, Ocr, Reading};
use providers::{Provider, Unavailable};
use serde_json::{Value, json};
use std::sync::Arc;
use store::sql;

/// A vendor that is out of order.
struct Down;

impl Provider for Down {
    fn is_sandbox(&self) -> bool {
        true
    }
    fn name(&self) -> &'static str {
        "down"
    }
}

fn down<'a, T: 'a>() -> providers::Answer<'a, T> {
    Box::pin(async {
        Err(Unavailable {
            provider: "down",
            reason: "out of order".to_owned(),
        })
    })
}

impl Ocr for Down {
    fn read<'a>(&'a self, _: Document, _: &'a [u8]) -> providers::Answer<'a, Reading> {
        down()
    }
}

impl Face for Down {
    fn open<'a>(&'a self, _: &'a Subject<'a>) -> providers::Answer<'a, Opened> {
        down()
    }
    fn find<'a>(&'a self, _: &'a str) -> providers::Answer<'a, Verdict> {
        down()
    }
    fn read_callback(&self, _: &str) -> Option<String> {
        None
    }
}

/// A reader that always says the same, at once.
struct Says(Reading);

impl Provider for Says {
    fn is_sandbox(&self) -> bool {
        true
    }
    fn name(&self) -> &'static str {
        "says"
    }
}

impl Ocr for Says {
    fn read<'a>(&'a self, _: Document, _: &'a [u8]) -> providers::Answer<'a, Reading> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

/// The same service with other providers.
async fn with(app: &TestApp, change: impl FnOnce(&mut app::App)) -> String {
    let mut other = app.app.clone();
    change(&mut other);
    app.serve_beside(http_api::router(other)).await
}

async fn post_to(app: &TestApp, base: &str, who: &Phone, path: &str, body: &Value) -> Answer {
    let request = app
        .client
        .post(format!("{base}{path}"))
        .bearer_auth(&who.token);
    Answer::of(request.json(body)).await
}

/// Fifty at once; how many had each status.
async fn fifty<F: Future<Output = Answer> + Send + 'static>(one: impl Fn() -> F) -> Vec<u16> {
    let all: Vec<_> = (0..50).map(|_| tokio::spawn(one())).collect();
    let mut statuses = Vec::new();
    for answer in all {
        statuses.push(answer.await.expect("ended").status.as_u16());
    }
    statuses
}

async fn count(app: &TestApp, text: &'static str) -> i64 {
    let row = sql!("test.count", text)
        .one(&app.app.db)
        .await
        .expect("a row");
    row.int("n").expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn idv_1_the_sandbox_hands_out_its_specimens_papers() {
    let (app, cleanup) = TestApp::sqlite().await;
    for (path, status) in [
        ("10010119790312001X/front.png", 200),
        ("10010119790312001X/licence.png", 404),
        ("91990000MA0000015Q/licence.png", 200),
        ("11010519491231002X/front.png", 404),
    ] {
        let answer = app.get(&format!("/sandbox/specimens/{path}")).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(
            answer.bytes.starts_with(b"\x89PNG"),
            status == 200,
            "{path}"
        );
    }
    drop(app);
    cleanup.run().await;
}

both! {
    async fn idv_1_name_card_and_face_make_a_mainland_person_verified(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let phone = app.signed_in(0).await;
        let photo = paper(&app, &phone, 0, "front").await;
        id_card(&app, &phone, &photo, &photo).await.problem(409, "identity_needed");
        app.post_as(&phone, "/api/v1/me/face-checks", &Value::Null).await.problem(409, "id_card_needed");
        up_to_face(&app, &phone, 0).await;
        // Good once is good: not even other photos change it.
        id_card(&app, &phone, &photo, &photo).await.ok(200);
        assert_eq!(app.get_as(&phone, "/api/v1/me").await.ok(200)["verified"], false);

        let (check, page) = open_face(&app, &phone).await;
        assert_eq!(open_face(&app, &phone).await.0, check, "the page that is open is gone on with");
        let path = format!("/api/v1/me/face-checks/{check}");
        assert_eq!(app.get_as(&phone, &path).await.ok(200)["state"], "waiting");
        press(&app, &page, "pass").await;
        assert_eq!(app.get_as(&phone, &path).await.ok(200)["state"], "passed");
        assert_eq!(app.get_as(&phone, "/api/v1/me").await.ok(200)["verified"], true);
        app.post_as(&phone, "/api/v1/me/face-checks", &Value::Null).await.problem(409, "already_verified");
        let shown = progress(&app, &phone).await;
        assert_eq!((&shown["id_number_masked"], &shown["nationality"]), (&json!("1001***********01X"), &json!("CN")));
        let stranger = app.signed_in(1).await;
        app.get_as(&stranger, &path).await.problem(404, "face_check_not_found");
    }

    async fn idv_1_a_card_that_is_not_the_persons_or_not_good_is_refused_with_the_reason(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let phone = app.signed_in(0).await;
        identify(&app, &phone, 0).await.ok(200);
        let [front, back, other, expired] = [
            paper(&app, &phone, 0, "front").await,
            paper(&app, &phone, 0, "back").await,
            paper(&app, &phone, 1, "front").await,
            paper(&app, &phone, 0, "expired").await,
        ];
        assert_eq!(id_card(&app, &phone, &other, &back).await.problem(409, "id_card_mismatch")["field"], "number");
        assert_eq!(id_card(&app, &phone, &front, &expired).await.problem(409, "id_card_expired")["valid_to"], "2024-05-06");
        let swapped = id_card(&app, &phone, &back, &front).await.problem(409, "id_card_retake");
        assert_eq!((&swapped["side"], &swapped["reason"]), (&json!("front"), &json!("wrong_document")));
        let others = app.signed_in(1).await;
        let theirs = paper(&app, &others, 0, "front").await;
        id_card(&app, &phone, &theirs, &back).await.problem(404, "material_not_found");
        assert_eq!(count(&app, "SELECT count(*) AS n FROM evidence WHERE kind = 'id_card' AND result = 'failed'").await, 3);
        assert_eq!(count(&app, "SELECT count(*) AS n FROM evidence WHERE kind = 'id_card' AND result <> 'failed'").await, 0);
    }

    async fn idv_1_a_name_that_is_not_read_surely_is_the_persons_to_confirm(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let phone = app.signed_in(0).await;
        identify(&app, &phone, 0).await.ok(200);
        let photo = paper(&app, &phone, 0, "front").await;
        let field = |name, text: &str, sure| providers::ocr::Field { name, text: text.to_owned(), sure };
        let fields = vec![field("name", "张佯本", false), field("id_number", "10010119790312001X", true), field("valid_to", "长期", true)];
        let base = with(&app, |app| app.providers.ocr = Arc::new(Says(Reading::Read(fields)))).await;
        let mut body = json!({"front": photo, "back": photo});
        let unsure = post_to(&app, &base, &phone, "/api/v1/me/id-card", &body).await.problem(409, "id_card_unsure");
        assert_eq!(unsure["read"], "张佯本");
        body["name_confirmed"] = json!(true);
        post_to(&app, &base, &phone, "/api/v1/me/id-card", &body).await.ok(200);
    }

    async fn idv_1_failed_cards_are_counted_also_when_fifty_come_at_once(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let phone = app.signed_in(0).await;
        identify(&app, &phone, 0).await.ok(200);
        let photo = paper(&app, &phone, 0, "front").await;
        let retake = Reading::Retake(providers::ocr::Retake::Unclear, Vec::new());
        let base = with(&app, |app| app.providers.ocr = Arc::new(Says(retake))).await;
        let body = json!({"front": photo, "back": photo});
        let request = || {
            let request = app.client.post(format!("{base}/api/v1/me/id-card")).bearer_auth(&phone.token).json(&body);
            async move { Answer::of(request).await }
        };
        let statuses = fifty(request).await;
        assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 20, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 30, "{statuses:?}");
        assert_eq!(count(&app, "SELECT count(*) AS n FROM evidence WHERE kind = 'id_card' AND result = 'failed'").await, 20);
        request().await.problem(429, "id_card_limit");
        app.clock.advance_s(24 * 3600);
        let phone = app.signed_in(0).await;
        post_to(&app, &base, &phone, "/api/v1/me/id-card", &body).await.problem(409, "id_card_retake");
    }

    async fn idv_1_a_vendor_that_is_down_costs_nothing(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let phone = app.signed_in(0).await;
        identify(&app, &phone, 0).await.ok(200);
        let photo = paper(&app, &phone, 0, "front").await;
        let base = with(&app, |app| { app.providers.ocr = Arc::new(Down); app.providers.face = Arc::new(Down); }).await;
        let body = json!({"front": photo, "back": photo});
        for _ in 0..25 {
            post_to(&app, &base, &phone, "/api/v1/me/id-card", &body).await.problem(503, "id_card_unavailable");
        }
        assert_eq!(count(&app, "SELECT count(*) AS n FROM evidence WHERE kind = 'id_card'").await, 0);
        up_to_face(&app, &app.signed_in(1).await, 1).await;
        let other = app.signed_in(2).await;
        up_to_face(&app, &other, 2).await;
        for _ in 0..12 {
            post_to(&app, &base, &other, "/api/v1/me/face-checks", &Value::Null).await.problem(503, "face_unavailable");
        }
        assert_eq!(count(&app, "SELECT count(*) AS n FROM face_check").await, 0);
        open_face(&app, &other).await;
    }

    async fn idv_1_a_face_is_judged_once_by_the_provider_alone(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let phone = app.signed_in(0).await;
        up_to_face(&app, &phone, 0).await;
        let (check, page) = open_face(&app, &phone).await;
        let reference = check.replace('-', "");
        // Whoever calls back, the provider says that nothing has happened.
        let path = format!("/api/v1/callbacks/faces/sandbox-face?check={reference}");
        app.get(&path).await.ok(200);
        app.get("/api/v1/callbacks/faces/sandbox-face?verdict=passed").await.problem(400, "callback_invalid");
        app.get(&format!("/api/v1/callbacks/faces/other?check={reference}")).await.problem(400, "callback_invalid");
        assert_eq!(progress(&app, &phone).await["face_failures"], 0);
        // The button without its report: it was lost on the way.
        let camera: &SandboxFace = app.app.providers.camera.as_deref().expect("a sandbox");
        assert!(camera.decide(&reference, Some(providers::face::Failure::Mismatch)));
        let looks = || {
            let url = format!("{}/api/v1/me/face-checks/{check}", app.base_url);
            let request = app.client.get(url).bearer_auth(&phone.token);
            async move { Answer::of(request).await }
        };
        assert!(fifty(looks).await.iter().all(|status| *status == 200));
        let looked = looks().await.ok(200);
        assert_eq!((&looked["state"], &looked["failure"]), (&json!("failed"), &json!("mismatch")));
        assert_eq!(progress(&app, &phone).await["face_failures"], 1, "fifty looks are one failure");
        press(&app, &page, "pass").await;
        assert_eq!(looks().await.ok(200)["state"], "failed", "the first verdict counts");
        assert!(!camera_path(&app, &format!("{}{page}", app.app.settings.public_url)).is_empty());
    }

    async fn idv_1_visits_to_the_camera_page_are_counted_also_when_fifty_come_at_once(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let phone = app.signed_in(0).await;
        up_to_face(&app, &phone, 0).await;
        let opens = || {
            let url = format!("{}/api/v1/me/face-checks", app.base_url);
            let request = app.client.post(url).bearer_auth(&phone.token);
            async move { Answer::of(request).await }
        };
        assert!(fifty(opens).await.iter().all(|status| *status == 201));
        assert_eq!(count(&app, "SELECT count(*) AS n FROM face_check").await, 1, "fifty at once are one visit");
        for _ in 0..10 {
            let (check, page) = open_face(&app, &phone).await;
            press(&app, &page, "fail").await;
            app.get_as(&phone, &format!("/api/v1/me/face-checks/{check}")).await.ok(200);
        }
        opens().await.problem(429, "face_limit");
        assert_eq!(progress(&app, &phone).await["face_failures"], 10);
    }
}
