//! Continuous runs: code after code without the person at the screen doing anything in between.

use domain::product::Algorithm;
use hulian_tests::Answer;
use reqwest::Method;
use serde_json::{Value, json};

use super::api::{Story, phone_confirms, scanned};

impl Story {
    /// A run over the first pages of the document.
    async fn run(&self, pages: u32) -> Value {
        let item = |page: u32| json!({"document_id": self.document, "mode": format!("page:{page}"), "x_mm": 20, "y_mm": 20});
        let items: Vec<Value> = (1..=pages).map(item).collect();
        let wish = json!({"items": items, "platform_id": self.platform});
        self.tool.post("/runs", &wish).await.ok(201)
    }

    /// The run once so many seals of it have landed.
    async fn after(&self, run: &Value, done: u32) -> Value {
        let path = format!("/runs/{}", run["run_id"].as_str().unwrap());
        for _ in 0..200 {
            let now = self.tool.get(&path).await.ok(200);
            if now["done"] == done {
                return now;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the run does not go on");
    }

    /// The phone takes the first code of a run and agrees to it.
    async fn phone_begins(&self, run: &Value) -> Value {
        let opened = scanned(&run["scan"]);
        self.app.chosen(&self.sealer, &opened).await;
        let code = json!({"code": opened.text("code")});
        let agreed = self
            .app
            .post_as(&self.sealer.phone, "/api/v1/scan-runs", &code);
        agreed.await.ok(201)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_6_a_run_opens_the_next_code_when_a_seal_has_landed_and_the_phone_only_scans() {
    let story = Story::new(Algorithm::Sm2, 3).await;
    let mut run = story.run(3).await;
    assert_eq!((&run["total"], &run["done"]), (&json!(3), &json!(0)));
    let agreed = story.phone_begins(&run).await;
    for done in 1..=3 {
        let scan = run["scan"].clone();
        if done > 1 {
            let claim = json!({"run_id": agreed["run_id"]});
            let opened = scanned(&scan);
            let view = story
                .app
                .scan_step(&story.sealer.phone, &opened, "/claim", &claim)
                .await
                .ok(200);
            assert_eq!(view["state"], "chosen", "no number, no choice");
        }
        phone_confirms(&story.app, &story.sealer, &story.tool, &scan).await;
        story.tool.wait(&scan, "landed").await;
        run = story.after(&run, done).await;
        if done < 3 {
            assert_ne!(run["scan"]["scan_id"], scan["scan_id"]);
        }
    }
    let told = story.tool.document(&story.document).await;
    let pages: Vec<&Value> = told["seals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|seal| &seal["pages"])
        .collect();
    assert_eq!(pages, [&json!([1]), &json!([2]), &json!([3])]);
    story.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_6_a_run_that_the_page_ends_is_over_on_the_phone_too() {
    let story = Story::new(Algorithm::Sm2, 2).await;
    let run = story.run(2).await;
    let agreed = story.phone_begins(&run).await;
    phone_confirms(&story.app, &story.sealer, &story.tool, &run["scan"]).await;
    let next = story.after(&run, 1).await;
    let path = format!("/runs/{}", run["run_id"].as_str().unwrap());
    Answer::of(story.tool.request(Method::DELETE, &path))
        .await
        .ok(204);
    story.tool.get(&path).await.problem(404, "run_not_found");
    story.tool.wait(&next["scan"], "cancelled").await;
    // A further code is one like any other.
    let scan = story.begin("page:2").await;
    let claim = json!({"run_id": agreed["run_id"]});
    story
        .app
        .scan_step(&story.sealer.phone, &scanned(&scan), "/claim", &claim)
        .await
        .problem(410, "run_ended");
    let told = story.tool.document(&story.document).await;
    assert_eq!(told["seals"].as_array().map(Vec::len), Some(1));
    story.end().await;
}
