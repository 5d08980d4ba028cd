//! Recovering an account (ACC-4, OPS-4), and another number by the face (ACC-5).

use domain::review::Decision;
use hulian_tests::identity::{camera_path, open_face, press, rule, scripted, up_to_face};
use hulian_tests::{Answer, Phone, TestApp, both};
use providers::specimen::PEOPLE;
use reqwest::Method;
use serde_json::{Value, json};
use store::sql;

const NEW: &str = "13711110001";

/// Somebody who is not signed in, with a recovery that they have begun.
struct Recovering {
    id: String,
    secret: String,
}

impl Recovering {
    async fn begin(app: &TestApp, number: &str) -> Self {
        let body = json!({"area": "+86", "number": number});
        let begun = app.post("/api/v1/recoveries", &body).await.ok(201);
        let text = |name: &str| begun[name].as_str().expect("text").to_owned();
        assert_eq!(begun.as_object().expect("an object").len(), 3);
        Self {
            id: text("recovery_id"),
            secret: text("secret"),
        }
    }

    async fn call(&self, app: &TestApp, method: Method, path: &str, body: &Value) -> Answer {
        let path = format!("/api/v1/recoveries/{}{path}", self.id);
        let request = app.request(method, &path).bearer_auth(&self.secret);
        Answer::of(if body.is_null() {
            request
        } else {
            request.json(body)
        })
        .await
    }

    async fn photo(&self, app: &TestApp, role: &str, bytes: Vec<u8>) -> Answer {
        let path = format!("/api/v1/recoveries/{}/photos/{role}", self.id);
        let request = app.request(Method::PUT, &path).bearer_auth(&self.secret);
        Answer::of(request.body(bytes)).await
    }

    /// Hands both sides of a specimen's card in and says that it is one's own.
    async fn claim(&self, app: &TestApp, specimen: usize) -> Answer {
        for (role, side) in [("document_front", "front"), ("document_back", "back")] {
            self.photo(app, role, scripted(specimen, side))
                .await
                .ok(204);
        }
        let who = &PEOPLE[specimen];
        let body = json!({"name": who.name, "id_number": who.id_number});
        self.call(app, Method::POST, "/claim", &body).await
    }

    async fn face(&self, app: &TestApp, button: &str) -> Value {
        let opened = self
            .call(app, Method::POST, "/face-checks", &Value::Null)
            .await
            .ok(201);
        let page = camera_path(app, opened["url"].as_str().expect("text"));
        press(app, &page, button).await;
        let path = format!(
            "/face-checks/{}",
            opened["face_check_id"].as_str().expect("text")
        );
        self.call(app, Method::GET, &path, &Value::Null)
            .await
            .ok(200)
    }

    async fn state(&self, app: &TestApp) -> Value {
        self.call(app, Method::GET, "", &Value::Null).await.ok(200)
    }

    /// The new number and its code.
    async fn finish(&self, app: &TestApp, number: &str) -> Answer {
        app.clock.advance_s(60);
        let to = json!({"area": "+86", "number": number});
        self.call(app, Method::POST, "/codes", &to).await.ok(202);
        let code = app.last_code(number).await;
        self.call(
            app,
            Method::PUT,
            "",
            &json!({"area": "+86", "number": number, "code": code}),
        )
        .await
    }
}

/// A person under the full policy whose name, card and face are proven.
async fn verified(app: &TestApp, specimen: usize) -> Phone {
    let phone = app.signed_in(specimen).await;
    up_to_face(app, &phone, specimen).await;
    let (check, page) = open_face(app, &phone).await;
    press(app, &page, "pass").await;
    let path = format!("/api/v1/me/face-checks/{check}");
    assert_eq!(app.get_as(&phone, &path).await.ok(200)["state"], "passed");
    phone
}

both! {
    async fn acc_4_card_face_and_a_new_number_recover_the_account(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let phone = verified(&app, 0).await;
        let me = app.get_as(&phone, "/api/v1/me").await.ok(200)["person_id"].clone();
        let recovering = Recovering::begin(&app, PEOPLE[0].phone).await;
        recovering.call(&app, Method::POST, "/face-checks", &Value::Null).await.problem(409, "recovery_order");
        let bare = json!({"name": PEOPLE[0].name, "id_number": PEOPLE[0].id_number});
        recovering.call(&app, Method::POST, "/claim", &bare).await.problem(400, "photo_missing");
        recovering.claim(&app, 0).await.ok(204);
        let to = json!({"area": "+86", "number": NEW});
        recovering.call(&app, Method::POST, "/codes", &to).await.problem(409, "recovery_order");
        let failed = recovering.face(&app, "fail").await;
        assert_eq!((&failed["state"], &recovering.state(&app).await["state"]), (&json!("failed"), &json!("proven")));
        assert_eq!(recovering.face(&app, "pass").await["state"], "passed");
        assert_eq!(recovering.state(&app).await["state"], "allowed");
        let same = json!({"area": "+86", "number": PEOPLE[0].phone});
        recovering.call(&app, Method::POST, "/codes", &same).await.problem(400, "phone_unchanged");
        app.signed_in(1).await;
        recovering.finish(&app, PEOPLE[1].phone).await.problem(409, "phone_in_use");
        let done = recovering.finish(&app, NEW).await.ok(200);
        assert_eq!(done["phone_masked"], "137****0001");
        // Every session of the old number has ended, and it is told; the new one leads to the same account.
        app.get_as(&phone, "/api/v1/me").await.problem(401, "unauthenticated");
        app.run_jobs().await;
        let told = app.get(&format!("/sandbox/inbox.json?to=%2B86{}", PEOPLE[0].phone)).await.ok(200);
        assert!(told["items"][0]["text"].as_str().expect("text").contains("137****0001"));
        let again = app.signed_in_by(NEW).await;
        assert_eq!(json!(again.person_id), me);
        recovering.call(&app, Method::POST, "/codes", &to).await.problem(409, "recovery_order");
        let left = sql!("test.photos", "SELECT count(*) AS n FROM recovery_photo").one(&app.app.db).await.expect("a row");
        assert_eq!(left.int("n").expect("a number"), 2);
        app::sweep::run(&app.app).await.expect("swept");
        let left = sql!("test.photos", "SELECT count(*) AS n FROM recovery_photo").one(&app.app.db).await.expect("a row");
        assert_eq!(left.int("n").expect("a number"), 0, "photos go with the recovery");
    }

    async fn acc_4_a_stranger_learns_nothing_about_who_has_an_account(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        verified(&app, 0).await;
        // Name and number alone were proven: the card never was.
        let halfway = app.signed_in(2).await;
        hulian_tests::identity::identify(&app, &halfway, 2).await.ok(200);
        let mut answers = Vec::new();
        for (number, specimen) in [(PEOPLE[0].phone, 1), ("13711119999", 1), (PEOPLE[2].phone, 2)] {
            let recovering = Recovering::begin(&app, number).await;
            let answer = recovering.claim(&app, specimen).await;
            let mut problem = answer.json();
            problem["request_id"] = Value::Null;
            answers.push((answer.status.as_u16(), problem, recovering.state(&app).await["state"].clone()));
        }
        assert_eq!(answers[0].1["code"], "recovery_not_possible");
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        // Nobody else's recovery opens by its number, and a secret opens its own only.
        let (one, other) = (Recovering::begin(&app, PEOPLE[0].phone).await, Recovering::begin(&app, PEOPLE[0].phone).await);
        let thief = Recovering { id: one.id, secret: other.secret };
        thief.call(&app, Method::GET, "", &Value::Null).await.problem(404, "recovery_not_found");
    }

    async fn acc_4_tries_are_counted_also_when_fifty_come_at_once(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let recovering = Recovering::begin(&app, PEOPLE[0].phone).await;
        recovering.claim(&app, 1).await.problem(409, "recovery_not_possible");
        let url = format!("{}/api/v1/recoveries/{}/claim", app.base_url, recovering.id);
        let body = json!({"name": PEOPLE[1].name, "id_number": PEOPLE[1].id_number});
        let tries: Vec<_> = (0..50).map(|_| {
            let request = app.client.post(&url).bearer_auth(&recovering.secret).json(&body);
            tokio::spawn(async move { Answer::of(request).await.json()["code"].clone() })
        }).collect();
        let mut made = 0;
        for tried in tries {
            if tried.await.expect("ended") == "recovery_not_possible" { made += 1; }
        }
        assert_eq!(made, 4, "five in all");
        app.clock.advance_s(31 * 60);
        recovering.claim_again(&app).await.problem(410, "recovery_expired");
    }

    async fn ops_4_an_operator_recovers_an_account_that_the_machine_refuses(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let ask = async |number: &str| {
            let recovering = Recovering::begin(&app, number).await;
            let body = json!({"name": "Chan Tai Man", "document_number": "H12345678", "reason": "号码已停用"});
            recovering.call(&app, Method::POST, "/review", &body).await.problem(400, "photo_missing");
            for role in ["document_front", "handheld"] {
                recovering.photo(&app, role, b"\xff\xd8\xff\xe0 a document".to_vec()).await.ok(204);
            }
            recovering.call(&app, Method::POST, "/review", &body).await.ok(204);
            assert_eq!(recovering.state(&app).await["state"], "reviewing");
            recovering
        };
        let newest = async || {
            let text = "SELECT id FROM review_case WHERE kind = 'person_recovery' AND state = 'open'";
            sql!("test.case", text).all(&app.app.db).await.expect("rows").iter().map(|row| json!(row.text("id").expect("an id"))).collect::<Vec<_>>()
        };
        // A number without an account looks the same and bothers nobody.
        let nobodys = ask("13711119999").await;
        assert!(newest().await.is_empty());
        app.clock.advance_s(2 * 3600 - 1);
        app.run_jobs().await;
        assert_eq!(nobodys.state(&app).await["state"], "reviewing", "no operator is that quick");
        app.clock.advance_s(24 * 3600 + 1);
        app.run_jobs().await;
        let state = nobodys.state(&app).await;
        assert_eq!((&state["state"], &state["reason"]), (&json!("refused"), &json!("材料与填写的信息不一致")));
        let phone = app.signed_in(0).await;
        let refused = ask(PEOPLE[0].phone).await;
        rule(&app, &newest().await[0], Decision::Refuse, "证件与本人不符").await.expect("decided");
        let state = refused.state(&app).await;
        assert_eq!((&state["state"], &state["reason"]), (&json!("refused"), &json!("证件与本人不符")));
        let passed = ask(PEOPLE[0].phone).await;
        rule(&app, &newest().await[0], Decision::Pass, "").await.expect("decided");
        assert_eq!(passed.state(&app).await["state"], "allowed");
        let text = "SELECT act FROM audit ORDER BY seq";
        let acts: Vec<_> = sql!("test.audit", text).all(&app.app.db).await.expect("rows").iter().map(|row| row.text("act").expect("an act")).collect();
        assert_eq!(acts, ["case.refuse", "case.pass"], "each decision is in the audit log");
        passed.finish(&app, NEW).await.ok(200);
        app.get_as(&phone, "/api/v1/me").await.problem(401, "unauthenticated");
        let id = app.signed_in_by(NEW).await.person_id;
        assert_eq!(id, phone.caller.person_id.to_string());
    }

    async fn acc_5_whoever_cannot_receive_codes_changes_the_number_by_face(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let nobody = app.signed_in(1).await;
        app.post_as(&nobody, "/api/v1/account/face-checks", &json!({"purpose": "phone"})).await.problem(409, "face_not_offered");
        let phone = verified(&app, 0).await;
        let opened = app.post_as(&phone, "/api/v1/account/face-checks", &json!({"purpose": "phone"})).await.ok(201);
        let check = opened["face_check_id"].clone();
        let begin = json!({"face_check_id": check});
        app.post_as(&phone, "/api/v1/account/phone-changes", &begin).await.problem(404, "face_check_not_found");
        press(&app, &camera_path(&app, opened["url"].as_str().expect("text")), "pass").await;
        let path = format!("/api/v1/account/face-checks/{}", check.as_str().expect("text"));
        assert_eq!(app.get_as(&phone, &path).await.ok(200)["state"], "passed");
        // A face for the real name serves for nothing else, and this one once.
        let change = app.post_as(&phone, "/api/v1/account/phone-changes", &begin).await.ok(201)["phone_change_id"].clone();
        app.post_as(&phone, "/api/v1/account/phone-changes", &begin).await.problem(404, "face_check_not_found");
        app.post_as(&phone, "/api/v1/account/phone-changes", &json!({})).await.problem(400, "body_invalid");
        let path = format!("/api/v1/account/phone-changes/{}", change.as_str().expect("text"));
        let to = json!({"area": "+86", "number": NEW});
        app.post_as(&phone, &format!("{path}/codes"), &to).await.ok(202);
        let code = app.last_code(NEW).await;
        let request = app.request(Method::PUT, &path).bearer_auth(&phone.token);
        let body = json!({"area": "+86", "number": NEW, "code": code});
        assert_eq!(Answer::of(request.json(&body)).await.ok(200)["phone_masked"], "137****0001");
    }

    async fn idv_5_the_end_of_an_account_takes_its_photos_and_what_was_typed(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let phone = app.signed_in(0).await;
        up_to_face(&app, &phone, 0).await;
        for _ in 0..3 {
            let (_, page) = open_face(&app, &phone).await;
            press(&app, &page, "fail").await;
        }
        let photo = hulian_tests::identity::paper(&app, &phone, 0, "front").await;
        app.post_as(&phone, "/api/v1/me/face-review", &json!({"photo": photo})).await.ok(201);
        app.clock.advance_s(60);
        app.post_as(&phone, "/api/v1/account/codes", &json!({"purpose": "cancel_account"})).await.ok(202);
        let code = app.last_code(PEOPLE[0].phone).await;
        let wish = json!({"notice_accepted": true, "reminders_accepted": true, "code": code});
        let ended = app.post_as(&phone, "/api/v1/account/cancellation", &wish).await.ok(200);
        assert_eq!(ended["due_at_us"], Value::Null);
        app::sweep::run(&app.app).await.expect("swept");
        for (text, left) in [
            ("SELECT count(*) AS n FROM material", 0),
            ("SELECT count(*) AS n FROM evidence_material", 0),
            ("SELECT count(*) AS n FROM review_case WHERE state = 'open'", 0),
            ("SELECT count(*) AS n FROM review_case WHERE state = 'withdrawn'", 1),
            ("SELECT count(*) AS n FROM person WHERE nationality IS NOT NULL", 0),
        ] {
            let row = sql!("test.left", text).one(&app.app.db).await.expect("a row");
            assert_eq!(row.int("n").expect("a number"), left, "{text}");
        }
    }
}

impl Recovering {
    async fn claim_again(&self, app: &TestApp) -> Answer {
        let body = json!({"name": PEOPLE[1].name, "id_number": PEOPLE[1].id_number});
        self.call(app, Method::POST, "/claim", &body).await
    }
}
