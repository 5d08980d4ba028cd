//! The edges of a scan session: what comes twice, too large, in another shape, on another node.

use domain::product::Algorithm;
use hulian_tests::{TestApp, both};
use reqwest::Method;
use serde_json::{Value, json};

both! {
    async fn scan_2_a_used_code_and_a_short_code_are_told_apart(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let phone = &sealer.phone;
        let opened = app.opened(&desk, phone).await;
        let typed = opened.text("short_code").to_lowercase();
        let request = app.request(Method::POST, "/api/v1/short-codes").bearer_auth(&phone.token);
        let found = hulian_tests::Answer::of(request.json(&json!({"short_code": format!("{}-{}", &typed[..4], &typed[4..])}))).await;
        assert_eq!(found.ok(200)["code"], opened.text("code"));
        let (opened, view) = app.ready(&desk, &sealer).await;
        let confirming = app.confirming(&sealer, &view, phone.next_counter());
        let answer = app.scan_step(phone, &opened, "/confirm", &confirming.body).await.ok(200);
        let finish = confirming.finish(&sealer.installed.key, &answer);
        app.scan_step(phone, &opened, "/finish", &finish).await.ok(200);
        app.scan_step(phone, &opened, "/claim", &json!({})).await.problem(410, "session_used");
        for step in ["/refuse", "/match", "/choose"] {
            let body = match step {
                "/match" => json!({"number": "00"}),
                "/choose" => json!({"holding_id": desk.asker_id}),
                _ => json!({}),
            };
            app.scan_step(phone, &opened, step, &body).await;
        }
        assert_eq!(app.asker_view(&opened).await["state"], "done", "nothing takes a signature back");
    }

    async fn rec_1_the_person_sees_the_record_and_nobody_else_does(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let phone = &sealer.phone;
        let (opened, view) = app.ready(&desk, &sealer).await;
        let confirming = app.confirming(&sealer, &view, phone.next_counter());
        let answer = app.scan_step(phone, &opened, "/confirm", &confirming.body).await.ok(200);
        let finish = confirming.finish(&sealer.installed.key, &answer);
        let done = app.scan_step(phone, &opened, "/finish", &finish).await.ok(200);
        let list = |token: String| hulian_tests::Answer::of(app.request(Method::GET, "/api/v1/operations").bearer_auth(token));
        let mine = list(phone.token.clone()).await.ok(200);
        assert_eq!(mine["items"].as_array().map(Vec::len), Some(1));
        let record = &mine["items"][0]["record"];
        assert_eq!((&record["operation_id"], &record["file_name"], &record["outcome"]), (&done["operation_id"], &json!("投标文件.pdf"), &json!("done")));
        let other = app.sealer(1, Algorithm::Sm2).await;
        assert_eq!(list(other.phone.token.clone()).await.ok(200)["items"], json!([]));
    }

    async fn scan_1_an_asker_on_another_node_sees_the_phone_move(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let opened = app.opened(&desk, &sealer.phone).await;
        let second = app.further_node().await;
        let before = second.asker_view(&opened).await["version"].as_i64().expect("a version");
        let path = format!("/api/v1/scan-sessions/{}?wait_s=20&after_version={before}", opened.text("session_id"));
        let waiting = second.request(Method::GET, &path).bearer_auth(opened.text("secret"));
        let moving = async {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            app.scan_step(&sealer.phone, &opened, "/claim", &json!({})).await.ok(200)
        };
        let (seen, _) = tokio::join!(hulian_tests::Answer::of(waiting), moving);
        assert_eq!(seen.ok(200)["state"], "claimed");
        second.app.db.close().await;
    }

    async fn scan_1_the_phone_waits_for_the_tool_to_prepare(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let opened = app.opened(&desk, &sealer.phone).await;
        app.chosen(&sealer, &opened).await;
        let before = app.get_as(&sealer.phone, &opened.phone_path("")).await.ok(200)["version"].as_i64().expect("a version");
        let path = opened.phone_path(&format!("?wait_s=20&after_version={before}"));
        let preparing = async {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            app.asker_call(&opened, Method::POST, "/prepare", Some(&app.prepare_body(&sealer.seal_id))).await.ok(200)
        };
        let (seen, _) = tokio::join!(app.get_as(&sealer.phone, &path), preparing);
        assert_eq!(seen.ok(200)["state"], "ready");
        // A version that is old already is answered at once.
        assert_eq!(app.get_as(&sealer.phone, &path).await.ok(200)["state"], "ready");
    }

    async fn scan_2_bodies_of_another_shape_or_size_change_nothing(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let (opened, _) = app.ready(&desk, &sealer).await;
        let shapes: [(&str, Value); 6] = [
            ("/confirm", json!({})),
            ("/confirm", json!({"message": "AA", "counter": "1", "password_proof": "", "device_signature": ""})),
            ("/confirm", json!({"message": "!", "counter": 1, "password_proof": "AA", "device_signature": "AA"})),
            ("/finish", json!({"signature": 5})),
            ("/refuse", json!({"why": "an unknown member"})),
            ("/choose", json!({"holding_id": "not an id"})),
        ];
        for (step, body) in shapes {
            app.scan_step(&sealer.phone, &opened, step, &body).await.problem(400, "body_invalid");
        }
        let large = json!({"signature": "A".repeat(70_000)});
        app.scan_step(&sealer.phone, &opened, "/finish", &large).await.problem(413, "body_too_large");
        // Five thousand places fit into a prepare, and its limit is its own.
        let huge = json!({"file_name": "x".repeat(2_200_000)});
        app.asker_call(&opened, Method::POST, "/prepare", Some(&huge)).await.problem(413, "body_too_large");
        assert_eq!(app.asker_view(&opened).await["state"], "ready");
    }
}
