//! The real name as operators decide it: a face (IDV-2), a document from elsewhere (IDV-3, IDV-4).

use domain::review::Decision;
use hulian_tests::identity::{hand_in, open_face, press, progress, rule, up_to_face};
use hulian_tests::{Answer, Phone, TestApp, both};
use serde_json::{Value, json};
use store::sql;

const PICTURE: &[u8] = b"\xff\xd8\xff\xe0 a document";

async fn photo(app: &TestApp, who: &Phone) -> Value {
    hand_in(app, who, PICTURE).await.ok(201)["material_id"].clone()
}

async fn papers(app: &TestApp, who: &Phone, number: &str) -> Value {
    json!({
        "nationality": "HK", "name": "Chan Tai Man", "document_kind": "home_return_permit", "document_number": number,
        "front": photo(app, who).await, "back": photo(app, who).await, "handheld": photo(app, who).await,
    })
}

async fn ask(app: &TestApp, who: &Phone, body: &Value) -> Answer {
    app.post_as(who, "/api/v1/me/document-review", body).await
}

both! {
    async fn idv_2_an_operator_looks_after_three_failures_or_without_a_picture(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let phone = app.signed_in(0).await;
        up_to_face(&app, &phone, 0).await;
        let ask = async |who: &Phone| {
            let body = json!({"photo": photo(&app, who).await});
            app.post_as(who, "/api/v1/me/face-review", &body).await
        };
        for failed in 0..3 {
            assert_eq!(progress(&app, &phone).await["face_review_offered"], false, "{failed}");
            ask(&phone).await.problem(409, "face_review_not_offered");
            let (_, page) = open_face(&app, &phone).await;
            press(&app, &page, "fail").await;
        }
        let version = progress(&app, &phone).await["version"].as_i64().expect("a number");
        let case = ask(&phone).await.ok(201)["case_id"].clone();
        ask(&phone).await.problem(409, "review_open");
        let shown = progress(&app, &phone).await;
        assert_eq!((&shown["face_review"]["state"], &shown["face_review_offered"]), (&json!("open"), &json!(true)));
        assert!(shown["version"].as_i64().expect("a number") > version);

        // Whoever waits hears of the decision.
        let now = shown["version"].as_i64().expect("a number");
        let path = format!("/api/v1/me/identity?wait_s=20&after_version={now}");
        let waiting = app.get_as(&phone, &path);
        let (heard, ruled) = tokio::join!(waiting, rule(&app, &case, Decision::Refuse, "照片里看不清脸"));
        ruled.expect("decided");
        let heard = heard.ok(200);
        assert_eq!((&heard["face_review"]["state"], &heard["face_review"]["reason"]), (&json!("refused"), &json!("照片里看不清脸")));
        let case = ask(&phone).await.ok(201)["case_id"].clone();
        rule(&app, &case, Decision::Pass, "").await.expect("decided");
        assert_eq!(app.get_as(&phone, "/api/v1/me").await.ok(200)["verified"], true);

        let other = app.signed_in(1).await;
        up_to_face(&app, &other, 1).await;
        let (_, page) = open_face(&app, &other).await;
        press(&app, &page, "no_picture").await;
        ask(&other).await.ok(201);
    }

    async fn idv_3_an_operator_passes_or_refuses_a_document_from_elsewhere(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let phone = app.signed_in(0).await;
        let good = papers(&app, &phone, "H12345678").await;
        for (field, value, code) in [
            ("nationality", json!("CN"), "nationality_not_offered"),
            ("nationality", json!("XX"), "nationality_not_offered"),
            ("document_kind", json!("taiwan_permit"), "document_kind_invalid"),
            ("document_number", json!("M12345678"), "document_number_invalid"),
            ("name", json!("Chan 2"), "name_invalid"),
            ("back", Value::Null, "document_back_needed"),
        ] {
            let mut body = good.clone();
            body[field] = value;
            ask(&app, &phone, &body).await.problem(400, code);
        }
        let case = ask(&app, &phone, &good).await.ok(201)["case_id"].clone();
        ask(&app, &phone, &good).await.problem(409, "review_open");
        let shown = progress(&app, &phone).await;
        assert_eq!((&shown["document_review"]["review"]["state"], &shown["document_review"]["name"]), (&json!("open"), &Value::Null));
        rule(&app, &case, Decision::Refuse, "手持照片不清晰").await.expect("decided");
        let shown = &progress(&app, &phone).await["document_review"];
        assert_eq!((&shown["review"]["reason"], &shown["name"], &shown["document_number"]), (&json!("手持照片不清晰"), &json!("Chan Tai Man"), &json!("H12345678")));
        assert_eq!(app.get_as(&phone, "/api/v1/me").await.ok(200)["verified"], false);
        let case = ask(&app, &phone, &good).await.ok(201)["case_id"].clone();
        rule(&app, &case, Decision::Pass, "").await.expect("decided");
        let me = app.get_as(&phone, "/api/v1/me").await.ok(200);
        assert_eq!((&me["verified"], &me["name_masked"]), (&json!(true), &json!("C***********")));
        assert_eq!(progress(&app, &phone).await["id_number_masked"], "******678");
        ask(&app, &phone, &good).await.problem(409, "already_verified");
        let stored = sql!("test.evidence", "SELECT kind, provider FROM evidence WHERE result = 'passed'").one(&app.app.db).await.expect("a row");
        assert_eq!((stored.text("kind").expect("text"), stored.text("provider").expect("text")), ("operator".to_owned(), "operator".to_owned()));
        // A person without a mainland document has no face to compare with.
        app.post_as(&phone, "/api/v1/me/face-checks", &Value::Null).await.problem(409, "already_verified");
    }

    async fn idv_4_a_document_is_one_accounts_however_it_was_renewed(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let (first, second) = (app.signed_in(0).await, app.signed_in(1).await);
        let mut cases = Vec::new();
        for (who, number) in [(&first, "H1234567801"), (&second, "H1234567802")] {
            let body = papers(&app, who, number).await;
            cases.push(ask(&app, who, &body).await.ok(201)["case_id"].clone());
        }
        rule(&app, &cases[0], Decision::Pass, "").await.expect("decided");
        assert_eq!(rule(&app, &cases[1], Decision::Pass, "").await, Err("document_in_use"));
        assert_eq!(progress(&app, &second).await["document_review"]["review"]["state"], "open", "then nothing is decided");
        rule(&app, &cases[1], Decision::Refuse, "该证件已在另一个账号实名").await.expect("decided");
        assert_eq!(app.get_as(&second, "/api/v1/me").await.ok(200)["verified"], false);
    }
}
