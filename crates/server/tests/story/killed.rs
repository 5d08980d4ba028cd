//! The server is killed at random moments of the story. Nothing may be half-done, nothing doubled, and the story goes
//! on, or says what to do and goes on when it is started again.

use crate::server::{Server, copy, hulian};
use crate::{judge, paper};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use store::{Db, sql};

/// Kills in the ordinary run; `HULIAN_KILLS=500` for the long one.
const KILLS: usize = 50;
/// Stories that are played at the same time.
const SIDE_BY_SIDE: usize = 3;
/// Kills in one story.
const KILLS_EACH: usize = 5;
/// How long one story takes when nobody disturbs it, roughly: the moments are drawn from it.
const STORY_MS: u64 = 3000;

#[test]
fn killed_at_any_moment_the_story_goes_on_and_nothing_is_doubled() {
    let kills = std::env::var("HULIAN_KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(KILLS);
    let folder = tempfile::tempdir().expect("a folder");
    let template = folder.path().join("template");
    drop(Server::start(&template, Server::free_port()));
    let input = folder.path().join("in.pdf");
    paper::write(&input, 2);
    let next = AtomicUsize::new(0);
    let again = AtomicUsize::new(0);
    // Stories wait more than they work: several side by side, each with a server of its own.
    std::thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                let port = Server::free_port();
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= kills.div_ceil(KILLS_EACH) {
                        return;
                    }
                    let story = folder.path().join(format!("story-{number}"));
                    copy(&template, &story.join("server"));
                    again.fetch_add(play(&story, &input, port, number), Ordering::SeqCst);
                }
            });
        }
    });
    let again = again.into_inner();
    println!("{kills} kills; stories that had to be started again: {again}");
}

/// Plays one story under kills and checks what it left; answers how often it had to be started again.
fn play(story: &Path, input: &Path, port: u16, number: usize) -> usize {
    let mut server = Server::start(&story.join("server"), port);
    let (out, root) = (story.join("out.pdf"), story.join("root.pem"));
    let mut demo = start(story, input, &out, &root, &server);
    for _ in 0..KILLS_EACH {
        std::thread::sleep(Duration::from_millis(
            random() % (STORY_MS / KILLS_EACH as u64 * 2),
        ));
        server.kill_and_restart();
    }
    server.wait_ready();
    let mut starts = 1;
    while !demo.wait().expect("waited").success() {
        let said = std::fs::read_to_string(story.join("demo.log")).unwrap_or_default();
        assert!(starts < 4, "story {number} does not end: {said}");
        assert!(!out.exists(), "a story that failed has left a file");
        starts += 1;
        demo = start(story, input, &out, &root, &server);
    }
    assert_eq!(judge::own(&out, &root), 1, "story {number}");
    server.kill();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(check(&story.join("server")));
    starts - 1
}

fn start(story: &Path, input: &Path, out: &Path, root: &Path, server: &Server) -> Child {
    let log = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(story.join("demo.log"))
        .expect("a log");
    let mut command = hulian();
    command.args(["demo", "--product", "sm2", "--server", &server.base()]);
    command
        .arg("--pdf")
        .arg(input)
        .arg("--out")
        .arg(out)
        .arg("--ca-out")
        .arg(root)
        .arg("--data")
        .arg(story);
    command
        .stdin(Stdio::null())
        .stdout(log.try_clone().expect("a log"))
        .stderr(log)
        .spawn()
        .expect("starts")
}

/// The rows after a story: one of everything that there must be one of.
async fn check(server: &Path) {
    let path = std::fs::read_dir(server)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path());
    let path = path
        .into_iter()
        .find(|path| {
            path.extension()
                .is_some_and(|kind| kind == "sqlite" || kind == "db")
        })
        .expect("a database");
    let db = Db::connect_sqlite(&path).await.expect("opens");
    macro_rules! count {
        ($text:literal) => {
            sql!("count", $text)
                .one(&db)
                .await
                .expect($text)
                .int("n")
                .expect($text)
        };
    }
    assert_eq!(count!("SELECT COUNT(*) AS n FROM person"), 1);
    assert_eq!(count!("SELECT COUNT(*) AS n FROM unit"), 1);
    assert_eq!(count!("SELECT COUNT(*) AS n FROM holding"), 1);
    assert_eq!(count!("SELECT COUNT(*) AS n FROM entitlement"), 1);
    assert_eq!(count!("SELECT COUNT(*) AS n FROM seal"), 1);
    assert_eq!(
        count!("SELECT COUNT(*) AS n FROM certificate WHERE in_force = 1"),
        1
    );
    let done = count!("SELECT COUNT(*) AS n FROM scan_session WHERE state = 'done'");
    assert!(done >= 1);
    assert_eq!(count!("SELECT COUNT(*) AS n FROM operation"), done);
    assert_eq!(count!("SELECT COUNT(*) AS n FROM log_leaf"), done);
    assert_eq!(count!("SELECT size AS n FROM log_head"), done);
    // A year and not two: no callback counted twice, no order of a repeated story was paid on top.
    let paid = count!("SELECT COUNT(*) AS n FROM orders WHERE state = 'paid'");
    let span_us = count!("SELECT until_us - from_us AS n FROM entitlement");
    let year_us = 366 * 86_400 * 1_000_000_i64;
    assert!(
        span_us <= (year_us + 86_400_000_000) * paid && paid == 1,
        "{paid} paid orders, {span_us} us"
    );
    db.close().await;
}

fn random() -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("randomness");
    u64::from_le_bytes(bytes)
}
