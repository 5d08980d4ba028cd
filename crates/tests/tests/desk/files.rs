//! Documents: in by a stream, out by ranges, and back after an end that nobody announced.

use domain::product::Algorithm;
use hulian_tests::{Answer, TestApp};
use reqwest::{Method, StatusCode};

use super::api::{Story, Tool, paper};

fn files_below(folder: &std::path::Path) -> usize {
    let count = |entry: std::fs::DirEntry| match entry.file_type().unwrap().is_dir() {
        true => files_below(&entry.path()),
        false => 1,
    };
    std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(count)
        .sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doc_1_what_is_no_sound_pdf_is_refused_with_a_reason_and_leaves_nothing() {
    let (app, cleanup) = TestApp::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let tool = Tool::start(&app, folder.path()).await;
    let before = files_below(folder.path());
    tool.open("not a document").await.problem(422, "not_a_pdf");
    tool.open("").await.problem(422, "not_a_pdf");
    let mut torn = paper(2, 0);
    torn.truncate(torn.len() / 2);
    tool.open(torn).await.problem(422, "pdf_refused");
    let encrypted = String::from_utf8(paper(1, 0))
        .unwrap()
        .replace("/Root 1 0 R", "/Root 1 0 R /Encrypt 9 0 R");
    tool.open(encrypted).await.problem(422, "pdf_encrypted");
    assert_eq!(files_below(folder.path()), before);
    assert_eq!(
        tool.get("/state").await.ok(200)["documents"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    tool.end().await;
    cleanup.run().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_is_read_by_ranges_of_one_revision() {
    let story = Story::new(Algorithm::Sm2, 3).await;
    let whole = story.tool.bytes(&story.document).await;
    assert_eq!(whole, paper(3, 0));
    let path = format!("/documents/{}/file?revision=1", story.document);
    let get = |range: &str, condition: Option<&str>| {
        let request = story
            .tool
            .request(Method::GET, &path)
            .header("range", range);
        match condition {
            Some(tag) => request.header("if-range", tag).send(),
            None => request.send(),
        }
    };
    let part = get("bytes=10-19", None).await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(
        part.headers()["content-range"],
        format!("bytes 10-19/{}", whole.len())
    );
    let tag = part.headers()["etag"].to_str().unwrap().to_owned();
    assert_eq!(part.bytes().await.unwrap(), whole[10..20]);
    assert_eq!(
        get("bytes=-5", Some(&tag))
            .await
            .unwrap()
            .bytes()
            .await
            .unwrap(),
        whole[whole.len() - 5..]
    );
    assert_eq!(
        get("bytes=0-3", Some("\"another\""))
            .await
            .unwrap()
            .status(),
        StatusCode::OK
    );
    let outside = get("bytes=9999999-", None).await.unwrap();
    assert_eq!(outside.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let known = story
        .tool
        .request(Method::GET, &path)
        .header("if-none-match", &tag)
        .send()
        .await
        .unwrap();
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    let gone = format!("/documents/{}/file?revision=9", story.document);
    story
        .tool
        .get(&gone)
        .await
        .problem(404, "revision_not_found");
    story.end().await;
}

/// Anonymous memory of this process, in KiB: what was allocated, without the maps of files.
#[cfg(target_os = "linux")]
fn anonymous_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("RssAnon"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_megabytes_come_in_without_being_held_in_memory() {
    let (app, cleanup) = TestApp::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let tool = Tool::start(&app, folder.path()).await;
    let path = folder.path().join("large");
    std::fs::write(&path, paper(1, 100 << 20)).unwrap();
    let before = anonymous_kib();
    let file = std::fs::File::open(&path).unwrap();
    let pieces = futures_util::stream::unfold(file, |mut file| async move {
        let mut piece = vec![0; 256 * 1024];
        let count = std::io::Read::read(&mut file, &mut piece).unwrap();
        piece.truncate(count);
        (count > 0).then_some((Ok::<_, std::io::Error>(piece), file))
    });
    let opened = tool.open(reqwest::Body::wrap_stream(pieces)).await.ok(201);
    let grown = anonymous_kib().saturating_sub(before);
    assert!(opened["bytes"].as_u64().unwrap() > 100 << 20);
    assert!(
        grown < 40 << 10,
        "{grown} KiB of anonymous memory for 100 MiB"
    );
    tool.end().await;
    cleanup.run().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_server_everything_local_works_and_the_state_says_so() {
    let (app, cleanup) = TestApp::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let tool = Tool::start_at("http://127.0.0.1:9", &app, folder.path()).await;
    let opened = tool.open(paper(2, 0)).await.ok(201);
    let id = opened["document_id"].as_str().unwrap();
    assert_eq!(
        tool.get("/state").await.ok(200)["server"]["reachable"],
        false
    );
    let place =
        serde_json::json!({"mode": "all", "x_mm": 1, "y_mm": 1, "width_mm": 40, "height_mm": 40});
    let plan = tool
        .post(&format!("/documents/{id}/placements"), &place)
        .await
        .ok(200);
    assert_eq!(plan["marks"].as_array().unwrap().len(), 2);
    let wish = serde_json::json!({"mode": "all", "x_mm": 1, "y_mm": 1});
    tool.post(&format!("/documents/{id}/seal"), &wish)
        .await
        .problem(503, "server_unreachable");
    let target = folder.path().join("saved.pdf");
    let save = serde_json::json!({"path": target});
    tool.post(&format!("/documents/{id}/save"), &save)
        .await
        .ok(200);
    assert_eq!(std::fs::read(&target).unwrap(), paper(2, 0));
    // Somebody else's change is not written over unasked.
    std::fs::write(&target, "another program was here").unwrap();
    assert_eq!(tool.document(id).await["changed_outside"], true);
    tool.post(&format!("/documents/{id}/save"), &serde_json::json!({}))
        .await
        .problem(409, "changed_outside");
    let over = serde_json::json!({"overwrite": true});
    assert_eq!(
        tool.post(&format!("/documents/{id}/save"), &over)
            .await
            .ok(200)["changed_outside"],
        false
    );
    Answer::of(tool.request(Method::DELETE, &format!("/documents/{id}")))
        .await
        .ok(204);
    tool.get(&format!("/documents/{id}"))
        .await
        .problem(404, "document_not_found");
    assert!(!folder.path().join("documents").join(id).exists());
    tool.end().await;
    cleanup.run().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_12_the_desk_knows_which_modes_each_platform_takes() {
    let story = Story::new(Algorithm::Sm2, 1).await;
    let state = story.tool.get("/state").await.ok(200);
    let platform = &state["platforms"][0];
    assert_eq!(platform["platform_id"], story.platform);
    assert!(
        platform["modes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|mode| mode == "straddle"),
        "{state}"
    );
    assert_eq!(
        state["server"]["phone_url"],
        story.app.app.settings.phone_url
    );
    assert_eq!(state["server"]["sandbox"], true);
    story.end().await;
}
