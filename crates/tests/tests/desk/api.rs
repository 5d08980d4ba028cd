//! A desk in this process, and the page's side of its API.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use app::Clock as _;
use desk::{Access, Settings};
use domain::product::Algorithm;
use hulian_tests::{Answer, Opened, Sealer, TestApp};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A running desk.
pub struct Tool {
    pub host: String,
    pub token: String,
    pub client: reqwest::Client,
    pub data: PathBuf,
    serving: JoinHandle<()>,
    stop: Option<oneshot::Sender<()>>,
}

impl Tool {
    /// Starts on the data of an earlier desk, or on none, and lets the page in.
    pub async fn start(app: &TestApp, data: &Path) -> Self {
        Self::start_at(&app.base_url, app, data).await
    }

    /// The same with another server.
    pub async fn start_at(server: &str, app: &TestApp, data: &Path) -> Self {
        let clock = Arc::clone(&app.clock);
        let settings = Settings {
            server: server.to_owned(),
            data: data.to_owned(),
            name: "测试投标管家".to_owned(),
            clock: Arc::new(move || clock.now().micros()),
        };
        // What an earlier desk in this process still does lets go of the folder soon.
        let mut desk = desk::Desk::open(&settings);
        for _ in 0..100 {
            if desk.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            desk = desk::Desk::open(&settings);
        }
        let desk = desk.expect("opens");
        desk.look_at_server().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let access = Access::fresh().expect("secrets");
        let token = access
            .address(port)
            .split_once("token=")
            .expect("a token")
            .1
            .to_owned();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(async move {
            let stop = async { drop(stopped.await) };
            desk::serve(desk, listener, access, stop)
                .await
                .expect("served");
        });
        let client = reqwest::Client::builder()
            .cookie_store(true)
            .no_proxy()
            .build()
            .expect("a client");
        let host = format!("127.0.0.1:{port}");
        let tool = Self {
            host,
            token,
            client,
            data: data.to_owned(),
            serving,
            stop: Some(stop),
        };
        let token = json!({"token": tool.token});
        tool.post("/session", &token).await.ok(200);
        tool
    }

    /// Ends it; the next one may have its folder.
    pub async fn end(mut self) {
        drop(self.stop.take());
        (&mut self.serving).await.expect("ended");
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .client
            .request(method, format!("http://{}/desk/v1{path}", self.host));
        request.header("origin", format!("http://{}", self.host))
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(body)).await
    }

    /// Uploads.
    pub async fn open(&self, bytes: impl Into<reqwest::Body>) -> Answer {
        let request = self.request(Method::POST, "/documents");
        Answer::of(
            request
                .header("x-file-name", "%E6%A0%87%E4%B9%A6.pdf")
                .body(bytes),
        )
        .await
    }

    /// The scan once it is in `state`.
    pub async fn wait(&self, scan: &Value, state: &str) -> Value {
        let path = format!("/scans/{}", scan["scan_id"].as_str().expect("an id"));
        let mut seen = self.get(&path).await.ok(200);
        for _ in 0..40 {
            if seen["state"] == state {
                return seen;
            }
            let wait = format!("{path}?wait_s=2&after_version={}", seen["version"]);
            seen = self.get(&wait).await.ok(200);
        }
        panic!("the scan does not come to {state}: {seen}");
    }

    pub async fn document(&self, id: &str) -> Value {
        self.get(&format!("/documents/{id}")).await.ok(200)
    }

    /// The current revision's bytes.
    pub async fn bytes(&self, id: &str) -> Vec<u8> {
        let request = self.request(Method::GET, &format!("/documents/{id}/file"));
        request
            .send()
            .await
            .expect("answered")
            .bytes()
            .await
            .expect("bytes")
            .to_vec()
    }
}

/// A code as the phone reads it from the page.
pub fn scanned(scan: &Value) -> Opened {
    let code = scan["code_text"]
        .as_str()
        .expect("a code")
        .rsplit('/')
        .next()
        .expect("a code");
    Opened {
        created: json!({"code": code, "match_number": scan["match_number"]}),
    }
}

/// The phone's way from the code to the confirmed signature.
pub async fn phone_signs(app: &TestApp, sealer: &Sealer, tool: &Tool, scan: &Value) {
    let opened = scanned(scan);
    app.chosen(sealer, &opened).await;
    let ready = tool.wait(scan, "ready").await;
    let view = app
        .get_as(&sealer.phone, &opened.phone_path(""))
        .await
        .ok(200);
    assert_eq!(
        view["prepared"]["digest_short"], ready["digest_short"],
        "both show the same"
    );
    let confirming = app.confirming(sealer, &view, sealer.phone.next_counter());
    let answer = app
        .scan_step(&sealer.phone, &opened, "/confirm", &confirming.body)
        .await
        .ok(200);
    let finish = confirming.finish(&sealer.installed.key, &answer);
    app.scan_step(&sealer.phone, &opened, "/finish", &finish)
        .await
        .ok(200);
}

/// A sandbox, a person who can seal, and a desk with a document of so many pages.
pub struct Story {
    pub app: TestApp,
    pub sealer: Sealer,
    pub tool: Tool,
    pub document: String,
    /// In whose name the desk asks.
    pub platform: Value,
    pub folder: tempfile::TempDir,
    pub cleanup: hulian_tests::Cleanup,
}

impl Story {
    pub async fn new(product: Algorithm, pages: usize) -> Self {
        let (app, cleanup) = TestApp::sqlite().await;
        let sealer = app.sealer(0, product).await;
        let folder = tempfile::tempdir().expect("a folder");
        let tool = Tool::start(&app, folder.path()).await;
        let made = tool.open(paper(pages, 0)).await.ok(201);
        let document = made["document_id"].as_str().expect("an id").to_owned();
        let platform = app.sandbox_platform(&sealer.phone).await["platform_id"].clone();
        Self {
            app,
            sealer,
            tool,
            document,
            platform,
            folder,
            cleanup,
        }
    }

    /// Opens a scan for a seal on the document.
    pub async fn begin(&self, mode: &str) -> Value {
        let wish = json!({"mode": mode, "x_mm": 100.0, "y_mm": 40.0, "platform_id": self.platform});
        self.tool
            .post(&format!("/documents/{}/seal", self.document), &wish)
            .await
            .ok(201)
    }

    /// One seal from the wish to the landing.
    pub async fn seal(&self, mode: &str) -> Value {
        let scan = self.begin(mode).await;
        phone_signs(&self.app, &self.sealer, &self.tool, &scan).await;
        self.tool.wait(&scan, "landed").await
    }

    pub async fn end(self) {
        self.tool.end().await;
        self.cleanup.run().await;
    }
}

/// A plain document of A4 pages, each with a stream of so many bytes that nobody draws.
pub fn paper(pages: usize, ballast: usize) -> Vec<u8> {
    let mut objects = vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()];
    let kids: Vec<String> = (0..pages)
        .map(|page| format!("{} 0 R", 3 + 2 * page))
        .collect();
    let kids = kids.join(" ");
    objects.push(
        format!("<< /Type /Pages /Count {pages} /Kids [{kids}] /MediaBox [0 0 595 842] >>")
            .into_bytes(),
    );
    for page in 0..pages {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>",
                4 + 2 * page
            )
            .into_bytes(),
        );
        let mut stream = format!("<< /Length {ballast} >>\nstream\n").into_bytes();
        stream.resize(stream.len() + ballast, b' ');
        stream.extend(b"\nendstream");
        objects.push(stream);
    }
    let (mut bytes, mut table) = (
        b"%PDF-1.7\n".to_vec(),
        String::from("0000000000 65535 f \n"),
    );
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend(format!("{number} 0 obj\n").into_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let (start, size) = (bytes.len(), objects.len() + 1);
    bytes.extend(format!("xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    bytes
}
