//! The whole story by one command.

use crate::server::hulian;
use crate::{judge, paper};
use std::path::{Path, PathBuf};

struct Played {
    out: PathBuf,
    root: PathBuf,
    folder: tempfile::TempDir,
}

fn play(pages: usize, arguments: &[&str]) -> Played {
    let folder = tempfile::tempdir().expect("a folder");
    let [input, out, root] = ["in.pdf", "out.pdf", "root.pem"].map(|name| folder.path().join(name));
    paper::write(&input, pages);
    let mut command = hulian();
    command
        .args(["demo", "--pdf"])
        .arg(&input)
        .arg("--out")
        .arg(&out)
        .arg("--ca-out")
        .arg(&root)
        .args(arguments);
    println!("{}", judge::content(&mut command));
    Played { out, root, folder }
}

fn own(played: &Played, signatures: usize) {
    assert_eq!(judge::own(&played.out, &played.root), signatures);
    judge::qpdf(&played.out);
    // What was there before is there still, byte for byte.
    let base = std::fs::read(played.folder.path().join("in.pdf")).expect("the input");
    assert!(
        std::fs::read(&played.out)
            .expect("the output")
            .starts_with(&base)
    );
}

/// Three seals one after another by two companies: after the last, every one of them is valid for everybody.
#[test]
fn scan_1_seal_scan_4_scan_12_three_rsa_seals_by_two_companies_are_valid_for_pyhanko_and_pdfsig() {
    let played = play(
        3,
        &["--product", "rsa", "--seals", "3", "--mode", "pages:1-2"],
    );
    own(&played, 3);
    judge::pyhanko(&played.out, &played.root);
    judge::pdfsig(&played.out, 6);
}

#[test]
fn scan_1_seal_three_sm2_seals_by_two_companies_are_valid_for_bouncy_castle() {
    let played = play(3, &["--product", "sm2", "--seals", "3"]);
    own(&played, 3);
    judge::bouncy_castle(&played.out, &played.root);
}

#[test]
fn scan_5_all_on_200_pages_is_one_signature() {
    let played = play(200, &["--product", "rsa", "--mode", "all"]);
    own(&played, 1);
    judge::pyhanko(&played.out, &played.root);
}

/// What cannot be sealed is refused before anything happens, and no file is left behind.
#[test]
fn scan_12_a_page_outside_the_document_is_refused_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, out) = (folder.path().join("in.pdf"), folder.path().join("out.pdf"));
    paper::write(&input, 2);
    let refused = |mode: &str, input: &Path| {
        let output = hulian()
            .args(["demo", "--mode", mode, "--pdf"])
            .arg(input)
            .arg("--out")
            .arg(&out)
            .output()
            .expect("runs");
        assert!(!output.status.success(), "{mode}");
        assert!(!out.exists(), "{mode}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    refused("page:0", &input);
    refused("page:3", &input);
    let text = folder.path().join("text.pdf");
    std::fs::write(&text, "not a document").expect("written");
    assert!(refused("page:1", &text).contains("not_pdf"));
}
