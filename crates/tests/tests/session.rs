//! ACC-2 and ACC-12 through HTTP: codes, sign-in, tokens.

use hulian_tests::person::{DeviceKey, TestPerson, refresh_cookie, sign_in_body};
use hulian_tests::{Answer, TestApp, both};
use reqwest::Method;
use serde_json::{Value, json};

const NUMBER: &str = "13800000001";

async fn ask(app: &TestApp, number: &str) -> Answer {
    let body = json!({"area": "+86", "number": number, "purpose": "sign_in"});
    app.post("/api/v1/sms-codes", &body).await
}

async fn sign_in(app: &TestApp, body: &Value) -> Answer {
    app.post("/api/v1/sessions", body).await
}

async fn refresh(app: &TestApp, token: &str) -> Answer {
    // A client without a jar, so that the cookie is the one that is given.
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let request = client.post(format!("{}/api/v1/sessions/refresh", app.base_url));
    Answer::of(request.header("cookie", format!("other=1; hulian_refresh={token}"))).await
}

async fn count(app: &TestApp, table: &'static str) -> i64 {
    let text = match table {
        "person" => "SELECT count(*) AS n FROM person",
        "session" => "SELECT count(*) AS n FROM session",
        "device" => "SELECT count(*) AS n FROM device",
        _ => "SELECT count(*) AS n FROM sms_code",
    };
    store::sql!("test.count", text)
        .one(&app.app.db)
        .await
        .expect("a row")
        .int("n")
        .expect("a number")
}

fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

both! {
    async fn acc_2_a_number_without_an_account_gets_one_and_keeps_it(app: TestApp) {
        let sent = ask(&app, NUMBER).await.ok(202);
        assert_eq!(sent, json!({"resend_after_s": 60, "expires_in_s": 300}));
        let device = DeviceKey::new(&app);
        let code = app.last_code(NUMBER).await;
        let answer = sign_in(&app, &sign_in_body(&device, NUMBER, &code)).await;
        let first = answer.ok(201);
        assert_eq!(first["expires_in_s"], 600);
        let cookie = answer.headers["set-cookie"].to_str().expect("text").to_owned();
        for part in ["HttpOnly", "SameSite=Strict", "Path=/api/v1/sessions"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let code = app.code(NUMBER).await;
        let second = sign_in(&app, &sign_in_body(&device, NUMBER, &code)).await.ok(201);
        assert_eq!((&first["person_id"], &first["device_id"]), (&second["person_id"], &second["device_id"]));
        let other = app.signed_in_by(NUMBER).await;
        assert_eq!(first["person_id"], other.person_id.as_str());
        assert_ne!(first["device_id"], other.device_id.as_str());
        let me = other.get(&app, "/api/v1/me").await.ok(200);
        assert_eq!(me["phone_masked"], "138****0001");
        assert_eq!(me["edition"], "standard");
        assert_eq!(me["sandbox"], true);
        assert_eq!(me["missing_evidence"], json!(["identity_two_factor"]));
    }

    async fn acc_2_numbers_are_checked_and_codes_are_limited(app: TestApp) {
        ask(&app, "12800000001").await.problem(400, "phone_invalid");
        assert_eq!(count(&app, "sms_code").await, 0);
        for sent in 0..10 {
            ask(&app, NUMBER).await.ok(202);
            if sent == 0 {
                let params = ask(&app, NUMBER).await.problem(429, "sms_too_soon");
                assert_eq!(params["retry_after_s"], 60);
            }
            app.clock.advance_s(60);
        }
        ask(&app, NUMBER).await.problem(429, "sms_daily_limit");
        assert_eq!(count(&app, "sms_code").await, 10);
        ask(&app, "13800000002").await.ok(202);
        app.clock.advance_s(24 * 3600);
        ask(&app, NUMBER).await.ok(202);
    }

    async fn acc_2_side_by_side_requests_send_one_code(app: TestApp) {
        let mut requests = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let request = app.request(Method::POST, "/api/v1/sms-codes")
                .json(&json!({"area": "+86", "number": NUMBER, "purpose": "sign_in"}));
            requests.spawn(async move { Answer::of(request).await.status.as_u16() });
        }
        let statuses = requests.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 202).count(), 1, "{statuses:?}");
        assert_eq!(count(&app, "sms_code").await, 1);
    }

    async fn acc_2_five_wrong_tries_kill_a_code(app: TestApp) {
        let (device, code) = (DeviceKey::new(&app), app.code(NUMBER).await);
        for left in (0..5).rev() {
            let params = sign_in(&app, &sign_in_body(&device, NUMBER, wrong(&code))).await.problem(409, "code_wrong");
            assert_eq!(params["left"], left);
        }
        sign_in(&app, &sign_in_body(&device, NUMBER, &code)).await.problem(409, "code_dead");
        assert_eq!((count(&app, "person").await, count(&app, "session").await), (0, 0));
        let code = app.code(NUMBER).await;
        sign_in(&app, &sign_in_body(&device, NUMBER, &code)).await.ok(201);
    }

    async fn acc_2_a_code_lives_five_minutes_and_serves_once(app: TestApp) {
        let (device, code) = (DeviceKey::new(&app), app.code(NUMBER).await);
        app.clock.advance_s(300);
        sign_in(&app, &sign_in_body(&device, NUMBER, &code)).await.problem(409, "code_expired");
        sign_in(&app, &sign_in_body(&device, "13800000009", &code)).await.problem(409, "code_expired");
        let code = app.code(NUMBER).await;
        let body = sign_in_body(&device, NUMBER, &code);
        let first = sign_in(&app, &body).await.ok(201);
        let again = sign_in(&app, &body).await.ok(201);
        assert_eq!(first["device_id"], again["device_id"], "the answer may have been lost");
        sign_in(&app, &sign_in_body(&DeviceKey::new(&app), NUMBER, &code)).await.problem(409, "code_used");
        app.clock.advance_s(61);
        sign_in(&app, &body).await.problem(409, "code_used");
        assert_eq!((count(&app, "person").await, count(&app, "device").await), (1, 1));
    }

    async fn acc_2_refusals_leave_nothing_behind(app: TestApp) {
        let (device, code) = (DeviceKey::new(&app), app.code(NUMBER).await);
        let good = sign_in_body(&device, NUMBER, &code);
        let mut body = good.clone();
        body["agreed"] = json!(false);
        sign_in(&app, &body).await.problem(400, "agreement_required");
        let mut body = good.clone();
        body["device"]["public_key"] = json!(DeviceKey::new(&app).public_key());
        sign_in(&app, &body).await.problem(400, "device_proof_invalid");
        let mut body = good.clone();
        body["edition"] = json!("legal_representative");
        sign_in(&app, &body).await.problem(409, "legal_representative_unknown");
        let mut body = good.clone();
        body["extra"] = json!(1);
        sign_in(&app, &body).await.problem(400, "body_invalid");
        for origin in ["https://evil.example", "null"] {
            let request = app.request(Method::POST, "/api/v1/sessions").header("origin", origin).json(&good);
            Answer::of(request).await.problem(403, "origin_refused");
        }
        assert_eq!((count(&app, "person").await, count(&app, "session").await, count(&app, "device").await), (0, 0, 0));
        let request = app.request(Method::POST, "/api/v1/sessions").header("origin", &app.app.settings.phone_url).json(&good);
        Answer::of(request).await.ok(201);
    }

    async fn acc_3_the_legal_representative_may_choose_the_edition(app: TestApp) {
        let (person, _) = app.with_unit(0).await;
        let code = app.code(&person.number).await;
        let mut body = sign_in_body(&person.device, &person.number, &code);
        body["edition"] = json!("legal_representative");
        let token = sign_in(&app, &body).await.ok(201)["access_token"].as_str().expect("text").to_owned();
        let me = Answer::of(app.request(Method::GET, "/api/v1/me").bearer_auth(token)).await.ok(200);
        assert_eq!(me["edition"], "legal_representative");
    }

    async fn acc_12_access_ends_after_ten_minutes_and_refresh_rotates(app: TestApp) {
        let person = app.signed_in_by(NUMBER).await;
        app.clock.advance_s(599);
        person.get(&app, "/api/v1/me").await.ok(200);
        app.clock.advance_s(1);
        person.get(&app, "/api/v1/me").await.problem(401, "unauthenticated");
        let first = refresh(&app, &person.refresh_token).await;
        let next = refresh_cookie(&first);
        assert_ne!(next, person.refresh_token);
        let token = first.ok(200)["access_token"].as_str().expect("text").to_owned();
        Answer::of(app.request(Method::GET, "/api/v1/me").bearer_auth(token)).await.ok(200);
        app.clock.advance_s(10);
        assert_eq!(refresh_cookie(&refresh(&app, &person.refresh_token).await), next, "the answer may have been lost");
        refresh(&app, &next).await.ok(200);
        refresh(&app, "nonsense").await.problem(401, "unauthenticated");
    }

    async fn acc_12_a_refresh_token_that_comes_twice_ends_its_session(app: TestApp) {
        let person = app.signed_in_by(NUMBER).await;
        let next = refresh_cookie(&refresh(&app, &person.refresh_token).await);
        app.clock.advance_s(11);
        refresh(&app, &person.refresh_token).await.problem(401, "refresh_reused");
        refresh(&app, &next).await.problem(401, "unauthenticated");
        person.get(&app, "/api/v1/me").await.problem(401, "unauthenticated");
    }

    async fn acc_7_signing_out_ends_the_session_and_no_other(app: TestApp) {
        let (here, there) = (app.signed_in_by(NUMBER).await, app.signed_in_by(NUMBER).await);
        here.call(&app, Method::DELETE, "/api/v1/sessions/current", &Value::Null).await.ok(204);
        here.get(&app, "/api/v1/me").await.problem(401, "unauthenticated");
        refresh(&app, &here.refresh_token).await.problem(401, "unauthenticated");
        there.get(&app, "/api/v1/me").await.ok(200);
    }

    async fn acc_12_devices_are_listed_and_one_or_all_others_end(app: TestApp) {
        let here = app.signed_in_by(NUMBER).await;
        let (second, third) = (app.signed_in_by(NUMBER).await, app.signed_in_by(NUMBER).await);
        let stranger = app.signed_in_by("13800000002").await;
        let list = async |person: &TestPerson| {
            let body = person.get(&app, "/api/v1/sessions").await.ok(200);
            body["items"].as_array().expect("items").clone()
        };
        let items = list(&here).await;
        assert_eq!(items.iter().map(|item| &item["current"]).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(items[0]["device_name"], "测试");
        assert!(items[1]["seen_at_us"].as_i64() > items[2]["seen_at_us"].as_i64(), "the latest first");
        let id = items[2]["session_id"].as_str().expect("an id");
        let end = async |person: &TestPerson, id: &str| {
            person.call(&app, Method::DELETE, &format!("/api/v1/sessions/{id}"), &Value::Null).await
        };
        end(&stranger, id).await.problem(404, "session_not_found");
        end(&here, "nonsense").await.problem(404, "session_not_found");
        end(&here, id).await.ok(204);
        end(&here, id).await.problem(404, "session_not_found");
        second.get(&app, "/api/v1/me").await.problem(401, "unauthenticated");
        refresh(&app, &second.refresh_token).await.problem(401, "unauthenticated");
        third.get(&app, "/api/v1/me").await.ok(200);
        assert_eq!(end(&here, "others").await.ok(200), json!({"ended": 1}));
        third.get(&app, "/api/v1/me").await.problem(401, "unauthenticated");
        assert_eq!(list(&here).await.len(), 1);
        stranger.get(&app, "/api/v1/me").await.ok(200);
    }

    async fn acc_12_a_browser_has_one_session_and_one_that_nobody_goes_on_with_is_not_listed(app: TestApp) {
        let person = app.signed_in_by(NUMBER).await;
        let code = app.code(NUMBER).await;
        let body = sign_in(&app, &sign_in_body(&person.device, NUMBER, &code)).await.ok(201);
        person.get(&app, "/api/v1/me").await.problem(401, "unauthenticated");
        let token = body["access_token"].as_str().expect("text").to_owned();
        let listed = Answer::of(app.request(Method::GET, "/api/v1/sessions").bearer_auth(token)).await.ok(200);
        assert_eq!(listed["items"].as_array().expect("items").len(), 1);
        app.clock.advance_s(31 * 24 * 3600);
        let later = app.signed_in_by(NUMBER).await;
        let listed = later.get(&app, "/api/v1/sessions").await.ok(200);
        assert_eq!(listed["items"].as_array().expect("items").len(), 1);
    }

    async fn acc_3_the_edition_switches_without_a_new_sign_in(app: TestApp) {
        let (person, _) = app.with_unit(0).await;
        let nobody = app.signed_in_by("13800000002").await;
        let switch = async |person: &TestPerson, edition: &str| {
            person.call(&app, Method::PUT, "/api/v1/sessions/current/edition", &json!({ "edition": edition })).await
        };
        let edition = async |person: &TestPerson| {
            let me = person.get(&app, "/api/v1/me").await.ok(200);
            (me["edition"].as_str().expect("a word").to_owned(), me["legal_representative"].as_bool().expect("a flag"))
        };
        switch(&nobody, "legal_representative").await.problem(409, "legal_representative_unknown");
        switch(&nobody, "standard").await.ok(204);
        assert_eq!(edition(&nobody).await, ("standard".to_owned(), false));
        for word in ["legal_representative", "legal_representative", "standard"] {
            switch(&person, word).await.ok(204);
            assert_eq!(edition(&person).await, (word.to_owned(), true));
        }
        switch(&person, "other").await.problem(400, "body_invalid");
    }

    async fn acc_8_anybody_may_ask_which_version_is_served(app: TestApp) {
        let system = app.get("/api/v1/system").await.ok(200);
        assert_eq!(system["version"], env!("CARGO_PKG_VERSION"));
    }

    async fn acc_2_no_session_no_answer(app: TestApp) {
        for path in ["/api/v1/me", "/api/v1/password", "/api/v1/units"] {
            app.get(path).await.problem(401, "unauthenticated");
        }
    }
}
