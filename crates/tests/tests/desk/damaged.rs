//! Damaged files: written anew when they are opened, where nothing was signed.

use domain::product::Algorithm;

use super::api::{Story, paper};

/// The same file with a last `startxref` that leads nowhere.
fn damaged(mut pdf: Vec<u8>) -> Vec<u8> {
    let word = b"startxref";
    let at = pdf
        .windows(word.len())
        .rposition(|window| window == word)
        .unwrap();
    let number = at + word.len() + 1;
    for digit in pdf[number..].iter_mut().take_while(|it| **it != b'\n') {
        *digit = b'1';
    }
    pdf
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doc_1_a_damaged_file_is_mended_and_said_so() {
    let given = damaged(paper(2, 0));
    let story = Story::on(Algorithm::Sm2, given.clone()).await;
    let document = story.tool.document(&story.document).await;
    assert_eq!(document["repaired"], true);
    assert_eq!(document["page_count"], 2);
    let mended = story.tool.bytes(&story.document).await;
    assert!(!mended.starts_with(&given));
    story.seal("pages:1").await;
    let sealed = story.tool.bytes(&story.document).await;
    assert!(sealed.starts_with(&mended));
    let report = story
        .tool
        .get(&format!("/documents/{}/verification", story.document))
        .await
        .ok(200);
    assert_eq!(report["outcome"], "passed", "{report}");
    // What carries a signature is never written anew.
    let refused = story.tool.open(damaged(sealed)).await;
    assert_eq!(
        refused.problem(422, "pdf_refused")["reason"],
        "damaged_signed"
    );
    story.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doc_1_a_sound_file_stays_as_it_is() {
    let story = Story::new(Algorithm::Sm2, 2).await;
    let document = story.tool.document(&story.document).await;
    assert_eq!(document["repaired"], false);
    assert_eq!(story.tool.bytes(&story.document).await, paper(2, 0));
    story.end().await;
}
