//! Creating posts that are repeated.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use app::{App, Caller, Error};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use http_api::{Once, Problem};
use hulian_tests::{Answer, TestApp, both};
use serde::Deserialize;
use serde_json::{Value, json};
use store::setting;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    name: String,
}

/// How often the work was done.
static MADE: AtomicU32 = AtomicU32::new(0);

fn somebody() -> Caller {
    let id = "0195f000-0000-7000-8000-00000000000a"
        .parse::<domain::Id>()
        .expect("an id");
    Caller {
        person_id: id.into(),
        session_id: id.into(),
        device_id: id.into(),
        edition: domain::session::Edition::Standard,
    }
}

async fn create(State(app): State<App>, once: Once<New>) -> Result<Response, Problem> {
    let work = async |new: New, ticket: &app::Ticket| {
        if new.name == "slow" {
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        }
        let mut tx = app.db.begin_write("test.create").await?;
        let number = MADE.fetch_add(1, Ordering::SeqCst) + 1;
        setting::put(&mut tx, &format!("made:{number}"), &new.name).await?;
        let answer = json!({"number": number, "name": new.name});
        ticket.record(&mut tx, &answer).await?;
        if new.name == "refused" {
            return Err(Error::conflict("refused"));
        }
        tx.commit().await?;
        if new.name == "killed" {
            return Err(Error::internal("killed after the commit"));
        }
        Ok(answer)
    };
    once.run(&app, &somebody(), StatusCode::CREATED, work).await
}

struct Bench {
    app: TestApp,
    url: String,
}

impl Bench {
    async fn new(app: TestApp) -> Arc<Self> {
        let routes = Router::new().route("/things", post(create));
        let url = format!(
            "{}/things",
            app.serve_beside(http_api::dress(routes, app.app.clone()))
                .await
        );
        Arc::new(Self { app, url })
    }

    async fn send(&self, key: Option<&str>, body: Value) -> Answer {
        let request = self.app.client.post(&self.url).json(&body);
        Answer::of(match key {
            Some(key) => request.header("idempotency-key", key),
            None => request,
        })
        .await
    }
}

both! {
    async fn a_repeat_gets_the_stored_answer(app: TestApp) {
        let bench = Bench::new(app).await;
        let first = bench.send(Some("k1"), json!({"name": "a"})).await;
        let second = bench.send(Some("k1"), json!({"name": "a"})).await;
        assert_eq!(first.ok(201), second.ok(201));
        assert_eq!(first.bytes, second.bytes);
        assert_ne!(bench.send(Some("k2"), json!({"name": "a"})).await.ok(201), first.ok(201));
        assert_ne!(bench.send(None, json!({"name": "a"})).await.ok(201), first.ok(201));
    }

    async fn another_body_under_the_same_key_is_a_conflict(app: TestApp) {
        let bench = Bench::new(app).await;
        bench.send(Some("k"), json!({"name": "a"})).await.ok(201);
        bench.send(Some("k"), json!({"name": "b"})).await.problem(409, "idempotency_conflict");
    }

    async fn keys_out_of_bounds_are_refused(app: TestApp) {
        let bench = Bench::new(app).await;
        bench.send(Some(""), json!({"name": "a"})).await.problem(400, "idempotency_key_invalid");
        bench.send(Some(&"k".repeat(65)), json!({"name": "a"})).await.problem(400, "idempotency_key_invalid");
    }

    async fn a_repeat_in_flight_is_told_and_answered_later(app: TestApp) {
        let bench = Bench::new(app).await;
        let slow = tokio::spawn({
            let bench = Arc::clone(&bench);
            async move { bench.send(Some("k"), json!({"name": "slow"})).await }
        });
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        bench.send(Some("k"), json!({"name": "slow"})).await.problem(409, "idempotency_in_flight");
        let first = slow.await.expect("no panic").ok(201);
        assert_eq!(bench.send(Some("k"), json!({"name": "slow"})).await.ok(201), first);
    }

    async fn a_refusal_is_judged_anew(app: TestApp) {
        let bench = Bench::new(app).await;
        bench.send(Some("k"), json!({"name": "refused"})).await.problem(409, "refused");
        bench.send(Some("k"), json!({"name": "refused"})).await.problem(409, "refused");
        bench.send(Some("k"), json!({"name": "other"})).await.ok(201);
    }

    async fn an_answer_lost_after_the_commit_is_found_by_the_repeat(app: TestApp) {
        let bench = Bench::new(app).await;
        bench.send(Some("k"), json!({"name": "killed"})).await.problem(500, "internal");
        assert_eq!(bench.send(Some("k"), json!({"name": "killed"})).await.ok(201)["name"], "killed");
    }
}
