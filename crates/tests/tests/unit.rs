//! UNIT-2, UNIT-3, UNIT-4 and UNIT-11 through HTTP.

use hulian_tests::person::TestPerson;
use hulian_tests::{Answer, TestApp, both};
use providers::specimen::COMPANIES;
use reqwest::Method;
use serde_json::{Value, json};
use store::sql;

async fn register(app: &TestApp, person: &TestPerson, name: &str, uscc: &str) -> Answer {
    let body = json!({"as": "legal_representative", "name": name, "uscc": uscc});
    person.post(app, "/api/v1/units", &body).await
}

async fn units(app: &TestApp) -> i64 {
    let row = sql!("test.units", "SELECT count(*) AS n FROM unit")
        .one(&app.app.db)
        .await;
    row.expect("a row").int("n").expect("a number")
}

async fn failures(app: &TestApp) -> i64 {
    let text =
        "SELECT count(*) AS n FROM evidence WHERE kind = 'register_match' AND result <> 'passed'";
    sql!("test.failures", text)
        .one(&app.app.db)
        .await
        .expect("a row")
        .int("n")
        .expect("a number")
}

both! {
    async fn unit_2_the_legal_representative_registers_and_is_administrator(app: TestApp) {
        let person = app.signed_in_person(0).await;
        let made = person.register_unit(&app, 0).await.ok(201);
        assert_eq!((&made["state"], &made["missing_evidence"]), (&json!("certified"), &json!([])));
        assert_eq!(made["unit_code"].as_str().map(str::len), Some(10));
        let items = person.get(&app, "/api/v1/units").await.ok(200)["items"].clone();
        let expected = json!({
            "unit_id": made["unit_id"], "name": COMPANIES[0].name, "country": "CN", "uscc": COMPANIES[0].uscc,
            "unit_code": made["unit_code"], "state": "certified", "role": "administrator", "legal_representative": true, "avatar_id": null,
        });
        assert_eq!(items, json!([expected]));
        let path = format!("/api/v1/units/{}", made["unit_id"].as_str().expect("an id"));
        assert_eq!(person.get(&app, &path).await.ok(200), expected);
        let stranger = app.signed_in_person(1).await;
        stranger.get(&app, &path).await.problem(404, "unit_not_found");
        stranger.get(&app, "/api/v1/units/nonsense").await.problem(404, "unit_not_found");
        assert_eq!(stranger.get(&app, "/api/v1/units").await.ok(200)["items"], json!([]));
        let unit_id = made["unit_id"].as_str().expect("an id").parse().expect("an id");
        let ids = [&person.person_id, &stranger.person_id].map(|id| id.parse().expect("an id"));
        assert!(app::unit::require_administrator(&app.app.db, ids[0], unit_id).await.is_ok());
        let refused = app::unit::require_administrator(&app.app.db, ids[1], unit_id).await.expect_err("refused");
        assert_eq!(refused.code(), "not_administrator");
    }

    async fn unit_2_a_repeat_with_the_same_key_gets_the_same_unit(app: TestApp) {
        let person = app.signed_in_person(0).await;
        let send = async |name: &str| {
            let body = json!({"as": "legal_representative", "name": name, "uscc": COMPANIES[0].uscc});
            let request = app.request(Method::POST, "/api/v1/units").bearer_auth(&person.access_token);
            Answer::of(request.header("idempotency-key", "k1").json(&body)).await
        };
        let first = send(COMPANIES[0].name).await.ok(201);
        assert_eq!(send(COMPANIES[0].name).await.ok(201), first);
        send("别的有限公司").await.problem(409, "idempotency_conflict");
        assert_eq!(units(&app).await, 1);
    }

    async fn unit_3_what_the_register_says_otherwise_is_told(app: TestApp) {
        let nobody = app.signed_in_by("13800000001").await;
        nobody.register_unit(&app, 0).await.problem(403, "not_verified");
        let person = app.signed_in_person(0).await;
        register(&app, &person, COMPANIES[0].name, "91990000MA0000015P").await.problem(400, "uscc_invalid");
        register(&app, &person, "x", COMPANIES[0].uscc).await.problem(400, "unit_name_invalid");
        person.register_unit(&app, 8).await.problem(503, "register_unavailable");
        assert_eq!(failures(&app).await, 0);
        register(&app, &person, "无此有限公司", "91350100M000100Y43").await.problem(409, "register_not_found");
        for (name, uscc, fields) in [
            ("别的有限公司", COMPANIES[0].uscc, json!(["name"])),
            (COMPANIES[1].name, COMPANIES[1].uscc, json!(["legal_representative"])),
            ("别的有限公司", COMPANIES[1].uscc, json!(["name", "legal_representative"])),
        ] {
            let params = register(&app, &person, name, uscc).await.problem(409, "register_mismatch");
            assert_eq!(params["fields"], fields);
        }
        assert_eq!((failures(&app).await, units(&app).await), (4, 0));
    }

    async fn unit_3_ten_failed_checks_end_the_day(app: TestApp) {
        let person = app.signed_in_person(0).await;
        for _ in 0..10 {
            person.register_unit(&app, 7).await.problem(409, "register_mismatch");
        }
        person.register_unit(&app, 0).await.problem(429, "register_limit");
        assert_eq!(units(&app).await, 0);
        app.clock.advance_s(24 * 3600);
        let again = app.signed_in_by(&person.number).await;
        again.register_unit(&app, 0).await.ok(201);
    }

    async fn unit_4_a_code_registered_before_is_not_registered_again(app: TestApp) {
        let (person, _) = app.with_unit(0).await;
        let second = app.signed_in_person(1).await;
        for who in [&person, &second] {
            let params = who.register_unit(&app, 0).await.problem(409, "unit_exists");
            assert_eq!(params["unit_name"], COMPANIES[0].name);
        }
        assert_eq!((units(&app).await, failures(&app).await), (1, 0));
    }

    async fn unit_4_side_by_side_registrations_make_one_unit(app: TestApp) {
        let person = app.signed_in_person(0).await;
        let mut requests = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let body = json!({"as": "legal_representative", "name": COMPANIES[0].name, "uscc": COMPANIES[0].uscc});
            let request = app.request(Method::POST, "/api/v1/units").bearer_auth(&person.access_token).json(&body);
            requests.spawn(async move { Answer::of(request).await.status.as_u16() });
        }
        let statuses = requests.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert_eq!((units(&app).await, failures(&app).await), (1, 0));
    }
}

#[tokio::test]
async fn ops_2_the_sandbox_shows_itself() {
    let (app, cleanup) = TestApp::sqlite().await;
    app.code("13800000001").await;
    // The inbox has a frame of its own, so that what is being copied from the page stays put.
    let mut html = String::new();
    for path in ["/sandbox", "/sandbox/inbox"] {
        html += &String::from_utf8(app.get(path).await.bytes).expect("text");
    }
    for part in [
        "沙箱",
        "+8613800000001",
        "验证码",
        "样本建设工程有限公司",
        "张样本",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let specimens = app.get("/sandbox/specimens.json").await.ok(200);
    let count = |name: &str| specimens[name].as_array().map_or(0, Vec::len);
    assert!(count("people") >= 6 && count("companies") >= 6);
    assert!(
        app.get("/sandbox/inbox.json?to=nobody").await.ok(200)["items"] == Value::Array(Vec::new())
    );
    cleanup.run().await;
}
