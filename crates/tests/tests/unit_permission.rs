//! UMG-5 through HTTP: the legal representative alone permits the legal representative's seal.

use app::unit_permission::permits_representative_seal;
use hulian_tests::membership::{enter, id_of, transfer, with_member};
use hulian_tests::{TestApp, both};
use serde_json::json;
use store::sql;

both! {
    async fn umg_5_the_legal_representative_alone_permits(app: TestApp) {
        let (head, unit, second) = with_member(&app).await;
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        let member = enter(&app, &head, &unit, 2).await;
        let path = format!("/api/v1/units/{unit}/permission");
        let permitted = async || permits_representative_seal(&app.app.db, unit.parse().expect("an id")).await.expect("read");
        assert_eq!(app.get_as(&head, &path).await.ok(200), json!({"representative_seal": false, "may_change": true, "version": 0}));
        for who in [&second, &member] {
            let body = json!({"representative_seal": true, "version": 0});
            app.put_as(who, &path, &body).await.problem(403, "not_legal_representative");
        }
        assert!(!permitted().await);
        let given = app.put_as(&head, &path, &json!({"representative_seal": true, "version": 0})).await.ok(200);
        assert_eq!(given["version"], 1);
        assert!(permitted().await);
        assert_eq!(app.get_as(&second, &path).await.ok(200), json!({"representative_seal": true, "may_change": false, "version": 1}), "administrators read it");
        app.get_as(&member, &path).await.problem(403, "not_administrator");
        let stranger = app.phone(3).await;
        app.get_as(&stranger, &path).await.problem(404, "unit_not_found");
        app.put_as(&head, &path, &json!({"representative_seal": false, "version": 0})).await.problem(409, "unit_permission_changed");
        assert!(permitted().await);
        app.put_as(&head, &path, &json!({"representative_seal": false, "version": 1})).await.ok(200);
        assert!(!permitted().await, "taken back, it serves no more");
        app.put_as(&head, &path, &json!({"representative_seal": true, "version": 2})).await.ok(200);
        let text = "UPDATE unit SET legal_representative_id = $1";
        sql!("test.representative", text, second.caller.person_id).execute(&app.app.db).await.expect("changed");
        assert!(!permitted().await, "another legal representative has permitted nothing yet");
        assert_eq!(app.get_as(&second, &path).await.ok(200), json!({"representative_seal": false, "may_change": true, "version": 3}));
    }

    async fn umg_5_of_two_at_once_one_is_told(app: TestApp) {
        let (head, unit, _) = with_member(&app).await;
        let path = format!("/api/v1/units/{unit}/permission");
        let (yes, no) = (json!({"representative_seal": true, "version": 0}), json!({"representative_seal": false, "version": 0}));
        let (one, other) = tokio::join!(app.put_as(&head, &path, &yes), app.put_as(&head, &path, &no));
        let lost = if one.status.is_success() { other } else { one };
        lost.problem(409, "unit_permission_changed");
    }
}
