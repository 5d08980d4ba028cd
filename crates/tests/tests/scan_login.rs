//! SCAN-1 and SCAN-3: a person signs a tool in, as themselves or as a unit; the device key alone confirms it.

use domain::product::Algorithm;
use hulian_tests::{Desk, Opened, Phone, TestApp, both};
use protocol::{Base64Url, Login, Scope, Statement};
use reqwest::Method;
use serde_json::{Value, json};
use store::sql;

both! {
    async fn scan_3_a_login_as_a_unit_signs_the_tool_in_until_it_is_ended(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let phone = &sealer.phone;
        let opened = login(&app, &desk).await;
        app.matched(phone, &opened).await;
        let choices = app.get_as(phone, &opened.phone_path("/choices")).await.ok(200);
        let units: Vec<&Value> = choices["identities"].as_array().unwrap().iter().map(|one| &one["unit"]["unit_id"]).collect();
        assert_eq!(units, [&Value::Null, &json!(sealer.unit_id)]);
        let view = app.scan_step(phone, &opened, "/choose", &json!({"unit_id": sealer.unit_id})).await.ok(200);
        assert_eq!((&view["state"], &view["chosen"]), (&json!("ready"), &json!({
            "holding_id": null, "unit_id": sealer.unit_id, "algorithm": null, "certificate": null
        })));
        let body = confirm(phone, &view, phone.next_counter());
        let done = app.scan_step(phone, &opened, "/confirm-login", &body).await.ok(200);
        assert_eq!(app.scan_step(phone, &opened, "/confirm-login", &body).await.ok(200), done, "a repeat gets the same answer");
        let other = confirm(phone, &view, phone.next_counter());
        app.scan_step(phone, &opened, "/confirm-login", &other).await.problem(409, "confirm_conflict");

        let asker = app.asker_view(&opened).await;
        let result = &asker["result"];
        assert_eq!((&asker["state"], &result["operation_id"]), (&json!("done"), &done["operation_id"]));
        assert_eq!(result["identity"]["unit"]["unit_id"], sealer.unit_id);
        let current = app.desk_call(&desk, Method::GET, CURRENT).await.ok(200);
        assert_eq!((&current["registered"], &current["signed_in"]["until_us"]), (&json!(true), &result["signed_in_until_us"]));
        assert_eq!(current["signed_in"]["person_name"], result["identity"]["person_name"]);
        assert_eq!(current["signed_in"]["unit"], result["identity"]["unit"]);
        let seals = app.desk_call(&desk, Method::GET, SEALS).await.ok(200);
        let seal = &seals["items"][0];
        assert_eq!((&seal["seal_id"], &seal["kind"], &seal["usable"]), (&json!(sealer.seal_id), &json!("company"), &json!(true)));
        assert_eq!(seal["name"], result["identity"]["unit"]["name"]);

        // Phones see the tool as registered, until the sign-in is ended.
        let next = login(&app, &desk).await;
        assert_eq!(app.scan_step(phone, &next, "/claim", &json!({})).await.ok(200)["asker"]["registered"], true);
        app.desk_call(&desk, Method::DELETE, "/api/v1/askers/current/sign-in").await.ok(204);
        app.desk_call(&desk, Method::DELETE, "/api/v1/askers/current/sign-in").await.ok(204);
        assert_eq!(app.get_as(phone, &next.phone_path("")).await.ok(200)["asker"]["registered"], false);
        assert_eq!(app.desk_call(&desk, Method::GET, CURRENT).await.ok(200)["signed_in"], Value::Null);
        assert_eq!(app.desk_call(&desk, Method::GET, SEALS).await.ok(200)["items"], json!([]));
    }

    async fn scan_3_a_login_as_oneself_needs_no_certificate_and_no_password(app: TestApp) {
        let (desk, phone) = (app.desk().await, app.phone(0).await);
        sql!("test.no_password", "DELETE FROM password").execute(&app.app.db).await.expect("no password");
        let opened = login(&app, &desk).await;
        app.matched(&phone, &opened).await;
        let view = app.scan_step(&phone, &opened, "/choose", &json!({"unit_id": null})).await.ok(200);
        let body = confirm(&phone, &view, phone.next_counter());
        app.scan_step(&phone, &opened, "/confirm-login", &body).await.ok(200);
        let current = app.desk_call(&desk, Method::GET, CURRENT).await.ok(200);
        // A person alone does not vouch for a tool.
        assert_eq!((&current["registered"], &current["signed_in"]["unit"]), (&json!(false), &Value::Null));
        assert!(current["signed_in"]["person_name"].is_string());
        let operations = app.get_as(&phone, "/api/v1/operations").await.ok(200);
        let record = &operations["items"][0]["record"];
        assert_eq!((&record["kind"], &record["holding_id"], &record["seal_id"]), (&json!("login"), &json!(""), &json!("")));
    }

    async fn scan_1_a_login_never_becomes_a_seal_nor_a_seal_a_login(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let phone = &sealer.phone;
        let opened = login(&app, &desk).await;
        app.scan_step(phone, &opened, "/claim", &json!({})).await.ok(200);
        let own = json!({"unit_id": null});
        app.scan_step(phone, &opened, "/choose", &own).await.problem(409, "match_first");
        let number = json!({"number": opened.text("match_number")});
        app.scan_step(phone, &opened, "/match", &number).await.ok(200);
        let holding = json!({"holding_id": sealer.installed.holding_id});
        app.scan_step(phone, &opened, "/choose", &holding).await.problem(409, "session_state");
        app.scan_step(phone, &opened, "/choose", &json!({})).await.problem(400, "body_invalid");
        let view = app.scan_step(phone, &opened, "/choose", &own).await.ok(200);
        let body = app.prepare_body(&sealer.seal_id);
        app.asker_call(&opened, Method::POST, "/prepare", Some(&body)).await.problem(409, "session_state");
        let login_body = confirm(phone, &view, phone.next_counter());

        let (seal, view) = app.ready(&desk, &sealer).await;
        app.scan_step(phone, &seal, "/confirm-login", &login_body).await.problem(409, "session_state");
        app.scan_step(phone, &seal, "/choose", &own).await.problem(409, "session_state");
        let seal_body = app.confirming(&sealer, &view, phone.next_counter()).body;
        app.scan_step(phone, &opened, "/confirm", &seal_body).await.problem(409, "session_state");
    }

    async fn scan_3_what_does_not_hold_now_signs_nothing_in(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let phone = &sealer.phone;
        let opened = login(&app, &desk).await;
        app.matched(phone, &opened).await;
        let view = app.scan_step(phone, &opened, "/choose", &json!({"unit_id": sealer.unit_id})).await.ok(200);
        let body = confirm(phone, &view, phone.next_counter());
        let mut as_another = view.clone();
        as_another["chosen"]["unit_id"] = Value::Null;
        let forged = confirm(phone, &as_another, phone.next_counter());
        app.scan_step(phone, &opened, "/confirm-login", &forged).await.problem(400, "device_proof_invalid");
        let member = "UPDATE membership SET ended_us = $1, ended_why = CASE WHEN CAST($1 AS BIGINT) IS NULL THEN NULL ELSE 'left' END WHERE unit_id = $2";
        let (past, unit) = (Some(app.app.now().micros() - 1), sealer.unit_id.as_str());
        sql!("test.left", member, past, unit).execute(&app.app.db).await.expect("left");
        app.scan_step(phone, &opened, "/confirm-login", &body).await.problem(404, "unit_not_found");
        let never: Option<i64> = None;
        sql!("test.back", member, never, unit).execute(&app.app.db).await.expect("back");
        app.scan_step(phone, &opened, "/confirm-login", &body).await.ok(200);
        // Who leaves the unit afterwards vouches for the tool no more.
        sql!("test.left", member, past, unit).execute(&app.app.db).await.expect("left");
        let current = app.desk_call(&desk, Method::GET, CURRENT).await.ok(200);
        assert_eq!((&current["registered"], &current["signed_in"]), (&json!(false), &Value::Null));
        sql!("test.back", member, never, unit).execute(&app.app.db).await.expect("back");
        app.clock.advance_s(30 * 86_400);
        assert_eq!(app.desk_call(&desk, Method::GET, CURRENT).await.ok(200)["signed_in"], Value::Null);
    }

    async fn scan_3_only_the_offered_login_can_be_asked_for(app: TestApp) {
        let desk = app.desk().await;
        for ask in [json!({"certificate": true}), json!({"mode": "all", "mark_count_max": 1}), json!({})] {
            let mut body = login_body(&app);
            body["ask"] = ask;
            let refused = app.create_session(&desk, &body).await;
            assert_eq!(refused.status.as_u16(), 400, "{}", refused.json());
        }
        let platforms = app.desk_call(&desk, Method::GET, "/api/v1/platforms").await.ok(200);
        assert!(platforms["items"][0]["modes"].as_array().is_some_and(|modes| modes.len() == 5));
        app.get("/api/v1/platforms").await.problem(401, "unauthenticated");
        let wrong = desk.authorization_of("GET", CURRENT, b"", app.app.now().micros());
        let request = app.request(Method::GET, SEALS).header("authorization", wrong);
        hulian_tests::Answer::of(request).await.problem(401, "asker_signature_invalid");
    }

    async fn scan_3_a_seal_picked_by_a_signed_in_tool_is_offered_to_its_users_alone(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let stranger = app.sealer(1, Algorithm::Sm2).await;
        let mut body = app.session_body();
        let platform = app.sandbox_platform(&sealer.phone).await;
        body["scope"] = json!({"platform_id": platform["platform_id"]});
        body["ask"]["seal_id"] = json!(sealer.seal_id);
        let opened = Opened { created: app.create_session(&desk, &body).await.ok(201) };
        app.matched(&stranger.phone, &opened).await;
        let choices = app.get_as(&stranger.phone, &opened.phone_path("/choices")).await.ok(200);
        assert_eq!(choices["identities"], json!([]));
        let holding = json!({"holding_id": stranger.installed.holding_id});
        app.scan_step(&stranger.phone, &opened, "/choose", &holding).await.problem(403, "seal_not_usable");

        body["request_id"] = json!(Base64Url::encode(&[3; 16]));
        let opened = Opened { created: app.create_session(&desk, &body).await.ok(201) };
        app.chosen(&sealer, &opened).await;
        let choices = app.get_as(&sealer.phone, &opened.phone_path("/choices")).await.ok(200);
        assert_eq!(choices["identities"][0]["seals"][0]["seal_id"], sealer.seal_id);
        assert_eq!(app.get_as(&sealer.phone, &opened.phone_path("")).await.ok(200)["ask"]["seal_id"], sealer.seal_id);
        body["request_id"] = json!(Base64Url::encode(&[4; 16]));
        body["ask"]["seal_id"] = json!(sealer.unit_id);
        app.create_session(&desk, &body).await.problem(404, "seal_not_found");
    }
}

const CURRENT: &str = "/api/v1/askers/current";
const SEALS: &str = "/api/v1/askers/current/seals";

fn login_body(app: &TestApp) -> Value {
    let mut body = app.session_body();
    (body["kind"], body["ask"]) = (json!("login"), json!({"certificate": false}));
    body["purpose"] = json!("登录投标工具");
    body
}

async fn login(app: &TestApp, desk: &Desk) -> Opened {
    let created = app.create_session(desk, &login_body(app)).await.ok(201);
    Opened { created }
}

/// What the phone sends when it has shown the view.
pub fn confirm(phone: &Phone, view: &Value, counter: i64) -> Value {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let statement = Statement::Login(Login {
        code: &text(&view["code"]),
        purpose: &text(&view["purpose"]),
        asker_id: &text(&view["asker"]["asker_id"]),
        asker_name: &text(&view["asker"]["name"]),
        scope: Scope::DOCUMENT_SEALING,
        person_id: &phone.caller.person_id.to_string(),
        unit_id: view["chosen"]["unit_id"].as_str(),
        device_id: &phone.caller.device_id.to_string(),
        counter,
    });
    let signature = phone.sign(&statement.to_bytes().expect("canonical"));
    json!({"counter": counter, "device_signature": Base64Url::encode(&signature)})
}
