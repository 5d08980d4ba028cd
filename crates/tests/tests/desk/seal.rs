//! Seals by the desk: they land, or the document is as it was.

use domain::product::Algorithm;
use serde_json::{Value, json};

use super::api::{Story, Tool, paper, phone_signs, scanned};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_9_scan_5_three_seals_land_one_after_another_and_all_hold() {
    for product in [Algorithm::Sm2, Algorithm::Rsa] {
        let story = Story::new(product, 3).await;
        for mode in ["page:1", "straddle:right", "pages:2-3"] {
            let landed = story.seal(mode).await;
            assert!(landed["landed_ms"].as_u64().unwrap() < 10_000, "{landed}");
        }
        let document = story.tool.document(&story.document).await;
        assert_eq!(
            (&document["revision"], &document["saved"]),
            (&json!(4), &json!(false))
        );
        assert_eq!(document["seals"][1]["pages"], json!([1, 2, 3]));
        let removable: Vec<&Value> = document["seals"]
            .as_array()
            .unwrap()
            .iter()
            .map(|seal| &seal["removable"])
            .collect();
        assert_eq!(removable, [&json!(false), &json!(false), &json!(true)]);
        let report = story
            .tool
            .get(&format!("/documents/{}/verification", story.document))
            .await
            .ok(200);
        assert_eq!(
            (
                &report["outcome"],
                report["signatures"].as_array().unwrap().len()
            ),
            (&json!("passed"), 3),
            "{report}"
        );
        assert!(
            story
                .tool
                .bytes(&story.document)
                .await
                .starts_with(&paper(3, 0))
        );
        story.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_9_what_was_sealed_is_there_after_an_end_and_an_open_scan_is_offered_as_expired() {
    let story = Story::new(Algorithm::Sm2, 1).await;
    story.seal("page:1").await;
    let sealed = story.tool.bytes(&story.document).await;
    let open = story.begin("page:1").await;
    story
        .tool
        .post(
            &format!("/documents/{}/seal", story.document),
            &json!({"mode": "page:1", "x_mm": 1, "y_mm": 1}),
        )
        .await
        .problem(409, "scan_open");
    let data = story.tool.data.clone();
    story.tool.end().await;
    // A crash may leave half a line behind the last record.
    let journal = data.join("journal");
    let mut bytes = std::fs::read(&journal).unwrap();
    bytes.extend(b"0123456789abcdef {\"record\":\"docu");
    std::fs::write(&journal, bytes).unwrap();
    let tool = Tool::start(&story.app, &data).await;
    assert_eq!(tool.bytes(&story.document).await, sealed);
    let state = tool.get("/state").await.ok(200);
    assert_eq!(state["recovered"], json!([story.document]));
    let path = format!("/scans/{}", open["scan_id"].as_str().unwrap());
    assert_eq!(tool.get(&path).await.ok(200)["state"], "expired");
    let fresh = tool
        .post(&format!("{path}/renew"), &json!({}))
        .await
        .ok(200);
    assert_ne!(fresh["code_text"], open["code_text"]);
    phone_signs(&story.app, &story.sealer, &tool, &fresh).await;
    tool.wait(&fresh, "landed").await;
    assert_eq!(
        tool.document(&story.document).await["seals"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    tool.end().await;
    story.cleanup.run().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_9_a_working_copy_that_was_changed_takes_no_half_seal() {
    let story = Story::new(Algorithm::Sm2, 1).await;
    let scan = story.begin("page:1").await;
    let opened = scanned(&scan);
    story.app.chosen(&story.sealer, &opened).await;
    story.tool.wait(&scan, "ready").await;
    let sha256 = story.tool.document(&story.document).await["sha256"]
        .as_str()
        .unwrap()
        .to_owned();
    let file = story
        .folder
        .path()
        .join("documents")
        .join(&story.document)
        .join(format!("{sha256}.pdf"));
    let other = paper(2, 0);
    std::fs::write(&file, &other).unwrap();
    let view = story
        .app
        .get_as(&story.sealer.phone, &opened.phone_path(""))
        .await
        .ok(200);
    let confirming = story
        .app
        .confirming(&story.sealer, &view, story.sealer.phone.next_counter());
    let answer = story
        .app
        .scan_step(&story.sealer.phone, &opened, "/confirm", &confirming.body)
        .await
        .ok(200);
    let finish = confirming.finish(&story.sealer.installed.key, &answer);
    story
        .app
        .scan_step(&story.sealer.phone, &opened, "/finish", &finish)
        .await
        .ok(200);
    let changed = story.tool.wait(&scan, "changed").await;
    assert_eq!(changed["failure"]["code"], "working_copy_changed");
    assert_eq!(story.tool.bytes(&story.document).await, other);
    let document = story.tool.document(&story.document).await;
    assert_eq!(
        (&document["page_count"], &document["seals"]),
        (&json!(2), &json!([]))
    );
    story.seal("page:2").await;
    story.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_2_refused_cancelled_and_expired_codes_each_say_so_and_can_be_renewed() {
    let story = Story::new(Algorithm::Sm2, 1).await;
    let scan = story.begin("page:1").await;
    let opened = scanned(&scan);
    story
        .app
        .scan_step(&story.sealer.phone, &opened, "/claim", &json!({}))
        .await
        .ok(200);
    story.tool.wait(&scan, "claimed").await;
    story
        .app
        .scan_step(&story.sealer.phone, &opened, "/refuse", &json!({}))
        .await
        .ok(200);
    story.tool.wait(&scan, "refused").await;
    let path = format!("/scans/{}", scan["scan_id"].as_str().unwrap());
    let fresh = story
        .tool
        .post(&format!("{path}/renew"), &json!({}))
        .await
        .ok(200);
    story
        .tool
        .post(&format!("{path}/cancel"), &json!({}))
        .await
        .ok(200);
    story.tool.wait(&fresh, "cancelled").await;
    let fresh = story
        .tool
        .post(&format!("{path}/renew"), &json!({}))
        .await
        .ok(200);
    story.app.clock.advance_s(91);
    story.tool.wait(&fresh, "expired").await;
    let fresh = story
        .tool
        .post(&format!("{path}/renew"), &json!({}))
        .await
        .ok(200);
    phone_signs(&story.app, &story.sealer, &story.tool, &fresh).await;
    story.tool.wait(&fresh, "landed").await;
    story
        .tool
        .post(&format!("{path}/renew"), &json!({}))
        .await
        .problem(409, "scan_state");
    story.end().await;
}
