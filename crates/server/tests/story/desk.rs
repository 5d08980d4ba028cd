//! The bid tool as a process of its own: it is killed, the server is killed, and what was sealed is there.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::paper;
use crate::person::Person;
use crate::server::{Server, hulian};

/// How often the tool is killed between the confirmation and the landing.
const KILLS: u64 = 8;
/// How long a landing takes at most when nobody disturbs it, roughly: the moments are drawn from it.
const LANDING_MS: u64 = 400;

/// A running `hulian desk` and its page.
struct Desk {
    child: Child,
    data: PathBuf,
    server: String,
    origin: String,
    client: reqwest::Client,
}

impl Desk {
    async fn start(data: &Path, server: &str, file: Option<&Path>) -> Self {
        let mut command = hulian();
        command.args([
            "desk",
            "--server",
            server,
            "--listen",
            "127.0.0.1:0",
            "--data",
        ]);
        command.arg(data).args(file).stdin(Stdio::null());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().expect("its words"));
        said.read_line(&mut line).expect("an address");
        let (origin, token) = line.trim().split_once("/#token=").expect("a token");
        let client = reqwest::Client::builder().cookie_store(true).no_proxy();
        let desk = Self {
            child,
            data: data.to_owned(),
            server: server.to_owned(),
            origin: origin.to_owned(),
            client: client.build().expect("a client"),
        };
        desk.post("/session", json!({"token": token})).await;
        desk
    }

    /// SIGKILL, and a new process on the same data.
    async fn kill_and_restart(mut self) -> Self {
        self.child.kill().expect("killed");
        self.child.wait().expect("waited");
        Self::start(&self.data, &self.server, None).await
    }

    async fn bytes(&self, path: &str) -> Vec<u8> {
        self.send(Method::GET, path, None).await
    }

    async fn get(&self, path: &str) -> Value {
        serde_json::from_slice(&self.bytes(path).await).expect("JSON")
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let answer = self.send(Method::POST, path, Some(body)).await;
        serde_json::from_slice(&answer).unwrap_or_default()
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Vec<u8> {
        let address = format!("{}/desk/v1{path}", self.origin);
        let mut request = self.client.request(method, address);
        request = request.header("origin", &self.origin);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.expect("answered");
        let status = answer.status();
        let bytes = answer.bytes().await.expect("a body").to_vec();
        let text = String::from_utf8_lossy(&bytes);
        assert!(status.is_success(), "{path}: {status}: {text}");
        bytes
    }

    async fn wait(&self, scan_id: &str, state: &str) -> Value {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            let scan = self.get(&format!("/scans/{scan_id}")).await;
            if scan["state"] == state {
                return scan;
            }
            assert!(Instant::now() < end, "no {state}: {scan}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Its one document.
    async fn document(&self) -> Value {
        self.get("/state").await["documents"][0].clone()
    }

    async fn seal(&self, document: &Value) -> Value {
        let path = format!("/documents/{}/seal", text(document, "document_id"));
        let wish = json!({"mode": "page:1", "x_mm": 100, "y_mm": 40});
        self.post(&path, wish).await
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().expect("text")
}

async fn choose(person: &Person, scan: &Value) -> String {
    let code = text(scan, "code_text");
    person.choose(code, text(scan, "match_number")).await
}

/// One server, one person, one desk with one document of one page.
struct Story {
    folder: tempfile::TempDir,
    server: Server,
    person: Person,
    desk: Desk,
}

async fn story() -> Story {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(&folder.path().join("server"), Server::free_port());
    let person = Person::ready(&server.base(), &folder.path().join("phone")).await;
    let file = folder.path().join("bid.pdf");
    paper::write(&file, 1);
    let data = folder.path().join("desk");
    let desk = Desk::start(&data, &server.base(), Some(&file)).await;
    Story {
        folder,
        server,
        person,
        desk,
    }
}

fn run(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(story);
}

#[test]
fn scan_1_the_server_is_killed_twice_in_the_middle_of_a_scan_and_the_seal_lands() {
    run(async {
        let mut story = story().await;
        let document = story.desk.document().await;
        let scan = story.desk.seal(&document).await;
        let scan_id = text(&scan, "scan_id");
        let code = choose(&story.person, &scan).await;
        story.server.kill_and_restart();
        let view = story.person.shown(&code).await;
        story.desk.wait(scan_id, "ready").await;
        story.server.kill_and_restart();
        story.person.confirm(&view).await;
        let landed = story.desk.wait(scan_id, "landed").await;
        println!("landed after {} ms", landed["landed_ms"]);
        let path = format!("/documents/{}/verification", text(&document, "document_id"));
        // The roots were fetched before the server was killed for the first time.
        let report = story.desk.get(&path).await;
        assert_eq!(report["outcome"], "passed", "{report}");
        assert_eq!(report["signatures"].as_array().map(Vec::len), Some(1));
    });
}

#[test]
fn scan_9_the_desk_is_killed_during_an_open_scan_and_everything_is_there_again() {
    run(async {
        let mut story = story().await;
        let before = story.desk.document().await;
        let scan = story.desk.seal(&before).await;
        let code = choose(&story.person, &scan).await;
        let view = story.person.shown(&code).await;
        let desk = story.desk.kill_and_restart().await;
        let after = desk.document().await;
        for member in ["document_id", "path", "sha256", "revision", "seals"] {
            assert_eq!(after[member], before[member], "{member}");
        }
        let recovered = desk.get("/state").await["recovered"].clone();
        assert_eq!(recovered, json!([after["document_id"]]));
        let path = format!("/scans/{}", text(&scan, "scan_id"));
        assert_eq!(desk.get(&path).await["state"], "expired");
        // The code of before still leads somewhere at the server, but to no document any more.
        story.person.confirm(&view).await;
        assert_eq!(desk.document().await["revision"], 1);
        let fresh = desk.post(&format!("{path}/renew"), json!({})).await;
        assert_ne!(fresh["code_text"], scan["code_text"]);
        let code = choose(&story.person, &fresh).await;
        let view = story.person.shown(&code).await;
        story.person.confirm(&view).await;
        desk.wait(text(&scan, "scan_id"), "landed").await;
        assert_eq!(desk.document().await["revision"], 2);
        // The person's own file is never written unasked.
        let own = std::fs::read(story.folder.path().join("bid.pdf")).expect("a file");
        assert_eq!(before["bytes"], own.len());
    });
}

#[test]
fn scan_9_killed_at_any_moment_of_a_landing_the_document_is_the_one_before_or_the_one_after() {
    run(async {
        let Story {
            folder: _folder,
            server: _server,
            mut person,
            mut desk,
        } = story().await;
        let document = desk.document().await;
        let path = format!("/documents/{}", text(&document, "document_id"));
        let mut landed = 0;
        for round in 0..KILLS {
            let known = desk.document().await["seals"]
                .as_array()
                .map_or(0, Vec::len);
            let scan = desk.seal(&document).await;
            let code = choose(&person, &scan).await;
            let view = person.shown(&code).await;
            let confirming = async { person.confirm(&view).await };
            let pause = Duration::from_millis(LANDING_MS * (round + 1) / KILLS);
            let killing = async {
                tokio::time::sleep(pause).await;
                desk.kill_and_restart().await
            };
            let ((), restarted) = tokio::join!(confirming, killing);
            desk = restarted;
            let now = desk.get(&path).await;
            let seals = now["seals"].as_array().map_or(0, Vec::len);
            assert!(seals == known || seals == known + 1, "{now}");
            landed += seals - known;
            assert_eq!(now["damaged"], false);
            let bytes = desk.bytes(&format!("{path}/file")).await;
            assert_eq!(now["bytes"], bytes.len());
            if seals > 0 {
                let report = desk.get(&format!("{path}/verification")).await;
                assert_eq!(report["outcome"], "passed", "{report}");
            }
        }
        println!("{KILLS} kills, {landed} seals had landed");
    });
}
