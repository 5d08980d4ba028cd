//! A service of its own for each test: the real router on a loopback port, a fresh database, a clock that stands.

use std::sync::Arc;

use app::clock::FixedClock;
use app::random::OsRandom;
use app::shelf::DbShelf;
use app::{App, Settings};
use axum::Router;
use domain::Instant;
use domain::policy::Policy;
use providers::Providers;
use store::blob::Blobs;
use store::{Db, Vault, Wake};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::postgres;

/// 2026-03-02 10:00:00 in Shanghai, a Monday.
const START: Instant = Instant::from_seconds(1_772_416_800);

/// A running service.
pub struct TestApp {
    /// What it runs on.
    pub app: App,
    /// Its address, without a slash at the end.
    pub base_url: String,
    /// Its clock; move it.
    pub clock: Arc<FixedClock>,
    /// A client with a cookie jar.
    pub client: reqwest::Client,
    /// Folder of files and keys; gone with the test.
    pub folder: Arc<TempDir>,
    database_url: String,
    server: JoinHandle<()>,
}

/// What is left to do when a test has passed; a failed one leaves its database to be looked at.
pub struct Cleanup {
    db: Db,
    database: Option<postgres::Database>,
    // Kept until the end, since the files of SQLite are in it.
    _folder: Arc<TempDir>,
}

impl Cleanup {
    /// Closes and drops the database.
    pub async fn run(self) {
        self.db.close().await;
        if let Some(database) = self.database {
            database.drop().await;
        }
    }
}

impl TestApp {
    /// A service on a new SQLite file.
    pub async fn sqlite() -> (Self, Cleanup) {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let url = format!("sqlite:{}", folder.path().join("test.sqlite").display());
        Self::on(&url, None, folder).await
    }

    /// A service on a new PostgreSQL database.
    pub async fn postgres() -> (Self, Cleanup) {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let database = postgres::Database::create().await;
        let url = database.url.clone();
        Self::on(&url, Some(database), folder).await
    }

    async fn on(
        url: &str,
        database: Option<postgres::Database>,
        folder: Arc<TempDir>,
    ) -> (Self, Cleanup) {
        let clock = Arc::new(FixedClock::at(START));
        let node = Self::start(url, clock, Arc::clone(&folder), Policy::Sandbox, same).await;
        app::catalogue::seed_sandbox(&node.app)
            .await
            .expect("a catalogue");
        let cleanup = Cleanup {
            db: node.app.db.clone(),
            database,
            _folder: folder,
        };
        (node, cleanup)
    }

    /// A further node of the same service: connections, keys and memory of its own, the same database and clock. What
    /// it knows is what a node knows that was just started.
    pub async fn further_node(&self) -> Self {
        let (clock, folder) = (Arc::clone(&self.clock), Arc::clone(&self.folder));
        Self::start(&self.database_url, clock, folder, Policy::Sandbox, same).await
    }

    /// A service of its own with all that this one has now: what is done there changes nothing here. SQLite only.
    pub async fn twin(&self) -> (Self, Cleanup) {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        copy(self.folder.path(), folder.path());
        let url = format!("sqlite:{}", folder.path().join("test.sqlite").display());
        let node = Self::start(
            &url,
            Arc::clone(&self.clock),
            Arc::clone(&folder),
            Policy::Sandbox,
            same,
        )
        .await;
        let cleanup = Cleanup {
            db: node.app.db.clone(),
            database: None,
            _folder: folder,
        };
        (node, cleanup)
    }

    /// The same service as it asks for all evidence, as in production: the same database and clock.
    pub async fn full_policy_node(&self) -> Self {
        let (clock, folder) = (Arc::clone(&self.clock), Arc::clone(&self.folder));
        Self::start(&self.database_url, clock, folder, Policy::Production, same).await
    }

    /// The same with other providers.
    pub async fn full_policy_node_with(&self, change: fn(Providers) -> Providers) -> Self {
        let (clock, folder) = (Arc::clone(&self.clock), Arc::clone(&self.folder));
        Self::start(
            &self.database_url,
            clock,
            folder,
            Policy::Production,
            change,
        )
        .await
    }

    async fn start(
        url: &str,
        clock: Arc<FixedClock>,
        folder: Arc<TempDir>,
        policy: Policy,
        change: fn(Providers) -> Providers,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        let settings = Settings {
            public_url: base_url.clone(),
            phone_url: base_url.replace("127.0.0.1", "localhost"),
            pki_url: format!("{base_url}/pki"),
            production: false,
            policy,
            areas: domain::check_digit::Areas::default(),
            data: folder.path().to_owned(),
        };
        let db = Db::open(url).await.expect("a database");
        let shelf = DbShelf::on(db.clone(), clock.clone());
        let app = App {
            wake: Wake::between_nodes(&db),
            db,
            vault: Vault::open(&folder.path().join("keys"), &store::vault::AsTheyAre)
                .expect("keys"),
            blobs: Blobs::folder(&folder.path().join("blobs")).expect("blobs"),
            clock: clock.clone(),
            random: Arc::new(OsRandom),
            settings: Arc::new(settings),
            issuer: crate::issuer::shared(START),
            providers: change(Providers {
                ocr: Arc::new(crate::identity::Reads),
                ..Providers::sandbox_at_once().remembering(&shelf)
            }),
        };
        Self {
            server: spawn(listener, http_api::router(app.clone())),
            app,
            base_url,
            clock,
            client: client(),
            folder,
            database_url: url.to_owned(),
        }
    }

    /// Does all jobs that are due and returns how many tries were made.
    pub async fn run_jobs(&self) -> usize {
        app::work::worker(&self.app)
            .run_due()
            .await
            .expect("the queue works")
    }

    /// A second process of the same service on the same database: the same routes on another port, or routes of a
    /// test's own.
    pub async fn serve_beside(&self, router: Router) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        spawn(listener, router);
        base_url
    }
}

/// Copies what is in a folder.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let place = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &place);
        } else {
            std::fs::copy(&path, &place).expect("copied");
        }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn same(providers: Providers) -> Providers {
    providers
}

fn spawn(listener: TcpListener, router: Router) -> JoinHandle<()> {
    tokio::spawn(async move {
        axum::serve(
            listener,
            router.into_make_service_with_connect_info::<std::net::SocketAddr>(),
        )
        .await
        .expect("served")
    })
}

fn client() -> reqwest::Client {
    // Whoever comes second finds the provider installed, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .cookie_store(true)
        .no_proxy()
        .build()
        .expect("a client")
}
