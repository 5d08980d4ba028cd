//! Somebody else holds the database for longer than the service waits: the caller is told so, nothing is half-done, and
//! the same request works as soon as the database is free.

use domain::product::Algorithm;
use hulian_tests::{Answer, Phone, TestApp, both};
use reqwest::Method;
use serde_json::{Value, json};
use store::{Tx, sql};

/// Takes what writing requests need: SQLite's only writer, or the tables themselves. `other` has connections of its own.
async fn hold(other: &TestApp) -> Tx {
    let mut tx = other.app.db.begin_write("test.hold").await.expect("held");
    if other.app.db.is_postgres() {
        let lock = "LOCK TABLE scan_session, orders, seal IN ACCESS EXCLUSIVE MODE";
        sql!("test.lock", lock)
            .execute(&mut tx)
            .await
            .expect("locked");
    }
    tx
}

/// How many rows there are of what the requests would write.
async fn rows(app: &TestApp) -> [i64; 5] {
    let text = "SELECT (SELECT count(*) FROM orders) AS orders, (SELECT count(*) FROM seal) AS seals, (SELECT count(*) FROM job) AS jobs,
        (SELECT count(*) FROM idempotency) AS keys, (SELECT count(*) FROM scan_session WHERE confirm_hash IS NOT NULL) AS signing";
    let row = sql!("test.rows", text)
        .one(&app.app.db)
        .await
        .expect("a row");
    ["orders", "seals", "jobs", "keys", "signing"].map(|column| row.int(column).expect("a number"))
}

async fn order(app: &TestApp, phone: &Phone, body: &Value) -> Answer {
    let request = app
        .request(Method::POST, "/api/v1/orders")
        .bearer_auth(&phone.token);
    Answer::of(request.header("idempotency-key", "busy").json(body)).await
}

both! {
    async fn a_locked_database_is_told_and_the_next_try_works(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let phone = &sealer.phone;
        let (opened, view) = app.ready(&desk, &sealer).await;
        let confirm = app.confirming(&sealer, &view, phone.next_counter()).body;
        let wish = app.order_body(phone, Some(&sealer.unit_id), Algorithm::Sm2).await;
        let picture = json!({"unit_id": sealer.unit_id, "kind": "company"});
        let other = app.further_node().await;
        let before = rows(&app).await;
        let held = hold(&other).await;
        let (confirmed, ordered, made) = tokio::join!(
            app.scan_step(phone, &opened, "/confirm", &confirm),
            order(&app, phone, &wish),
            app.make_seal(phone, &picture, "busy"),
        );
        for answer in [confirmed, ordered, made] {
            answer.problem(503, "busy");
        }
        held.rollback().await.expect("free again");
        assert_eq!(rows(&app).await, before);
        // The device's counter in it was not used up either.
        app.scan_step(phone, &opened, "/confirm", &confirm).await.ok(200);
        let first = order(&app, phone, &wish).await.ok(201);
        assert_eq!(order(&app, phone, &wish).await.ok(201), first);
        app.make_seal(phone, &picture, "busy").await.ok(201);
        let [orders, seals, _, keys, signing] = before;
        let [now_orders, now_seals, _, now_keys, now_signing] = rows(&app).await;
        assert_eq!([now_orders, now_seals, now_keys, now_signing], [orders + 1, seals + 1, keys + 2, signing + 1]);
        other.app.db.close().await;
    }
}
