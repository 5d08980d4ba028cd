//! `cargo xtask run`: the whole system on this computer, with SQLite and the sandbox, nothing to sign up for.

use crate::{metadata, qr, shell, web};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PUBLIC: &str = "http://localhost:8600";
const PHONE: &str = "http://localhost:8601";
const DESK: &str = "127.0.0.1:8602";
/// The very first start makes the roots of the sandbox's certificates, which takes seconds.
const START_LIMIT: Duration = Duration::from_secs(120);

/// Builds what is missing and stays in the foreground until it is stopped.
pub fn run() -> Result<()> {
    check_needs()?;
    let begun = Instant::now();
    println!("web apps: {}", web::build()?);
    let program = build()?;
    std::fs::create_dir_all("data").context("cannot make the folder data/")?;
    // These are the server's own defaults for a computer of one's own.
    let mut server = Guarded::start(Command::new(&program).args(["serve", "--data", "data"]))?;
    wait_for_port("127.0.0.1:8600", &mut server)?;
    let mut desk = Guarded::start(
        Command::new(&program)
            .args(["desk", "--data", "data/desk", "--listen", DESK])
            .args(["--server", PUBLIC])
            .stdout(Stdio::piped()),
    )?;
    let address = desk_address(&mut desk)?;
    tell(&address, begun.elapsed());
    server.wait("hulian serve")
}

/// Everything that is missing is said at once.
fn check_needs() -> Result<()> {
    let mut missing = Vec::new();
    if !shell::on_path("cc") {
        missing.push(
            "a C compiler (SQLite is built from source): on Debian, apt-get install -y gcc libc6-dev"
                .to_owned(),
        );
    }
    missing.extend(web::missing_node());
    if !missing.is_empty() {
        bail!("missing:\n  {}", missing.join("\n  "));
    }
    Ok(())
}

fn build() -> Result<std::path::PathBuf> {
    let metadata = metadata::of_workspace()?;
    let Some(package) = metadata.package_of_binary("hulian") else {
        bail!("the binary `hulian` does not exist (crates/server)");
    };
    let arguments = ["build", "-p", &package.name, "--bin", "hulian"];
    let status = shell::cargo()
        .args(arguments)
        .status()
        .context("cargo build")?;
    if !status.success() {
        bail!(
            "the build failed; to repeat it: cargo {}",
            arguments.join(" ")
        );
    }
    Ok(metadata.target_directory.join("debug").join("hulian"))
}

/// What is opened, for eyes and for cameras.
fn tell(desk: &str, took: Duration) {
    let faces = [
        ("手机 phone", PHONE.to_owned()),
        ("投标管家 bid tool", desk.to_owned()),
        (
            "沙箱 sandbox: SMS inbox, specimens, cashier",
            format!("{PUBLIC}/sandbox"),
        ),
    ];
    for (what, address) in &faces {
        println!("\n{what}\n  {address}");
        if let Some(code) = qr::of(address) {
            println!("{code}");
        }
    }
    println!("also: {PUBLIC}/verify/ (验签)   {PUBLIC}/console/   {PUBLIC}/api/v1/openapi.json");
    println!(
        "started in {:.1} s; data is kept in data/; stop with Ctrl-C",
        took.as_secs_f64()
    );
    println!("the way to the first seal, step by step: docs/guides/first-seal.md");
}

/// A program that ends with us, whichever way we end.
struct Guarded(Child);

impl Guarded {
    fn start(command: &mut Command) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {command:?}"))?;
        Ok(Self(child))
    }

    fn wait(&mut self, what: &str) -> Result<()> {
        let status = self.0.wait()?;
        if !status.success() {
            bail!("{what} ended with {status}");
        }
        Ok(())
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn wait_for_port(address: &str, server: &mut Guarded) -> Result<()> {
    let begun = Instant::now();
    while std::net::TcpStream::connect(address).is_err() {
        if let Some(status) = server.0.try_wait()? {
            bail!("hulian serve ended with {status}; is another one running?");
        }
        if begun.elapsed() > START_LIMIT {
            bail!("hulian serve does not listen on {address}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// The bid tool prints its address with the token of this start; what it prints later is passed on.
fn desk_address(desk: &mut Guarded) -> Result<String> {
    let output = desk.0.stdout.take().context("the bid tool has no output")?;
    let mut lines = BufReader::new(output).lines();
    let address = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| {
            line.split_whitespace()
                .find(|word| word.starts_with("http://") && word.contains("#token="))
                .map(str::to_owned)
        })
        .context("hulian desk did not print its address")?;
    std::thread::spawn(move || {
        lines
            .map_while(Result::ok)
            .for_each(|line| println!("{line}"))
    });
    Ok(address)
}
