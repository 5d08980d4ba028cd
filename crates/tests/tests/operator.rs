//! Operators: signing in with two factors, sessions, and who may do what to whom (OPS-1).

use app::operator::make_by_command_line;
use domain::operator::OperatorRole::{Administrator, Content, Finance, Reviewer, Security};
use hulian_tests::{Answer, OPERATOR_PASSWORD, TestApp, both};
use reqwest::Method;
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use serde_json::{Value, json};

const SESSIONS: &str = "/api/v1/operator/sessions";
const OPERATORS: &str = "/api/v1/operator/operators";
const ME: &str = "/api/v1/operator/me";

async fn try_password(app: &TestApp, name: &str, password: &str) -> Answer {
    let body = json!({ "name": name, "password": password });
    app.operator_step("", &body).await
}

async fn try_code(app: &TestApp, ticket: &Value, code: &str) -> Answer {
    let body = json!({ "ticket": ticket, "code": code });
    app.post(SESSIONS, &body).await
}

async fn refresh(app: &TestApp, cookie: &str) -> Answer {
    let path = format!("{SESSIONS}/refresh");
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let request = client.post(format!("{}{path}", app.base_url));
    Answer::of(request.header(COOKIE, cookie)).await
}

fn cookie(answer: &Answer) -> String {
    let set = answer.headers[SET_COOKIE].to_str().expect("text");
    set.split(';').next().expect("a pair").to_owned()
}

both! {
    async fn ops_1_an_operator_signs_in_with_both_factors(app: TestApp) {
        let made = make_by_command_line(&app.app, " 首席 ", &[Administrator]).await.expect("made");
        let first = made.one_time_password.to_string();
        // A name that nobody has and a wrong password look the same.
        for (name, password) in [("首席", "wrong"), ("无人", first.as_str()), ("", ""), ("\u{202e}", "x")] {
            try_password(&app, name, password).await.problem(401, "operator_refused");
        }
        let step = try_password(&app, "首席", &first).await.ok(200);
        assert_eq!((step["next"].as_str(), &step["secret"]), (Some("new_password"), &Value::Null));
        // Nothing leads past the new password.
        try_code(&app, &step["ticket"], "000000").await.problem(409, "operator_ticket_invalid");
        let choose = async |ticket: &Value, password: &str| {
            app.operator_step("/password", &json!({"ticket": ticket, "password": password})).await
        };
        choose(&step["ticket"], "short").await.problem(400, "operator_password_weak");
        choose(&step["ticket"], &first).await.problem(400, "operator_password_same");
        let used = step["ticket"].clone();
        let step = choose(&used, OPERATOR_PASSWORD).await.ok(200);
        assert_eq!(step["next"], "enrol");
        assert!(step["uri"].as_str().expect("a uri").starts_with("otpauth://totp/Hulian:%E9%A6%96%E5%B8%AD?secret="));
        choose(&used, OPERATOR_PASSWORD).await.problem(409, "operator_ticket_invalid");
        choose(&step["ticket"], "another long password").await.problem(409, "operator_ticket_invalid");
        try_password(&app, "首席", &first).await.problem(401, "operator_refused");
        try_code(&app, &step["ticket"], "000000").await.problem(400, "operator_code_wrong");
        app.clock.advance_s(10 * 60);
        try_code(&app, &step["ticket"], "000000").await.problem(409, "operator_ticket_invalid");
    }

    async fn ops_1_a_code_serves_once_and_an_enrolled_secret_stays(app: TestApp) {
        let operator = app.operator(&[Content]).await;
        let step = try_password(&app, &operator.name.to_uppercase(), OPERATOR_PASSWORD).await.ok(200);
        assert_eq!((step["next"].as_str(), &step["secret"]), (Some("code"), &Value::Null));
        // The code that enrolled the secret has served.
        let code = app.operator_code(&operator.secret);
        try_code(&app, &step["ticket"], &code).await.problem(400, "operator_code_wrong");
        app.clock.advance_s(30);
        let next = app.operator_code(&operator.secret);
        try_code(&app, &step["ticket"], &next).await.ok(201);
        try_code(&app, &step["ticket"], &next).await.problem(409, "operator_ticket_invalid");
        let step = try_password(&app, &operator.name, OPERATOR_PASSWORD).await.ok(200);
        try_code(&app, &step["ticket"], &next).await.problem(400, "operator_code_wrong");
        // Of the same code at once, one begins a session.
        app.clock.advance_s(30);
        let code = app.operator_code(&operator.secret);
        let tries = (0..4).map(|_| try_code(&app, &step["ticket"], &code));
        let answers = futures_util::future::join_all(tries).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    }

    async fn ops_1_five_wrong_tries_lock_for_fifteen_minutes(app: TestApp) {
        let operator = app.operator(&[Content]).await;
        for name in [operator.name.as_str(), "没有这个人"] {
            let tries = (0..50).map(|_| try_password(&app, name, "wrong"));
            let answers = futures_util::future::join_all(tries).await;
            let refused = answers.iter().filter(|answer| answer.status == 401).count();
            assert_eq!((refused, answers.len()), (5, 50), "as many are let through of {name}");
            let params = try_password(&app, name, OPERATOR_PASSWORD).await.problem(429, "operator_tries_exceeded");
            assert_eq!(params["retry_after_s"], 900);
        }
        app.clock.advance_s(899);
        try_password(&app, &operator.name, OPERATOR_PASSWORD).await.problem(429, "operator_tries_exceeded");
        app.clock.advance_s(1);
        let step = try_password(&app, &operator.name, OPERATOR_PASSWORD).await.ok(200);
        // Codes are counted on their own, over all tickets.
        let tries = (0..20).map(|_| try_code(&app, &step["ticket"], "000000"));
        let answers = futures_util::future::join_all(tries).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 400).count(), 5);
        let step = try_password(&app, &operator.name, OPERATOR_PASSWORD).await.ok(200);
        let code = app.operator_code(&operator.secret);
        try_code(&app, &step["ticket"], &code).await.problem(429, "operator_tries_exceeded");
        app.clock.advance_s(900);
        app::sweep::run(&app.app).await.expect("swept");
        app.operator_again(&operator).await.get(ME).await.ok(200);
    }

    async fn ops_1_operators_sessions_are_their_own_and_short(app: TestApp) {
        let operator = app.operator(&[Reviewer]).await;
        let phone = app.signed_in(0).await;
        app.get_as(&phone, ME).await.problem(401, "unauthenticated");
        operator.get("/api/v1/units").await.problem(401, "unauthenticated");
        let me = operator.get(ME).await.ok(200);
        assert_eq!((&me["name"], &me["duties"]), (&json!(operator.name), &json!(["decide_cases"])));

        app.clock.advance_s(30);
        let step = try_password(&app, &operator.name, OPERATOR_PASSWORD).await.ok(200);
        let session = try_code(&app, &step["ticket"], &app.operator_code(&operator.secret)).await;
        let set = session.headers[SET_COOKIE].to_str().expect("text").to_owned();
        for part in ["hulian_operator=", "Path=/api/v1/operator/sessions;", "Max-Age=1800;", "HttpOnly", "SameSite=Strict"] {
            assert!(set.contains(part), "{part} in {set}");
        }
        // Neither kind of cookie opens the other side.
        let first = cookie(&session);
        let as_person = first.replace("hulian_operator", "hulian_refresh");
        let request = app.request(Method::POST, "/api/v1/sessions/refresh").header(COOKIE, as_person);
        Answer::of(request).await.problem(401, "unauthenticated");
        for origin in ["https://elsewhere.example", app.app.settings.phone_url.as_str()] {
            let request = app.request(Method::POST, &format!("{SESSIONS}/refresh")).header(ORIGIN, origin);
            Answer::of(request).await.problem(403, "origin_refused");
        }
        let second = cookie(&refresh(&app, &first).await);
        assert_eq!(cookie(&refresh(&app, &first).await), second, "a repeat gets the same");
        app.clock.advance_s(11);
        refresh(&app, &first).await.problem(401, "refresh_reused");
        refresh(&app, &second).await.problem(401, "unauthenticated");

        // Idle for half an hour, or twelve hours old: over.
        app.clock.advance_s(30);
        for (pause, times) in [(1799, 24), (1800, 0)] {
            app.clock.advance_s(30);
            let step = try_password(&app, &operator.name, OPERATOR_PASSWORD).await.ok(200);
            let mut last = cookie(&try_code(&app, &step["ticket"], &app.operator_code(&operator.secret)).await);
            for _ in 0..times {
                app.clock.advance_s(pause);
                last = cookie(&refresh(&app, &last).await);
            }
            app.clock.advance_s(pause);
            refresh(&app, &last).await.problem(401, "unauthenticated");
        }
        let operator = app.operator_again(&operator).await;
        operator.request(Method::DELETE, &format!("{SESSIONS}/current"), None).await.ok(204);
        operator.get(ME).await.problem(401, "unauthenticated");
        let operator = app.operator_again(&operator).await;
        app.clock.advance_s(300);
        operator.get(ME).await.problem(401, "unauthenticated");
    }

    async fn ops_1_administrators_make_operators_and_see_to_them(app: TestApp) {
        let admin = app.operator(&[Administrator]).await;
        for roles in [&[Reviewer][..], &[Content], &[Finance], &[Security]] {
            let other = app.operator(roles).await;
            other.get(OPERATORS).await.problem(403, "duty_missing");
            let body = json!({"name": "另一人", "roles": ["content"]});
            other.post(OPERATORS, &body).await.problem(403, "duty_missing");
            let path = format!("{OPERATORS}/{}/changes", admin.id);
            other.post(&path, &json!({"change": "lock"})).await.problem(403, "duty_missing");
        }
        let make = async |name: &str, roles: Value| admin.post(OPERATORS, &json!({"name": name, "roles": roles})).await;
        make("李四", json!(["administrator", "reviewer"])).await.problem(400, "operator_roles_clash");
        make("李四", json!([])).await.problem(400, "operator_roles_missing");
        make("李四", json!(["king"])).await.problem(400, "body_invalid");
        make(" ", json!(["content"])).await.problem(400, "operator_name_invalid");
        let made = make("李四", json!(["reviewer", "finance"])).await.ok(201);
        make("李四 ", json!(["content"])).await.problem(409, "operator_exists");
        let password = made["one_time_password"].as_str().expect("shown once");
        assert_eq!(try_password(&app, "李四", password).await.ok(200)["next"], "new_password");
        let listed = admin.get(OPERATORS).await.ok(200);
        let items = listed["items"].as_array().expect("items");
        let last = items.iter().find(|one| one["name"] == "李四").expect("listed");
        assert_eq!((&last["name"], &last["roles"], &last["password_due"]), (&json!("李四"), &json!(["reviewer", "finance"]), &json!(true)));

        let other = app.operator(&[Reviewer]).await;
        let change = async |what: Value| admin.post(&format!("{OPERATORS}/{}/changes", other.id), &what).await;
        change(json!({"change": "roles", "roles": ["content"]})).await.ok(200);
        other.get(ME).await.problem(401, "unauthenticated");
        let other = app.operator_again(&other).await;
        assert_eq!(other.get(ME).await.ok(200)["roles"], json!(["content"]));
        change(json!({"change": "lock"})).await.ok(200);
        other.get(ME).await.problem(401, "unauthenticated");
        try_password(&app, &other.name, OPERATOR_PASSWORD).await.problem(401, "operator_refused");
        change(json!({"change": "unlock"})).await.ok(200);
        let other = app.operator_again(&other).await;
        change(json!({"change": "end_sessions"})).await.ok(200);
        other.get(ME).await.problem(401, "unauthenticated");
        change(json!({"change": "reset_second_factor"})).await.ok(200);
        assert_eq!(try_password(&app, &other.name, OPERATOR_PASSWORD).await.ok(200)["next"], "enrol");
        let reset = change(json!({"change": "reset_password"})).await.ok(200);
        try_password(&app, &other.name, OPERATOR_PASSWORD).await.problem(401, "operator_refused");
        let password = reset["one_time_password"].as_str().expect("shown once");
        assert_eq!(try_password(&app, &other.name, password).await.ok(200)["next"], "new_password");
        let nobody = format!("{OPERATORS}/{}/changes", app.app.new_id::<domain::id::OperatorId>());
        admin.post(&nobody, &json!({"change": "lock"})).await.problem(404, "operator_not_found");
    }

    async fn ops_1_somebody_who_administers_is_always_left(app: TestApp) {
        let (one, two) = (app.operator(&[Administrator]).await, app.operator(&[Administrator]).await);
        let path = |id| format!("{OPERATORS}/{id}/changes");
        one.post(&path(one.id), &json!({"change": "lock"})).await.problem(409, "operator_is_self");
        // Each locks the other at the same moment: one of them stays.
        let lock = json!({"change": "lock"});
        let (of_one, of_two) = (path(one.id), path(two.id));
        let (a, b) = tokio::join!(two.post(&of_one, &lock), one.post(&of_two, &lock));
        let done = [&a, &b].iter().filter(|answer| answer.status == 200).count();
        assert_eq!(done, 1, "{} {}", a.status, b.status);
    }

    async fn ops_1_one_changes_ones_own_password(app: TestApp) {
        let operator = app.operator(&[Content]).await;
        let again = app.operator_again(&operator).await;
        let change = async |present: &str, new: &str| {
            again.post(&format!("{ME}/password"), &json!({"present": present, "password": new})).await
        };
        change("wrong", "a long new password").await.problem(400, "operator_password_wrong");
        change(OPERATOR_PASSWORD, "short").await.problem(400, "operator_password_weak");
        change(OPERATOR_PASSWORD, OPERATOR_PASSWORD).await.problem(400, "operator_password_same");
        change(OPERATOR_PASSWORD, "a long new password").await.ok(204);
        operator.get(ME).await.problem(401, "unauthenticated");
        again.get(ME).await.ok(200);
        try_password(&app, &again.name, OPERATOR_PASSWORD).await.problem(401, "operator_refused");
        try_password(&app, &again.name, "a long new password").await.ok(200);
    }

    async fn ops_1_each_act_is_in_the_audit_log(app: TestApp) {
        let admin = app.operator(&[Administrator]).await;
        let reviewer = app.operator(&[Reviewer]).await;
        reviewer.get("/api/v1/operator/audit").await.problem(403, "duty_missing");
        let path = format!("{OPERATORS}/{}/changes", reviewer.id);
        admin.post(&path, &json!({"change": "roles", "roles": ["finance"]})).await.ok(200);
        let all = admin.get("/api/v1/operator/audit").await.ok(200);
        let acts = |page: &Value| -> Vec<String> {
            let items = page["items"].as_array().expect("items").clone();
            items.iter().map(|one| one["act"].as_str().expect("an act").to_owned()).collect()
        };
        let of_one = ["operator.enrol", "operator.password", "operator.make"];
        assert_eq!(acts(&all), [&["operator.roles"][..], &of_one, &of_one].concat());
        let newest = &all["items"][0];
        assert_eq!((&newest["actor_name"], &newest["subject_name"], &newest["detail"]), (&json!(admin.name), &json!(reviewer.name), &json!("finance")));
        let own = admin.get(&format!("/api/v1/operator/audit?actor={}", admin.id)).await.ok(200);
        assert_eq!(acts(&own), ["operator.roles", "operator.enrol", "operator.password"]);
        let by_command = admin.get("/api/v1/operator/audit?actor=console&before=5").await.ok(200);
        assert_eq!(acts(&by_command), ["operator.make", "operator.make"]);
        let verified = admin.post("/api/v1/operator/audit/verify", &json!({})).await.ok(200);
        assert_eq!((&verified["whole"], &verified["entries"]), (&json!(true), &json!(7)));
    }
}
