//! `hulian desk`: the bid tool, on this computer and for its user only.

use std::io::IsTerminal as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use desk::{Access, Desk, Settings};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::{console, now_us, shutdown};

/// What `hulian desk` takes.
#[derive(Args, Debug)]
pub struct DeskArgs {
    /// The server.
    #[arg(
        long,
        env = "HULIAN_SERVER",
        value_name = "URL",
        default_value = "http://localhost:8600"
    )]
    server: String,
    /// The folder of working copies, journal and key [default: hulian-desk in the user's data folder].
    #[arg(long, env = "HULIAN_DESK_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// Address and port to listen on; the address is 127.0.0.1 always, port 0 lets the system choose.
    #[arg(
        long,
        env = "HULIAN_DESK_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8602"
    )]
    listen: SocketAddr,
    /// The name that phones show.
    #[arg(long, value_name = "NAME", default_value = "投标管家")]
    name: String,
    /// Open the page in the browser.
    #[arg(long)]
    open: bool,
    /// Documents to open.
    #[arg(value_name = "FILE.pdf")]
    files: Vec<PathBuf>,
}

/// Runs until SIGTERM or SIGINT.
pub(crate) fn run(args: DeskArgs) -> Result<()> {
    ensure!(
        args.listen.ip() == Ipv4Addr::LOCALHOST,
        "--listen {}: the desk listens on 127.0.0.1 only",
        args.listen
    );
    let filter = EnvFilter::try_from_env("HULIAN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(args))
}

async fn serve(args: DeskArgs) -> Result<()> {
    let listener = TcpListener::bind(args.listen)
        .await
        .with_context(|| format!("cannot listen on {}", args.listen))?;
    let port = listener.local_addr()?.port();
    let data = args.data.map_or_else(data_folder, Ok)?;
    let desk = Desk::open(&Settings {
        server: args.server,
        data: data.clone(),
        name: args.name,
        clock: Arc::new(now_us),
    })
    .with_context(|| format!("cannot use {}", data.display()))?;
    for file in &args.files {
        // The other documents open all the same.
        if let Err(error) = desk.open_path(file).await {
            let (code, _) = error.told();
            console::complain(&format!("{}: {error} ({code})", file.display()));
        }
    }
    let access = Access::fresh()?;
    let address = access.address(port);
    console::say(&address);
    if args.open {
        open(&address);
    }
    desk::serve(desk, listener, access, shutdown::requested()).await?;
    Ok(())
}

/// Where the system keeps a user's data.
fn data_folder() -> Result<PathBuf> {
    let variable = |name: &str| {
        let value = std::env::var_os(name).filter(|value| !value.is_empty());
        value.map(PathBuf::from)
    };
    let base = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")))
    };
    let base = base.context("no home folder is known; name a folder with --data")?;
    Ok(base.join("hulian-desk"))
}

/// Hands the address to the system's way of opening addresses. Without one the printed line serves.
fn open(address: &str) {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else if cfg!(target_os = "macos") {
        Command::new("open")
    } else {
        Command::new("xdg-open")
    };
    let started = command
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if started.is_err() {
        console::complain("no browser could be opened; open the address above");
    }
}
