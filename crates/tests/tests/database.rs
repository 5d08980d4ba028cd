//! Statements and transactions behave alike on both engines.

use std::time::Duration;

use hulian_tests::{TestApp, both};
use store::wake::Woken;
use store::{Error, setting, sql};

both! {
    async fn duplicates_and_lost_races_are_told_by_statement(app: TestApp) {
        let db = &app.app.db;
        let insert = "INSERT INTO setting (key, value) VALUES ($1, $2)";
        sql!("test.insert", insert, "k", "v").execute(db).await.expect("written");
        let twice = sql!("test.insert", insert, "k", "v").execute(db).await;
        assert!(matches!(twice, Err(Error::Conflict("test.insert"))), "{twice:?}");
        let update = "UPDATE setting SET value = $2, version = version + 1 WHERE key = $1 AND version = $3";
        sql!("test.update", update, "k", "w", 1i64).execute_one(db).await.expect("written");
        let late = sql!("test.update", update, "k", "x", 1i64).execute_one(db).await;
        assert!(matches!(late, Err(Error::Conflict("test.update"))), "{late:?}");
        let none = sql!("test.one", "SELECT value FROM setting WHERE key = $1", "none").one(db).await.map(|_| ());
        assert!(matches!(none, Err(Error::NotFound("test.one"))), "{none:?}");
    }

    async fn every_kind_of_value_comes_back_also_as_null(app: TestApp) {
        let db = &app.app.db;
        let insert = "INSERT INTO idempotency (owner, route, key, body_sha256, ticket, lease_until_us, status, answer, created_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let (now, id) = (app.app.now(), app.app.new_id::<domain::Id>());
        let full = sql!("test.full", insert, "互连", "r", "1", [7u8; 32], id, now, 201u32, vec![0u8, 255], i64::MAX);
        full.execute(db).await.expect("written");
        let bare = sql!("test.bare", insert, "互连", "r", "2", [7u8; 32], id, now, None::<i64>, None::<Vec<u8>>, i64::MIN);
        bare.execute(db).await.expect("written");
        let rows = sql!("test.all", "SELECT * FROM idempotency ORDER BY key").all(db).await.expect("read");
        assert_eq!(rows[0].text("owner").expect("text"), "互连");
        assert_eq!(rows[0].array::<32>("body_sha256").expect("bytes"), [7; 32]);
        assert_eq!(rows[0].parse::<domain::Id>("ticket").expect("an id"), id);
        assert_eq!(rows[0].instant("lease_until_us").expect("an instant"), now);
        assert_eq!(rows[0].opt_blob("answer").expect("bytes"), Some(vec![0, 255]));
        assert_eq!(rows[1].opt_int("status").expect("null"), None);
        assert_eq!(rows[1].opt_blob("answer").expect("null"), None);
        assert_eq!(rows[1].int("created_us").expect("an integer"), i64::MIN);
        assert!(matches!(rows[1].int("status"), Err(Error::Column { .. })));
        assert!(matches!(rows[0].int("owner"), Err(Error::Column { .. })));
        assert!(matches!(rows[0].text("nothing"), Err(Error::Column { .. })));
    }

    async fn writers_queue_and_none_of_their_increments_is_lost(app: TestApp) {
        setting::put(&app.app.db, "n", "0").await.expect("written");
        let mut writers = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let db = app.app.db.clone();
            writers.spawn(async move {
                let mut tx = db.begin_write("test.count").await.expect("a transaction");
                let read = sql!("test.read", "SELECT value FROM setting WHERE key = $1", "n").for_update();
                let n: u32 = read.one(&mut tx).await.expect("read").parse("value").expect("a number");
                setting::put(&mut tx, "n", &(n + 1).to_string()).await.expect("written");
                tx.commit().await.expect("kept");
            });
        }
        writers.join_all().await;
        assert_eq!(setting::find(&app.app.db, "n").await.expect("read").as_deref(), Some("20"));
    }

    async fn what_is_not_committed_is_seen_by_nobody(app: TestApp) {
        let db = &app.app.db;
        let mut tx = db.begin_write("test.hidden").await.expect("a transaction");
        setting::put(&mut tx, "k", "v").await.expect("written");
        assert_eq!(setting::find(db, "k").await.expect("read"), None);
        drop(tx);
        assert_eq!(setting::find(db, "k").await.expect("read"), None);
    }

    async fn a_wake_up_between_reading_and_waiting_is_not_missed(app: TestApp) {
        let mut sleeper = app.app.wake.subscribe();
        app.app.wake.notify("scan_session:1");
        assert_eq!(sleeper.wait("scan_session:1", Duration::from_secs(60)).await, Woken::Hint);
    }
}
