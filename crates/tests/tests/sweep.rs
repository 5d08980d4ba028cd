//! The sweep: what is over goes, what may still be asked for stays, and the next sweep always comes.

use domain::product::Algorithm;
use hulian_tests::person::{DeviceKey, refresh_cookie, sign_in_body};
use hulian_tests::{Answer, TestApp, both};
use serde_json::json;
use store::sql;

const HOUR_S: i64 = 3600;
const DAY_S: i64 = 24 * HOUR_S;

/// Rows of each kind that is swept.
async fn rows(app: &TestApp) -> [i64; 7] {
    let text = "SELECT (SELECT count(*) FROM counter) AS counters, (SELECT count(*) FROM idempotency) AS keys,
        (SELECT count(*) FROM access_token) AS access, (SELECT count(*) FROM refresh_token) AS refresh,
        (SELECT count(*) FROM sms_code) AS codes, (SELECT count(*) FROM sms_allowance) AS allowances,
        (SELECT count(*) FROM install WHERE server_start IS NOT NULL) AS installs";
    let row = sql!("test.rows", text)
        .one(&app.app.db)
        .await
        .expect("a row");
    [
        "counters",
        "keys",
        "access",
        "refresh",
        "codes",
        "allowances",
        "installs",
    ]
    .map(|column| row.int(column).expect("a number"))
}

async fn jobs(app: &TestApp, text: &'static str) -> i64 {
    let row = sql!("test.jobs", text)
        .one(&app.app.db)
        .await
        .expect("a row");
    row.int("n").expect("a number")
}

const OPEN_SWEEPS: &str = "SELECT count(*) AS n FROM job WHERE kind = 'sweep' AND state = 'ready'";

/// Signs in by the front door; the refresh token.
async fn sign_in(app: &TestApp, number: &str) -> String {
    let body = json!({"area": "+86", "number": number, "purpose": "sign_in"});
    app.post("/api/v1/sms-codes", &body).await.ok(202);
    let code = app.last_code(number).await;
    let answer = app
        .post(
            "/api/v1/sessions",
            &sign_in_body(&DeviceKey::new(app), number, &code),
        )
        .await;
    answer.ok(201);
    refresh_cookie(&answer)
}

async fn refresh(app: &TestApp, token: &str) -> Answer {
    // A client without a jar, so that the cookie is the one that is given.
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let request = client.post(format!("{}/api/v1/sessions/refresh", app.base_url));
    Answer::of(request.header("cookie", format!("hulian_refresh={token}"))).await
}

both! {
    async fn what_is_over_goes_and_what_may_be_asked_for_stays(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let phone = &sealer.phone;
        let bought = app.holding_bought(phone, Some(&sealer.unit_id), Algorithm::Rsa).await;
        let (_, start) = app.install_start(phone, &bought, Algorithm::Rsa);
        app.post_as(phone, &format!("/api/v1/holdings/{bought}/installs"), &start).await.ok(201);
        app.opened(&desk, phone).await;
        // An install whose own job died is not forgotten either.
        sql!("test.dead", "DELETE FROM job WHERE kind = 'install.sweep'").execute(&app.app.db).await.expect("gone");
        let (used, live) = (sign_in(&app, "13800000008").await, sign_in(&app, "13800000009").await);

        let before = rows(&app).await;
        assert!(before.iter().all(|count| *count > 0), "{before:?}");
        for _ in 0..2 {
            app::sweep::begin(&app.app).await.expect("begun");
        }
        app.run_jobs().await;
        assert_eq!(rows(&app).await, before, "nothing is over yet");
        let picture = json!({"unit_id": sealer.unit_id, "kind": "company"});
        let made = app.make_seal(phone, &picture, "first").await.ok(201);
        assert_eq!(made["seal_id"], sealer.seal_id, "the answer of the first request");
        refresh(&app, &used).await.ok(200);

        app.clock.advance_s(2 * HOUR_S);
        app.run_jobs().await;
        let [counters, keys, access, refreshes, codes, allowances, installs] = rows(&app).await;
        assert_eq!((access, installs), (0, 0));
        assert_eq!([counters, keys, refreshes, codes, allowances], [before[0], before[1], before[3] + 1, before[4], before[5]]);

        app.clock.advance_s(DAY_S);
        app.run_jobs().await;
        let [counters, keys, _, refreshes, codes, allowances, _] = rows(&app).await;
        assert_eq!((counters, keys, codes), (0, 0, 0));
        assert_eq!((refreshes, allowances), (before[3] + 1, before[5]));
        // A used token is kept: its second use is still seen for what it is, and a good one is still good.
        refresh(&app, &used).await.problem(401, "refresh_reused");
        refresh(&app, &live).await.ok(200);

        app.clock.advance_s(31 * DAY_S);
        app.run_jobs().await;
        assert_eq!(rows(&app).await, [0; 7]);
        let done = "SELECT count(*) AS n FROM job WHERE state = 'done' AND kind <> 'sweep'";
        assert_eq!(jobs(&app, done).await, 0);
        assert_eq!(jobs(&app, OPEN_SWEEPS).await, 1, "the next one");
    }

    async fn sweeps_come_every_hour_once_however_many_nodes_ask_and_one_that_fails_is_not_the_last(app: TestApp) {
        let ran = "SELECT count(*) AS n FROM job WHERE kind = 'sweep' AND state = 'done'";
        let second = app.further_node().await;
        for node in [&app, &second, &app] {
            app::sweep::begin(&node.app).await.expect("begun");
        }
        app.run_jobs().await;
        assert_eq!((jobs(&app, ran).await, jobs(&app, OPEN_SWEEPS).await), (1, 1));
        for hours in 2..5 {
            app.clock.advance_s(HOUR_S);
            app.run_jobs().await;
            second.run_jobs().await;
            assert_eq!((jobs(&app, ran).await, jobs(&app, OPEN_SWEEPS).await), (hours, 1));
        }
        // A table that cannot be swept stands for whatever may go wrong.
        sql!("test.break", "ALTER TABLE counter RENAME TO counter_away").execute(&app.app.db).await.expect("broken");
        app.clock.advance_s(HOUR_S);
        app.run_jobs().await;
        assert_eq!((jobs(&app, ran).await, jobs(&app, OPEN_SWEEPS).await), (4, 2), "the failed one, and the next");
        sql!("test.mend", "ALTER TABLE counter_away RENAME TO counter").execute(&app.app.db).await.expect("mended");
        app.clock.advance_s(60);
        app.run_jobs().await;
        assert_eq!((jobs(&app, ran).await, jobs(&app, OPEN_SWEEPS).await), (5, 1));
        second.app.db.close().await;
    }

    async fn many_rows_go_in_batches_and_a_second_sweep_finds_nothing(app: TestApp) {
        let text = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1203)
            INSERT INTO counter (key, window_start_us, count) SELECT 'old:' || i, 0, 1 FROM n";
        assert_eq!(sql!("test.many", text).execute(&app.app.db).await.expect("written"), 1203);
        let before = app.app.now().plus_micros(-store::counter::WINDOW_US_MAX);
        for left in [500, 500, 203, 0] {
            assert_eq!(store::counter::sweep(&app.app.db, before, 500).await.expect("swept"), left);
        }
        sql!("test.many", text).execute(&app.app.db).await.expect("written");
        for _ in 0..2 {
            app::sweep::run(&app.app).await.expect("swept");
            assert_eq!(rows(&app).await, [0; 7]);
        }
    }
}
