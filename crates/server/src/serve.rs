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
use crate::{console, phone_origin, shutdown, wiring};

/// How long open connections may take to end.
const DRAIN: Duration = Duration::from_secs(10);

/// A running service; it goes on until [`Running::stop`].
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// What it runs on.
    pub app: App,
    stop: watch::Sender<bool>,
    server: JoinHandle<std::io::Result<()>>,
    worker: JoinHandle<()>,
}

impl Running {
    /// Lets requests and jobs that were begun come to their end, then closes the database.
    ///
    /// # Errors
    /// When the server had failed.
    pub async fn stop(mut self) -> Result<()> {
        let _ = self.stop.send(true);
        self.worker.await.context("the worker failed")?;
        match tokio::time::timeout(DRAIN, &mut self.server).await {
            Ok(served) => served.context("the server failed")??,
            // Live parts of pages stay open as long as their readers like.
            Err(_) => self.server.abort(),
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
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    let address = listener.local_addr()?;
    let app = wiring::app(config, address.port()).await?;
    // At a port that the system chose no browser can have kept anything.
    if config.listen.port() != 0 || config.phone_url.is_some() {
        let accepted = config.accept_phone_url.as_deref();
        phone_origin::keep(&app.db, &app.settings.phone_url, accepted).await?;
    }
    app::sweep::begin(&app).await?;
    let (stop, _) = watch::channel(false);
    let router = http_api::router(app.clone());
    let serving = axum::serve(
        listener,
        router.into_make_service_with_connect_info::<SocketAddr>(),
    )
    .with_graceful_shutdown(stopped(stop.subscribe()));
    let server = tokio::spawn(serving.into_future());
    let worker = tokio::spawn({
        let (app, stop) = (app.clone(), stop.subscribe());
        async move { app::work::worker(&app).run(&app.wake, stopped(stop)).await }
    });
    Ok(Running {
        address,
        app,
        stop,
        server,
        worker,
    })
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
        console::say(&format!("listening on {}", running.address));
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
