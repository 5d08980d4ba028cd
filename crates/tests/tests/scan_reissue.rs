//! SCAN-7 and CERT-13: a certificate moves to another phone in the middle of a scan.

use domain::product::Algorithm;
use hulian_tests::{Sealer, TestApp, both};
use reqwest::Method;
use serde_json::json;

both! {
    async fn scan_7_a_reissue_in_the_middle_of_a_scan_goes_on_and_the_former_phone_signs_no_more(app: TestApp) {
        let (desk, mut sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let (waiting, view) = app.ready(&desk, &sealer).await;
        let waiting_body = app.confirming(&sealer, &view, sealer.phone.next_counter()).body;
        let holding = sealer.installed.holding_id.clone();

        let second = app.second_phone(0, &sealer.phone).await;
        let opened = app.opened(&desk, &second).await;
        app.scan_step(&second, &opened, "/claim", &json!({})).await.ok(200);
        app.scan_step(&second, &opened, "/match", &json!({"number": opened.text("match_number")})).await.ok(200);
        let choices = app.get_as(&second, &opened.phone_path("/choices")).await.ok(200);
        let certificate = &choices["identities"][0]["certificates"][0];
        assert_eq!((&certificate["state"], &certificate["reissues"]["free_left"]), (&json!("needs_reissue"), &json!(3)));
        let choice = json!({"holding_id": holding});
        let refused = app.scan_step(&second, &opened, "/choose", &choice).await.problem(403, "certificate_not_usable");
        assert_eq!(refused["state"], "needs_reissue");

        // The clock stops: the session has its ten minutes from the beginning of the reissue.
        app.clock.advance_s(120);
        let installed = app.install_by("reissue", &second, &holding, Algorithm::Sm2).await;
        assert_eq!(app.asker_view(&opened).await["expires_at_us"], json!(app.app.now().plus_seconds(600).micros()));

        // The former phone: what waited there has failed, and nothing new can be chosen.
        let failed = app.scan_step(&sealer.phone, &waiting, "/confirm", &waiting_body).await.problem(410, "session_failed");
        assert_eq!(failed["reason"], "certificate_replaced");
        let (former, later) = (&sealer.phone, app.opened(&desk, &sealer.phone).await);
        app.scan_step(former, &later, "/claim", &json!({})).await.ok(200);
        app.scan_step(former, &later, "/match", &json!({"number": later.text("match_number")})).await.ok(200);
        app.scan_step(former, &later, "/choose", &choice).await.problem(403, "certificate_not_usable");

        // The new phone goes on to the end.
        app.scan_step(&second, &opened, "/choose", &choice).await.ok(200);
        app.asker_call(&opened, Method::POST, "/prepare", Some(&app.prepare_body(&sealer.seal_id))).await.ok(200);
        sealer = Sealer { phone: second, installed, ..sealer };
        let view = app.get_as(&sealer.phone, &opened.phone_path("")).await.ok(200);
        let confirming = app.confirming(&sealer, &view, sealer.phone.next_counter());
        let answer = app.scan_step(&sealer.phone, &opened, "/confirm", &confirming.body).await.ok(200);
        let finish = confirming.finish(&sealer.installed.key, &answer);
        app.scan_step(&sealer.phone, &opened, "/finish", &finish).await.ok(200);
    }

    async fn scan_7_the_clock_does_not_stop_for_ever(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let opened = app.opened(&desk, &sealer.phone).await;
        app.scan_step(&sealer.phone, &opened, "/claim", &json!({})).await.ok(200);
        // As if it had been made half an hour and a second ago.
        let long_ago = app.app.now().plus_seconds(-1801).micros();
        let text = "UPDATE scan_session SET created_at_us = $1 WHERE id = $2";
        store::sql!("test.age", text, long_ago, opened.text("session_id")).execute(&app.app.db).await.expect("aged");
        let before = app.asker_view(&opened).await["expires_at_us"].clone();
        app.clock.advance_s(60);
        app.install_by("reissue", &sealer.phone, &sealer.installed.holding_id, Algorithm::Sm2).await;
        assert_eq!(app.asker_view(&opened).await["expires_at_us"], before);
    }

    async fn cert_12_a_holding_tells_how_its_certificates_came_to_devices(app: TestApp) {
        let sealer = app.sealer(0, Algorithm::Sm2).await;
        let holding = &sealer.installed.holding_id;
        let path = format!("/api/v1/holdings/{holding}/installs");
        let serial = |held: serde_json::Value| {
            let items = held["items"].as_array().expect("a list").clone();
            let own = items.into_iter().find(|item| item["holding_id"] == json!(holding)).expect("the holding");
            own["certificate"]["serial"].clone()
        };
        let first = json!({
            "way": "install", "device": {"device_id": sealer.phone.caller.device_id.to_string(), "name": "test"},
            "at_us": app.app.now().micros(), "certificate_serial": serial(app.get_as(&sealer.phone, "/api/v1/holdings").await.ok(200)),
        });
        assert_eq!(app.get_as(&sealer.phone, &path).await.ok(200), json!({"items": [first]}));
        let second = app.second_phone(0, &sealer.phone).await;
        app.install_by("reissue", &second, holding, Algorithm::Sm2).await;
        let moved = json!({
            "way": "reissue", "device": {"device_id": second.caller.device_id.to_string(), "name": "test"},
            "at_us": app.app.now().micros(), "certificate_serial": serial(app.get_as(&second, "/api/v1/holdings").await.ok(200)),
        });
        assert_ne!(moved["certificate_serial"], first["certificate_serial"]);
        assert_eq!(app.get_as(&second, &path).await.ok(200), json!({"items": [moved, first]}));
        let other = app.phone(1).await;
        app.get_as(&other, &path).await.problem(404, "holding_not_found");
        app.get_as(&other, "/api/v1/holdings/none/installs").await.problem(404, "holding_not_found");
    }
}
