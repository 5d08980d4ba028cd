//! The queue: once done, retried, leased, dead in plain sight.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::id::JobId;
use hulian_tests::{TestApp, both};
use jobs::{Failure, New, Worker, enqueue};
use serde_json::{Value, json};
use store::{Error, job};

fn worker(app: &TestApp) -> Worker {
    let clock = Arc::clone(&app.clock);
    Worker::new(
        app.app.db.clone(),
        Arc::new(move || app::Clock::now(&*clock)),
    )
}

async fn put(app: &TestApp, kind: &str, payload: Value) -> JobId {
    let (id, now) = (app.app.new_id(), app.app.now());
    assert!(
        enqueue(&app.app.db, &New::now(id, kind, payload, now), now)
            .await
            .expect("written")
    );
    id
}

both! {
    async fn a_job_is_done_once(app: TestApp) {
        let done = Arc::new(AtomicU32::new(0));
        let seen = Arc::clone(&done);
        let worker = worker(&app).register("add", move |payload: Value| {
            let seen = Arc::clone(&seen);
            async move {
                seen.fetch_add(u32::try_from(payload["n"].as_u64().unwrap_or(0)).unwrap_or(0), Ordering::SeqCst);
                Ok(())
            }
        });
        put(&app, "add", json!({"n": 2})).await;
        put(&app, "add", json!({"n": 3})).await;
        assert_eq!(worker.run_due().await.expect("works"), 2);
        assert_eq!(worker.run_due().await.expect("works"), 0);
        assert_eq!(done.load(Ordering::SeqCst), 5);
    }

    async fn a_job_of_a_transaction_taken_back_never_was(app: TestApp) {
        let (db, now) = (&app.app.db, app.app.now());
        let mut tx = db.begin_write("test").await.expect("a transaction");
        enqueue(&mut tx, &New::now(app.app.new_id(), "x", Value::Null, now), now).await.expect("written");
        tx.rollback().await.expect("taken back");
        assert_eq!(worker(&app).run_due().await.expect("works"), 0);
    }

    async fn failures_wait_longer_each_time_and_end_dead_with_their_reason(app: TestApp) {
        let worker = worker(&app).register("fail", |_| async { Err(Failure::again("the provider is down")) });
        let id = put(&app, "fail", Value::Null).await;
        let mut tries = 0;
        for _ in 0..40 {
            tries += worker.run_due().await.expect("works");
            assert_eq!(worker.run_due().await.expect("works"), 0, "the next try waits");
            app.clock.advance_s(3600);
        }
        assert_eq!(tries, 10);
        let dead = job::dead(&app.app.db, 10).await.expect("read");
        assert_eq!(dead.len(), 1);
        assert_eq!((dead[0].id, dead[0].attempts, dead[0].last_error.as_str()), (id, 10, "the provider is down"));
    }

    async fn what_no_retry_helps_is_dead_at_once(app: TestApp) {
        let worker = worker(&app).register("bad", |_| async { Err(Failure::dead("no such person")) });
        put(&app, "bad", Value::Null).await;
        assert_eq!(worker.run_due().await.expect("works"), 1);
        assert_eq!(job::dead(&app.app.db, 10).await.expect("read")[0].attempts, 1);
    }

    async fn a_lease_that_ran_out_passes_the_job_on_and_the_slow_worker_cannot_finish_it(app: TestApp) {
        let db = &app.app.db;
        put(&app, "slow", Value::Null).await;
        let now = app.app.now();
        let first = job::claim(db, now, now.plus_seconds(60)).await.expect("works").expect("claimed");
        assert_eq!(job::claim(db, now.plus_seconds(59), now.plus_seconds(120)).await.expect("works"), None);
        let second = job::claim(db, now.plus_seconds(60), now.plus_seconds(120)).await.expect("works").expect("claimed");
        assert_eq!((first.id, second.attempt), (second.id, 2));
        assert!(matches!(job::done(db, &first).await, Err(Error::Conflict(_))));
        job::done(db, &second).await.expect("done");
    }

    async fn many_workers_never_share_a_job(app: TestApp) {
        for n in 0..20 {
            put(&app, "x", json!(n)).await;
        }
        let now = app.app.now();
        let mut workers = tokio::task::JoinSet::new();
        for _ in 0..5 {
            let db = app.app.db.clone();
            workers.spawn(async move {
                let mut claimed = Vec::new();
                while let Some(job) = job::claim(&db, now, now.plus_seconds(60)).await.expect("works") {
                    claimed.push(job.id);
                }
                claimed
            });
        }
        let mut all = workers.join_all().await.concat();
        all.sort_unstable();
        all.dedup();
        // A worker that finds all due rows locked may leave early; nothing is ever claimed twice.
        while let Some(job) = job::claim(&app.app.db, now, now.plus_seconds(60)).await.expect("works") {
            assert!(!all.contains(&job.id));
            all.push(job.id);
        }
        assert_eq!(all.len(), 20);
    }

    async fn a_key_admits_one_unfinished_job_and_a_later_one(app: TestApp) {
        let worker = worker(&app).register("keyed", |_| async { Ok(()) });
        let (db, now) = (&app.app.db, app.app.now());
        let new = || New::now(app.app.new_id(), "keyed", Value::Null, now).keyed("order:1").at(now.plus_seconds(30));
        assert!(enqueue(db, &new(), now).await.expect("written"));
        assert!(!enqueue(db, &new(), now).await.expect("dropped"));
        assert_eq!(worker.run_due().await.expect("works"), 0, "not before its time");
        app.clock.advance_s(30);
        assert_eq!(worker.run_due().await.expect("works"), 1);
        assert!(enqueue(db, &new(), now).await.expect("written"));
    }
}
