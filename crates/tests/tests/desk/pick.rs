//! What the person decides at the screen: which seal, and where; and what the page tells meanwhile.

use domain::product::Algorithm;
use serde_json::{Value, json};

use super::api::{Story, Tool, paper, phone_confirms, phone_signs, scanned, written};

fn write(text: &str, y: u32) -> String {
    format!("BT /F1 18 Tf 72 {y} Td ({text}) Tj ET\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_5_one_of_several_seals_is_picked_in_the_page_and_no_other_is_taken() {
    let story = Story::new(Algorithm::Sm2, 1).await;
    let second =
        json!({"unit_id": story.sealer.unit_id, "kind": "company", "style": {"diameter_mm": 42}});
    let second = story
        .app
        .make_seal(&story.sealer.phone, &second, "second")
        .await
        .ok(201);
    let scan = story.begin("page:1").await;
    let path = format!("/scans/{}/seal", scan["scan_id"].as_str().unwrap());
    let picked = json!({"seal_id": second["seal_id"]});
    story
        .tool
        .post(&path, &picked)
        .await
        .problem(409, "scan_state");
    story.app.chosen(&story.sealer, &scanned(&scan)).await;
    let asked = story.tool.wait(&scan, "choose_seal").await;
    let ids: Vec<&Value> = asked["seals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|seal| &seal["seal_id"])
        .collect();
    assert_eq!(ids.len(), 2, "{asked}");
    assert!(ids.contains(&&second["seal_id"]));
    assert_eq!(asked["seal_id"], Value::Null);
    let unknown = json!({"seal_id": story.document});
    story
        .tool
        .post(&path, &unknown)
        .await
        .problem(404, "seal_not_found");
    story.tool.post(&path, &picked).await.ok(200);
    story.tool.wait(&scan, "ready").await;
    let shown = story
        .app
        .get_as(&story.sealer.phone, &scanned(&scan).phone_path(""))
        .await
        .ok(200);
    assert_eq!(shown["prepared"]["seal_id"], second["seal_id"]);
    assert_eq!(shown["prepared"]["marks"][0]["width_mm"], 42.0);
    phone_confirms(&story.app, &story.sealer, &story.tool, &scan).await;
    let landed = story.tool.wait(&scan, "landed").await;
    assert_eq!(landed["seal_id"], second["seal_id"]);
    let told = story.tool.document(&story.document).await;
    assert_eq!(told["seals"][0]["seal_kind"], "company");
    story.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_2_a_second_phone_is_refused_and_the_page_says_so_while_the_first_goes_on() {
    let story = Story::new(Algorithm::Sm2, 1).await;
    let second = story.app.sealer(1, Algorithm::Sm2).await;
    let scan = story.begin("page:1").await;
    let opened = scanned(&scan);
    story
        .app
        .scan_step(&story.sealer.phone, &opened, "/claim", &json!({}))
        .await
        .ok(200);
    let claimed = story.tool.wait(&scan, "claimed").await;
    assert_eq!(claimed["second_phone"], false);
    story
        .app
        .scan_step(&second.phone, &opened, "/claim", &json!({}))
        .await
        .problem(409, "session_claimed_by_other");
    let path = format!(
        "/scans/{}?wait_s=10&after_version={}",
        scan["scan_id"].as_str().unwrap(),
        claimed["version"]
    );
    let told = story.tool.get(&path).await.ok(200);
    assert_eq!(
        (&told["second_phone"], &told["state"]),
        (&json!(true), &json!("claimed"))
    );
    phone_signs(&story.app, &story.sealer, &story.tool, &scan).await;
    let landed = story.tool.wait(&scan, "landed").await;
    assert_eq!(landed["second_phone"], true);
    story.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_5_a_keyword_is_found_placed_and_sealed_on_every_page_that_has_it() {
    let pages = [
        write("Bid Letter", 760) + &write("Seal here", 300),
        write("Nothing to see", 760),
        write("Seal here", 500) + &write("and Seal here", 200),
    ];
    let pages = pages.map(String::into_bytes);
    let story = Story::on(Algorithm::Sm2, written(&pages)).await;
    let path = format!("/documents/{}", story.document);
    let found = story
        .tool
        .get(&format!("{path}/keywords?text=Seal%20here&occurrence=all"))
        .await
        .ok(200);
    let hits: Vec<&Value> = found["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| &hit["page"])
        .collect();
    assert_eq!(hits, [&json!(1), &json!(3), &json!(3)], "{found}");
    let place = json!({"mode": "keyword:Seal here", "width_mm": 40, "height_mm": 40});
    let plan = story
        .tool
        .post(&format!("{path}/placements"), &place)
        .await
        .ok(200);
    let landed = story.seal("keyword:Seal here").await;
    assert_eq!(landed["state"], "landed");
    let told = story.tool.document(&story.document).await;
    assert_eq!(
        (
            &told["seals"][0]["pages"],
            told["seals"].as_array().unwrap().len()
        ),
        (&json!([1, 3]), 1)
    );
    assert_eq!(plan["marks"].as_array().unwrap().len(), 3);
    let report = story
        .tool
        .get(&format!("{path}/verification"))
        .await
        .ok(200);
    assert_eq!(report["outcome"], "passed", "{report}");
    story
        .tool
        .post(
            &format!("{path}/seal"),
            &json!({"mode": "keyword:Not in it", "platform_id": story.platform}),
        )
        .await
        .problem(422, "keyword_not_found");
    story.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sealed_document_tells_the_same_of_its_seals_to_a_desk_that_never_saw_it() {
    let story = Story::new(Algorithm::Rsa, 3).await;
    story.seal("straddle:right").await;
    story.seal("pages:2-3").await;
    let here = story.tool.document(&story.document).await;
    let sealed = story.tool.bytes(&story.document).await;
    let folder = tempfile::tempdir().unwrap();
    let other = Tool::start(&story.app, folder.path()).await;
    let there = other.open(sealed).await.ok(201);
    for (index, pages) in [json!([1, 2, 3]), json!([2, 3])].into_iter().enumerate() {
        for member in [
            "field",
            "signer",
            "unit",
            "signed_at_us",
            "pages",
            "own",
            "removable",
        ] {
            let (here, there) = (&here["seals"][index], &there["seals"][index]);
            assert_eq!(here[member], there[member], "{member}");
        }
        assert_eq!(there["seals"][index]["pages"], pages);
        assert_eq!(there["seals"][index]["removable"], json!(index == 1));
    }
    // What another program appended keeps the last seal.
    let id = there["document_id"].as_str().unwrap();
    let mut longer = other.bytes(id).await;
    longer.extend(b"\n");
    let longer = other.open(longer).await.ok(201);
    assert_eq!(longer["seals"][1]["removable"], false);
    let path = format!(
        "/documents/{}/unseal",
        longer["document_id"].as_str().unwrap()
    );
    other
        .post(&path, &json!({}))
        .await
        .problem(409, "later_revision");
    let plain = other.open(paper(1, 0)).await.ok(201);
    let path = format!(
        "/documents/{}/unseal",
        plain["document_id"].as_str().unwrap()
    );
    other.post(&path, &json!({})).await.problem(409, "no_seal");
    other.end().await;
    story.end().await;
}
