//! What a platform, a unit's standing or an asker's clock forbids, asked at each door; every refusal leaves nothing behind.

use domain::product::Algorithm;
use hulian_tests::{TestApp, both};
use protocol::Base64Url;
use reqwest::Method;
use serde_json::{Value, json};
use store::sql;

/// How many rows there are of all that a refused request might have begun.
async fn rows(app: &TestApp) -> [i64; 7] {
    let text = "SELECT (SELECT count(*) FROM orders) AS orders, (SELECT count(*) FROM seal) AS seals, (SELECT count(*) FROM install) AS installs,
        (SELECT count(*) FROM scan_session) AS sessions, (SELECT count(*) FROM job) AS jobs, (SELECT count(*) FROM idempotency) AS keys,
        (SELECT count(*) FROM operation) AS operations";
    let row = sql!("test.rows", text)
        .one(&app.app.db)
        .await
        .expect("a row");
    [
        "orders",
        "seals",
        "installs",
        "sessions",
        "jobs",
        "keys",
        "operations",
    ]
    .map(|column| row.int(column).expect("a number"))
}

/// What the register said of the unit no longer holds, or holds again.
async fn evidence(app: &TestApp, unit: &str, result: &str) {
    let text = "UPDATE evidence SET result = $1 WHERE unit_id = $2";
    let changed = sql!("test.evidence", text, result, unit)
        .execute(&app.app.db)
        .await;
    assert!(changed.expect("changed") > 0);
}

both! {
    async fn unit_10_a_unit_that_is_not_certified_buys_seals_installs_and_signs_nothing(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let (phone, unit) = (&sealer.phone, sealer.unit_id.as_str());
        let bought = app.holding_bought(phone, Some(unit), Algorithm::Rsa).await;
        let (_, install) = app.install_start(phone, &bought, Algorithm::Rsa);
        let chosen = app.opened(&desk, phone).await;
        app.chosen(&sealer, &chosen).await;
        let (opened, view) = app.ready(&desk, &sealer).await;
        let confirm = app.confirming(&sealer, &view, phone.next_counter()).body;
        let wish = app.order_body(phone, Some(unit), Algorithm::Sm2).await;
        let picture = json!({"unit_id": unit, "kind": "company"});
        let matched = app.opened(&desk, phone).await;
        app.scan_step(phone, &matched, "/claim", &json!({})).await.ok(200);
        app.scan_step(phone, &matched, "/match", &json!({"number": matched.text("match_number")})).await.ok(200);
        let choose = json!({"holding_id": sealer.installed.holding_id});

        evidence(&app, unit, "failed").await;
        let before = rows(&app).await;
        app.post_as(phone, "/api/v1/orders", &wish).await.problem(409, "unit_not_certified");
        app.make_seal(phone, &picture, "k").await.problem(409, "unit_not_certified");
        let installs = format!("/api/v1/holdings/{bought}/installs");
        let params = app.post_as(phone, &installs, &install).await.problem(409, "not_certified");
        assert_eq!(params["reason"], "unit_not_certified");
        for (session, step, body) in [(&matched, "/choose", &choose), (&opened, "/confirm", &confirm)] {
            let params = app.scan_step(phone, session, step, body).await.problem(403, "certificate_not_usable");
            assert_eq!((&params["state"], &params["reason"]), (&json!("not_usable"), &json!("unit_not_certified")));
        }
        assert_eq!(rows(&app).await, before);
        assert_eq!(app.asker_view(&opened).await["state"], "ready");

        // The very same requests, so that each was refused for this reason alone.
        evidence(&app, unit, "passed").await;
        app.post_as(phone, &installs, &install).await.ok(201);
        app.scan_step(phone, &opened, "/confirm", &confirm).await.ok(200);
        app.scan_step(phone, &matched, "/choose", &choose).await.ok(200);
        app.make_seal(phone, &picture, "k").await.ok(201);
        app.post_as(phone, "/api/v1/orders", &wish).await.ok(201);
    }

    async fn scan_5_a_mode_that_the_platform_does_not_declare_opens_no_session(app: TestApp) {
        let (desk, phone) = (app.desk().await, app.phone(0).await);
        let platform = app.sandbox_platform(&phone).await["platform_id"].clone();
        let text = "UPDATE platform SET modes = 'page' WHERE id = $1";
        sql!("test.modes", text, platform.as_str().expect("an id")).execute(&app.app.db).await.expect("declared");
        let before = rows(&app).await;
        let ask = |mode: &str, scope: Value| {
            let mut body = app.session_body();
            body["scope"] = scope;
            body["ask"]["mode"] = json!(mode);
            body
        };
        let here = json!({"platform_id": platform});
        let anywhere = json!({"document_sealing": true});
        for (mode, scope) in [("all", &here), ("pages:1-3", &here), ("page:0", &here), ("sideways", &anywhere), ("", &anywhere)] {
            app.create_session(&desk, &ask(mode, scope.clone())).await.problem(400, "mode_not_offered");
        }
        assert_eq!(rows(&app).await, before);
        app.create_session(&desk, &ask("page:1", here)).await.ok(201);
        app.create_session(&desk, &ask("all", anywhere)).await.ok(201);
    }

    async fn scan_2_an_asker_whose_clock_is_askew_is_told_the_time_and_opens_nothing(app: TestApp) {
        let desk = app.desk().await;
        let (path, now) = ("/api/v1/scan-sessions", app.app.now().micros());
        let bytes = |body: &Value| serde_json::to_vec(body).expect("JSON");
        let before = rows(&app).await;
        let body = bytes(&app.session_body());
        for time_us in [now - 300_000_001, now + 300_000_001, 0, 9_007_199_254_740_991] {
            let header = desk.authorization(path, &body, time_us);
            let params = app.create_session_as(&header, body.clone()).await.problem(401, "asker_clock_skew");
            assert_eq!(params["server_time_us"], now);
        }
        for time_us in ["-1", "9007199254740992", "9223372036854775807", "99999999999999999999", "now"] {
            let header = format!("Hulian-Asker {}:{time_us}:{}", desk.asker_id, Base64Url::encode(&[1; 64]));
            app.create_session_as(&header, body.clone()).await.problem(401, "asker_signature_invalid");
        }
        assert_eq!(rows(&app).await, before);
        for time_us in [now - 300_000_000, now + 300_000_000] {
            let body = bytes(&app.session_body());
            app.create_session_as(&desk.authorization(path, &body, time_us), body).await.ok(201);
        }
    }

    async fn scan_12_a_document_with_a_time_that_is_not_now_is_not_prepared(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let opened = app.opened(&desk, &sealer.phone).await;
        app.chosen(&sealer, &opened).await;
        let (good, now) = (app.prepare_body(&sealer.seal_id), app.app.now().micros());
        for time_us in [now - 300_000_001, now + 300_000_001, i64::MIN, i64::MAX] {
            let mut body = good.clone();
            body["time_us"] = json!(time_us);
            let params = app.asker_call(&opened, Method::POST, "/prepare", Some(&body)).await.problem(400, "asker_clock_skew");
            assert_eq!(params["server_time_us"], now);
        }
        assert_eq!(app.asker_view(&opened).await["state"], "chosen");
        app.asker_call(&opened, Method::POST, "/prepare", Some(&good)).await.ok(200);
    }

    async fn scan_4_a_certificate_of_another_unit_does_not_take_this_units_seal(app: TestApp) {
        let (desk, first, second) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await, app.sealer(1, Algorithm::Sm2).await);
        let opened = app.opened(&desk, &first.phone).await;
        app.chosen(&first, &opened).await;
        let body = app.prepare_body(&second.seal_id);
        app.asker_call(&opened, Method::POST, "/prepare", Some(&body)).await.problem(403, "seal_not_usable");
        let matched = app.opened(&desk, &first.phone).await;
        app.scan_step(&first.phone, &matched, "/claim", &json!({})).await.ok(200);
        app.scan_step(&first.phone, &matched, "/match", &json!({"number": matched.text("match_number")})).await.ok(200);
        let theirs = json!({"holding_id": second.installed.holding_id});
        app.scan_step(&first.phone, &matched, "/choose", &theirs).await.problem(404, "holding_not_found");
        assert_eq!(app.asker_view(&matched).await["state"], "claimed");
    }
}
