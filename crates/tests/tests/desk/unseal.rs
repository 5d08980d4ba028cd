//! The last seal is taken away by who set it, to the byte, also by a desk that never saw the document before.

use domain::product::Algorithm;
use hulian_tests::BOTH_PRODUCTS;
use serde_json::{Value, json};

use super::api::{Story, Tool, paper, phone_signs, scanned};

/// Opens a scan that takes the last seal away.
async fn begin(tool: &Tool, document: &str) -> Value {
    let path = format!("/documents/{document}/unseal");
    tool.post(&path, &json!({})).await.ok(201)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_1_seals_are_taken_away_one_after_another_until_the_file_is_what_it_was() {
    for product in BOTH_PRODUCTS {
        let story = Story::new(product, 3).await;
        story.seal("page:1").await;
        let once = story.tool.bytes(&story.document).await;
        story.seal("straddle:right").await;
        let folder = tempfile::tempdir().unwrap();
        let other = Tool::start(&story.app, folder.path()).await;
        let twice = story.tool.bytes(&story.document).await;
        let opened = other.open(twice).await.ok(201);
        let document = opened["document_id"].as_str().unwrap();
        for (left, bytes) in [(1, once), (0, paper(3, 0))] {
            let scan = begin(&other, document).await;
            assert_eq!(scan["kind"], "unseal");
            phone_signs(&story.app, &story.sealer, &other, &scan).await;
            other.wait(&scan, "removed").await;
            let told = other.document(document).await;
            let seals = told["seals"].as_array().unwrap();
            assert_eq!((seals.len(), &told["saved"]), (left, &json!(false)));
            assert!(other.bytes(document).await == bytes, "to the byte");
        }
        let path = format!("/documents/{document}/unseal");
        other.post(&path, &json!({})).await.problem(409, "no_seal");
        // What was handed out before stays sealed.
        let kept = story.tool.document(&story.document).await;
        assert_eq!(kept["seals"].as_array().map(Vec::len), Some(2));
        other.end().await;
        story.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_1_nobody_else_takes_the_seal_away_and_a_changed_document_keeps_it() {
    let story = Story::new(Algorithm::Sm2, 1).await;
    story.seal("page:1").await;
    let sealed = story.tool.bytes(&story.document).await;
    let stranger = story.app.sealer(1, Algorithm::Sm2).await;
    let scan = begin(&story.tool, &story.document).await;
    let opened = scanned(&scan);
    let (app, phone) = (&story.app, &stranger.phone);
    app.scan_step(phone, &opened, "/claim", &json!({}))
        .await
        .ok(200);
    let number = json!({"number": scan["match_number"]});
    app.scan_step(phone, &opened, "/match", &number)
        .await
        .ok(200);
    let holding = json!({"holding_id": stranger.installed.holding_id});
    app.scan_step(phone, &opened, "/choose", &holding)
        .await
        .problem(403, "certificate_not_usable");
    app.scan_step(phone, &opened, "/refuse", &json!({}))
        .await
        .ok(200);
    story.tool.wait(&scan, "refused").await;
    assert!(story.tool.bytes(&story.document).await == sealed);
    let path = format!("/scans/{}/renew", scan["scan_id"].as_str().unwrap());
    let fresh = story.tool.post(&path, &json!({})).await.ok(200);
    phone_signs(&story.app, &story.sealer, &story.tool, &fresh).await;
    story.tool.wait(&fresh, "removed").await;
    assert!(story.tool.bytes(&story.document).await == paper(1, 0));
    story.end().await;
}
