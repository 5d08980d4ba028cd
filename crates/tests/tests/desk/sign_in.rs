//! A person signs the tool in with the phone, and the page knows them and their seals.

use domain::product::Algorithm;
use hulian_tests::Answer;
use reqwest::Method;
use serde_json::{Value, json};

use super::api::{Story, Tool, phone_signs, scanned};
use crate::scan_login::confirm;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_3_a_login_scan_signs_the_tool_in_with_the_seals_to_pick_from_until_it_is_ended() {
    let story = Story::new(Algorithm::Sm2, 1).await;
    let tool = &story.tool;
    assert_eq!(
        tool.get("/state").await.ok(200)["asker"]["signed_in"],
        Value::Null
    );
    assert_eq!(tool.get("/seals").await.ok(200)["items"], json!([]));
    let scan = tool.post("/sign-in", &json!({})).await.ok(201);
    sign_in(&story, &scan).await;
    tool.wait(&scan, "signed_in").await;
    let asker = tool.get("/state").await.ok(200)["asker"].clone();
    assert_eq!(asker["registered"], true);
    assert_eq!(asker["signed_in"]["unit"]["unit_id"], story.sealer.unit_id);
    let seals = tool.get("/seals").await.ok(200);
    assert_eq!(seals["items"][0]["seal_id"], story.sealer.seal_id);
    // A seal that was picked before the scan is the one that is taken.
    let wish = json!({"mode": "page:1", "x_mm": 20, "y_mm": 20, "seal_id": story.sealer.seal_id, "platform_id": story.platform});
    let path = format!("/documents/{}/seal", story.document);
    let scan = tool.post(&path, &wish).await.ok(201);
    phone_signs(&story.app, &story.sealer, tool, &scan).await;
    let landed = tool.wait(&scan, "landed").await;
    assert_eq!(landed["seal_id"], story.sealer.seal_id);
    let ended = Answer::of(tool.request(Method::DELETE, "/sign-in"));
    ended.await.ok(204);
    let asker = tool.get("/state").await.ok(200)["asker"].clone();
    assert_eq!(
        (&asker["signed_in"], &asker["registered"]),
        (&Value::Null, &json!(false))
    );
    story.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_3_a_sign_in_lasts_over_a_restart_of_the_tool() {
    let story = Story::new(Algorithm::Sm2, 1).await;
    let scan = story.tool.post("/sign-in", &json!({})).await.ok(201);
    sign_in(&story, &scan).await;
    story.tool.wait(&scan, "signed_in").await;
    let data = story.tool.data.clone();
    story.tool.end().await;
    let tool = Tool::start(&story.app, &data).await;
    let asker = tool.get("/state").await.ok(200)["asker"].clone();
    assert_eq!(asker["signed_in"]["unit"]["unit_id"], story.sealer.unit_id);
    tool.end().await;
    story.cleanup.run().await;
}

/// The phone's way from the code to the confirmed login, as the unit.
async fn sign_in(story: &Story, scan: &Value) {
    let (app, phone, opened) = (&story.app, &story.sealer.phone, scanned(scan));
    app.matched(phone, &opened).await;
    let unit = json!({"unit_id": story.sealer.unit_id});
    let view = app
        .scan_step(phone, &opened, "/choose", &unit)
        .await
        .ok(200);
    let body = confirm(phone, &view, phone.next_counter());
    let confirmed = app.scan_step(phone, &opened, "/confirm-login", &body);
    confirmed.await.ok(200);
}
