//! Wake-ups between nodes on one PostgreSQL: hints that save the poll, and come again after a lost connection.

use std::time::{Duration, Instant};

use domain::product::Algorithm;
use hulian_tests::{Answer, Opened, TestApp};
use reqwest::Method;
use serde_json::json;
use store::sql;
use store::wake::Woken;

/// Well before the poll of two seconds that stands behind every hint, also on a busy machine.
const WELL_BEFORE: Duration = Duration::from_millis(1500);

/// Waits until a hint on one node arrives on the other one. Each of several rounds hears only what is said in it: "look
/// at everything" after a connection was made can answer for one of them at most.
async fn connected(from: &TestApp, to: &TestApp) {
    for round in 0..3 {
        let topic = format!("connected:{round}");
        let mut sleeper = to.app.wake.subscribe();
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            from.app.wake.notify(&topic);
            if sleeper.wait(&topic, Duration::from_millis(100)).await == Woken::Hint {
                break;
            }
            assert!(Instant::now() < end, "no hint arrives");
        }
    }
}

/// Asks a node for the session's next version: the state and how long the answer took.
async fn next_state(node: &TestApp, opened: &Opened) -> (String, Duration) {
    let before = node.asker_view(opened).await["version"]
        .as_i64()
        .expect("a version");
    let id = opened.text("session_id");
    let path = format!("/api/v1/scan-sessions/{id}?wait_s=20&after_version={before}");
    let begun = Instant::now();
    let waiting = node
        .request(Method::GET, &path)
        .bearer_auth(opened.text("secret"));
    let view = Answer::of(waiting).await.ok(200);
    let state = view["state"].as_str().expect("a state").to_owned();
    (state, begun.elapsed())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_1_a_phone_on_one_node_wakes_the_asker_on_another_before_its_poll() {
    let (app, cleanup) = TestApp::postgres().await;
    let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
    let second = app.further_node().await;
    connected(&app, &second).await;
    let opened = app.opened(&desk, &sealer.phone).await;
    let number = json!({"number": opened.text("match_number")});
    let holding = json!({"holding_id": sealer.installed.holding_id});
    for (step, body, state) in [
        ("/claim", json!({}), "claimed"),
        ("/match", number, "claimed"),
        ("/choose", holding, "chosen"),
    ] {
        let moving = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            app.scan_step(&sealer.phone, &opened, step, &body)
                .await
                .ok(200)
        };
        let ((seen, took), _) = tokio::join!(next_state(&second, &opened), moving);
        assert_eq!(seen, state);
        assert!(took < WELL_BEFORE, "{step} was seen after {took:?}");
    }
    second.app.db.close().await;
    cleanup.run().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hints_come_again_after_their_connections_were_cut() {
    let (app, cleanup) = TestApp::postgres().await;
    let second = app.further_node().await;
    connected(&app, &second).await;
    connected(&second, &app).await;
    // Listeners and speakers of both nodes; the connections of the service itself stay.
    let cut = "SELECT CASE WHEN pg_terminate_backend(pid) THEN 1 ELSE 0 END AS n FROM pg_stat_activity
        WHERE datname = current_database() AND (query LIKE 'LISTEN%' OR query LIKE '%pg_notify%') AND pid <> pg_backend_pid()";
    let ended = sql!("test.cut", cut).all(&app.app.db).await.expect("cut");
    assert_eq!(ended.len(), 4);
    connected(&app, &second).await;
    connected(&second, &app).await;
    second.app.db.close().await;
    cleanup.run().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_ends_leaves_no_connection_behind() {
    let (app, cleanup) = TestApp::postgres().await;
    let second = app.further_node().await;
    connected(&app, &second).await;
    second.app.db.close().await;
    drop(second);
    let listeners = "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let left = sql!("test.listeners", listeners).one(&app.app.db).await;
        let left = left.expect("a row").int("n").expect("a number");
        if left == 1 {
            break;
        }
        assert!(Instant::now() < end, "{left} listeners are left");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    cleanup.run().await;
}
