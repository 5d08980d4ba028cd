//! `hulian serve`, and the same for those who need a server of their own (`hulian demo`).

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use app::App;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tracing_subscriber::EnvFilter;

use crate::config::{Config, Flags};
use crate::{console, shutdown, wiring};

/// How long open connections may take to end.
const DRAIN: Duration = Duration::from_secs(10);

/// A running service; it goes on until [`Running::stop`].
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where the phone app's origin listens.
    pub phone_address: SocketAddr,
    /// What it runs on.
    pub app: App,
    stop: watch::Sender<bool>,
    servers: [JoinHandle<std::io::Result<()>>; 2],
    worker: JoinHandle<()>,
}

impl Running {
    /// Lets requests and jobs that were begun come to their end, then closes the database.
    ///
    /// # Errors
    /// When the server had failed.
    pub async fn stop(self) -> Result<()> {
        let _ = self.stop.send(true);
        self.worker.await.context("the worker failed")?;
        let deadline = tokio::time::Instant::now() + DRAIN;
        for mut server in self.servers {
            match tokio::time::timeout_at(deadline, &mut server).await {
                Ok(served) => served.context("the server failed")??,
                // Live parts of pages stay open as long as their readers like.
                Err(_) => server.abort(),
            }
        }
        self.app.db.close().await;
        Ok(())
    }
}

/// Starts the service.
///
/// # Errors
/// What cannot be opened or listened on.
pub async fn start(config: &Config) -> Result<Running> {
    let (listener, address) = bind(config.listen).await?;
    let (phone_listener, phone_address) = bind(config.phone_listen).await?;
    let app = wiring::app(config, address.port(), phone_address.port()).await?;
    let (stop, _) = watch::channel(false);
    // Both doors lead to the same routes: which origin a request is for says its Host, so that a proxy may use one door.
    let router = http_api::router(app.clone());
    let servers = [listener, phone_listener].map(|listener| {
        let routes = router.clone();
        let service = routes.into_make_service_with_connect_info::<SocketAddr>();
        let serving =
            axum::serve(listener, service).with_graceful_shutdown(stopped(stop.subscribe()));
        tokio::spawn(serving.into_future())
    });
    let worker = tokio::spawn({
        let (app, stop) = (app.clone(), stop.subscribe());
        async move { app::work::worker(&app).run(&app.wake, stopped(stop)).await }
    });
    Ok(Running {
        address,
        phone_address,
        app,
        stop,
        servers,
        worker,
    })
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    let bound = listener.local_addr()?;
    Ok((listener, bound))
}

/// Runs until SIGTERM or SIGINT.
pub(crate) fn run(flags: Flags) -> Result<()> {
    let config = Config::load(flags)?;
    let filter = EnvFilter::try_from_env("HULIAN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let running = start(&config).await?;
        let settings = &running.app.settings;
        console::say(&format!(
            "listening on {}, {}",
            running.address, running.phone_address
        ));
        console::say(&format!("public       {}", settings.public_url));
        console::say(&format!("phone        {}", settings.phone_url));
        console::say(&format!("pki          {}", settings.pki_url));
        shutdown::requested().await;
        tracing::info!("stopping");
        running.stop().await
    })
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error means that the sender is gone, which is a wish to stop too.
    let _ = stop.wait_for(|stop| *stop).await;
}
