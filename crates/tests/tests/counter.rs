//! Limits hold exactly, whoever counts at the same time.

use domain::time::MINUTE_US;
use hulian_tests::{TestApp, both};
use store::counter::{self, Hit};

both! {
    async fn fifty_at_once_share_one_limit(app: TestApp) {
        let now = app.app.now();
        let mut hits = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let db = app.app.db.clone();
            hits.spawn(async move { counter::hit(&db, "sms:+86", now, MINUTE_US, 7).await });
        }
        let mut counts = Vec::new();
        while let Some(hit) = hits.join_next().await {
            match hit.expect("no panic").expect("no error") {
                Hit::Allowed { count } => counts.push(count),
                Hit::Denied { retry_at } => assert_eq!(retry_at, now.plus_micros(MINUTE_US)),
            }
        }
        counts.sort_unstable();
        assert_eq!(counts, [1, 2, 3, 4, 5, 6, 7]);
    }

    async fn a_window_ends_and_clearing_forgets(app: TestApp) {
        let (db, now) = (&app.app.db, app.app.now());
        let hit = async |at| counter::hit(db, "k", at, MINUTE_US, 1).await.expect("no error");
        assert_eq!(hit(now).await, Hit::Allowed { count: 1 });
        let end = now.plus_micros(MINUTE_US);
        assert_eq!(hit(end.plus_micros(-1)).await, Hit::Denied { retry_at: end });
        assert_eq!(counter::peek(db, "k", now, MINUTE_US).await.expect("no error"), 2);
        assert_eq!(hit(end).await, Hit::Allowed { count: 1 });
        counter::clear(db, "k").await.expect("no error");
        assert_eq!(counter::peek(db, "k", end, MINUTE_US).await.expect("no error"), 0);
    }

    async fn the_sweep_leaves_a_window_that_begins_meanwhile(app: TestApp) {
        let (db, begun) = (app.app.db.clone(), app.app.now());
        counter::hit(&db, "k", begun, MINUTE_US, 1).await.expect("no error");
        let now = begun.plus_micros(2 * MINUTE_US);
        let mut tx = db.begin_write("test").await.expect("a transaction");
        counter::hit(&mut tx, "k", now, MINUTE_US, 1).await.expect("no error");
        let sweep = tokio::spawn({
            let db = db.clone();
            async move { counter::sweep(&db, begun.plus_micros(MINUTE_US), 10).await }
        });
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        tx.commit().await.expect("kept");
        assert_eq!(sweep.await.expect("no panic").expect("no error"), 0);
        assert_eq!(counter::peek(&db, "k", now, MINUTE_US).await.expect("no error"), 1);
        let later = now.plus_micros(1);
        assert_eq!(counter::sweep(&db, later, 10).await.expect("no error"), 1);
    }

    async fn a_transaction_that_fails_takes_its_hits_back(app: TestApp) {
        let (db, now) = (&app.app.db, app.app.now());
        let mut tx = db.begin_write("test").await.expect("a transaction");
        counter::hit(&mut tx, "k", now, MINUTE_US, 1).await.expect("no error");
        drop(tx);
        assert_eq!(counter::hit(db, "k", now, MINUTE_US, 1).await.expect("no error"), Hit::Allowed { count: 1 });
    }
}
