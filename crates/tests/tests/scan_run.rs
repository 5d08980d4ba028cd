//! SCAN-6 through HTTP: continuous runs, what they spare the person, and what they do not loosen.

use app::certificate;
use domain::id::ScanRunId;
use domain::product::Algorithm;
use hulian_tests::{Answer, Desk, Opened, Phone, Sealer, TestApp, both};
use issuer::Reason;
use reqwest::Method;
use serde_json::{Value, json};
use store::sql;

both! {
    async fn scan_6_five_codes_of_a_run_need_one_password_entry(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let phone = &sealer.phone;
        let mut body = app.session_body();
        body["scope"] = json!({"platform_id": app.sandbox_platform(phone).await["platform_id"]});
        body["continuous"] = json!(true);
        let first = Opened { created: app.create_session(&desk, &body).await.ok(201) };
        app.chosen(&sealer, &first).await;
        let view = prepared(&app, &sealer, &first).await;
        assert_eq!((&view["continuous"], &view["run"]), (&json!(true), &Value::Null));
        let run = begin(&app, phone, &first).await.ok(201);
        let idle_until_us = app.app.now().plus_seconds(300).micros();
        assert_eq!(run, json!({
            "run_id": run["run_id"], "holding_id": sealer.installed.holding_id, "asker_id": desk.asker_id,
            "codes_left": 50, "idle_until_us": idle_until_us,
        }));
        assert_eq!(begin(&app, phone, &first).await.ok(201), run, "a repeat gets the same run");
        assert_eq!(app.asker_view(&first).await["run"], json!({"run_id": run["run_id"], "codes_left": 50}));
        seal(&app, &sealer, &first, &view).await;
        for left in [49, 48, 47, 46] {
            let (opened, view) = taken(&app, &desk, &sealer, &run).await;
            let seen = json!({"run_id": run["run_id"], "codes_left": left, "idle_until_us": idle_until_us});
            assert_eq!((&view["run"], &view["continuous"]), (&seen, &json!(false)));
            // A right proof sets the tries back to none, so any entry since the last one would show.
            assert_eq!(tries(&app, phone).await, 0);
            seal(&app, &sealer, &opened, &view).await;
            assert_eq!(app.asker_view(&opened).await["run"]["codes_left"], left - 1);
        }
        let records = app.get_as(phone, "/api/v1/operations").await.ok(200);
        assert_eq!(records["items"].as_array().map(Vec::len), Some(5), "every code has its own record");
    }

    async fn scan_6_a_code_that_the_run_does_not_take_stays_claimable(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let (_, run) = begun(&app, &desk, &sealer).await;
        let phone = &sealer.phone;
        let theirs = app.opened(&app.desk().await, phone).await;
        claim_in(&app, phone, &theirs, &run["run_id"]).await.problem(409, "run_other_asker");
        let nobodys = json!(app.app.new_id::<ScanRunId>().to_string());
        claim_in(&app, phone, &theirs, &nobodys).await.problem(410, "run_ended");
        claim_in(&app, phone, &theirs, &json!("not an id")).await.problem(400, "body_invalid");
        assert_eq!(app.asker_view(&theirs).await["state"], "created");
        let view = app.scan_step(phone, &theirs, "/claim", &json!({})).await.ok(200);
        assert_eq!((&view["state"], &view["matched"], &view["run"]), (&json!("claimed"), &json!(false), &Value::Null));

        // Neither another person nor the same person on another phone is in the run.
        let (other, second) = (app.phone(1).await, app.second_phone(0, phone).await);
        let opened = app.opened(&desk, phone).await;
        for stranger in [&other, &second] {
            claim_in(&app, stranger, &opened, &run["run_id"]).await.problem(410, "run_ended");
        }
        let view = claim_in(&app, phone, &opened, &run["run_id"]).await.ok(200);
        assert_eq!(view["state"], "chosen");
    }

    async fn scan_6_a_run_is_over_after_five_idle_minutes(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let phone = &sealer.phone;
        let (first, run) = begun(&app, &desk, &sealer).await;
        let view = prepared(&app, &sealer, &first).await;
        // The access token lives for ten minutes in all.
        app.clock.advance_s(200);
        let (opened, late) = taken(&app, &desk, &sealer, &run).await;
        app.clock.advance_s(300);
        let body = app.confirming(&sealer, &late, phone.next_counter()).body;
        app.scan_step(phone, &opened, "/confirm", &body).await.problem(410, "run_ended");
        begin(&app, phone, &opened).await.problem(410, "run_ended");
        let next = app.opened(&desk, phone).await;
        claim_in(&app, phone, &next, &run["run_id"]).await.problem(410, "run_ended");
        assert_eq!(app.asker_view(&opened).await["run"], Value::Null);
        // The number of the first code was typed: it needs no run, and may begin another.
        let again = begin(&app, phone, &first).await.ok(201);
        assert_ne!(again["run_id"], run["run_id"]);
        seal(&app, &sealer, &first, &view).await;
    }

    async fn scan_6_fifty_codes_and_not_one_more(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let phone = &sealer.phone;
        let (_, run) = begun(&app, &desk, &sealer).await;
        let text = "UPDATE scan_run SET codes = 49 WHERE id = $1";
        sql!("test.codes", text, run["run_id"].as_str().expect("an id")).execute(&app.app.db).await.expect("counted");
        let (one, one_view) = taken(&app, &desk, &sealer, &run).await;
        let (two, two_view) = taken(&app, &desk, &sealer, &run).await;
        assert_eq!(two_view["run"]["codes_left"], 1, "what is taken is not signed yet");
        seal(&app, &sealer, &one, &one_view).await;
        let body = app.confirming(&sealer, &two_view, phone.next_counter()).body;
        app.scan_step(phone, &two, "/confirm", &body).await.problem(410, "run_ended");
        assert_eq!(app.asker_view(&one).await["run"]["codes_left"], 0);
        let next = app.opened(&desk, phone).await;
        claim_in(&app, phone, &next, &run["run_id"]).await.problem(410, "run_ended");
        assert_eq!(app.asker_view(&next).await["state"], "created");
    }

    async fn scan_6_either_side_ends_a_run(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let phone = &sealer.phone;
        for by_phone in [true, false] {
            let (first, run) = begun(&app, &desk, &sealer).await;
            let view = prepared(&app, &sealer, &first).await;
            let (opened, waiting) = taken(&app, &desk, &sealer, &run).await;
            if by_phone {
                let other = app.phone(1).await;
                end(&app, &other, &run).await.problem(404, "run_not_found");
                end(&app, phone, &run).await.ok(204);
                end(&app, phone, &run).await.ok(204);
            } else {
                end_all(&app, &app.desk().await, b"").await.ok(204);
                end_all(&app, &desk, b"another body").await.problem(401, "asker_signature_invalid");
                assert_eq!(app.asker_view(&opened).await["state"], "ready", "nobody has ended it");
                end_all(&app, &desk, b"").await.ok(204);
                end_all(&app, &desk, b"").await.ok(204);
            }
            let seen = app.asker_view(&opened).await;
            assert_eq!((&seen["state"], &seen["failure"], &seen["run"]), (&json!("refused"), &json!({"code": "run_ended"}), &Value::Null));
            let body = app.confirming(&sealer, &waiting, phone.next_counter()).body;
            let refused = app.scan_step(phone, &opened, "/confirm", &body).await.problem(410, "session_refused");
            assert_eq!(refused["reason"], "run_ended");
            let next = app.opened(&desk, phone).await;
            claim_in(&app, phone, &next, &run["run_id"]).await.problem(410, "run_ended");
            seal(&app, &sealer, &first, &view).await;
        }
    }

    async fn scan_6_a_run_loosens_nothing_that_is_checked_now(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let phone = &sealer.phone;
        let (_, run) = begun(&app, &desk, &sealer).await;
        let (opened, view) = taken(&app, &desk, &sealer, &run).await;
        let good = app.confirming(&sealer, &view, phone.next_counter()).body;
        let mut unproven = good.clone();
        unproven["password_proof"] = good["device_signature"].clone();
        app.scan_step(phone, &opened, "/confirm", &unproven).await.problem(403, "password_wrong");
        let mut other_phone = good.clone();
        other_phone["device_signature"] = good["password_proof"].clone();
        app.scan_step(phone, &opened, "/confirm", &other_phone).await.problem(400, "device_proof_invalid");
        let voided = "UPDATE seal SET voided_at_us = $1 WHERE id = $2";
        for (at, code) in [(Some(app.app.now().micros()), Some("seal_not_usable")), (None, None)] {
            sql!("test.void", voided, at, sealer.seal_id.as_str()).execute(&app.app.db).await.expect("written");
            let Some(code) = code else { continue };
            app.scan_step(phone, &opened, "/confirm", &good).await.problem(403, code);
        }
        let seen = app.get_as(phone, &opened.phone_path("")).await.ok(200);
        assert_eq!(seen["run"]["codes_left"], 50, "what is refused is not counted");
        let mut tx = app.app.db.begin_write("test.revoke").await.expect("a transaction");
        let id = sealer.installed.certificate_id.parse().expect("an id");
        assert!(certificate::revoke(&app.app, &mut tx, id, Reason::KeyCompromise).await.expect("revoked"));
        tx.commit().await.expect("committed");
        app.scan_step(phone, &opened, "/confirm", &good).await.problem(403, "certificate_not_usable");
        let next = app.opened(&desk, phone).await;
        claim_in(&app, phone, &next, &run["run_id"]).await.problem(403, "certificate_not_usable");
        assert_eq!(app.asker_view(&next).await["state"], "created");
    }

    async fn scan_6_a_run_begins_with_a_choice(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let (phone, other) = (&sealer.phone, app.phone(1).await);
        let opened = app.opened(&desk, phone).await;
        begin(&app, phone, &opened).await.problem(409, "session_state");
        app.scan_step(phone, &opened, "/claim", &json!({})).await.ok(200);
        begin(&app, phone, &opened).await.problem(409, "session_state");
        begin(&app, &other, &opened).await.problem(409, "session_claimed_by_other");
        app.scan_step(phone, &opened, "/refuse", &json!({})).await.ok(200);
        begin(&app, phone, &opened).await.problem(410, "session_refused");
        let unknown = json!({"code": "AAAAAAAAAAAAAAAAAAAAAA"});
        app.post_as(phone, "/api/v1/scan-runs", &unknown).await.problem(404, "session_unknown");
    }
}

async fn begin(app: &TestApp, phone: &Phone, opened: &Opened) -> Answer {
    let body = json!({"code": opened.text("code")});
    app.post_as(phone, "/api/v1/scan-runs", &body).await
}

/// A run that began in a session of the desk; that session and the run.
async fn begun(app: &TestApp, desk: &Desk, sealer: &Sealer) -> (Opened, Value) {
    let opened = app.opened(desk, &sealer.phone).await;
    app.chosen(sealer, &opened).await;
    let run = begin(app, &sealer.phone, &opened).await.ok(201);
    (opened, run)
}

async fn claim_in(app: &TestApp, phone: &Phone, opened: &Opened, run_id: &Value) -> Answer {
    app.scan_step(phone, opened, "/claim", &json!({"run_id": run_id}))
        .await
}

/// A further code, taken into the run and prepared; its session and what the phone shows.
async fn taken(app: &TestApp, desk: &Desk, sealer: &Sealer, run: &Value) -> (Opened, Value) {
    let opened = app.opened(desk, &sealer.phone).await;
    let view = claim_in(app, &sealer.phone, &opened, &run["run_id"])
        .await
        .ok(200);
    assert_eq!(
        (&view["state"], &view["matched"]),
        (&json!("chosen"), &json!(true))
    );
    assert_eq!(view["chosen"]["holding_id"], run["holding_id"]);
    let view = prepared(app, sealer, &opened).await;
    (opened, view)
}

async fn prepared(app: &TestApp, sealer: &Sealer, opened: &Opened) -> Value {
    let body = app.prepare_body(&sealer.seal_id);
    app.asker_call(opened, Method::POST, "/prepare", Some(&body))
        .await
        .ok(200);
    app.get_as(&sealer.phone, &opened.phone_path(""))
        .await
        .ok(200)
}

async fn seal(app: &TestApp, sealer: &Sealer, opened: &Opened, view: &Value) {
    let phone = &sealer.phone;
    let confirming = app.confirming(sealer, view, phone.next_counter());
    let answer = app
        .scan_step(phone, opened, "/confirm", &confirming.body)
        .await
        .ok(200);
    let finish = confirming.finish(&sealer.installed.key, &answer);
    app.scan_step(phone, opened, "/finish", &finish)
        .await
        .ok(200);
}

async fn end(app: &TestApp, phone: &Phone, run: &Value) -> Answer {
    let path = format!(
        "/api/v1/scan-runs/{}",
        run["run_id"].as_str().expect("an id")
    );
    Answer::of(app.request(Method::DELETE, &path).bearer_auth(&phone.token)).await
}

/// The asker ends its runs, with a signature over `body`; none is sent.
async fn end_all(app: &TestApp, desk: &Desk, body: &[u8]) -> Answer {
    let path = "/api/v1/askers/current/runs";
    let header = desk.authorization_of("DELETE", path, body, app.app.now().micros());
    let request = app.request(Method::DELETE, path);
    Answer::of(request.header("authorization", header)).await
}

/// Tries of the person's password that are counted at this time.
async fn tries(app: &TestApp, phone: &Phone) -> i64 {
    let text = "SELECT attempts_made FROM password WHERE person_id = $1";
    let row = sql!("test.tries", text, phone.caller.person_id);
    let row = row.one(&app.app.db).await.expect("a password");
    row.int("attempts_made").expect("a number")
}
