//! What goes wrong around a scan: files that others change, clocks that differ, a server that is away.

use domain::product::Algorithm;
use hulian_tests::TestApp;
use serde_json::{Value, json};

use super::api::{Story, Tool, paper, phone_confirms, scanned};

/// The document gets a file of its own, and a scan for it is ready on the phone.
async fn ready_on_a_file(story: &Story) -> (std::path::PathBuf, Value) {
    let target = story.folder.path().join("标书.pdf");
    let save = json!({"path": target});
    let path = format!("/documents/{}/save", story.document);
    story.tool.post(&path, &save).await.ok(200);
    let scan = story.begin("page:1").await;
    story.app.chosen(&story.sealer, &scanned(&scan)).await;
    story.tool.wait(&scan, "ready").await;
    (target, scan)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_9_a_file_that_was_changed_during_the_scan_gets_no_seal_and_is_read_anew() {
    let story = Story::new(Algorithm::Sm2, 1).await;
    let (target, scan) = ready_on_a_file(&story).await;
    let other = paper(4, 0);
    std::fs::write(&target, &other).unwrap();
    phone_confirms(&story.app, &story.sealer, &story.tool, &scan).await;
    let changed = story.tool.wait(&scan, "changed").await;
    assert_eq!(changed["failure"]["code"], "changed_outside");
    // Nothing of ours was unsaved: the page shows what the other program wrote.
    let told = story.tool.document(&story.document).await;
    assert_eq!(
        (
            &told["page_count"],
            &told["seals"],
            &told["changed_outside"]
        ),
        (&json!(4), &json!([]), &json!(false))
    );
    assert_eq!(story.tool.bytes(&story.document).await, other);
    assert_eq!(
        std::fs::read(&target).unwrap(),
        other,
        "never written unasked"
    );
    story.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_9_a_changed_file_is_not_read_over_a_seal_that_was_not_saved() {
    let story = Story::new(Algorithm::Sm2, 1).await;
    let (target, scan) = ready_on_a_file(&story).await;
    phone_confirms(&story.app, &story.sealer, &story.tool, &scan).await;
    story.tool.wait(&scan, "landed").await;
    let sealed = story.tool.bytes(&story.document).await;
    let scan = story.begin("page:1").await;
    story.app.chosen(&story.sealer, &scanned(&scan)).await;
    story.tool.wait(&scan, "ready").await;
    std::fs::write(&target, paper(4, 0)).unwrap();
    phone_confirms(&story.app, &story.sealer, &story.tool, &scan).await;
    story.tool.wait(&scan, "changed").await;
    let told = story.tool.document(&story.document).await;
    assert_eq!(
        (
            &told["changed_outside"],
            told["seals"].as_array().unwrap().len()
        ),
        (&json!(true), 1)
    );
    assert_eq!(story.tool.bytes(&story.document).await, sealed);
    let path = format!("/documents/{}/save", story.document);
    story
        .tool
        .post(&path, &json!({}))
        .await
        .problem(409, "changed_outside");
    story
        .tool
        .post(&path, &json!({"overwrite": true}))
        .await
        .ok(200);
    assert_eq!(std::fs::read(&target).unwrap(), sealed);
    story.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_computer_whose_clock_is_wrong_is_told_by_how_much() {
    let (app, cleanup) = TestApp::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let tool = Tool::start_late(&app.base_url, &app, folder.path(), 3600).await;
    let made = tool.open(paper(1, 0)).await.ok(201);
    let server = tool.get("/state").await.ok(200)["server"].clone();
    assert_eq!(
        (&server["clock_skew_s"], &server["reachable"]),
        (&json!(3600), &json!(true))
    );
    let path = format!("/documents/{}/seal", made["document_id"].as_str().unwrap());
    let wish = json!({"mode": "page:1", "x_mm": 10, "y_mm": 10});
    let problem = tool
        .post(&path, &wish)
        .await
        .problem(409, "asker_clock_skew");
    assert!(problem["server_time_us"].is_i64(), "{problem}");
    let told = made["document_id"].as_str().unwrap();
    assert_eq!(tool.document(told).await["scan_id"], Value::Null);
    tool.end().await;
    cleanup.run().await;
}
