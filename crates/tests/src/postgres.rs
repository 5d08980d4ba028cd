//! PostgreSQL for tests: one cluster for all test processes of a build folder, one template database for the present
//! migrations, one clone of it per test.
//!
//! Test processes come and go (nextest starts one per test), so none of them owns the cluster. Whoever needs it first
//! starts it under a file lock; every process holds a shared lock on a second file while it lives; and a small shell
//! loop started beside the cluster stops and removes it once nobody has held that lock for a while. Run as root, the
//! cluster belongs to another user, which `initdb` insists on. `HULIAN_TEST_POSTGRES` names a server to use instead.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use store::Db;

const SUPERUSER: &str = "hulian";
const INSTALL: &str = "PostgreSQL is missing: apt-get install -y postgresql (the server is not started by it for tests)";
/// Keeps the cluster alive while this process lives.
static USED: OnceLock<File> = OnceLock::new();

/// A database of one test.
pub(crate) struct Database {
    /// Its address.
    pub(crate) url: String,
    name: String,
    server: Server,
}

/// A server that lends databases.
#[derive(Clone)]
struct Server {
    /// Options behind the `?` of an address, or an address of somebody else's server.
    base: String,
    query: String,
}

impl Database {
    /// A clone of the migrated template.
    pub(crate) async fn create() -> Self {
        // Locks and programs block; that is no matter for a test that cannot go on without them.
        let (server, template) = tokio::task::spawn_blocking(prepare)
            .await
            .expect("PostgreSQL for tests");
        let name = format!("hulian_test_{}", uuid::Uuid::from_u128(random()).simple());
        server
            .admin(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
            .await;
        Self {
            url: server.url(&name),
            name,
            server,
        }
    }

    /// Drops it, whoever is still connected.
    pub(crate) async fn drop(self) {
        self.server
            .admin(&format!("DROP DATABASE {} WITH (FORCE)", self.name))
            .await;
    }
}

impl Server {
    fn url(&self, database: &str) -> String {
        format!("{}/{database}{}", self.base, self.query)
    }

    async fn connect(&self) -> Result<PgConnection, sqlx::Error> {
        PgConnection::connect(&self.url("postgres")).await
    }

    async fn admin(&self, sql: &str) {
        let mut connection = self.connect().await.expect("a connection to PostgreSQL");
        // Names are made here of letters and digits.
        connection
            .execute(AssertSqlSafe(sql))
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        connection.close().await.expect("closed");
    }

    async fn has(&self, database: &str) -> bool {
        let mut connection = self.connect().await.expect("a connection to PostgreSQL");
        let found = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(database);
        found
            .fetch_optional(&mut connection)
            .await
            .expect("an answer")
            .is_some()
    }

    /// The template of the present migrations, made if it is not there. Called under the lock.
    async fn template(&self) -> String {
        let mut digest = Sha256::new();
        for migration in store::migrate::MIGRATIONS {
            digest.update(migration.postgres);
        }
        let name = format!(
            "hulian_template_{:016x}",
            u64::from_be_bytes(first_eight(&digest.finalize()))
        );
        if !self.has(&name).await {
            let making = format!("{name}_making");
            self.admin(&format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)"))
                .await;
            self.admin(&format!("CREATE DATABASE {making}")).await;
            Db::open(&self.url(&making))
                .await
                .expect("migrations run")
                .close()
                .await;
            self.admin(&format!("ALTER DATABASE {making} RENAME TO {name}"))
                .await;
        }
        name
    }
}

/// The server and its template, both made when missing, under the lock that all test processes share.
fn prepare() -> (Server, String) {
    let place = place();
    let lock = open_lock(&place.with_extension("start.lock"));
    lock.lock().expect("the lock");
    let server = match std::env::var("HULIAN_TEST_POSTGRES") {
        Ok(url) => outside(&url),
        Err(_) => cluster(&place),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let template = runtime.block_on(server.template());
    (server, template)
}

fn outside(url: &str) -> Server {
    let (address, query) = url
        .split_once('?')
        .map_or((url, String::new()), |(address, query)| {
            (address, format!("?{query}"))
        });
    let base = address
        .rsplit_once('/')
        .filter(|(base, _)| base.contains("//") && !base.ends_with('/'));
    Server {
        base: base.map_or(address, |(base, _)| base).to_owned(),
        query,
    }
}

fn cluster(place: &Path) -> Server {
    let used = USED.get_or_init(|| open_lock(&place.with_extension("used.lock")));
    used.lock_shared().expect("the lock");
    let server = Server {
        base: format!("postgres://{SUPERUSER}@localhost"),
        query: format!("?host={}", place.display()),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    if runtime.block_on(server.connect()).is_err() {
        start(place);
    }
    server
}

fn start(place: &Path) {
    let bin = programs();
    let data = place.join("data");
    // What is here now is the remains of a cluster that was killed.
    let _ = fs::remove_dir_all(place);
    fs::create_dir_all(place).expect("a folder for the cluster");
    let user = other_user();
    if let Some(user) = &user {
        run(Command::new("chown").args([user, place.to_str().expect("a plain path")]));
    }
    let log = place.join("log");
    let initdb = [
        "--auth=trust",
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C",
        "--username",
        SUPERUSER,
        "-D",
    ];
    run(as_user(&user, &bin.join("initdb")).args(initdb).arg(&data));
    let options = format!(
        "-k {} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300",
        place.display()
    );
    let mut pg_ctl = as_user(&user, &bin.join("pg_ctl"));
    run(pg_ctl
        .args(["start", "-w", "-t", "60", "-D"])
        .arg(&data)
        .arg("-l")
        .arg(log)
        .arg("-o")
        .arg(options));
    leave_a_keeper(place, &user, &bin);
}

/// Stops the cluster when no test process has held the lock for half a minute.
#[expect(
    clippy::zombie_processes,
    reason = "it outlives this process on purpose"
)]
fn leave_a_keeper(place: &Path, user: &Option<String>, bin: &Path) {
    use std::os::unix::process::CommandExt;
    let stop = as_user(user, &bin.join("pg_ctl"));
    let words: Vec<String> = std::iter::once(stop.get_program())
        .chain(stop.get_args())
        .map(|word| format!("'{}'", word.to_string_lossy()))
        .collect();
    let script = format!(
        "idle=0
        while sleep 10; do
            [ -f '{place}/data/postmaster.pid' ] || exit 0
            if flock -n '{used}' true; then idle=$((idle+1)); else idle=0; fi
            [ $idle -lt 3 ] && continue
            exec 9>'{start}'
            flock 9
            flock -n '{used}' true || {{ idle=0; flock -u 9; continue; }}
            {stop} stop -m immediate -D '{place}/data'
            rm -rf '{place}'
            exit 0
        done",
        place = place.display(),
        used = place.with_extension("used.lock").display(),
        start = place.with_extension("start.lock").display(),
        stop = words.join(" "),
    );
    let mut keeper = Command::new("sh");
    keeper
        .arg("-c")
        .arg(script)
        .current_dir("/")
        .process_group(0);
    keeper
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the keeper");
}

/// A short path, since a socket's may have 107 bytes; one per user and build folder.
fn place() -> PathBuf {
    let program = std::env::current_exe().expect("a program");
    let folder = program
        .parent()
        .expect("a folder")
        .to_string_lossy()
        .into_owned();
    let owner = fs::metadata(&program)
        .map(|metadata| std::os::unix::fs::MetadataExt::uid(&metadata))
        .expect("metadata");
    let digest = Sha256::digest(format!("{owner} {folder}"));
    Path::new("/tmp").join(format!(
        "hulian-pg-{:016x}",
        u64::from_be_bytes(first_eight(&digest))
    ))
}

fn programs() -> PathBuf {
    let in_path = std::env::var_os("PATH")
        .map(|path| std::env::split_paths(&path).collect::<Vec<_>>())
        .unwrap_or_default();
    let mut debian: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|versions| {
            versions
                .flatten()
                .map(|version| version.path().join("bin"))
                .collect()
        })
        .unwrap_or_default();
    debian.sort();
    debian.reverse();
    let complete = |bin: &PathBuf| bin.join("initdb").is_file() && bin.join("pg_ctl").is_file();
    debian
        .into_iter()
        .chain(in_path)
        .find(complete)
        .unwrap_or_else(|| panic!("{INSTALL}"))
}

/// The user that runs the cluster when we are root.
fn other_user() -> Option<String> {
    let we_are_root =
        fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let found = ["postgres", "nobody"].into_iter().find(|user| {
        users
            .lines()
            .any(|line| line.starts_with(&format!("{user}:")))
    });
    we_are_root.then(|| {
        found
            .expect("a user named postgres or nobody, since initdb refuses root")
            .to_owned()
    })
}

fn as_user(user: &Option<String>, program: &Path) -> Command {
    let mut command = match user {
        Some(user) => {
            let mut command = Command::new("setpriv");
            command
                .arg(format!("--reuid={user}"))
                .args(["--clear-groups", "--"])
                .arg(program);
            command
        }
        None => Command::new(program),
    };
    command.current_dir("/");
    command
}

fn run(command: &mut Command) {
    // A daemon that inherits our output would keep the test runner waiting for its end.
    let output = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let status = output.unwrap_or_else(|error| panic!("{command:?}: {error}. {INSTALL}"));
    assert!(status.success(), "{command:?}: {status}. {INSTALL}");
}

fn open_lock(path: &Path) -> File {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .expect("a lock file")
}

fn first_eight(digest: &[u8]) -> [u8; 8] {
    digest.first_chunk().copied().expect("a digest is longer")
}

fn random() -> u128 {
    use app::RandomSource;
    let mut bytes = [0; 16];
    app::random::OsRandom.fill(&mut bytes);
    u128::from_be_bytes(bytes)
}
