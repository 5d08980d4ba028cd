//! SEAL-1 through HTTP: a seal is made once, by an administrator, and refused texts make none. HOME-1: which are one's own.

use hulian_tests::membership::{decide, join};
use hulian_tests::{Phone, TestApp, both};
use serde_json::{Value, json};
use store::sql;

/// The caller's own seals: kind and unit of each.
async fn own(app: &TestApp, phone: &Phone) -> Vec<(Value, Value)> {
    let list = app.get_as(phone, "/api/v1/seals").await.ok(200);
    let items = list["items"].as_array().expect("items").iter();
    items
        .map(|seal| (seal["seal_id"].clone(), seal["unit"]["unit_id"].clone()))
        .collect()
}

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

    async fn home_1_ones_own_seals_are_personal_administered_or_lent(app: TestApp) {
        let (head, clerk) = (app.phone(0).await, app.phone(1).await);
        let unit = app.unit(&head, 0).await;
        let asked = join(&app, &clerk, &unit, "投标部").await.ok(201);
        decide(&app, &head, &asked["application_id"], "pass", "").await.ok(200);
        let body = json!({"unit_id": unit, "kind": "company"});
        let seal = app.make_seal(&head, &body, "unit").await.ok(201)["seal_id"].clone();
        let of_unit = (seal.clone(), json!(unit));
        assert_eq!(own(&app, &head).await, std::slice::from_ref(&of_unit));
        assert_eq!(own(&app, &clerk).await, [], "a member sees the unit's seals in the unit's place, not as their own");

        // Lent until an instant, and no longer.
        let until = app.app.now().plus_micros(60_000_000);
        let (id, by) = (seal.as_str().expect("an id").parse().expect("an id"), head.caller.person_id);
        store::seal::grant(&app.app.db, app.app.new_id(), id, clerk.caller.person_id, until, by, app.app.now()).await.expect("lent");
        assert_eq!(own(&app, &clerk).await, std::slice::from_ref(&of_unit));
        app.clock.advance_s(61);
        assert_eq!(own(&app, &clerk).await, []);

        // A personal seal is its owner's alone, and comes first.
        let personal = app.make_seal(&head, &body, "personal").await.ok(201)["seal_id"].clone();
        let text = "UPDATE seal SET unit_id = NULL, person_id = $1, kind = 'name' WHERE id = $2";
        sql!("test.personal", text, head.caller.person_id, personal.as_str().expect("an id")).execute_one(&app.app.db).await.expect("turned");
        assert_eq!(own(&app, &head).await, [(personal, Value::Null), of_unit]);
        assert_eq!(own(&app, &clerk).await, []);
    }
}
