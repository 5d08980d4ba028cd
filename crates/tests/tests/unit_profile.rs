//! MEM-9 through HTTP: tax and bank facts of a unit.

use hulian_tests::membership::{id_of, transfer, with_member};
use hulian_tests::{Phone, TestApp, both};
use providers::specimen::PEOPLE;
use serde_json::{Value, json};
use store::sql;

fn facts(account: &str, version: i64) -> Value {
    json!({
        "tax_number": "91990000ma0000015q", "address": "样本市样本路 1 号", "phone": "010-88886666",
        "bank": "样本银行样本支行", "account": account, "version": version,
    })
}

async fn see(app: &TestApp, who: &Phone, unit: &str) -> Value {
    let path = format!("/api/v1/units/{unit}/profile");
    app.get_as(who, &path).await.ok(200)
}

both! {
    async fn mem_9_administrators_write_and_members_read(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        let path = format!("/api/v1/units/{unit}/profile");
        let empty = see(&app, &head, &unit).await;
        assert_eq!((&empty["legal_representative"], &empty["account"], &empty["version"]), (&json!(PEOPLE[0].name), &json!(""), &json!(0)));
        let written = app.put_as(&head, &path, &facts("1100 1001 0010 0001", 0)).await.ok(200);
        assert_eq!(written["version"], 1);
        let seen = see(&app, &member, &unit).await;
        assert_eq!((&seen["account"], &seen["tax_number"], &seen["may_edit"]), (&json!("1100100100100001"), &json!("91990000MA0000015Q"), &json!(false)));
        assert_eq!(see(&app, &head, &unit).await["may_edit"], true);
        app.put_as(&member, &path, &facts("222222", 1)).await.problem(403, "not_administrator");
        let wrong = app.put_as(&head, &path, &facts("12", 1)).await.problem(400, "unit_profile_invalid");
        assert_eq!(wrong["fields"], json!(["account"]));
        let stranger = app.phone(2).await;
        app.get_as(&stranger, &path).await.problem(404, "unit_not_found");
        app.put_as(&stranger, &path, &facts("222222", 1)).await.problem(403, "not_administrator");
        assert_eq!(see(&app, &member, &unit).await, seen);
        let row = sql!("test.profile", "SELECT facts FROM unit_profile").one(&app.app.db).await.expect("a row");
        let kept = row.blob("facts").expect("bytes");
        for part in ["1100100100100001", "88886666", "样本支行"] {
            assert!(!kept.windows(part.len()).any(|window| window == part.as_bytes()), "{part} lies open");
        }
    }

    async fn mem_9_of_two_at_once_one_is_told(app: TestApp) {
        let (head, unit, second) = with_member(&app).await;
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        let path = format!("/api/v1/units/{unit}/profile");
        for version in 0..3 {
            let (mine, theirs) = (facts("111111", version), facts("222222", version));
            let (one, other) = tokio::join!(app.put_as(&head, &path, &mine), app.put_as(&second, &path, &theirs));
            let (account, told) = if one.status.is_success() { ("111111", other) } else { ("222222", one) };
            told.problem(409, "unit_profile_changed");
            let seen = see(&app, &head, &unit).await;
            assert_eq!((&seen["account"], &seen["version"]), (&json!(account), &json!(version + 1)));
        }
        app.put_as(&head, &path, &facts("333333", 1)).await.problem(409, "unit_profile_changed");
    }
}
