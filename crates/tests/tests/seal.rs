//! SEAL-1 through HTTP: a seal is made once, by an administrator, and refused texts make none.

use hulian_tests::{TestApp, both};
use serde_json::json;

both! {
    async fn seal_1_is_made_once_by_an_administrator_and_refused_texts_make_none(app: TestApp) {
        let phone = app.phone(0).await;
        let unit_id = app.unit(&phone, 0).await;
        let stranger = app.phone(1).await;
        let body = json!({"unit_id": unit_id, "kind": "company", "style": {"diameter_mm": 40}});
        app.make_seal(&stranger, &body, "k").await.problem(403, "not_administrator");
        let wrong = [
            ("kind", json!("finance"), "seal_kind_not_offered"),
            ("kind", json!("nonsense"), "seal_kind_not_offered"),
            ("code", json!("12"), "seal_text_invalid"),
            ("bottom_text", json!("a\u{202e}b"), "seal_text_invalid"),
            ("style", json!({"diameter_mm": 41}), "seal_text_invalid"),
        ];
        for (number, (member, value, code)) in wrong.into_iter().enumerate() {
            let mut wrong = body.clone();
            wrong[member] = value;
            app.make_seal(&phone, &wrong, &format!("wrong-{number}")).await.problem(400, code);
        }
        let list = format!("/api/v1/seals?unit_id={unit_id}");
        assert_eq!(app.get_as(&phone, &list).await.ok(200)["items"], json!([]));
        let made = app.make_seal(&phone, &body, "once").await.ok(201);
        assert_eq!(app.make_seal(&phone, &body, "once").await.ok(201), made);
        let seals = app.get_as(&phone, &list).await.ok(200);
        assert_eq!(seals["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(seals["items"][0]["seal_id"], made["seal_id"]);
        app.get_as(&stranger, &list).await.problem(404, "unit_not_found");
    }
}
