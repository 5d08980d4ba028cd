//! SCAN-1, SCAN-2, SCAN-4 and SCAN-12 through HTTP: one seal from code to result, and all that the server half
//! refuses at the instant of signing, whatever the screens have shown before.

use domain::product::Algorithm;
use hulian_tests::{BOTH_PRODUCTS, TestApp, both, bytes};
use issuer::Reason;
use protocol::{Base64Url, sha256};
use reqwest::Method;
use serde_json::{Value, json};
use store::sql;

both! {
    async fn scan_1_a_seal_goes_from_code_to_cms_and_record(app: TestApp) {
        let desk = app.desk().await;
        for (number, product) in BOTH_PRODUCTS.into_iter().enumerate() {
            let sealer = app.sealer(number, product).await;
            let phone = &sealer.phone;
            let (opened, view) = app.ready(&desk, &sealer).await;
            let asker = app.asker_view(&opened).await;
            assert_eq!((&asker["state"], &asker["signer"]["seals"][0]["seal_id"]), (&json!("ready"), &json!(sealer.seal_id)));
            let confirming = app.confirming(&sealer, &view, phone.next_counter());
            let (body, attributes) = (confirming.body.clone(), confirming.attributes.clone());
            let answer = app.scan_step(phone, &opened, "/confirm", &body).await.ok(200);
            assert_eq!(app.scan_step(phone, &opened, "/confirm", &body).await.ok(200), answer, "a repeat gets the stored answer");
            let mut other = body.clone();
            other["counter"] = json!(phone.next_counter());
            app.scan_step(phone, &opened, "/confirm", &other).await.problem(409, "confirm_conflict");
            app.asker_call(&opened, Method::POST, "/cancel", Some(&json!({}))).await.problem(409, "session_state");
            app.scan_step(phone, &opened, "/refuse", &json!({})).await.problem(409, "session_state");
            let length = if product == Algorithm::Sm2 { 64 } else { 512 };
            let wrong = json!({"signature": Base64Url::encode(&vec![1; length])});
            app.scan_step(phone, &opened, "/finish", &wrong).await.problem(400, "signature_invalid");
            let finish = confirming.finish(&sealer.installed.key, &answer);
            let done = app.scan_step(phone, &opened, "/finish", &finish).await.ok(200);
            assert_eq!(app.scan_step(phone, &opened, "/finish", &finish).await.ok(200), done);
            app.scan_step(phone, &opened, "/finish", &wrong).await.problem(409, "finish_conflict");
            let asker = app.asker_view(&opened).await;
            assert_eq!((&asker["state"], &asker["result"]["operation_id"]), (&json!("done"), &done["operation_id"]));
            let cms = gm_pki::cms::parse(&bytes(&asker["result"]["cms"])).expect("a CMS");
            let digest = |_| bytes(&view["prepared"]["digest"]);
            cms.verify(gm_pki::cms::Content::Digest(&digest)).expect("verified");
            assert!(!attributes.is_empty());
            recorded(&app, phone, &done).await;
        }
    }

    async fn scan_4_the_server_half_refuses_what_does_not_hold_now(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let (opened, view) = app.ready(&desk, &sealer).await;
        let phone = &sealer.phone;
        let body = app.confirming(&sealer, &view, phone.next_counter()).body;
        // An entitlement's last second counts whole.
        let (past, later) = (app.app.now().micros() - 2_000_000, app.app.now().micros() + 86_400_000_000);
        let (holding, unit) = (sealer.installed.holding_id.clone(), sealer.unit_id.clone());
        // Ending and giving back: the last confirm succeeds with the same bytes, so each refusal was for its own reason.
        let until = "UPDATE entitlement SET from_us = 0, until_us = $1 WHERE holding_id = $2";
        let suspended = "UPDATE holding SET suspended_us = $1 WHERE id = $2";
        let member = "UPDATE membership SET ended_us = $1, ended_why = CASE WHEN CAST($1 AS BIGINT) IS NULL THEN NULL ELSE 'left' END WHERE unit_id = $2";
        let voided = "UPDATE seal SET voided_at_us = $1 WHERE id = $2";
        let revoked = "UPDATE asker SET revoked_at_us = $1 WHERE id = $2";
        let seal = sealer.seal_id.clone();
        for (text, id, back, code) in [
            (until, holding.clone(), Some(later), "certificate_not_usable"),
            (suspended, holding, None, "certificate_not_usable"),
            (member, unit, None, "certificate_not_usable"),
            (voided, seal, None, "seal_not_usable"),
            (revoked, desk.asker_id.clone(), None, "asker_revoked"),
        ] {
            sql!("test.end", text, past, id.as_str()).execute(&app.app.db).await.expect("ended");
            app.scan_step(phone, &opened, "/confirm", &body).await.problem(403, code);
            sql!("test.back", text, back, id.as_str()).execute(&app.app.db).await.expect("given back");
        }
        app.scan_step(phone, &opened, "/confirm", &body).await.ok(200);
    }

    async fn scan_4_a_revoked_certificate_or_an_expired_session_signs_nothing(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let (late, view) = app.ready(&desk, &sealer).await;
        let body = app.confirming(&sealer, &view, sealer.phone.next_counter()).body;
        // The access token lives no longer than a prepared session, so the session's end is moved and not the clock.
        let text = "UPDATE scan_session SET expires_at_us = $1 WHERE id = $2";
        sql!("test.expire", text, app.app.now().micros(), late.text("session_id")).execute(&app.app.db).await.expect("expired");
        app.scan_step(&sealer.phone, &late, "/confirm", &body).await.problem(410, "session_expired");
        let (opened, view) = app.ready(&desk, &sealer).await;
        let body = app.confirming(&sealer, &view, sealer.phone.next_counter()).body;
        let mut tx = app.app.db.begin_write("test.revoke").await.expect("a transaction");
        let id = sealer.installed.certificate_id.parse().expect("an id");
        assert!(app::certificate::revoke(&app.app, &mut tx, id, Reason::KeyCompromise).await.expect("revoked"));
        tx.commit().await.expect("committed");
        app.scan_step(&sealer.phone, &opened, "/confirm", &body).await.problem(403, "certificate_not_usable");
    }

    async fn scan_4_wrong_proofs_and_other_facts_are_refused(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let (opened, view) = app.ready(&desk, &sealer).await;
        let phone = &sealer.phone;
        let good = app.confirming(&sealer, &view, phone.next_counter()).body;
        for (member, value, status, code) in [
            ("device_signature", good["password_proof"].clone(), 400, "device_proof_invalid"),
            ("password_proof", good["device_signature"].clone(), 403, "password_wrong"),
            ("message", json!("AAAA"), 400, "device_proof_invalid"),
        ] {
            let mut body = good.clone();
            body[member] = value;
            app.scan_step(phone, &opened, "/confirm", &body).await.problem(status, code);
        }
        for (member, value) in [
            ("digest", json!(Base64Url::encode(&sha256(b"another document")))),
            ("file_name", json!("另一文件.pdf")),
            ("page_count", json!(2)),
            ("mode", json!("all")),
        ] {
            let mut other = view.clone();
            other["prepared"][member] = value;
            let body = app.confirming(&sealer, &other, phone.next_counter()).body;
            app.scan_step(phone, &opened, "/confirm", &body).await.problem(400, "device_proof_invalid");
        }
        let stale = app.confirming(&sealer, &view, 1).body;
        app.scan_step(phone, &opened, "/confirm", &stale).await.problem(409, "device_counter_stale");
        app.scan_step(phone, &opened, "/confirm", &good).await.ok(200);
    }

    async fn scan_4_two_confirms_at_once_get_one_answer_and_a_new_one_ends_the_older(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let (opened, view) = app.ready(&desk, &sealer).await;
        let phone = &sealer.phone;
        let one = app.confirming(&sealer, &view, phone.next_counter()).body;
        let two = app.confirming(&sealer, &view, phone.next_counter()).body;
        let (first, second) = tokio::join!(
            app.scan_step(phone, &opened, "/confirm", &one),
            app.scan_step(phone, &opened, "/confirm", &two),
        );
        let answered = [&first, &second].iter().filter(|answer| answer.status == 200).count();
        assert_eq!(answered, 1, "a nonce answers once: {first:?} {second:?}");
        let (newer, view) = app.ready(&desk, &sealer).await;
        let body = app.confirming(&sealer, &view, phone.next_counter()).body;
        app.scan_step(phone, &newer, "/confirm", &body).await.ok(200);
        let older = app.asker_view(&opened).await;
        assert_eq!((&older["state"], &older["failure"]["code"]), (&json!("failed"), &json!("superseded")));
    }

    async fn scan_2_codes_phones_and_numbers_that_do_not_belong_are_refused(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let (phone, other) = (&sealer.phone, app.phone(1).await);
        for code in [Base64Url::encode(&[5; 16]), "nonsense".to_owned()] {
            app.post_as(phone, &format!("/api/v1/scans/{code}/claim"), &json!({})).await.problem(404, "session_unknown");
        }
        let opened = app.opened(&desk, phone).await;
        app.scan_step(phone, &opened, "/claim", &json!({})).await.ok(200);
        let choose = json!({"holding_id": sealer.installed.holding_id});
        app.scan_step(phone, &opened, "/choose", &choose).await.problem(409, "match_first");
        app.scan_step(&other, &opened, "/claim", &json!({})).await.problem(409, "session_claimed_by_other");
        assert_eq!(app.asker_view(&opened).await["second_phone"], true);
        let wrong = json!({"number": "00"});
        app.scan_step(phone, &opened, "/match", &wrong).await.problem(409, "match_wrong");
        assert_eq!(app.asker_view(&opened).await["state"], "refused");
        let opened = app.opened(&desk, phone).await;
        app.scan_step(&other, &opened, "/claim", &json!({})).await.ok(200);
        let number = json!({"number": opened.text("match_number")});
        app.scan_step(&other, &opened, "/match", &number).await.ok(200);
        app.scan_step(&other, &opened, "/choose", &choose).await.problem(404, "holding_not_found");
        app.asker_call(&opened, Method::POST, "/cancel", Some(&json!({}))).await.ok(204);
        app.asker_call(&opened, Method::POST, "/cancel", Some(&json!({}))).await.ok(204);
        app.scan_step(&other, &opened, "/choose", &choose).await.problem(410, "session_refused");
        let opened = app.opened(&desk, phone).await;
        app.clock.advance_s(91);
        app.scan_step(phone, &opened, "/claim", &json!({})).await.problem(410, "session_expired");
        for _ in 0..5 {
            app.post_as(phone, "/api/v1/short-codes", &json!({"short_code": "ZZZZZZZZ"})).await.problem(404, "session_unknown");
        }
        app.post_as(phone, "/api/v1/short-codes", &json!({"short_code": "ZZZZZZZZ"})).await.problem(429, "rate_limited");
    }

    async fn scan_12_what_does_not_fit_what_was_asked_is_not_prepared(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let opened = app.opened(&desk, &sealer.phone).await;
        app.chosen(&sealer, &opened).await;
        let good = app.prepare_body(&sealer.seal_id);
        let mark = |member: &str, value: Value| { let mut mark = good["marks"][0].clone(); mark[member] = value; json!([mark]) };
        for (member, value, status, code) in [
            ("marks", json!([]), 400, "mark_invalid"),
            ("marks", mark("page", json!(2)), 400, "mark_invalid"),
            ("marks", mark("width_mm", json!(41.0)), 400, "mark_invalid"),
            ("marks", mark("x_mm", json!(1.005)), 400, "mark_invalid"),
            ("mode", json!("all"), 400, "mode_not_offered"),
            ("page_count", json!(0), 400, "mark_invalid"),
            ("digest", json!("AAAA"), 400, "digest_invalid"),
            ("file_name", json!("a\u{202e}fdp.exe"), 400, "file_name_invalid"),
            ("seal_id", json!(sealer.unit_id), 403, "seal_not_usable"),
        ] {
            let mut body = good.clone();
            body[member] = value;
            app.asker_call(&opened, Method::POST, "/prepare", Some(&body)).await.problem(status, code);
        }
        app.asker_call(&opened, Method::POST, "/prepare", Some(&good)).await.ok(200);
        app.asker_call(&opened, Method::POST, "/prepare", Some(&good)).await.ok(200);
        let mut other = good.clone();
        other["page_count"] = json!(3);
        app.asker_call(&opened, Method::POST, "/prepare", Some(&other)).await.problem(409, "prepare_conflict");
    }

    async fn scan_2_an_asker_must_sign_what_it_asks_in_time(app: TestApp) {
        let desk = app.desk().await;
        let body = serde_json::to_vec(&app.session_body()).expect("JSON");
        let (path, now) = ("/api/v1/scan-sessions", app.app.now().micros());
        let good = desk.authorization(path, &body, now);
        let skewed = desk.authorization(path, &body, now - 301_000_000);
        app.create_session_as(&skewed, body.clone()).await.problem(401, "asker_clock_skew");
        let unknown = good.replace(&desk.asker_id, &app.app.new_id::<domain::id::AskerId>().to_string());
        app.create_session_as(&unknown, body.clone()).await.problem(401, "asker_unknown");
        let other = desk.authorization(path, b"{}", now);
        app.create_session_as(&other, body.clone()).await.problem(401, "asker_signature_invalid");
        let made = app.create_session_as(&good, body.clone()).await.ok(201);
        assert_eq!(app.create_session_as(&good, body).await.ok(201), made);
    }
}

/// The record is the person's, and its leaf can be computed from record and salt.
async fn recorded(app: &TestApp, phone: &hulian_tests::Phone, done: &Value) {
    let list = app.get_as(phone, "/api/v1/operations").await.ok(200);
    let item = &list["items"][0];
    assert_eq!(
        item["record"]["operation_id"], done["operation_id"],
        "{list}"
    );
    let index = item["leaf_index"].as_i64().expect("an index");
    let leaf = store::operation::leaf(&app.app.db, index)
        .await
        .expect("a leaf");
    let mut preimage = vec![0];
    preimage.extend(bytes(&item["salt"]));
    // The record's members are plain text and small integers, so sorted compact JSON is its canonical form.
    preimage.extend(serde_json::to_vec(&item["record"]).expect("JSON"));
    assert_eq!(leaf, sha256(&preimage));
}
