//! A real `hulian serve` that can be killed and started again on the same data.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The binary under test.
const HULIAN: &str = env!("CARGO_BIN_EXE_hulian");

/// The binary with nothing of the surroundings' settings: what a test run is told by `HULIAN_…` is not for the binary.
pub fn hulian() -> Command {
    let mut command = Command::new(HULIAN);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("HULIAN_") {
            command.env_remove(name);
        }
    }
    command
}

/// What stands in the certificates: the first start fixes it, so that copies of its data can run on any port.
const PKI_URL: &str = "http://127.0.0.1:8600/pki";

/// A server process.
pub struct Server {
    child: Child,
    port: u16,
    data: PathBuf,
}

impl Server {
    /// A port that nobody uses.
    pub fn free_port() -> u16 {
        TcpListener::bind(("127.0.0.1", 0))
            .expect("a port")
            .local_addr()
            .expect("an address")
            .port()
    }

    /// Starts on the data of an earlier server, or on none.
    pub fn start(data: &Path, port: u16) -> Self {
        let mut server = Self {
            child: spawn(data, port),
            port,
            data: data.to_owned(),
        };
        server.wait_ready();
        server
    }

    /// Where it listens.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// SIGKILL, and at once a new process on the same data.
    pub fn kill_and_restart(&mut self) {
        self.kill();
        self.child = spawn(&self.data, self.port);
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("waited");
    }

    /// Waits until it accepts connections.
    pub fn wait_ready(&mut self) {
        let end = Instant::now() + Duration::from_secs(60);
        while Instant::now() < end {
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return;
            }
            if let Some(status) = self.child.try_wait().expect("asked") {
                panic!("the server ended with {status}: {}", log(&self.data));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the server does not listen: {}", log(&self.data));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(data: &Path, port: u16) -> Child {
    std::fs::create_dir_all(data).expect("a folder");
    let log = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(data.join("server.log"))
        .expect("a log");
    let (base, phone) = (
        format!("http://127.0.0.1:{port}"),
        format!("http://localhost:{port}"),
    );
    hulian()
        .args([
            "serve",
            "--listen",
            &format!("127.0.0.1:{port}"),
            "--phone-listen",
            "127.0.0.1:0",
            "--public-url",
            &base,
            "--phone-url",
            &phone,
        ])
        .args(["--pki-url", PKI_URL, "--data"])
        .arg(data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .expect("starts")
}

fn log(data: &Path) -> String {
    std::fs::read_to_string(data.join("server.log")).unwrap_or_default()
}

/// Copies a folder: the state of a server that has only been started, so that each story need not make issuing keys.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("copied");
        }
    }
}
